"""The application as it is, opened for a test, of which nothing is left afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QApplication

from inspector_gui.application import Desk


@contextmanager
def open_desk(application: QApplication, file: Path) -> Iterator[Desk]:
    """A desk with the settings of a file.

    Qt holds what is connected to a window, and so the window: it has to be deleted.
    """
    application.setQuitOnLastWindowClosed(False)
    desk = Desk(application, file)
    try:
        yield desk
    finally:
        has_ended = desk.close()
        desk._speak(QLocale("en_US"))
        QLocale.setDefault(QLocale("en_US"))
        desk.window.deleteLater()
        desk.deleteLater()
        swept()
    assert has_ended


def swept() -> None:
    """What shall be deleted later is deleted now."""
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
