"""GenTL producers: through which cameras are reached, and what each of them offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout

from inspector_gui.acquisition.sources import CameraInfo
from inspector_gui.inspection.status import Level
from inspector_gui.settings import Settings
from inspector_gui.theme import Theme
from inspector_gui.views.settings.section import Section, ask, clear, words
from inspector_gui.widgets.path_row import PathRow


class ProducersSection(Section):
    """The producers; they are changed while the line is at rest.

    Signals:
        changed: A dict of what is set differently.
        look_asked: The cameras shall be looked for anew.
    """

    changed = Signal(object)
    look_asked = Signal()

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__(theme, self.tr("Camera producers"))
        self._settings = settings
        self._devices: Sequence[CameraInfo] | None = ()
        self._is_running = False
        self._removers: list[QPushButton] = []
        self.add_setting(
            self.tr("GenTL producers"),
            self.tr("The maker of a camera supplies one: a .cti file through which it is reached."),
        )
        self.note = words(
            self.tr("Stop the line to change these: its camera may be reached through one."),
            "strong",
        )
        self.note.hide()
        self.rows.addWidget(self.note)
        self._place = QVBoxLayout()
        self._place.setSpacing(theme.space(2))
        self.rows.addLayout(self._place)
        self.add_file = self._button(self.tr("Add a file…"), self._ask_for_file)
        self.add_folder = self._button(self.tr("Add a folder…"), self._ask_for_folder)
        self.look = self._button(self.tr("Look for cameras"), self.look_asked.emit)
        line = QHBoxLayout()
        line.setSpacing(theme.space(2))
        for button in (self.add_file, self.add_folder, self.look):
            line.addWidget(button)
        line.addStretch(1)
        self.rows.addLayout(line)

    def show_running(self, is_running: bool) -> None:
        self._is_running = is_running
        self.note.setVisible(is_running)
        for button in (self.add_file, self.add_folder, *self._removers):
            button.setEnabled(not is_running)
        self.look.setEnabled(not is_running and self._devices is not None)

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self._show()

    def show_devices(self, devices: Sequence[CameraInfo] | None) -> None:
        """Show what was found; None while it is being looked for."""
        if devices != self._devices:
            self._devices = devices
            self._show()

    def _button(self, word: str, pressed: Callable[[], None]) -> QPushButton:
        button = QPushButton(word)
        button.setAccessibleName(f"{self.accessibleName()}: {word}")
        button.clicked.connect(lambda: pressed())
        return button

    def _show(self) -> None:
        clear(self._place)
        self._removers = []
        found: dict[Path, list[CameraInfo]] = {}
        for info in self._devices or ():
            found.setdefault(Path(info.producer), []).append(info)
        for path in self._settings.producers:
            files = [file for file in found if path in (file, file.parent)]
            self._add_row(path, [info for file in files for info in found.pop(file)], is_own=True)
        for path, devices in found.items():
            self._add_row(path, devices, is_own=False)
        self.show_running(self._is_running)

    def _add_row(self, path: Path, devices: Sequence[CameraInfo], is_own: bool) -> None:
        row = PathRow(self.theme, str(path))
        row.show_state(*self._said(devices))
        if is_own:
            name = self.tr("Remove {path} from the settings").format(path=path)
            remove = row.add_button(self.tr("Remove"), name)
            others = tuple(other for other in self._settings.producers if other != path)
            remove.clicked.connect(lambda: self.changed.emit({"producers": others}))
            self._removers.append(remove)
        self._place.addWidget(row)
        row.show()

    def _said(self, devices: Sequence[CameraInfo]) -> tuple[Level | None, str]:
        if self._devices is None:
            return None, self.tr("Looking for its cameras…")
        problem = next((info.problem for info in devices if not info.spec), "")
        if problem:
            return Level.ATTENTION, problem
        if not devices:
            return Level.ATTENTION, self.tr("Nothing is known of it: look for cameras.")
        names = ", ".join(info.user_defined_name or info.id for info in devices)
        busy = ", ".join(info.user_defined_name or info.id for info in devices if info.problem)
        if busy:
            return Level.OK, self.tr("Cameras: {names}. In use: {busy}.").format(
                names=names, busy=busy
            )
        return Level.OK, self.tr("Cameras: {names}.").format(names=names)

    def _ask_for_file(self) -> None:
        kinds = self.tr("GenTL producers") + " (*.cti)"
        ask(QFileDialog(self, self.tr("Add a producer"), "", kinds), self._add)

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Add a folder of producers"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        ask(dialog, self._add)

    def _add(self, path: Path) -> None:
        known = (*self._settings.producers, path.resolve())
        self.changed.emit({"producers": tuple(dict.fromkeys(known))})
