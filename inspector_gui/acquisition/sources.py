"""Opens a camera by what the user calls it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from inspector_gui.acquisition.camera import (
    Camera,
    CameraNotFound,
    CameraSettings,
    FolderUnusable,
)
from inspector_gui.acquisition.folder import FolderCamera
from inspector_gui.acquisition.gentl.camera import GentlCamera
from inspector_gui.acquisition.gentl.listing import CameraInfo, describe, list_cameras

__all__ = ["CameraInfo", "describe", "list_cameras", "open_camera"]

FORMS = "gentl:ID, folder:PATH, simulated or simulated:PRODUCT"


def open_camera(spec: str, settings: CameraSettings, base: Path | None = None) -> Camera:
    """Make the camera a spec names, and connect to it.

    Args:
        spec: `gentl:ID`, `folder:PATH`, `simulated` or `simulated:PRODUCT`.
        settings: What is asked of it.
        base: What a relative PATH or producer starts from; None for the working directory.

    Returns:
        A camera that is open and ready to be started; the caller closes it.

    Raises:
        CameraNotFound: The spec has none of these forms, or what it names is not there.
        CameraSettingsError: A setting is refused.
    """
    camera = _camera_of(spec, settings, base)
    try:
        camera.open()
    except BaseException:
        camera.close()
        raise
    return camera


def _camera_of(spec: str, settings: CameraSettings, base: Path | None) -> Camera:
    kind, colon, which = spec.partition(":")
    if kind == "simulated" and bool(colon) == bool(which):
        from inspector_gui.acquisition.simulated import DEFAULT_PRODUCT, SimulatedCamera

        return SimulatedCamera(spec, which or DEFAULT_PRODUCT, settings)
    if kind == "folder" and colon:
        if not which:
            raise FolderUnusable("folder: names no folder; write folder:PATH.")
        return FolderCamera(spec, _from(base, which), settings)
    if kind == "gentl" and which:
        producers = tuple(str(_from(base, producer)) for producer in settings.producers)
        return GentlCamera(spec, which, replace(settings, producers=producers))
    raise CameraNotFound(f"There is no camera called {spec!r}; name one as {FORMS}.")


def _from(base: Path | None, path: str) -> Path:
    return (base or Path()) / Path(path).expanduser()
