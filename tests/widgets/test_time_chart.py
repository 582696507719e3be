"""A chart over time, by mouse and by keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from inspector_gui import theme
from inspector_gui.widgets.time_chart import Span, TimeChart

BEGIN = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def chart(qtbot: QtBot) -> TimeChart:
    chart = TimeChart(
        theme.LIGHT,
        lambda span, end: f"{span.begin:%H:%M}-{end:%H:%M} {span.parts}",
        lambda moment, has_days: f"{moment:%d.%m.}" if has_days else f"{moment:%H:%M}",
    )
    qtbot.addWidget(chart)
    chart.resize(800, chart.sizeHint().height())
    chart.show()
    return chart


def spans(*minutes: int) -> list[Span]:
    return [Span(BEGIN + minute * MINUTE, 97, 2, 1) for minute in minutes]


def test_at_rest_it_tells_of_everything(chart: TimeChart) -> None:
    assert chart.told == ""
    chart.show_spans(spans(*range(10)))
    assert chart.told == "06:00-06:10 1000, 20 rejected, 10 undecided"


def test_times_without_parts_keep_their_place(chart: TimeChart, qtbot: QtBot) -> None:
    chart.show_spans(spans(0, 1, 5))
    qtbot.keyClick(chart, Qt.Key.Key_End)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.told == "06:04-06:05 0, 0 rejected, 0 undecided"


def test_a_click_chooses_nothing_and_a_drag_does(chart: TimeChart, qtbot: QtBot) -> None:
    chart.show_spans(spans(*range(10)))
    plot = chart._plot().toRect()
    first, last = (QPoint(plot.left() + plot.width() * n // 20, 50) for n in (5, 13))
    with qtbot.assertNotEmitted(chart.chosen):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=first)
    with qtbot.waitSignal(chart.chosen) as chosen:
        qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=last)
        qtbot.mouseMove(chart, first)
        qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=first)
    assert chosen.args == [(BEGIN + 2 * MINUTE, BEGIN + 7 * MINUTE)]


def test_escape_lets_go_of_a_selection_first(chart: TimeChart, qtbot: QtBot) -> None:
    chart.show_spans(spans(*range(10)))
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert chart.selection == (BEGIN, BEGIN + 2 * MINUTE)
    with qtbot.assertNotEmitted(chart.undone):
        qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.selection is None
    with qtbot.waitSignal(chart.undone):
        qtbot.keyClick(chart, Qt.Key.Key_Escape)


@pytest.mark.parametrize("minutes", [(0,), (0, 1), (0, 60 * 24 * 400), tuple(range(0, 3000, 7))])
def test_every_length_can_be_drawn(chart: TimeChart, minutes: tuple[int, ...]) -> None:
    chart.show_spans(spans(*minutes))
    assert not chart.grab().isNull()
    chart.clear()
    assert not chart.grab().isNull()
