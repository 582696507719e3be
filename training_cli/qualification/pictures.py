"""Small pictures of parts, to stand in a page."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from training_cli.errors import UserError

WIDTH_PX, HEIGHT_PX = 480, 360


def data_uris(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """The pictures `NAME.png` of these parts that are in the folder, 480×360 at most.

    Raises:
        UserError: There is no such folder, or a picture is damaged.
    """
    if not folder.is_dir():
        raise UserError(f"{folder} is no folder: name the one with the pictures of the parts.")
    paths = {name: folder / f"{name}.png" for name in names if Path(name).name == name}
    return {name: _data_uri(path) for name, path in paths.items() if path.is_file()}


def _data_uri(path: Path) -> str:
    try:
        found = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_ANYCOLOR)
    except (OSError, cv2.error):
        found = None
    if found is None:
        raise UserError(f"{path} is no picture that can be read: take it out.")
    height, width = found.shape[:2]
    scale = min(WIDTH_PX / width, HEIGHT_PX / height, 1.0)
    size = max(1, round(scale * width)), max(1, round(scale * height))
    small = cv2.resize(found, size, interpolation=cv2.INTER_AREA)
    encoded = cv2.imencode(".png", small)[1].tobytes()
    return f"data:image/png;base64,{base64.b64encode(encoded).decode('ascii')}"
