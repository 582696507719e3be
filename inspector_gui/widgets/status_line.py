"""The line at the window's foot: is anything wrong, and what is to be done?"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inspector_gui.inspection.status import Level
from inspector_gui.theme import Theme
from inspector_gui.widgets.icon import SIGN, pixmap, set_icon

BLINK_MS = 500  # half a period: 1 Hz


@dataclass(frozen=True, slots=True)
class Sign:
    """One entry of the line, in words.

    Attributes:
        key: Which entry; the same from one time to the next.
        level: How urgent; None while nothing is known.
        title: Its name.
        word: What stands beside the name: which device, or how urgent.
        text, remedy: What is the case and what to do, for the popover.
    """

    key: str
    level: Level | None
    title: str
    word: str
    text: str
    remedy: str = ""


class Popover(QFrame):
    """What is wrong and what to do; goes away at the next click or with Escape."""

    def __init__(self, theme: Theme, sign: Sign, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popover")
        self.setFixedWidth(theme.space(90))
        layout = QVBoxLayout(self)
        margin = theme.space(4)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.space(2))
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        shape = QLabel()
        colour = _colour(theme, sign.level)
        scale = parent.devicePixelRatioF()
        size = theme.section_px
        shape.setPixmap(pixmap(_drawing(sign.level), size, colour, theme.ink_on(colour), scale))
        head.addWidget(shape)
        head.addWidget(_label(f"{sign.title}: {sign.word}", "section"), 1)
        layout.addLayout(head)
        layout.addWidget(_label(sign.text))
        if sign.remedy:
            layout.addWidget(_label(self.tr("What to do"), "quiet"))
            layout.addWidget(_label(sign.remedy, "strong"))
        self.setAccessibleName(f"{sign.title}: {sign.text} {sign.remedy}".strip())

    def show_above(self, anchor: QWidget) -> None:
        self.adjustSize()
        self.move(anchor.mapToGlobal(QPoint(0, -self.height())))
        self.show()


class SignButton(QPushButton):
    """A shape and words for one part of the station; blinks while an alarm is not acknowledged."""

    def __init__(self, theme: Theme, sign: Sign) -> None:
        super().__init__()
        self._theme = theme
        self._is_acknowledged = sign.level is not Level.ALARM
        self._is_lit = True
        self._timer = QTimer(self, interval=BLINK_MS)
        self._timer.timeout.connect(self._blink)
        self.setProperty("role", "flat")
        self.clicked.connect(self.open)
        self._sign = sign
        self._show()

    @property
    def sign(self) -> Sign:
        return self._sign

    @property
    def is_blinking(self) -> bool:
        return self._timer.isActive()

    def show_sign(self, sign: Sign) -> None:
        if sign == self._sign:
            return
        if sign.level is not Level.ALARM:
            self._is_acknowledged = True
        elif self._sign.level is not Level.ALARM:
            self._is_acknowledged = False
        self._sign = sign
        self._show()

    def open(self) -> None:
        """Say what is the case, which acknowledges an alarm."""
        self._is_acknowledged = True
        self._show()
        Popover(self._theme, self._sign, self).show_above(self)

    def _blink(self) -> None:
        self._is_lit = not self._is_lit
        self._show_icon()

    def _show(self) -> None:
        sign = self._sign
        self.setText(f"{sign.title}  {sign.word}")
        self.setAccessibleName(f"{sign.title}: {sign.word}")
        self.setAccessibleDescription(f"{sign.text} {sign.remedy}".strip())
        self._is_lit = True
        if self._is_acknowledged:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        self._show_icon()

    def _show_icon(self) -> None:
        theme = self._theme
        level = self._sign.level
        colour = _colour(theme, level) if self._is_lit else theme.line
        mark = theme.ink_on(colour)
        set_icon(self, _drawing(level), theme.space(4), colour, mark=mark, gap=theme.space(1))


class StatusLine(QFrame):
    """One button for each part of the station."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._buttons: dict[str, SignButton] = {}
        self.setProperty("role", "footer")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, theme.space(2), 0)
        self._layout.setSpacing(theme.space(2))
        self._layout.addStretch(1)
        self.setFixedHeight(theme.target + theme.space(1))
        self.setAccessibleName(self.tr("State of the station"))

    @property
    def buttons(self) -> tuple[SignButton, ...]:
        return tuple(self._buttons.values())

    def show_signs(self, signs: tuple[Sign, ...]) -> None:
        if tuple(sign.key for sign in signs) != tuple(self._buttons):
            for button in self._buttons.values():
                button.deleteLater()
            self._buttons = {sign.key: SignButton(self._theme, sign) for sign in signs}
            for place, button in enumerate(self._buttons.values()):
                self._layout.insertWidget(place, button)
        for sign in signs:
            self._buttons[sign.key].show_sign(sign)


def _colour(theme: Theme, level: Level | None) -> str:
    return theme.colour_at(level) if level else theme.quiet


def _drawing(level: Level | None) -> str:
    return SIGN[level] if level else "stale"


def _label(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
