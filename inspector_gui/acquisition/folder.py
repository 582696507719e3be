"""Replays the images of a folder as if a camera took them."""

from __future__ import annotations

import os
import re
import stat
import time
from pathlib import Path
from typing import NoReturn

from inspector_gui.acquisition.camera import CameraSettings, FolderUnusable
from inspector_gui.acquisition.frame import Frame, FrameStatus
from inspector_gui.acquisition.image_file import SUFFIXES, ImageFileError, read_image
from inspector_gui.acquisition.paced import PacedCamera


class FolderCamera(PacedCamera):
    """Delivers each image below a folder once, in natural order, or over and over with `loop`.

    The files are listed when the camera is opened (hidden ones are left out). A file that cannot
    be read later on is an `UNREADABLE` frame: it keeps its place and its number.

    Errors:
        FolderUnusable: `open` found no such folder, may not read it, or it holds no image.
    """

    def __init__(self, name: str, folder: Path, settings: CameraSettings) -> None:
        super().__init__(name, settings)
        self._folder = folder
        self._files: list[Path] = []

    def _connect(self) -> None:
        self._files = list_images(self._folder)

    def _frame(self, frame_id: int) -> Frame | None:
        if frame_id >= len(self._files) and not self._settings.loop:
            return None
        return frame_of_file(self._files[frame_id % len(self._files)], frame_id)


def frame_of_file(path: Path, frame_id: int) -> Frame:
    """Read a file into a frame, which is `UNREADABLE` if it may not be judged."""
    try:
        pixels = read_image(path)
    except ImageFileError as error:
        return Frame(
            frame_id=frame_id,
            status=FrameStatus.UNREADABLE,
            pixels=None,
            pixel_format="",
            timestamp_ns=0,
            received_ns=time.monotonic_ns(),
            source=str(path),
            detail=str(error),
        )
    return Frame(
        frame_id=frame_id,
        status=FrameStatus.COMPLETE,
        pixels=pixels,
        pixel_format="Mono8" if pixels.ndim == 2 else "RGB8",
        timestamp_ns=0,
        received_ns=time.monotonic_ns(),
        source=str(path),
    )


def list_images(folder: Path) -> list[Path]:
    """The image files below a folder, in natural order: `part 2` before `part 10`.

    Raises:
        FolderUnusable: There is no such folder, it may not be read, or it holds no image.
    """
    try:
        mode = folder.stat().st_mode
    except FileNotFoundError:
        raise FolderUnusable(
            f"The folder {folder} does not exist; name a folder with images."
        ) from None
    except (OSError, ValueError) as error:  # a parent that may not be read, a name too long
        reason = getattr(error, "strerror", None) or error
        raise FolderUnusable(f"The folder {folder} cannot be read: {reason}.") from error
    if not stat.S_ISDIR(mode):
        raise FolderUnusable(f"The folder {folder} is a file; name a folder with images.")
    found = []
    for parent, folders, files in os.walk(folder, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in files if _is_image(name)]
    if not found:
        kinds = ", ".join(sorted(SUFFIXES))
        raise FolderUnusable(f"The folder {folder} holds no images ({kinds}); name another one.")
    return sorted(found, key=_natural_order)


def _is_image(name: str) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES


def _refuse(error: OSError) -> NoReturn:
    raise FolderUnusable(
        f"The folder {error.filename} cannot be read: {error.strerror}; allow reading it."
    ) from error


def _natural_order(path: Path) -> tuple[list[list[str | int]], str]:
    return [_words_and_numbers(part) for part in path.parts], str(path)


def _words_and_numbers(text: str) -> list[str | int]:
    pieces = re.split(r"(\d+)", text.casefold())  # words at even places, numbers at odd ones
    return [int(piece) if place % 2 else piece for place, piece in enumerate(pieces)]
