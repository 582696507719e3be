"""The station's settings: one file that its page in the window writes. No Qt.

JSON rather than TOML, because pydantic and the standard library both read and write it.
"""

from __future__ import annotations

import errno
import json
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class SettingsError(Exception):
    """The settings could not be saved. The text is one sentence with cause and remedy."""


def _whole(path: Path) -> Path:
    whole = path.expanduser()
    if not whole.is_absolute():
        raise ValueError("must be a whole path, from the root of the disk on")
    return whole


WholePath = Annotated[Path, AfterValidator(_whole)]


class Settings(BaseModel):
    """What a station is told once. Keys of a newer version are kept as they are.

    Attributes:
        language, theme: "system" follows the computer's.
        large_targets: Whether everything that is pressed is large enough for gloves.
        sound_on_reject: Whether a reject or an undecided part is heard.
        records: The record's folder; None for the default one.
        recipes: A folder with recipes besides those that ship; None for none.
        image_folders: Folders with pictures that are offered as cameras.
        producers: GenTL producer files, or folders of such, besides those that are installed.
        idle_lock_min: After so long without a key or the mouse, whoever is signed in is signed
            out; 0 for never.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    language: Literal["system", "en", "de"] = "system"
    theme: Literal["system", "light", "dark"] = "system"
    large_targets: bool = False
    sound_on_reject: bool = False
    records: WholePath | None = None
    recipes: WholePath | None = None
    image_folders: tuple[WholePath, ...] = ()
    producers: tuple[WholePath, ...] = ()
    idle_lock_min: Annotated[int, Field(ge=0, le=24 * 60)] = 10


def default_file() -> Path:
    return platformdirs.user_config_path("line-inspector") / "settings.json"


def load(file: Path | None = None) -> tuple[Settings, str]:
    """Read the settings; any thread, never raises for what a file may hold.

    Args:
        file: None for the user's own.

    Returns:
        The settings and, where the file cannot be used, the defaults and one sentence that says
        why and what to do; "" if all is well.
    """
    file = file or default_file()
    try:
        return Settings.model_validate(json.loads(file.read_bytes())), ""
    except FileNotFoundError:
        return Settings(), ""
    except OSError as error:
        why = f"cannot be read ({error.strerror})"
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "settings"
        why = f"cannot be used ({key}: {first['msg'].removeprefix('Value error, ')})"
    except json.JSONDecodeError as error:
        why = f"is damaged (line {error.lineno}, column {error.colno})"
    except (ValueError, RecursionError):
        why = "is damaged"
    return Settings(), (
        f"The settings file {file} {why}: the station has its defaults; check the settings below "
        "before you start the line, the old file is kept beside the new one when they are saved."
    )


def save(settings: Settings, file: Path | None = None) -> None:
    """Write the settings as a whole or not at all; any thread.

    A file that cannot be used is not written over: it is kept beside the new one.

    Args:
        file: None for the user's own.

    Raises:
        SettingsError: They could not be written; the file is as it was.
    """
    file = file or default_file()
    text = json.dumps(settings.model_dump(mode="json"), indent=2) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new = _written(text, file.parent)
        try:
            if load(file)[1]:
                file.rename(_name_aside(file))
            new.replace(file)
        except OSError:
            new.unlink()
            raise
    except OSError as error:
        remedy = (
            "free some space on its disk"
            if error.errno in _NO_ROOM
            else "ask for the right to write there"
        )
        raise SettingsError(
            f"The settings cannot be saved in {file} ({error.strerror}): {remedy}, or they are "
            "lost when the window is closed."
        ) from error


def _written(text: str, folder: Path) -> Path:
    """A new file with the text, safe on the disk."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".settings-", suffix=".json")
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        new.unlink()
        raise
    return new


def _name_aside(file: Path) -> Path:
    return file.with_name(f"{file.stem}-damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.json")
