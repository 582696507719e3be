"""Fresh interpreters: light, answered for, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from inspector_gui.acquisition.camera import CameraLost, CameraNotFound
from inspector_gui.acquisition.gentl.processes import Call, ProcessDied, how_it_ended

ROOT = Path(__file__).parents[3]


def soon() -> float:
    return time.monotonic() + 20.0


def test_an_answer_comes_back():
    assert Call(divmod, 17, 5).result(soon()) == (3, 2)


def test_a_camera_error_comes_back_as_itself():
    with pytest.raises(CameraNotFound, match="no such camera"):
        Call(_refuse).result(soon())


def test_any_other_exception_becomes_a_camera_error():
    with pytest.raises(CameraLost, match="by zero"):
        Call(divmod, 1, 0).result(soon())


def test_a_crash_is_told():
    with pytest.raises(ProcessDied, match="SIGABRT"):
        Call(os.abort).result(soon())


def test_a_hanging_call_is_ended_in_time():
    call = Call(time.sleep, 1000)
    process = call._process.pid
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        call.result(began + 0.3)
    assert time.monotonic() - began < 5.0
    assert not is_alive(process)


def test_the_program_is_not_imported_again(tmp_path):
    """Whatever the program's main module loads stays out of a camera's process."""
    program = tmp_path / "program.py"
    program.write_text(
        "import sys, time\n"
        "import colorsys  # stands for Qt and the engines\n"
        "from inspector_gui.acquisition.gentl.processes import Call\n"
        "from tests.acquisition.gentl.test_processes import loaded\n"
        "if __name__ == '__main__':\n"
        "    print(*Call(loaded).result(time.monotonic() + 20.0))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, program], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    names = run.stdout.split()
    assert "inspector_gui.acquisition.gentl.processes" in names
    assert "colorsys" not in names


def test_ends_in_words():
    assert how_it_ended(None) == "still runs"
    assert how_it_ended(1) == "ended with code 1"
    assert how_it_ended(-signal.SIGKILL) == "was ended by SIGKILL"
    assert how_it_ended(-999) == "was ended by signal 999"


@pytest.mark.parametrize("blocks", ["sleeps", "holds the global lock"])
def test_the_watchdog_ends_a_process_that_hangs(blocks):
    hang = "time.sleep(60)" if blocks == "sleeps" else "ctypes.PyDLL(None).sleep(60)"
    if sys.platform == "win32" and "ctypes" in hang:
        pytest.skip("needs the C library's sleep")
    began = time.monotonic()
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "import ctypes, time\n"
            "from inspector_gui.acquisition.gentl.processes import Watchdog\n"
            f"Watchdog().feed(timeout_s=0.3)\n{hang}",
        ],
        cwd=ROOT,
    )
    assert run.returncode == 1
    assert time.monotonic() - began < 30.0


def _refuse() -> None:
    raise CameraNotFound("There is no such camera.")


def loaded() -> list[str]:
    return sorted(sys.modules)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
