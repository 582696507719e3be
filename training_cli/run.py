"""A training run's folder and its record, `run.json`, of whatever engine."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ValidationError

from training_cli.errors import UserError

RECORD = "run.json"
BEST, LAST = "best", "last"

SEGMENTER: Literal["defect_segmenter"] = "defect_segmenter"
LOCALIZER = "chip_localizer"
CLASSIFIER: Literal["surface_classifier"] = "surface_classifier"
Decoder = Literal["unet", "slim", "fpn"]
"""See `networks.unet`."""
Record = TypeVar("Record", bound=BaseModel)


def write_record(folder: Path, record: BaseModel) -> None:
    """Write a run's record."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RECORD).write_text(record.model_dump_json(indent=2) + "\n", encoding="utf-8")


def engine_of(folder: Path) -> str:
    """The engine whose network a run fitted.

    Raises:
        UserError: The folder holds no run.
    """
    return _AnyRun.model_validate_json(_content(folder)).engine


class _AnyRun(BaseModel):
    engine: str = SEGMENTER


def read_record(folder: Path, kind: type[Record]) -> Record:
    """Read a run's record.

    Raises:
        UserError: There is none, it is damaged, or it is of another engine.
    """
    try:
        return kind.model_validate_json(_content(folder))
    except ValidationError as error:
        first = error.errors()[0]
        if first["loc"][:1] == ("engine",):
            raise UserError(f"{folder} is a run of another engine: name one of this.") from error
        key = ".".join(map(str, first["loc"])) or RECORD
        raise UserError(
            f"{folder / RECORD} does not hold ({key}: {first['msg']}): fit again."
        ) from error


def _content(folder: Path) -> str:
    path = folder / RECORD
    if not path.is_file():
        raise UserError(
            f"{folder} is no run: it has no {RECORD}, which `inspector-train fit` writes."
        )
    return path.read_text(encoding="utf-8")


def weights_path(folder: Path, which: str = BEST) -> Path:
    """The network's weights (`best` or `last`).

    Raises:
        UserError: There are none yet.
    """
    path = folder / f"{which}.safetensors"
    if not path.is_file():
        raise UserError(f"{folder} has no {path.name}: let the fit finish an epoch first.")
    return path


def command_line() -> str:
    return " ".join(["inspector-train", *sys.argv[1:]])


def code_version() -> str:
    """The version of the installed distribution, and the commit where there is a checkout.

    A checkout with changes that are not committed is marked `-dirty`.
    """
    try:
        number = version("line-inspector")
    except PackageNotFoundError:
        number = "0"
    git = [
        "git",
        "-C",
        str(Path(__file__).parent),
        "describe",
        "--always",
        "--dirty",
        "--abbrev=12",
    ]
    try:
        commit = subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return number
    return f"{number}+g{commit}"
