"""The picture of a part out of the record, with what was found on it then."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QStackedLayout, QVBoxLayout, QWidget

from engines.verdict import Decision
from inspector_gui.inspection.recall import RecordedPart
from inspector_gui.theme import Theme
from inspector_gui.views import words
from inspector_gui.views.overlay import overlay_of
from inspector_gui.widgets.icon import pixmap
from inspector_gui.widgets.image_view import ImageView


class RecordedPicture(QFrame):
    """Shows a recorded part's picture as it was judged, or says why there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "well")
        self.view = ImageView(theme)
        self.title, self.hint = QLabel(), QLabel()
        margin = theme.space(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margin, margin, margin, margin)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self.view)
        layout.addLayout(self._stack)

    @property
    def has_picture(self) -> bool:
        return self._stack.currentWidget() is self.view

    def show_part(self, part: RecordedPart) -> None:
        if part.pixels is not None:
            self.view.show_picture(part.pixels, overlay_of(part.verdict, words.chip))
            self._stack.setCurrentWidget(self.view)
            return
        title, hint = self.tr("No picture was kept"), ""
        if part.problem:
            title, hint = self.tr("The picture cannot be shown"), part.problem
        elif part.verdict.decision is Decision.UNDECIDED:
            title = words.reason(part.verdict.reason)
            hint = words.sentence(part.verdict.detail)
        elif part.verdict.decision is Decision.PASS:
            hint = self.tr("The recipe keeps the pictures of some of the parts that passed.")
        self.show_nothing(title, hint)

    def show_nothing(self, title: str = "", hint: str = "") -> None:
        """Say why there is no picture."""
        self.view.clear()
        self.title.setText(title)
        self.hint.setText(hint)
        self._stack.setCurrentIndex(0)

    def _empty(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setSpacing(self._theme.space(2))
        sign = QLabel()
        ink = self._theme.on_well_quiet
        sign.setPixmap(pixmap("picture", self._theme.space(12), ink, ink, self.devicePixelRatioF()))
        self.title.setProperty("role", "well-title")
        self.hint.setProperty("role", "well-hint")
        layout.addStretch(1)
        for label in (sign, self.title, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(label is not sign)
            layout.addWidget(label)
        layout.addStretch(1)
        return page
