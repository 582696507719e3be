"""What can be done to the picture; none of it touches the line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSlider, QWidget

from inspector_gui.theme import Theme
from inspector_gui.views.live.picture import Picture
from inspector_gui.views.overlay import COLOURS
from inspector_gui.widgets.colour_bar import ColourBar
from inspector_gui.widgets.icon import set_icon
from inspector_gui.widgets.image_view import ImageView

OPACITY_PERCENT = 60


class PictureTools(QWidget):
    """Overlay and its opacity, fit and 1:1; for a line's picture also freeze."""

    def __init__(self, theme: Theme, picture: Picture | ImageView) -> None:
        super().__init__()
        self._theme = theme
        view = picture.view if isinstance(picture, Picture) else picture
        self._view = view
        self.overlay = self._button(self.tr("Overlay"), "overlay")
        self.overlay.setChecked(True)
        self.overlay.setToolTip(self.tr("Show or hide outlines and heatmap"))
        self.overlay.toggled.connect(self._show_overlay)
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setPageStep(10)
        self.opacity.setAccessibleName(self.tr("Opacity of the heatmap"))
        self.opacity.setToolTip(self.opacity.accessibleName())
        self.opacity.valueChanged.connect(lambda percent: view.set_opacity(percent / 100))
        self.opacity.setValue(OPACITY_PERCENT)
        self.opacity.setMinimumWidth(theme.space(24))
        self.opacity.setMaximumWidth(theme.space(50))
        self.fit = self._button(self.tr("Fit"))
        self.fit.setProperty("segment", "first")
        self.fit.setChecked(True)
        self.fit.clicked.connect(view.fit)
        self.full_size = self._button(self.tr("1:1"))
        self.full_size.setProperty("segment", "last")
        self.full_size.clicked.connect(view.one_to_one)
        self._zoom = QButtonGroup(self)
        self._zoom.addButton(self.fit)
        self._zoom.addButton(self.full_size)
        view.fitted.connect(self._show_fitted)
        view.full_size.connect(self._show_full_size)
        view.released.connect(self._show_released)
        self.freeze = self._button(self.tr("Freeze"), "freeze")
        self.freeze.setToolTip(
            self.tr("Keep this picture on the screen; the line goes on. Escape returns to it.")
        )
        if isinstance(picture, Picture):
            self.freeze.toggled.connect(picture.freeze)
        else:
            self.freeze.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        theme = self._theme
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        layout.addWidget(self.overlay)
        layout.addWidget(self.opacity, 1)
        layout.addWidget(ColourBar(theme, COLOURS))
        layout.addStretch(1)
        segments = QHBoxLayout()
        segments.setSpacing(0)
        segments.addWidget(self.fit)
        segments.addWidget(self.full_size)
        layout.addLayout(segments)
        layout.addWidget(self.freeze)

    def _button(self, text: str, drawing: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setCheckable(True)
        if drawing:
            theme, size = self._theme, self._theme.space(5)
            on = theme.ink_on(theme.information)
            set_icon(button, drawing, size, theme.quiet, ink_when_on=on, gap=theme.space(1))
        return button

    def _show_overlay(self, is_visible: bool) -> None:
        self._view.set_overlay_visible(is_visible)
        self.opacity.setEnabled(is_visible)

    def _show_fitted(self) -> None:
        self.fit.setChecked(True)

    def _show_full_size(self) -> None:
        self.full_size.setChecked(True)

    def _show_released(self) -> None:
        """Zoomed by hand: neither fitted nor 1:1."""
        self._zoom.setExclusive(False)
        self.fit.setChecked(False)
        self.full_size.setChecked(False)
        self._zoom.setExclusive(True)
