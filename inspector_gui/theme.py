"""The look of every screen: the tokens, and the style sheet made from them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QWidget

import resources
from engines.verdict import Decision
from inspector_gui.inspection.status import Level

_DARK_INK = "#1B1F23"
_LIGHT_INK = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as `#RRGGBB`, sizes in logical pixels.

    Attributes:
        ground, panel, raised: From the window's back to what lies on top.
        text, quiet, line: Ink, from strong to faint.
        passed, rejected, undecided: Of the decisions; `rejected` is also the alarm's vermillion and
            `undecided` the attention's yellow.
        information: Selection, focus, information.
        well: What lies behind a picture, the same in both themes.
        halo: The dark line around an outline drawn on a picture.
    """

    ground: str
    panel: str
    raised: str
    text: str
    quiet: str
    line: str
    passed: str = "#009E73"
    rejected: str = "#D55E00"
    undecided: str = "#F0E442"
    information: str = "#0072B2"
    well: str = "#1E2226"
    on_well: str = "#E8EAEC"
    on_well_quiet: str = "#9AA5AF"
    halo: str = _DARK_INK

    quiet_px: int = 12
    body_px: int = 14
    section_px: int = 18
    figure_px: int = 28
    verdict_px: int = 96
    grid: int = 4
    radius: int = 6
    target: int = 44
    focus_ring: int = 2
    outline: int = 2

    def space(self, steps: int) -> int:
        """So many steps of the grid, in pixels."""
        return steps * self.grid

    def colour_of(self, decision: Decision) -> str:
        return {
            Decision.PASS: self.passed,
            Decision.REJECT: self.rejected,
            Decision.UNDECIDED: self.undecided,
        }[decision]

    def colour_at(self, level: Level) -> str:
        return {
            Level.OK: self.passed,
            Level.ATTENTION: self.undecided,
            Level.ALARM: self.rejected,
        }[level]

    def ink_on(self, colour: str) -> str:
        """The ink that reads better on a ground of this colour."""
        return _DARK_INK if QColor(colour).lightnessF() > 0.55 else _LIGHT_INK

    def font(self, pixels: int, *, strong: bool = False) -> QFont:
        """The system's sans with figures of equal width."""
        font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).families())
        font.setPixelSize(pixels)
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font


LIGHT = Theme("#E6E8EA", "#F3F4F5", "#FFFFFF", "#1B1F23", "#5B6670", "#C3C9CE")
DARK = Theme(
    "#1E2226",
    "#272C31",
    "#31373D",
    "#E8EAEC",
    "#9AA5AF",
    "#444C54",
    information="#56B4E9",  # the light theme's blue is lost on a dark ground
    well="#15181B",
)

GLOVES_TARGET = 64
"""Instead of a theme's own `target`, where people wear gloves."""


def system_theme() -> Theme:
    """Light or dark, as the desktop is set."""
    is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return DARK if is_dark else LIGHT


def apply(theme: Theme, window: QWidget) -> None:
    """Give a window and everything in it the theme."""
    palette = QPalette(QColor(theme.panel), QColor(theme.ground))
    palette.setColor(QPalette.ColorRole.Base, QColor(theme.raised))
    palette.setColor(QPalette.ColorRole.Text, QColor(theme.text))
    palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.text))
    palette.setColor(QPalette.ColorRole.ButtonText, QColor(theme.text))
    palette.setColor(QPalette.ColorRole.Highlight, QColor(theme.information))
    window.setPalette(palette)
    window.setFont(theme.font(theme.body_px))
    window.setStyleSheet(style_sheet(theme))


def restyle(*widgets: QWidget) -> None:
    """Apply the style sheet anew to widgets of which a property has changed."""
    for widget in widgets:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def style_sheet(theme: Theme) -> str:
    """The style sheet; widgets are told apart by their property `role`."""
    t = theme
    on_information = t.ink_on(t.information)
    chevron = (resources.FOLDER / "icons" / "chevron.svg").as_posix()
    return f"""
    QWidget {{ color: {t.text}; font-size: {t.body_px}px; }}
    *[role="ground"] {{ background: {t.ground}; }}
    *[role="panel"] {{ background: {t.panel}; border: 1px solid {t.line};
        border-radius: {t.radius}px; }}
    *[role="bar"] {{ background: {t.panel}; border: 0 solid {t.line}; }}
    *[role="header"] {{ background: {t.panel}; border: 0; border-bottom: 1px solid {t.line}; }}
    *[role="footer"] {{ background: {t.panel}; border: 0; border-top: 1px solid {t.line}; }}
    *[role="rail"] {{ background: {t.panel}; border: 0; border-right: 1px solid {t.line}; }}
    *[role="popover"] {{ background: {t.raised}; border: 1px solid {t.line};
        border-radius: {t.radius}px; }}
    *[role="row"] {{ background: {t.raised}; border: 1px solid {t.line};
        border-radius: {t.radius}px; }}
    *[role="finding"] {{ background: {t.raised}; border: {t.focus_ring}px solid {t.raised};
        border-radius: {t.radius}px; }}
    *[role="finding"][current="true"] {{ border-color: {t.information}; }}
    *[role="ask"] {{ background: {t.panel}; border: {t.focus_ring}px solid {t.panel};
        border-radius: {t.radius}px; }}
    *[role="ask"][current="true"] {{ background: {t.raised}; border-color: {t.information}; }}
    *[role="notice"] {{ background: {t.raised}; border: {t.focus_ring}px solid {t.rejected};
        border-radius: {t.radius}px; }}
    *[role="well"] {{ background: {t.well}; border: {t.focus_ring}px solid {t.well};
        border-radius: {t.radius}px; }}
    *[role="well"][frozen="true"] {{ border-color: {t.information}; }}
    QLabel {{ background: transparent; border: 0; }}
    QLabel[role="quiet"] {{ color: {t.quiet}; font-size: {t.quiet_px}px; }}
    QLabel[role="strong"] {{ font-weight: 600; }}
    QLabel[role="section"] {{ font-size: {t.section_px}px; font-weight: 600; }}
    QLabel[role="figure"] {{ font-size: {t.figure_px}px; font-weight: 600; }}
    QLabel[role="caption"] {{ color: {t.on_well_quiet}; font-size: {t.quiet_px}px; }}
    *[frozen="true"] QLabel[role="caption"] {{ color: {t.on_well}; font-weight: 600; }}
    QLabel[role="chip"] {{ background: {t.information}; color: {on_information};
        border-radius: {t.grid}px; font-weight: 600; font-size: {t.quiet_px}px;
        padding: 1px {t.space(2)}px; }}
    QLabel[role="well-title"] {{ color: {t.on_well}; font-size: {t.section_px}px;
        font-weight: 600; }}
    QLabel[role="well-hint"] {{ color: {t.on_well_quiet}; }}
    QLabel[role="well-text"] {{ color: {t.on_well}; }}
    QLabel[role="well-detail"] {{ color: {t.on_well_quiet}; font-size: {t.quiet_px}px;
        border: 1px solid {t.on_well_quiet}; border-radius: {t.radius}px;
        padding: {t.space(2)}px; }}
    QLabel[role="key"] {{ background: {t.panel}; border: 1px solid {t.quiet};
        border-bottom-width: 2px; border-radius: {t.grid}px; font-weight: 600;
        min-width: {t.space(5)}px; padding: {t.space(1)}px {t.space(2)}px; }}

    QPushButton {{ background: {t.raised}; border: {t.focus_ring}px solid {t.line};
        border-radius: {t.radius}px; padding: 0 {t.space(3)}px; min-height: {t.target - 4}px;
        min-width: {t.target - t.space(6) - t.focus_ring}px; }}
    QPushButton:hover {{ background: {t.ground}; }}
    QPushButton:pressed {{ background: {t.line}; }}
    QPushButton:checked {{ background: {t.information}; color: {on_information};
        border-color: {t.information}; }}
    QPushButton:disabled, QPushButton:checked:disabled {{ color: {t.quiet};
        background: {t.panel}; border-color: {t.line}; }}
    QPushButton:focus {{ border-color: {t.information}; }}
    QPushButton:checked:focus {{ border-color: {t.text}; }}
    QPushButton[role="main"] {{ font-size: {t.section_px}px; font-weight: 600;
        background: {t.information}; color: {on_information}; border-color: {t.information};
        min-height: {t.space(13)}px; }}
    QPushButton[role="main"]:focus {{ border-color: {t.text}; }}
    QPushButton[role="main"]:disabled {{ background: {t.panel}; color: {t.quiet};
        border-color: {t.line}; }}
    QPushButton[role="main"][runs="true"] {{ background: {t.raised}; color: {t.text};
        border-color: {t.quiet}; }}
    QPushButton[role="main"][runs="true"]:hover {{ background: {t.ground}; }}
    QPushButton[role="main"][runs="true"]:focus {{ border-color: {t.information}; }}
    QPushButton[role="large"] {{ font-weight: 600; min-height: {max(t.space(12), t.target - 4)}px;
        padding: 0 {t.space(5)}px; }}
    QPushButton[role="large"][first="true"] {{ background: {t.information};
        color: {on_information}; border-color: {t.information}; }}
    QPushButton[role="large"][first="true"]:focus {{ border-color: {t.on_well}; }}
    QPushButton[role="do"] {{ font-weight: 600; background: {t.information};
        color: {on_information}; border-color: {t.information}; }}
    QPushButton[role="do"]:focus {{ border-color: {t.text}; }}
    QPushButton[role="do"]:disabled {{ background: {t.panel}; color: {t.quiet};
        border-color: {t.line}; }}
    QPushButton[role="key"] {{ min-height: {max(t.space(12), t.target - 4)}px; }}
    QPushButton[role="well-fold"] {{ background: transparent; border-color: transparent;
        color: {t.on_well_quiet}; }}
    QPushButton[role="well-fold"]:hover {{ color: {t.on_well}; }}
    QPushButton[role="well-fold"]:checked {{ background: transparent; color: {t.on_well};
        border-color: transparent; }}
    QPushButton[role="well-fold"]:focus {{ border-color: {t.on_well}; }}
    QPushButton[role="flat"] {{ background: transparent; border-color: transparent;
        padding: 0 {t.space(3)}px; text-align: left; }}
    QPushButton[role="flat"]:hover {{ background: {t.raised}; }}
    QPushButton[role="flat"]:focus {{ border-color: {t.information}; }}
    QPushButton[segment="first"] {{ border-top-right-radius: 0; border-bottom-right-radius: 0; }}
    QPushButton[segment="middle"] {{ border-radius: 0; border-left: 0; }}
    QPushButton[segment="middle"]:focus {{
        border-left: {t.focus_ring}px solid {t.information}; }}
    QPushButton[segment="last"] {{ border-top-left-radius: 0; border-bottom-left-radius: 0;
        border-left: 0; }}
    QPushButton[segment="last"]:focus {{ border-left: {t.focus_ring}px solid {t.information}; }}

    QToolButton[role="place"] {{ background: transparent;
        border: {t.focus_ring}px solid transparent;
        border-radius: {t.radius}px; color: {t.quiet}; font-size: {t.quiet_px}px;
        padding: {t.space(1)}px 0; }}
    QToolButton[role="place"]:hover {{ background: {t.raised}; }}
    QToolButton[role="place"]:checked {{ color: {t.text}; background: {t.raised};
        font-weight: 600; }}
    QToolButton[role="place"]:focus {{ border-color: {t.information}; }}

    QComboBox {{ background: {t.raised}; border: {t.focus_ring}px solid {t.line};
        border-radius: {t.radius}px; padding: 0 {t.space(3)}px; min-height: {t.target - 4}px; }}
    QComboBox:hover {{ background: {t.ground}; }}
    QComboBox:focus {{ border-color: {t.information}; }}
    QComboBox:disabled {{ color: {t.quiet}; background: {t.panel}; }}
    QComboBox::drop-down {{ border: 0; width: {t.space(8)}px; }}
    QComboBox::down-arrow {{ image: url({chevron});
        width: {t.space(5)}px; height: {t.space(5)}px; }}
    QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.line};
        outline: 0; selection-background-color: {t.information};
        selection-color: {on_information}; }}
    QComboBox QAbstractItemView::item {{ min-height: {t.target}px; padding: 0 {t.space(3)}px; }}

    QSlider {{ min-height: {t.target}px; background: transparent;
        border: {t.focus_ring}px solid transparent; border-radius: {t.radius}px; }}
    QSlider:focus {{ border-color: {t.information}; }}
    QSlider::groove:horizontal {{ height: {t.space(1)}px; background: {t.line};
        border-radius: 2px; }}
    QSlider::sub-page:horizontal {{ background: {t.information}; border-radius: 2px; }}
    QSlider::sub-page:horizontal:disabled {{ background: {t.line}; }}
    QSlider::handle:horizontal {{ width: {t.space(4)}px; height: {t.space(4)}px;
        margin: -{t.space(2)}px 0; background: {t.raised}; border: 2px solid {t.information};
        border-radius: {t.space(2) + 2}px; }}
    QSlider::handle:horizontal:disabled {{ border-color: {t.line}; }}
    QFileDialog {{ background: {t.ground}; }}
    QFileDialog QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.line};
        selection-background-color: {t.information}; selection-color: {on_information}; }}
    QFileDialog QLineEdit {{ background: {t.raised}; border: {t.focus_ring}px solid {t.line};
        border-radius: {t.radius}px; padding: 0 {t.space(2)}px; min-height: {t.target - 4}px; }}
    QFileDialog QLineEdit:focus {{ border-color: {t.information}; }}
    QFileDialog QToolButton {{ background: {_LIGHT_INK}; border: {t.focus_ring}px solid {t.line};
        border-radius: {t.grid}px; min-width: {t.space(6)}px; min-height: {t.space(6)}px; }}
    QFileDialog QToolButton:focus {{ border-color: {t.information}; }}
    QScrollArea {{ background: transparent; border: 0; }}
    QScrollArea[role="words"] {{ border: {t.focus_ring}px solid transparent;
        border-radius: {t.radius}px; }}
    QScrollArea[role="words"]:focus {{ border-color: {t.information}; }}
    QScrollBar:vertical {{ background: transparent; width: {t.space(3)}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {t.space(3)}px; margin: 0; }}
    QScrollBar::handle {{ background: {t.quiet}; border-radius: {t.grid}px;
        min-width: {t.space(10)}px; min-height: {t.space(10)}px; margin: 2px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QLineEdit[role="field"], QDateTimeEdit {{ background: {t.raised};
        border: {t.focus_ring}px solid {t.line}; border-radius: {t.radius}px;
        padding: 0 {t.space(2)}px; min-height: {t.target - 4}px;
        selection-background-color: {t.information}; selection-color: {on_information}; }}
    QDateTimeEdit {{ max-height: {t.target - 4}px; }}
    QDateTimeEdit::up-button, QDateTimeEdit::down-button {{ width: 0; border: 0; }}
    QLineEdit[role="field"]:disabled {{ background: {t.panel}; color: {t.quiet}; }}
    QLineEdit[role="field"]:focus, QDateTimeEdit:focus {{ border-color: {t.information}; }}
    QComboBox QLineEdit {{ background: transparent; border: 0; padding: 0;
        selection-background-color: {t.information}; selection-color: {on_information}; }}
    QTableView {{ background: {t.raised}; border: {t.focus_ring}px solid {t.line};
        border-radius: {t.radius}px; outline: 0; selection-background-color: transparent; }}
    QTableView:focus {{ border-color: {t.information}; }}
    QHeaderView {{ background: {t.panel}; border: 0; }}
    QHeaderView::section {{ background: {t.panel}; color: {t.quiet}; font-size: {t.quiet_px}px;
        border: 0; border-bottom: 1px solid {t.line}; padding: 0 {t.space(3) // 2}px;
        min-height: {t.space(8)}px; }}
    QScrollArea[role="facts"] {{ border: {t.focus_ring}px solid transparent;
        border-radius: {t.radius}px; }}
    QScrollArea[role="facts"]:focus {{ border-color: {t.information}; }}
    QProgressBar {{ background: {t.line}; border: 0; border-radius: {t.grid}px;
        max-height: {t.space(2)}px; }}
    QProgressBar::chunk {{ background: {t.information}; border-radius: {t.grid}px; }}
    QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.line};
        padding: {t.space(1)}px; }}
    """
