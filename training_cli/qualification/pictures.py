"""Small pictures of parts, to stand in a page."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from training_cli.errors import UserError

WIDTH_PX, HEIGHT_PX = 480, 360


def data_uris(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """The pictures `NAME.png` of these parts that are in the folder, at most 480×360.

    Raises:
        UserError: There is no such folder, or a picture is damaged.
    """
    if not folder.is_dir():
        raise UserError(f"{folder} is no folder: name the one with the pictures of the parts.")
    paths = {name: folder / f"{name}.png" for name in names if Path(name).name == name}
    return {name: _data_uri(path) for name, path in paths.items() if path.is_file()}


def _data_uri(path: Path) -> str:
    try:
        with Image.open(path) as picture:
            mode = "L" if picture.mode in {"1", "L"} else "RGB"
            small = picture.convert(mode)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise UserError(f"{path} is no picture that can be read: take it out.") from error
    small.thumbnail((WIDTH_PX, HEIGHT_PX))
    file = io.BytesIO()
    small.save(file, format="PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode('ascii')}"
