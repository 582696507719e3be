"""Export of the trail, by who may."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from inspector_gui.records.accounts import Session
from inspector_gui.records.export import Progress
from inspector_gui.records.forms import Form
from inspector_gui.records.office import Office
from inspector_gui.records.trail import TrailFilter
from inspector_gui.records.trail_export import export_trail, permit_trail_export
from inspector_gui.theme import Theme
from inspector_gui.views.controller import Controller
from inspector_gui.views.history.export import ExportStrip


class TrailExportStrip(ExportStrip):
    """The same strip; the office is asked first, for who was signed in when it began."""

    def __init__(self, theme: Theme, controller: Controller) -> None:
        super().__init__(theme)
        self._controller = controller
        self._progress_text = self.tr("{done} of {all} entries written to {file}")
        self._done_text = self.tr("{n} entries written to {file}")

    def start(self, folder: Path, path: Path, wanted: TrailFilter) -> None:
        """Write what a filter finds in the trail to a file in the form that its name asks for."""
        self._write = _permitted(self._controller.office(folder), self._controller.session)
        super().start(folder, path, wanted)


def _permitted(office: Office, session: Session | None) -> Callable[..., int]:
    def write(
        folder: Path,
        path: Path,
        form: Form,
        wanted: TrailFilter,
        progress: Progress,
        is_cancelled: Callable[[], bool],
    ) -> int:
        permit_trail_export(office, session, path, wanted)
        return export_trail(folder, path, form, wanted, progress, is_cancelled)

    return write
