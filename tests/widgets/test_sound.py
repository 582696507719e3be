from __future__ import annotations

import itertools

from PySide6.QtWidgets import QApplication

from inspector_gui.widgets.sound import SHORTEST_S, Sound


def test_sounds_at_once_but_not_more_often_than_can_be_told_apart() -> None:
    heard: list[float] = []
    now = 0.0
    sound = Sound(lambda: heard.append(now), lambda: now)
    for step in range(100):
        now = step / 100
        sound.play()
    assert heard[0] == 0.0
    gaps = [later - earlier for earlier, later in itertools.pairwise(heard)]
    assert len(heard) == 4
    assert min(gaps) >= SHORTEST_S


def test_a_computer_without_loudspeaker_is_no_error(qapp: QApplication) -> None:
    Sound().play()
