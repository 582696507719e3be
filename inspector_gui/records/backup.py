"""Backups of a record, made while it is written, and their way back.

A backup is a folder that is itself a record, with two files more:

```
record.sqlite      the record as it was at one moment
images/            as in the record; what is there already is not copied again
passwords.json     the hashes of that moment, or nobody could sign in; its owner alone may read it
SHA256SUMS         of all other files, for `sha256sum --check`; the chain names the hashes' own
backup.json        which record, how far, and the SHA-256 of record.sqlite: written last
```

The private signing key is not copied: who has a backup must not be able to sign as the station. A
record that is restored gets another one (see `keys`).

Only what `backup.json` names counts as made. While a newer one is being made and checked, the
older one is kept as `record.previous.sqlite`, and found there if the power fails.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pysqlite3 as sqlite3
from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, ValidationError

from inspector_gui.records import passwords
from inspector_gui.records.errors import (
    ExportCancelled,
    RecordsBusy,
    RecordsDamaged,
    RecordsError,
)
from inspector_gui.records.images import ImageStore
from inspector_gui.records.passwords import Passwords
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import DATABASE
from inspector_gui.records.turns import Turns
from inspector_gui.records.verify import Verification, verify

PREVIOUS, SUMS, NOTE, LOCK = "record.previous.sqlite", "SHA256SUMS", "backup.json", "backup.lock"
PAGES = 2000  # of the database, between two looks at whether to go on

Progress = Callable[[int, int], None]


class Note(BaseModel):
    """What `backup.json` says; `database_sha256` is "" while the first backup is being made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record_id: str
    made_at: str
    entries: int = 0
    head_sha256: str = ""
    database_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was made: how far it reaches, and how many images were not there before."""

    checked: Verification
    copied: int


def backup(
    folder: Path,
    target: Path,
    made_at: str,
    progress: Progress = lambda _done, _total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Backup:
    """Bring a folder up to the record as it is now, and check the whole of it.

    The station may go on writing. Whatever goes wrong, the backup that was there before is still
    there.

    Args:
        target: An earlier backup of this record, an empty folder, or none yet.
        made_at: UTC, ISO 8601.
        progress: Called with how many images are there, and how many there will be.

    Raises:
        ExportCancelled: Somebody no longer wants it.
        RecordsDamaged: The record, or what became of it in the backup, does not hold.
        RecordsError: The record cannot be read, or the target not used or written.
    """
    refuse_nested(folder, target)
    with RecordReader(folder) as reader, _written(target), _locked(target):
        _prepare(target, Note(record_id=reader.record_id, made_at=made_at))

        def go_on() -> None:
            if is_cancelled():
                raise ExportCancelled("The backup was cancelled; the one before it still counts.")

        part = target / f"{DATABASE}.part"
        kept = Passwords(target)
        try:
            hashes = _copy_database(reader, part, go_on)
            if hashes:  # and the older backup's, which counts until the end
                kept.keep({**kept.hashes, **hashes})
            copied = _copy_images(ImageStore(folder), part, target, progress, go_on)
            checked = _exchanged(target, part)
        finally:
            _remove_database(part)
        _write_sums(target)
        note = Note(
            record_id=reader.record_id,
            made_at=made_at,
            entries=checked.entries,
            head_sha256=checked.head_sha256,
            database_sha256=_sha256(target / DATABASE),
        )
        _write_note(target, note)
        _remove_database(target / PREVIOUS)
        if hashes:
            kept.keep(hashes)
        return Backup(checked, copied)


def restore(
    source: Path,
    folder: Path,
    progress: Progress = lambda _d, _t: None,
    accept: Callable[[Path], None] = lambda _folder: None,
) -> Verification:
    """Make a record from its backup; the folder has its name only when all of it is checked.

    Args:
        accept: Called with the whole record before it takes its name; may append to it, and
            whatever it raises ends the restore.

    Raises:
        RecordsDamaged: The backup does not hold.
        RecordsError: It is none, or the folder is not empty or cannot be written.
    """
    note = _note(source)
    if note is None or not note.database_sha256:
        raise RecordsError(f"There is no finished backup in {source}: name the folder of one.")
    database = _named(source, note)
    with _written(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise RecordsError(f"{folder} is not empty: restore into a new folder.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as beside:
            new = Path(beside) / "record"
            new.mkdir()
            shutil.copyfile(database, new / DATABASE)
            _sync(new / DATABASE)
            _copy_images(ImageStore(source), new / DATABASE, new, progress, lambda: None)
            checked = _checked(new)
            if (checked.entries, checked.head_sha256) != (note.entries, note.head_sha256):
                raise RecordsDamaged(f"The backup in {source} is not the one that was made there.")
            if hashes := Passwords(source).hashes:
                Passwords(new).keep(hashes)
            accept(new)
            if folder.exists():
                folder.rmdir()
            new.rename(folder)
    return checked


def refuse_nested(folder: Path, target: Path) -> None:
    """Refuse to back a record up into itself.

    Raises:
        RecordsError: One folder lies in the other.
    """
    here, there = folder.resolve(), target.resolve()
    if here.is_relative_to(there) or there.is_relative_to(here):
        raise RecordsError(f"{target} is the record's own folder: back it up to another disk.")


@contextmanager
def _written(target: Path) -> Iterator[None]:
    """What a disk or SQLite has against writing, in one sentence."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or error
        raise RecordsError(
            f"{target} cannot be written ({reason}): choose another folder, or free some space."
        ) from error


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    target.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(target / LOCK, timeout=0):
            yield
    except Timeout:
        raise RecordsBusy(f"Another backup to {target} is under way: wait for its end.") from None


def _prepare(target: Path, first: Note) -> None:
    """Leave alone what is no backup of this record; put back what an interrupted one moved."""
    note = _note(target)
    if note is None:
        if any(path.name != LOCK for path in target.iterdir()):
            raise RecordsError(f"{target} holds something else: name a new or empty folder.")
        _write_note(target, first)
    elif note.record_id != first.record_id:
        raise RecordsError(f"{target} is the backup of another record: name another folder.")
    elif note.database_sha256:
        kept = _named(target, note)
        if kept.name != DATABASE:
            _remove_database(target / DATABASE)
            kept.replace(target / DATABASE)
    else:
        _remove_database(target / DATABASE)


def _named(target: Path, note: Note) -> Path:
    """The database that counts, which an interrupted backup may have moved.

    Raises:
        RecordsDamaged: There is none.
    """
    for name in (DATABASE, PREVIOUS):
        path = target / name
        if path.is_file() and _sha256(path) == note.database_sha256:
            return path
    raise RecordsDamaged(
        f"The backup in {target} was changed after it was made: keep it as it is, and name another."
    )


def _copy_database(
    reader: RecordReader, part: Path, go_on: Callable[[], None]
) -> Mapping[str, str]:
    """The record of one moment: nothing that is written meanwhile makes SQLite begin again.

    Returns:
        The passwords' hashes of the same moment.
    """
    _remove_database(part)
    copy = sqlite3.connect(str(part), isolation_level=None)
    try:
        with reader.snapshot():
            with _nobody_acting(reader.folder):
                reader.connection.execute("SELECT id FROM record").fetchone()
                hashes = Passwords(reader.folder).hashes
            reader.connection.backup(copy, pages=PAGES, progress=lambda *_: go_on())
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, which nobody needs to write to
    finally:
        copy.close()
    _sync(part)
    return hashes


def _nobody_acting(folder: Path) -> AbstractContextManager[None]:
    """No password is changed; where there are none, the record may be on a read-only medium."""
    return Turns(folder).mine() if (folder / passwords.FILE).exists() else nullcontext()


def _copy_images(
    source: ImageStore,
    database: Path,
    target: Path,
    progress: Progress,
    go_on: Callable[[], None],
) -> int:
    """Copy what is not there yet; how many that were."""
    kept, copied = ImageStore(target), 0
    with _images(database) as (total, images):
        progress(0, total)
        for done, (sha256, media_type) in enumerate(images, 1):
            go_on()
            copied += source.copy_to(kept, sha256, media_type)
            progress(done, total)
    return copied


@contextmanager
def _images(database: Path) -> Iterator[tuple[int, Any]]:
    """How many images a database names, and which."""
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    named = "FROM (SELECT DISTINCT image_sha256, media_type FROM images)"
    try:
        (total,) = connection.execute(f"SELECT count(*) {named}").fetchone()
        yield total, connection.execute(f"SELECT image_sha256, media_type {named}")
    except sqlite3.DatabaseError as error:
        raise RecordsDamaged(f"The database {database} is damaged ({error}).") from error
    finally:
        connection.close()


def _exchanged(target: Path, part: Path) -> Verification:
    """Put the new database in the old one's place, and back if it does not hold."""
    database, previous = target / DATABASE, target / PREVIOUS
    if database.exists():
        database.replace(previous)
    try:
        part.replace(database)
        return _checked(target)
    except BaseException:
        _remove_database(database)
        if previous.exists():
            previous.replace(database)
        raise


def _checked(folder: Path) -> Verification:
    checked = verify(folder)
    if not checked.holds:
        raise RecordsDamaged(f"{checked} It was not copied; an earlier backup is as it was.")
    return checked


def _write_sums(target: Path) -> None:
    part = target / f"{SUMS}.part"
    store = ImageStore(target)
    with _images(target / DATABASE) as (_, images), part.open("w", encoding="utf-8") as file:
        file.write(f"{_sha256(target / DATABASE)}  {DATABASE}\n")
        for sha256, media_type in images:
            path = store.path(sha256, media_type).relative_to(target)
            file.write(f"{sha256}  {path.as_posix()}\n")
    _sync(part)
    part.replace(target / SUMS)


def _note(target: Path) -> Note | None:
    try:
        return Note.model_validate_json((target / NOTE).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValidationError as error:
        raise RecordsDamaged(
            f"{target / NOTE} cannot be understood: name another backup."
        ) from error
    except OSError as error:
        raise RecordsError(f"{target / NOTE} cannot be read ({error.strerror}).") from error


def _write_note(target: Path, note: Note) -> None:
    part = target / f"{NOTE}.part"
    part.write_text(json.dumps(note.model_dump(), indent=1) + "\n", encoding="utf-8")
    _sync(part)
    part.replace(target / NOTE)


def _remove_database(path: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
