"""The last parts that did not pass."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from engines.verdict import Decision
from inspector_gui.theme import Theme
from inspector_gui.widgets.icon import SHAPE, paint_icon

NEW_S = 2.0
Key = tuple[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Reject:
    """One picture of the strip.

    Attributes:
        key: Lot and part.
        caption, words: The part's number and what was found, for people.
        image: None for a part without a picture.
    """

    key: Key
    decision: Decision
    caption: str
    words: str
    image: QImage | None


class RejectPicture(QAbstractButton):
    """One place of the strip: the part's picture, the decision's shape and the part's number."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reject: Reject | None = None
        self._is_new = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def reject(self) -> Reject | None:
        return self._reject

    @property
    def is_new(self) -> bool:
        return self._is_new

    def show_reject(self, reject: Reject, is_new: bool, is_chosen: bool) -> None:
        if (reject, is_new, is_chosen) == (self._reject, self._is_new, self.isChecked()):
            return
        self._reject, self._is_new = reject, is_new
        self.setChecked(is_chosen)
        text = f"{reject.caption}: {reject.words}"
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._reject is None:
            return
        theme, reject = self._theme, self._reject
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(0, 0, self.width(), self.width())
        clip = QPainterPath()
        clip.addRoundedRect(place, theme.grid, theme.grid)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(place, QColor(theme.well))
        if reject.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, reject.image)
        painter.restore()
        self._paint_ring(painter, place)
        colour = theme.colour_of(reject.decision)
        badge = theme.space(5)
        corner = QRectF(theme.grid, theme.grid, badge, badge)
        paint_icon(painter, corner, SHAPE[reject.decision], colour, theme.ink_on(colour))
        self._paint_caption(painter, reject.caption)
        painter.end()

    def _paint_ring(self, painter: QPainter, place: QRectF) -> None:
        """Around what has the focus, what is shown in the large picture, or what is new."""
        theme, reject = self._theme, self._reject
        if reject is None or not (self.hasFocus() or self.isChecked() or self._is_new):
            return
        is_own = self.hasFocus() or self.isChecked()
        colour = theme.information if is_own else theme.colour_of(reject.decision)
        width = theme.focus_ring if not self._is_new or is_own else 2 * theme.focus_ring
        painter.setPen(QPen(QColor(colour), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = place.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(inner, theme.grid, theme.grid)

    def _paint_caption(self, painter: QPainter, caption: str) -> None:
        theme = self._theme
        is_strong = self._is_new or self.isChecked()
        painter.setFont(theme.font(theme.quiet_px, strong=is_strong))
        painter.setPen(QColor(theme.text if is_strong else theme.quiet))
        top = self.width() + theme.grid
        place = QRectF(0, top, self.width(), self.height() - top)
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, caption)


class RejectStrip(QWidget):
    """Small pictures, newest at the left; arrow keys go from one to the next, Enter chooses.

    What has come in within the last `NEW_S`, but for what is there at first, is marked.

    Signals:
        chosen: The key of a reject that was clicked.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, clock_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._theme = theme
        self._clock_s = clock_s
        self._rejects: tuple[Reject, ...] = ()
        self._pictures: list[RejectPicture] = []
        self._came_at_s: dict[Key, float] = {}
        self._is_first = True
        self._chosen: Key | None = None
        self._pressed: Key | None = None
        self._empty = self.tr("No rejects yet")
        self._ageing = QTimer(self, singleShot=True)
        self._ageing.timeout.connect(self._show)
        self.setAccessibleName(self.tr("Last rejects"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rejects(self) -> tuple[Reject, ...]:
        return self._rejects

    @property
    def pictures(self) -> tuple[RejectPicture, ...]:
        """Those that are seen, from the left."""
        return tuple(picture for picture in self._pictures if not picture.isHidden())

    @property
    def side(self) -> int:
        """Of one picture, in logical pixels."""
        return self._theme.space(18)

    def show_rejects(self, rejects: Sequence[Reject]) -> None:
        """Show parts, newest first."""
        is_first, self._is_first = self._is_first, False
        if tuple(rejects) == self._rejects:
            return
        self._rejects = tuple(rejects)
        now = float("-inf") if is_first else self._clock_s()
        self._came_at_s = {r.key: self._came_at_s.get(r.key, now) for r in self._rejects}
        self._show()

    def show_chosen(self, key: Key | None) -> None:
        """Mark the part that the large picture shows; None for none."""
        self._chosen = key
        self._show()

    def sizeHint(self) -> QSize:
        caption = self.fontMetrics().height() + self._theme.space(1)
        return QSize(self.side * 4, self.side + caption)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._rejects:
            return
        painter = QPainter(self)
        painter.setFont(self._theme.font(self._theme.quiet_px))
        painter.setPen(QColor(self._theme.quiet))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._empty)
        painter.end()

    def _show(self) -> None:
        gap = self._theme.space(2)
        count = min(len(self._rejects), (self.width() + gap) // (self.side + gap))
        while len(self._pictures) < count:
            self._pictures.append(self._picture(len(self._pictures)))
        focused = next((p.reject.key for p in self._pictures if p.hasFocus() and p.reject), None)
        now = self._clock_s()
        ages_s = [now - self._came_at_s[reject.key] for reject in self._rejects]
        for index, picture in enumerate(self._pictures):
            picture.setVisible(index < count)
            if index < count:
                reject = self._rejects[index]
                picture.show_reject(reject, ages_s[index] < NEW_S, reject.key == self._chosen)
        self._keep_focus_on(focused)
        if new := [age for age in ages_s if age < NEW_S]:
            self._ageing.start(round((NEW_S - max(new)) * 1000) + 1)
        self.update()

    def _picture(self, index: int) -> RejectPicture:
        picture = RejectPicture(self._theme, self)
        step = self.side + self._theme.space(2)
        picture.setGeometry(index * step, 0, self.side, self.sizeHint().height())
        picture.pressed.connect(lambda: self._press(picture))
        picture.clicked.connect(lambda: self._choose(picture))
        if index:
            self.setTabOrder(self._pictures[index - 1], picture)
        return picture

    def _press(self, picture: RejectPicture) -> None:
        """What was meant, should another part take the place before the button is let go."""
        self._pressed = picture.reject.key if picture.reject else None

    def _choose(self, picture: RejectPicture) -> None:
        picture.setChecked(picture.reject is not None and picture.reject.key == self._chosen)
        if self._pressed is not None:
            self.chosen.emit(self._pressed)

    def _keep_focus_on(self, key: Key | None) -> None:
        """A part that has moved on takes the focus with it, unless a button is held down."""
        if any(picture.isDown() for picture in self._pictures):
            return
        for picture in self.pictures:
            if key is not None and picture.reject is not None and picture.reject.key == key:
                picture.setFocus()
