"""GenTL producers: the drivers (.cti files) through which cameras are reached."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from inspector_gui.acquisition.camera import CameraError

SIMULATOR = "viky"
_SEARCH_PATH = "GENICAM_GENTL64_PATH"


class ProducerError(CameraError):
    """A producer cannot be used."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path, why)
        self.path = path
        self.why = why

    def __str__(self) -> str:
        return f"The producer {self.path} {self.why}; repair it or remove it."


def find_producers(named: Sequence[str] = ()) -> list[Path]:
    """The producers to load, each once: those named, those installed, then the simulator.

    Args:
        named: Files, whether they exist or not, and folders, which stand for the .cti files in
            them; one without any stays in the list as it is, where loading it fails.

    Returns:
        Those installed are the .cti files in the folders of the environment's
        GENICAM_GENTL64_PATH; the simulator comes with the genicam package.
    """
    found = [path for name in named for path in _files_of(Path(name))]
    for folder in filter(None, os.environ.get(_SEARCH_PATH, "").split(os.pathsep)):
        found += sorted(Path(folder).glob("*.cti"))
    found += simulator()
    return list(dict.fromkeys(path.resolve() for path in found))


def _files_of(path: Path) -> list[Path]:
    return sorted(path.glob("*.cti")) or [path] if path.is_dir() else [path]


def simulator() -> list[Path]:
    """The camera simulator in the genicam package, if this platform's has one."""
    spec = find_spec("genicam")
    if spec is None or spec.origin is None:
        return []
    path = Path(spec.origin).with_name(f"{SIMULATOR}.cti")
    return [path.resolve()] if path.exists() else []
