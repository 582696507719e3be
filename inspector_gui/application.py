"""Wires controller, window and Qt together."""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from inspector_gui.controller import StationController
from inspector_gui.views import language
from inspector_gui.views.window import MainWindow

log = logging.getLogger(__name__)

CLOSE_S = 3.0
SIGNALS_MS = 200


def run(records: Path | None = None) -> int:
    """Open the window on the simulated line and run until it is closed; the exit status.

    Args:
        records: The record's folder; None for the default one.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("line-inspector")
    language.install(application, QLocale.system())
    controller = StationController(records)
    window = MainWindow(controller)
    window.show()
    controller.start()
    wake = _quit_on_signals(application)
    code = application.exec()
    wake.stop()
    if not controller.close(CLOSE_S):
        log.error("the line did not stop within %g s", CLOSE_S)
        return 1
    return code


def _quit_on_signals(application: QApplication) -> QTimer:
    """End in good order on Ctrl+C and on a service's stop; Python needs to run to notice them."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: application.quit())
    timer = QTimer(application, interval=SIGNALS_MS)
    timer.timeout.connect(lambda: None)
    timer.start()
    return timer
