from __future__ import annotations

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engines.verdict import Decision
from inspector_gui import theme
from inspector_gui.widgets.trend import Trend


def colours_of_last(qtbot: QtBot, *parts: tuple[Decision, float | None]) -> list[str]:
    """Colours in the newest part's column, from top to bottom."""
    trend = Trend(theme.LIGHT)
    qtbot.addWidget(trend)
    trend.resize(400, 100)
    trend.show_parts(parts)
    picture = trend.grab().toImage()
    return [picture.pixelColor(398, y).name() for y in range(picture.height())]


def test_reject_stands_above_the_threshold_and_pass_below(qtbot: QtBot) -> None:
    reject = colours_of_last(qtbot, (Decision.REJECT, 1.5))
    good = colours_of_last(qtbot, (Decision.PASS, 0.6))
    vermillion, quiet = (QColor(c).name() for c in (theme.LIGHT.rejected, theme.LIGHT.quiet))
    middle = 100 - (100 - 15) // 2
    assert reject.index(vermillion) < middle - 5
    assert good.index(quiet) > middle + 5


def test_undecided_is_a_mark_at_the_top(qtbot: QtBot) -> None:
    column = colours_of_last(qtbot, (Decision.UNDECIDED, None))
    yellow = QColor(theme.LIGHT.undecided).name()
    assert yellow in column[:30]
    assert yellow not in column[40:]


def test_a_score_of_zero_is_still_seen(qtbot: QtBot) -> None:
    column = colours_of_last(qtbot, (Decision.PASS, None))
    assert column[-1] == QColor(theme.LIGHT.quiet).name()


def test_only_the_last_parts_are_shown(qtbot: QtBot) -> None:
    parts = [(Decision.REJECT, 2.0)] * 300 + [(Decision.PASS, 0.1)] * 200
    trend = Trend(theme.LIGHT)
    qtbot.addWidget(trend)
    trend.resize(400, 100)
    trend.show_parts(parts)
    picture = trend.grab().toImage()
    vermillion = QColor(theme.LIGHT.rejected)
    assert all(picture.pixelColor(x, 50) != vermillion for x in range(400))
