"""Wires settings, controller, window and Qt together."""

from __future__ import annotations

import logging
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from inspector_gui import event_loop
from inspector_gui import settings as files
from inspector_gui import theme as themes
from inspector_gui.background import Background
from inspector_gui.controller import StationController
from inspector_gui.records.errors import RecordsError
from inspector_gui.settings import Settings
from inspector_gui.theme import Theme
from inspector_gui.views import language
from inspector_gui.views.window import MainWindow

log = logging.getLogger(__name__)

CLOSE_S = 10.0
"""What has not ended by then, hangs; a line in order ends within 1 to 2 s."""
SIGNALS_MS = 200
_LOOK = ("language", "theme", "large_targets")


def run() -> int:
    """Open the window on the simulated line and run until it is closed; the exit status."""
    desk = Desk(QApplication(sys.argv[:1]))
    if not desk.problem:  # else its record might not lie where it is looked for
        desk.controller.start()
    code = desk.run()
    if code:
        _leave_behind(code)
    return code


class Desk(QObject):
    """The application: one station, and the window before it.

    A change of the look builds the window anew; the station runs on meanwhile.
    """

    def __init__(self, application: QApplication, file: Path | None = None) -> None:
        """Read the settings and open the window.

        Args:
            file: Of the settings; None for the user's own.
        """
        super().__init__()
        self.application = application
        application.setApplicationName("line-inspector")
        self._file = file
        self.settings, self.problem = files.load(file)
        self._saved = self.settings
        self._translators: list[QTranslator] = []
        self._saving = Background("settings", self)
        self.controller = StationController(self.settings)
        self.window = self._made_window()
        if self.problem:
            self.window.open_settings()
        self.window.show()

    def run(self) -> int:
        """Run until the window is closed; the exit status."""
        wake = _quit_on_signals(self.application)
        event_loop.settle()
        code = self.application.exec()
        wake.stop()
        return code if self.close() else 1

    def close(self) -> bool:
        """End everything; whether the line ended in time."""
        if self.window.isVisible():  # quitting has closed it already
            self.window.close()
        self._saving.close()
        self._save_the_rest()
        if self.controller.close(CLOSE_S):
            self._sign_out()
            return True
        log.error("the line did not stop within %g s", CLOSE_S)
        return False

    def change(self, settings: Settings) -> None:
        """Use other settings, and save them."""
        last, self.settings = self.settings, settings
        self.controller.apply(settings)
        if any(getattr(last, name) != getattr(settings, name) for name in _LOOK):
            self._open_anew()
        self._saving.run(lambda _job: self._save(settings), self._show_saved, self._show_unsaved)

    def _made_window(self) -> MainWindow:
        self._speak(_locale(self.settings))
        window = MainWindow(self.controller, _theme(self.settings), self.settings)
        window.settings_changed.connect(self.change)
        if self.problem:
            window.settings.show_problem(self.problem)
        return window

    def _speak(self, locale: QLocale) -> None:
        for translator in self._translators:
            self.application.removeTranslator(translator)
            translator.deleteLater()
        installed = (
            install(self.application, locale) for install in (language.install, language.install_qt)
        )
        self._translators = [translator for translator in installed if translator is not None]

    def _open_anew(self) -> None:
        """The new window is shown before the old one goes, so that the application goes on."""
        old, self.window = self.window, self._made_window()
        self.window.setGeometry(old.normalGeometry())
        self.window.setWindowState(old.windowState())
        self.window.open_place(old.place)
        self.window.show()
        self.window.settings.take_place_of(old.settings)
        old.close()
        old.deleteLater()

    def _save(self, settings: Settings) -> Settings:
        files.save(settings, self._file)
        return settings

    def _sign_out(self) -> None:
        session = self.controller.session
        if session is not None:
            self.controller.session = None
            try:
                self.controller.office(session.folder).sign_out(session, "the window was closed")
            except RecordsError as error:
                log.error("the sign-out is not on the trail: %s", error)

    def _save_the_rest(self) -> None:
        """What was set at the very last is not lost."""
        if self.settings != self._saved:
            try:
                self._save(self.settings)
            except files.SettingsError as error:
                log.error("%s", error)

    def _show_saved(self, settings: Settings) -> None:
        self._saved = settings
        self.problem = ""
        self.window.settings.show_saved()

    def _show_unsaved(self, error: Exception) -> None:
        if not isinstance(error, files.SettingsError):
            log.error("the settings could not be saved", exc_info=error)
        self.problem = str(error)
        self.window.settings.show_problem(self.problem)


def _theme(settings: Settings) -> Theme:
    chosen = {"light": themes.LIGHT, "dark": themes.DARK}.get(settings.theme)
    theme = chosen or themes.system_theme()
    return replace(theme, target=themes.GLOVES_TARGET) if settings.large_targets else theme


def _locale(settings: Settings) -> QLocale:
    """The computer's own where it speaks the language, as it knows the country as well."""
    system = QLocale.system()
    chosen = {"en": QLocale.Language.English, "de": QLocale.Language.German}.get(settings.language)
    return system if chosen in (None, system.language()) else QLocale(chosen)


def _leave_behind(code: int) -> NoReturn:
    """End at once: a thread that hangs in native code would crash a tidy end."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _quit_on_signals(application: QApplication) -> QTimer:
    """End in good order on Ctrl+C and on a service's stop; Python needs to run to notice them."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: application.quit())
    timer = QTimer(application, interval=SIGNALS_MS)
    timer.timeout.connect(lambda: None)
    timer.start()
    return timer
