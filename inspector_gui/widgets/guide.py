"""A calm screen that says what is the case and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inspector_gui.theme import Theme
from inspector_gui.widgets.icon import pixmap, set_icon


class Guide(QWidget):
    """Sign, title, cause and remedy, one or two large buttons, and a fold for support.

    Signals:
        chosen: The key of the button that was clicked.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: object = None
        self._sign, self._title = QLabel(), _label("well-title")
        self._text, self._remedy = _label("well-text"), _label("well-hint")
        self._detail = _label("well-detail")
        self._detail.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._fold = QPushButton(self.tr("Details"))
        self._fold.setCheckable(True)
        self._fold.setProperty("role", "well-fold")
        set_icon(self._fold, "chevron", theme.space(5), theme.on_well_quiet, gap=theme.grid)
        self._fold.toggled.connect(self._unfold)
        self.buttons: tuple[QPushButton, ...] = ()
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.space(3))
        self._lay_out()

    def show_words(
        self,
        title: str,
        text: str,
        remedy: str,
        buttons: Sequence[tuple[str, str]] = (),
        detail: str = "",
        *,
        is_alarm: bool = False,
    ) -> None:
        """Say something.

        Args:
            text: The cause; "" for none.
            buttons: Key and word of each, the most likely first.
            detail: For support, as plain text; "" for none.
        """
        said = (title, text, remedy, tuple(buttons), detail, is_alarm)
        if said == self._shown:
            return
        self._shown = said
        self._show_sign(is_alarm)
        for label, words in ((self._title, title), (self._text, text), (self._remedy, remedy)):
            label.setText(words)
            label.setVisible(bool(words))
        self._detail.setText(detail)
        self._fold.setChecked(False)
        self._fold.setVisible(bool(detail))
        self._show_buttons(buttons)
        self.setAccessibleName(" ".join(filter(None, (title, text, remedy))))

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def fold(self) -> QPushButton:
        return self._fold

    @property
    def detail(self) -> QLabel:
        return self._detail

    def _lay_out(self) -> None:
        space = self._theme.space
        column = QFrame()
        column.setMaximumWidth(space(180))
        layout = QVBoxLayout(column)
        layout.setContentsMargins(space(4), space(4), space(4), space(4))
        layout.setSpacing(space(2))
        layout.addStretch(1)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._title, self._text, self._remedy):
            layout.addWidget(label)
        layout.addSpacing(space(2))
        self._row.addStretch(1)
        self._row.addStretch(1)
        layout.addLayout(self._row)
        layout.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._detail)
        layout.addStretch(1)
        self._detail.hide()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)

    def _show_sign(self, is_alarm: bool) -> None:
        theme = self._theme
        name, ink = ("alarm", theme.rejected) if is_alarm else ("picture", theme.on_well_quiet)
        mark = theme.ink_on(ink)
        self._sign.setPixmap(pixmap(name, theme.space(14), ink, mark, self.devicePixelRatioF()))

    def _show_buttons(self, buttons: Sequence[tuple[str, str]]) -> None:
        for button in self.buttons:
            button.deleteLater()
            self._row.removeWidget(button)
        self.buttons = tuple(self._button(key, word) for key, word in buttons)
        for place, button in enumerate(self.buttons):
            button.setProperty("role", "large")
            button.setProperty("first", place == 0)
            self._row.insertWidget(1 + place, button)

    def _button(self, key: str, word: str) -> QPushButton:
        button = QPushButton(word)
        button.clicked.connect(lambda: self.chosen.emit(key))
        return button

    def _unfold(self, is_open: bool) -> None:
        self._detail.setVisible(is_open)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
