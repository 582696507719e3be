"""Signed statements of how far a record had come, kept where the record is not.

A chain shows what was changed in its midst. That its end is missing, that it was written anew from
some place on, or that another record lies in its place, shows only somebody who remembers. A
checkpoint is one line of JSON in a file of its record's own:

    {"entries": …, "head_sha256": …, "made_at": …, "public_key": …, "record": …, "signature": …}

`signature` is Ed25519 over "line-inspector checkpoint", a line feed, and the same JSON without
`signature`, in the form that `chain` describes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from inspector_gui.records.accounts import Session
from inspector_gui.records.chain import canonical
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.keys import Signer, is_signed, signer_of
from inspector_gui.records.moment import utc_now
from inspector_gui.records.office import Office
from inspector_gui.records.reader import RecordReader

SUFFIX = ".checkpoints"
FOLDER_VARIABLE = "LINE_INSPECTOR_CHECKPOINTS"
"""Environment variable that names the folder, for the window and for commands."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One line.

    Attributes:
        record: The record's id.
        entries, head_sha256: How many entries it had, and the hash of the last.
        made_at: UTC, ISO 8601.
        public_key: Of who signed, in hexadecimal.
    """

    record: str
    entries: int
    head_sha256: str
    made_at: str
    public_key: str
    signature: str = ""

    @property
    def text(self) -> str:
        """What is signed."""
        content = {name: value for name, value in asdict(self).items() if name != "signature"}
        return f"line-inspector checkpoint\n{canonical(content)}"

    @property
    def line(self) -> str:
        return canonical(asdict(self))

    def is_signed_by(self, public_key: str) -> bool:
        return self.public_key == public_key and is_signed(self.text, self.signature, public_key)


def take(reader: RecordReader, signer: Signer) -> Checkpoint:
    """A checkpoint of what a record holds at this moment."""
    entries, head = reader.head()
    bare = Checkpoint(reader.record_id, entries, head, utc_now(), signer.public_key)
    return Checkpoint(**{**asdict(bare), "signature": signer.sign(bare.text)})


def write_checkpoint(office: Office, folder: Path, session: Session | None = None) -> Path:
    """Take a checkpoint and add it to the record's file in a folder; the file.

    Raises:
        RecordsError: It cannot be written there, or the record has lost its key.
    """
    checkpoint = _taken(office, session)
    path = folder / f"{checkpoint.record}{SUFFIX}"
    _add(path, checkpoint)
    return path


def write_checkpoint_beside(
    office: Office, file: Path, session: Session | None = None
) -> Checkpoint:
    """Take a checkpoint for a file that is made from the record, and add it beside that.

    Raises:
        RecordsError: It cannot be written there, or the record has lost its key.
    """
    checkpoint = _taken(office, session)
    _add(file.with_name(f"{file.name}{SUFFIX}"), checkpoint)
    return checkpoint


def _taken(office: Office, session: Session | None) -> Checkpoint:
    signer = signer_of(office, session)
    with RecordReader(office.folder) as reader:
        return take(reader, signer)


def _add(path: Path, checkpoint: Checkpoint) -> None:
    folder = path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            file.write(f"{_feed(file.tell(), path)}{checkpoint.line}\n".encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise RecordsError(
            f"No checkpoint can be written to {folder} ({error.strerror}): "
            "make that folder reachable, or name another one."
        ) from error


def _feed(size: int, path: Path) -> str:
    """A line feed where a program ended in the middle of a line."""
    return "\n" if size and not path.read_bytes().endswith(b"\n") else ""


def read_checkpoints(path: Path) -> list[Checkpoint]:
    """All checkpoints in a file, or in the files of a folder.

    A line that is not whole was being written when a program was ended, and is left out.

    Raises:
        RecordsError: There are none, or what is there is no checkpoint.
    """
    try:
        files = sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]
        found = [c for file in files for c in _read(file, file.read_text(encoding="utf-8"))]
    except (OSError, UnicodeDecodeError) as error:
        raise RecordsError(f"The checkpoints in {path} cannot be read ({error}).") from error
    if not found:
        raise RecordsError(f"There are no checkpoints in {path}: name their file or folder.")
    return found


def _read(path: Path, content: str) -> Iterable[Checkpoint]:
    names = {field.name: field.type for field in fields(Checkpoint)}
    for number, line in enumerate(content.splitlines(), 1):
        try:
            values = json.loads(line)
        except ValueError:
            continue
        try:
            if not isinstance(values, dict) or values.keys() != names.keys():
                raise ValueError("it has other keys")
            for name, value in values.items():
                if not isinstance(value, int if name == "entries" else str):
                    raise ValueError(f"{name} is of another kind")
        except ValueError as error:
            raise RecordsError(f"Line {number} of {path} is no checkpoint ({error}).") from error
        yield Checkpoint(**values)
