"""Writes what came of a qualification: `qualification.json` and `qualification.html`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from training_cli.errors import UserError
from training_cli.qualification.files import write_whole
from training_cli.qualification.page import page_of
from training_cli.qualification.pictures import data_uris
from training_cli.qualification.protocol import Qualification
from training_cli.qualification.wording import notes_of, verdict_of
from training_cli.run import code_version, command_line

JSON, PAGE = "qualification.json", "qualification.html"


def write_report(
    qualification: Qualification,
    folder: Path,
    *,
    pictures: Path | None = None,
    judge: str = "",
    inputs: Mapping[str, Path] | None = None,
) -> Path:
    """Write both files, or neither; the page.

    Args:
        folder: Made if it is missing.
        pictures: A folder with `PART.png`, of which parts that are not well classified are shown.
        judge: In words, the model and the recipe that judged.
        inputs: The files that it comes from, by what they are; their SHA-256 is written down.

    Raises:
        UserError: A file cannot be read or written.
    """
    names = [part.name for part in qualification.not_well_classified]
    shown = {} if pictures is None else data_uris(pictures, names)
    word, sentence = verdict_of(qualification)
    facts = {
        **({"Judged by": judge} if judge else {}),
        **{name: f"{path} SHA-256 {_sha256(path)}" for name, path in (inputs or {}).items()},
        "Command": command_line(),
        "Version": code_version(),
        "Written": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    report = {
        "verdict": word,
        "sentence": sentence,
        "notes": notes_of(qualification),
        "provenance": facts,
        **qualification.model_dump(mode="json"),
    }
    page = folder / PAGE
    write_whole(
        {
            folder / JSON: json.dumps(report, indent=2, ensure_ascii=False) + "\n",
            page: page_of(qualification, shown, facts.items()),
        }
    )
    return page


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}).") from error
