"""A picture that another one follows, so that the same place is seen in both."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget

from engines.verdict import Box
from inspector_gui.theme import Theme
from inspector_gui.widgets.image_view import ImageView

_AROUND = 3.0  # of a finding's longer side is seen
_LEAST = 0.125  # of the picture's shorter side


class ComparedView(ImageView):
    """Can be brought to a finding, and taken along to wherever another view is."""

    def __init__(self, theme: Theme, leader: ComparedView | None = None) -> None:
        """Make a view.

        Args:
            leader: The view to follow; this one cannot be moved by hand then.
        """
        super().__init__(theme)
        self.shown_box = self._box
        if leader is not None:
            self._box.setMouseEnabled(False, False)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            leader.fitted.connect(self.fit)
            leader.shown_box.sigRangeChanged.connect(lambda: self._follow(leader))

    @property
    def surface(self) -> QWidget:
        """The widget that the picture is painted on."""
        viewport: QWidget = self._graphics.viewport()
        return viewport

    @property
    def is_overlay_visible(self) -> bool:
        return self._is_overlay_visible

    @property
    def region(self) -> QRectF:
        """What is seen, in pixels of the picture; the whole of it at most."""
        seen: QRectF = self._box.viewRect()
        return seen.intersected(QRectF(0, 0, *(self._size or (0, 0))))

    def show_box(self, box: Box) -> None:
        """Bring a finding to the middle, large, with what lies around it."""
        if self._size is None:
            return
        side = max(_AROUND * max(box.width, box.height), _LEAST * min(self._size))
        x, y = box.x + box.width / 2, box.y + box.height / 2
        self._is_fitted = False
        self._box.setRange(
            QRectF(x - side / 2, y - side / 2, side, side), padding=0, disableAutoRange=True
        )

    def _follow(self, leader: ComparedView) -> None:
        if leader.is_fitted:
            self.fit()
        elif not leader.region.isEmpty():
            self._is_fitted = False
            self._box.setRange(leader.region, padding=0, disableAutoRange=True)
