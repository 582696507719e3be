"""The picture of a part, or what to do to get one."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QLabel, QStackedLayout, QVBoxLayout, QWidget

from inspector_gui.inspection.inspection import Inspection
from inspector_gui.theme import Theme, restyle
from inspector_gui.views import words
from inspector_gui.views.overlay import overlay_of
from inspector_gui.widgets.elided_label import ElidedLabel
from inspector_gui.widgets.icon import pixmap
from inspector_gui.widgets.image_view import ImageView


class Picture(QFrame):
    """Shows one inspection's picture with its overlay; can be frozen while the line goes on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "well")
        self.setProperty("frozen", False)
        self.view = ImageView(theme)
        self.caption = ElidedLabel("caption")
        self._title, self._hint = QLabel(), QLabel()
        self._latest: Inspection | None = None
        self._shown: Inspection | None = None
        self._is_frozen = False
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self.view)
        layout = QVBoxLayout(self)
        margin = theme.space(2)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.space(1))
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.caption)

    @property
    def shown(self) -> Inspection | None:
        return self._shown

    def show_inspection(self, inspection: Inspection) -> None:
        """Show the line's latest part, unless the picture is frozen."""
        self._latest = inspection
        if not self._is_frozen:
            self._show(inspection)

    def freeze(self, is_frozen: bool) -> None:
        self._is_frozen = is_frozen
        self.setProperty("frozen", is_frozen)
        restyle(self, self.caption)
        if not is_frozen and self._latest is not None:
            self._show(self._latest)
        elif self._shown is not None:
            self._show_caption(self._shown)

    def show_nothing(self, title: str, hint: str) -> None:
        """Say why there is no picture, and what to do."""
        self._latest = self._shown = None
        self._show_empty(title, hint)
        self.caption.setText("")

    def _show(self, inspection: Inspection) -> None:
        self._shown = inspection
        self._show_caption(inspection)
        pixels = next((f.pixels for f in inspection.frames if f.pixels is not None), None)
        verdict = inspection.verdict
        if pixels is None:
            self.view.clear()
            self._show_empty(words.reason(verdict.reason), words.sentence(verdict.detail))
        else:
            self.view.show_picture(pixels, overlay_of(verdict, words.chip))
            self._stack.setCurrentIndex(1)

    def _show_empty(self, title: str, hint: str) -> None:
        self._title.setText(title)
        self._hint.setText(hint)
        self._stack.setCurrentIndex(0)

    def _show_caption(self, inspection: Inspection) -> None:
        part = self.tr("Part {n}").format(n=QLocale().toString(inspection.part))
        text = f"{part}  ·  {inspection.source}"
        if self._is_frozen:
            frozen = self.tr("Frozen")
            text = f"{frozen}  ·  {text}"
        self.caption.setText(text)

    def _empty(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setSpacing(self._theme.space(2))
        sign = QLabel()
        ink = self._theme.on_well_quiet
        scale = self.devicePixelRatioF()
        sign.setPixmap(pixmap("picture", self._theme.space(14), ink, ink, scale))
        self._title.setProperty("role", "well-title")
        self._hint.setProperty("role", "well-hint")
        self._hint.setWordWrap(True)
        layout.addStretch(1)
        for label in (sign, self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addStretch(1)
        return page
