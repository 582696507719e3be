"""The reject and a good part beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout

from inspector_gui.inspection.recall import RecordedPart
from inspector_gui.theme import Theme
from inspector_gui.views import moments
from inspector_gui.views.overlay import Overlay
from inspector_gui.widgets.compared_view import ComparedView
from inspector_gui.widgets.elided_label import ElidedLabel
from inspector_gui.widgets.guide import Guide

_NOTHING = Overlay()


class PartPicture(QFrame):
    """A part's picture with a caption, or words in its place.

    Signals:
        seen: What was shown last has come onto the screen.
    """

    seen = Signal()

    def __init__(self, theme: Theme, leader: ComparedView | None = None) -> None:
        super().__init__()
        self.setProperty("role", "well")
        self.view = ComparedView(theme, leader)
        self.guide = Guide(theme)
        self.caption = ElidedLabel("caption")
        self._is_awaited = False
        self._stack = QStackedLayout()
        self._stack.addWidget(self.guide)
        self._stack.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.space(2)] * 4)
        layout.setSpacing(theme.space(1))
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.caption)
        for surface in (self.guide, self.view.surface):
            surface.installEventFilter(self)

    @property
    def has_picture(self) -> bool:
        return self._stack.currentWidget() is self.view

    def show_part(self, part: RecordedPart, overlay: Overlay = _NOTHING) -> None:
        """Show a part of which there is a picture."""
        assert part.pixels is not None
        self._is_awaited = True
        self._stack.setCurrentWidget(self.view)
        self.view.show_picture(part.pixels, overlay)
        self.view.surface.update()
        self._show_caption(part)

    def show_words(
        self,
        title: str,
        text: str = "",
        remedy: str = "",
        buttons: tuple[tuple[str, str], ...] = (),
        part: RecordedPart | None = None,
        *,
        is_alarm: bool = False,
    ) -> None:
        """Say why there is no picture, of a part or at all."""
        self._is_awaited = True
        self.view.clear()
        self.guide.show_words(title, text, remedy, buttons, is_alarm=is_alarm)
        self._stack.setCurrentWidget(self.guide)
        self.guide.update()
        if part is None:
            self.caption.setText("")
        else:
            self._show_caption(part)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        surface = self.view.surface if self.has_picture else self.guide
        if event.type() == QEvent.Type.Paint and self._is_awaited and watched is surface:
            self._is_awaited = False
            QTimer.singleShot(0, self, self.seen.emit)
        return super().eventFilter(watched, event)

    def _show_caption(self, part: RecordedPart) -> None:
        name = self.tr("Part {n}").format(n=QLocale().toString(part.entry.part))
        when = moments.second(part.entry.judged_at)
        self.caption.setText(f"{name}  ·  {part.entry.source}  ·  {when}")
