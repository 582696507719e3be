"""Processes for foreign camera drivers, which may hang, crash or hold Python's global lock."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

from inspector_gui.acquisition.camera import CameraError, CameraLost


class ProcessDied(Exception):
    """It ended without an answer. The text says how."""


def start_process(target: Callable[..., None], *args: object) -> tuple[BaseProcess, Connection]:
    """Run `target(connection, *args)` in a fresh interpreter.

    Returns:
        The process, and this end of its connection, which reads end-of-file when it has died.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(theirs, *args), daemon=True)
    with _main_module_hidden():
        process.start()
    theirs.close()
    return process, ours


@contextmanager
def _main_module_hidden() -> Iterator[None]:
    """Keep a fresh interpreter from importing the program, and with it Qt and the engines."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def end_process(process: BaseProcess, connection: Connection) -> None:
    """Kill the process if it still runs, and reap it."""
    process.kill()
    process.join()
    process.close()
    connection.close()


class Call:
    """A function's call in a fresh process, under way."""

    def __init__(self, function: Callable[..., Any], *args: object) -> None:
        self._process, self._connection = start_process(_answer, function, args)

    def result(self, deadline: float) -> Any:
        """Wait for the answer; the process is ended either way.

        Args:
            deadline: By `time.monotonic()`.

        Raises:
            TimeoutError: There was none in time.
            ProcessDied: The process crashed.
            CameraError: What the function raised; any other exception becomes one.
        """
        try:
            if not self._connection.poll(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            answer = self._connection.recv()
        except EOFError:
            self._process.join()
            raise ProcessDied(how_it_ended(self._process.exitcode)) from None
        finally:
            end_process(self._process, self._connection)
        if isinstance(answer, Exception):
            raise answer
        return answer


def _answer(connection: Connection, function: Callable[..., object], args: Any) -> None:
    leave_interrupts_to_the_parent()
    try:
        connection.send(function(*args))
    except CameraError as error:
        connection.send(error)
    except Exception as error:  # perhaps of a kind that only the driver knows
        connection.send(CameraLost(f"The driver failed: {error}"))


def leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches every process of a terminal; the parent decides what follows from it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def how_it_ended(exit_code: int | None) -> str:
    """A process's end in words."""
    if exit_code is None:
        return "still runs"
    if exit_code >= 0:
        return f"ended with code {exit_code}"
    try:
        return f"was ended by {signal.Signals(-exit_code).name}"
    except ValueError:
        return f"was ended by signal {-exit_code}"


class Watchdog:
    """Ends this process if it is not fed, even while a driver holds Python's global lock.

    So a hung camera process does not outlive a station that was killed.
    """

    _AGAIN_AFTER_S = 1.0

    def __init__(self) -> None:
        self._nowhere = os.open(os.devnull, os.O_WRONLY)
        self._fed_at = float("-inf")

    def feed(self, *, timeout_s: float) -> None:
        """Allow another `timeout_s` until the next call."""
        now = time.monotonic()
        if now - self._fed_at >= self._AGAIN_AFTER_S:
            self._fed_at = now
            faulthandler.dump_traceback_later(timeout_s, exit=True, file=self._nowhere)
