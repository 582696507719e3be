"""Image files named by the SHA-256 of their bytes."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector_gui.records.errors import RecordsDamaged, RecordsError
from inspector_gui.records.whole_file import write_whole

PNG = "image/png"
_SUFFIX = {PNG: ".png"}


@dataclass(frozen=True, slots=True)
class StoredImage:
    """A file that is on disk: its name, kind and size."""

    sha256: str
    media_type: str
    size_bytes: int


class ImageStore:
    """Keeps images below a record's folder; may be used from any thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._images = folder / "images"

    def path(self, sha256: str, media_type: str = PNG) -> Path:
        """Where an image lies, or would lie."""
        name = f"{sha256}{_SUFFIX.get(media_type, '')}"
        return self._images / sha256[:2] / sha256[2:4] / name

    def save(self, pixels: NDArray[np.uint8]) -> StoredImage:
        """Encode an image without loss and write it whole, or not at all.

        Args:
            pixels: uint8 (height, width) grey or (height, width, 3) RGB.

        Raises:
            RecordsError: It is of another kind, or cannot be written.
        """
        content = _png(pixels)
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        try:
            if not path.is_file():
                _write(path, content)
        except OSError as error:
            raise self.unwritable(error) from error
        return StoredImage(sha256, PNG, len(content))

    def copy_to(self, other: ImageStore, sha256: str, media_type: str) -> bool:
        """Copy an image into another store as it is; False if that one has it already.

        Raises:
            RecordsDamaged: It is not here or was changed.
            RecordsError: It cannot be written there.
        """
        source, target = self.path(sha256, media_type), other.path(sha256, media_type)
        try:
            if target.is_file() and target.stat().st_size == source.stat().st_size:
                return False
            content = source.read_bytes()
        except OSError as error:
            raise RecordsDamaged(f"Image {source} cannot be read ({error.strerror}).") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise RecordsDamaged(f"Image {source} was changed after it was written.")
        try:
            _write(target, content)
        except OSError as error:
            raise other.unwritable(error) from error
        return True

    def unwritable(self, error: OSError) -> RecordsError:
        return RecordsError(
            f"An image could not be kept in {self.folder} ({error.strerror}): "
            "free some space or check the disk."
        )

    def load(self, sha256: str, media_type: str = PNG) -> NDArray[np.uint8]:
        """An image's pixels, as they were given to `save`.

        Raises:
            RecordsError: It is not there or was changed.
        """
        path = self.path(sha256, media_type)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise RecordsError(f"Image {path.name} cannot be read ({error.strerror}).") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise RecordsError(f"Image {path.name} was changed after it was written.")
        pixels = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
        if pixels is None:
            raise RecordsError(f"Image {path.name} cannot be decoded.")
        grey_or_rgb = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)
        return np.asarray(grey_or_rgb, np.uint8)


def _png(pixels: NDArray[np.uint8]) -> bytes:
    try:
        stored = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
        _, buffer = cv2.imencode(".png", stored)  # OpenCV's own settings are its fastest
    except cv2.error as error:
        raise RecordsError(
            f"An image of shape {pixels.shape} cannot be kept: "
            "it must be (height, width) grey or (height, width, 3) RGB."
        ) from error
    return buffer.tobytes()


def _write(path: Path, content: bytes) -> None:
    """Under its name only when it is whole and on disk."""
    _make(path.parent)
    write_whole(path, content)
    _sync(path.parent)


def _make(folder: Path) -> None:
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    """Have the names in a folder on disk too; Windows does it by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
