"""Where the record, the recipes and the pictures lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout

from inspector_gui.background import Background, Job
from inspector_gui.folder_state import Fault, FolderState, Use, state_of
from inspector_gui.inspection.opening import default_records
from inspector_gui.inspection.status import Level
from inspector_gui.records.disk import DiskRoom
from inspector_gui.settings import Settings
from inspector_gui.theme import Theme
from inspector_gui.views.settings.section import Section, ask, clear, words
from inspector_gui.widgets.path_row import PathRow

_LEVEL = {
    DiskRoom.ENOUGH: Level.OK,
    DiskRoom.LOW: Level.ATTENTION,
    DiskRoom.FULL: Level.ALARM,
}


class FoldersSection(Section):
    """The folders, and how they are; they count from the next start of the line on.

    Signals:
        changed: A dict of what is set differently.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, background: Background, settings: Settings) -> None:
        super().__init__(theme, self.tr("Folders"))
        self._background = background
        self._settings = settings
        self._jobs: list[Job[FolderState]] = []
        self.note = words(
            self.tr("The line runs: a change counts from its next start on."), "strong"
        )
        self.note.hide()
        self.rows.addWidget(self.note)
        self.add_setting(
            self.tr("Record"),
            self.tr("Verdicts and images are kept here. Best on a disk of its own."),
        )
        self._record = self._place()
        self.add_setting(
            self.tr("Recipes"),
            self.tr("Your own recipes, besides those that come with the station."),
        )
        self._recipes = self._place()
        self.add_setting(
            self.tr("Pictures"),
            self.tr("Each folder is offered as a camera that shows its pictures."),
        )
        self._pictures = self._place()

    def show_running(self, is_running: bool) -> None:
        self.note.setVisible(is_running)

    def show_settings(self, settings: Settings) -> None:
        """Show other settings, and look at their folders."""
        self._settings = settings
        for job in self._jobs:
            job.cancel()
        self._jobs = []
        for place in (self._record, self._recipes, self._pictures):
            clear(place)
        self._show_record()
        self._show_recipes()
        self._show_pictures()

    def _place(self) -> QVBoxLayout:
        place = QVBoxLayout()
        place.setContentsMargins(0, 0, 0, self.theme.space(3))
        place.setSpacing(self.theme.space(2))
        self.rows.addLayout(place)
        return place

    def _show_record(self) -> None:
        own = self._settings.records
        name = self.tr("Record")
        row = self._row(self._record, own or default_records(), Use.RECORD)
        choose = row.add_button(self.tr("Choose…"), self.tr("{what}: choose").format(what=name))
        choose.clicked.connect(lambda: self._ask(name, lambda path: {"records": path}))
        if own is not None:
            back = row.add_button(
                self.tr("Use the default"), self.tr("{what}: use the default").format(what=name)
            )
            back.clicked.connect(lambda: self.changed.emit({"records": None}))

    def _show_recipes(self) -> None:
        own = self._settings.recipes
        name = self.tr("Recipes")
        if own is None:
            self._add_button(self._recipes, name, lambda path: {"recipes": path})
            return
        row = self._row(self._recipes, own, Use.RECIPES)
        choose = row.add_button(self.tr("Choose…"), self.tr("{what}: choose").format(what=name))
        choose.clicked.connect(lambda: self._ask(name, lambda path: {"recipes": path}))
        self._remove_button(row, {"recipes": None})

    def _show_pictures(self) -> None:
        folders = self._settings.image_folders
        for folder in folders:
            row = self._row(self._pictures, folder, Use.PICTURES)
            others = tuple(other for other in folders if other != folder)
            self._remove_button(row, {"image_folders": others})
        self._add_button(
            self._pictures,
            self.tr("Pictures"),
            lambda path: {"image_folders": tuple(dict.fromkeys((*folders, path)))},
        )

    def _row(self, place: QVBoxLayout, folder: Path, use: Use) -> PathRow:
        row = PathRow(self.theme, str(folder))
        row.show_state(None, self.tr("Looking…"))
        place.addWidget(row)
        row.show()
        job = self._background.run(
            lambda job: state_of(folder, use, lambda: job.is_cancelled),
            lambda state: row.show_state(*self._said(state, use)),
            lambda error: row.show_state(Level.ALARM, str(error)),
        )
        self._jobs.append(job)
        return row

    def _add_button(
        self, place: QVBoxLayout, name: str, change: Callable[[Path], dict[str, object]]
    ) -> None:
        button = QPushButton(self.tr("Add a folder…"))
        button.setAccessibleName(self.tr("{what}: add a folder").format(what=name))
        button.clicked.connect(lambda: self._ask(name, change))
        line = QHBoxLayout()
        place.addLayout(line)
        line.addWidget(button)
        line.addStretch(1)
        button.show()

    def _remove_button(self, row: PathRow, change: dict[str, object]) -> None:
        path = row.path.text()
        button = row.add_button(
            self.tr("Remove"), self.tr("Remove {path} from the settings").format(path=path)
        )
        button.clicked.connect(lambda: self.changed.emit(change))

    def _ask(self, title: str, change: Callable[[Path], dict[str, object]]) -> None:
        dialog = QFileDialog(self, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        ask(dialog, lambda path: self.changed.emit(change(path)))

    def _said(self, state: FolderState, use: Use) -> tuple[Level, str]:
        if state.fault is not None:
            level = Level.ALARM if use is Use.RECORD else Level.ATTENTION
            return level, self._fault(state.fault)
        if use is Use.RECORD:
            free = QLocale().formattedDataSize(state.free_bytes, 0)
            text = self.tr("Can be written; {size} free.").format(size=free)
            if state.is_new:
                text = self.tr("Is made at the next start; {size} free.").format(size=free)
            if state.room is not DiskRoom.ENOUGH:
                text = self.tr(
                    "Only {size} free: free some space, or choose a folder on a larger disk."
                ).format(size=free)
            return _LEVEL[state.room], text
        count = QLocale().toString(state.count)
        if use is Use.RECIPES:
            if not state.count:
                return Level.ATTENTION, self.tr("Holds no recipe (.toml): put one there.")
            return Level.OK, self.tr("Can be read; recipes: {n}.").format(n=count)
        if not state.count:
            return Level.ATTENTION, self.tr("Holds no picture: put some there.")
        return Level.OK, self.tr("Can be read; pictures: {n}.").format(n=count)

    def _fault(self, fault: Fault) -> str:
        return {
            Fault.MISSING: self.tr("Is not there: connect its disk, or choose another folder."),
            Fault.NO_FOLDER: self.tr("Is a file: choose a folder."),
            Fault.UNREADABLE: self.tr("May not be read: ask for the right, or choose another."),
            Fault.READ_ONLY: self.tr("May not be written: ask for the right, or choose another."),
        }[fault]
