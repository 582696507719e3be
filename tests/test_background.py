from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from inspector_gui import background as backgrounds
from inspector_gui.background import Background, Job


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    background = Background("test")
    yield background
    background.close()


def test_results_come_back_to_the_thread_of_the_event_loop(
    qtbot: QtBot, background: Background
) -> None:
    heard: list[tuple[object, threading.Thread]] = []
    background.run(
        lambda job: threading.current_thread(),
        lambda worker: heard.append((worker, threading.current_thread())),
        pytest.fail,
    )
    qtbot.waitUntil(lambda: bool(heard))
    worker, here = heard[0]
    assert here is threading.main_thread()
    assert worker is not here


def test_what_the_work_raises_is_told(qtbot: QtBot, background: Background) -> None:
    heard: list[Exception] = []

    def work(job: Job[None]) -> None:
        raise OSError("gone")

    background.run(work, lambda _: pytest.fail("done"), heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert str(heard[0]) == "gone"


def test_a_cancelled_job_is_interrupted_and_never_heard_of(
    qtbot: QtBot, background: Background
) -> None:
    began, interrupted, heard = threading.Event(), threading.Event(), []

    def work(job: Job[str]) -> str:
        job.interrupt_with(interrupted.set)
        began.set()
        assert interrupted.wait(5)
        return "late"

    job = background.run(work, heard.append, heard.append)
    assert began.wait(5)
    job.cancel()
    background.run(lambda _: "next", heard.append, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["next"]


def test_nothing_is_called_back_after_the_end(qtbot: QtBot) -> None:
    background = Background("test")
    heard: list[object] = []
    background.run(lambda job: "done", heard.append, heard.append)
    background.close()
    qtbot.wait(50)
    assert heard == []
    background.run(lambda job: "later", heard.append, heard.append)
    qtbot.wait(50)
    assert heard == []


def test_work_that_hangs_does_not_keep_the_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backgrounds, "CLOSE_S", 0.05)
    background = Background("hanging")
    began, release = threading.Event(), threading.Event()

    def work(job: Job[None]) -> None:
        began.set()
        release.wait(20)

    background.run(work, pytest.fail, pytest.fail)
    assert began.wait(5)
    background.close()
    release.set()
