"""A button that wears the key which does the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton

from inspector_gui.theme import Theme

_SCALES = (1, 2, 3)


class KeyButton(QPushButton):
    """A key cap and a word; Tab comes to it, a click leaves the focus where it is."""

    def __init__(self, theme: Theme, key: str, word: str, name: str = "") -> None:
        """Make a button.

        Args:
            key: What stands on the cap.
            word: Beside the cap; "" for none.
            name: For assistive technology and the tip, where the word does not say it all.
        """
        super().__init__(word)
        self._theme = theme
        self.key = key
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name or word)
        if name:
            self.setToolTip(name)
        self._draw_cap()

    def _draw_cap(self) -> None:
        theme = self._theme
        metrics = QFontMetricsF(theme.font(theme.body_px, strong=True))
        height = theme.space(6)
        width = max(height, round(metrics.horizontalAdvance(self.key)) + theme.space(3))
        gap = theme.space(1) if self.text() else 0
        icon = QIcon()
        on = theme.ink_on(theme.information)
        for scale in _SCALES:
            for mode, state, ink, back in (
                (QIcon.Mode.Normal, QIcon.State.Off, theme.text, theme.panel),
                (QIcon.Mode.Normal, QIcon.State.On, on, theme.information),
                (QIcon.Mode.Disabled, QIcon.State.Off, theme.line, theme.panel),
            ):
                icon.addPixmap(self._cap(QSize(width, height), gap, scale, ink, back), mode, state)
        self.setIcon(icon)
        self.setIconSize(QSize(width + gap, height))

    def _cap(self, size: QSize, gap: int, scale: int, ink: str, back: str) -> QPixmap:
        theme = self._theme
        image = QPixmap(QSize(size.width() + gap, size.height()) * scale)
        image.fill(Qt.GlobalColor.transparent)
        image.setDevicePixelRatio(scale)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
        painter.setPen(QColor(ink if ink != theme.text else theme.quiet))
        painter.setBrush(QColor(back))
        painter.drawRoundedRect(place, theme.grid, theme.grid)
        painter.setFont(theme.font(theme.body_px, strong=True))
        painter.setPen(QColor(ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.key)
        painter.end()
        return image
