"""Backups: of one moment, checked, and never worse than the one before."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pysqlite3
import pytest

from inspector_gui.records import backup as backups
from inspector_gui.records import users
from inspector_gui.records.backup import NOTE, PREVIOUS, SUMS, backup, restore
from inspector_gui.records.errors import (
    ExportCancelled,
    RecordsBusy,
    RecordsDamaged,
    RecordsError,
)
from inspector_gui.records.images import ImageStore
from inspector_gui.records.office import open_office
from inspector_gui.records.passwords import Passwords
from inspector_gui.records.permissions import Role
from inspector_gui.records.store import DATABASE, RecordStore
from inspector_gui.records.verify import verify
from tests.records.accounts import PASSWORD, hash_quickly
from tests.records.accounts import add as add_account
from tests.records.conftest import unprivileged
from tests.records.entries import image, inspection

NOW = "2026-02-01T10:00:00.000000+00:00"


def add(folder: Path, first: int, last: int) -> None:
    """Parts with a picture each."""
    store, images = RecordStore.open(folder), ImageStore(folder)
    for part in range(first, last + 1):
        (receipt,) = store.append([inspection(part, "REJECT")])
        saved = images.save(np.full((8, 8), part, np.uint8))
        store.append([image(receipt.seq, saved.sha256, saved.size_bytes)])
    store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    add(tmp_path / "records", 1, 5)
    return tmp_path / "records"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_backup_is_a_record_and_comes_back(folder: Path, target: Path, tmp_path: Path) -> None:
    made = backup(folder, target, NOW)
    assert (made.copied, made.checked.entries, made.checked.images) == (5, 10, 5)
    assert verify(target) == verify(folder)
    restored = restore(target, tmp_path / "deep" / "new")
    assert restored == verify(folder)
    assert restored == verify(tmp_path / "deep" / "new")
    assert sorted(p.name for p in (tmp_path / "deep").iterdir()) == ["new"]
    store = RecordStore.open(tmp_path / "deep" / "new")  # and goes on
    assert store.append([inspection(6)])[0].seq == 11
    store.close()


def test_only_what_is_new_is_copied(folder: Path, target: Path) -> None:
    backup(folder, target, NOW)
    before = {p: p.stat() for p in target.rglob("*.png")}
    add(folder, 6, 7)
    told: list[tuple[int, int]] = []
    assert backup(folder, target, NOW, lambda *n: told.append(n)).copied == 2
    for path, stat in before.items():
        assert path.stat().st_mtime_ns == stat.st_mtime_ns
        assert path.stat().st_ino == stat.st_ino
    assert verify(target).images == 7
    assert (told[0], told[-1]) == ((0, 7), (7, 7))
    assert backup(folder, target, NOW).copied == 0
    names = ["SHA256SUMS", "backup.json", "backup.lock", "images", "record.sqlite"]
    assert sorted(path.name for path in target.iterdir()) == names


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not there")
def test_the_sums_are_those_that_others_check(folder: Path, target: Path) -> None:
    backup(folder, target, NOW)
    check = ["sha256sum", "--check", "--strict", SUMS]
    assert subprocess.run(check, cwd=target, capture_output=True, check=False).returncode == 0
    assert len((target / SUMS).read_text().splitlines()) == 6
    next(target.rglob("*.png")).write_bytes(b"another")
    assert subprocess.run(check, cwd=target, capture_output=True, check=False).returncode == 1


def test_the_station_goes_on_writing_meanwhile(
    folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "PAGES", 1)
    store = RecordStore.open(folder)
    before = verify(folder).entries
    is_over, written = threading.Event(), []

    def write() -> None:
        while not is_over.is_set():
            written.extend(store.append([inspection(100 + len(written))]))

    def wait_for_rows() -> bool:
        """Between any two pages something is written."""
        count = len(written)
        while len(written) == count and writer.is_alive():
            pass
        return False

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = backup(folder, target, NOW, is_cancelled=wait_for_rows)
    finally:
        is_over.set()
        writer.join()
        store.close()
    assert before <= made.checked.entries < before + len(written)
    assert verify(target).holds
    assert verify(folder).entries == before + len(written)


def test_a_cancelled_backup_leaves_the_one_before(folder: Path, target: Path) -> None:
    backup(folder, target, NOW)
    before = contents(target)
    add(folder, 6, 9)
    told: list[int] = []
    with pytest.raises(ExportCancelled):
        backup(folder, target, NOW, lambda done, _: told.append(done), lambda: told[-1:] == [7])
    after = contents(target)
    assert {name: after[name] for name in before} == before
    assert {name for name in after if name not in before and "images" not in name} == set()
    assert backup(folder, target, NOW).copied == 2  # the two images that were copied count


def edited(folder: Path) -> None:
    connection = pysqlite3.connect(str(folder / DATABASE))
    connection.execute("DROP TRIGGER inspections_no_update")
    connection.execute("UPDATE inspections SET decision = 'PASS' WHERE seq = 3")
    connection.commit()
    connection.close()


def picture_changed(folder: Path) -> None:
    sorted(folder.rglob("*.png"))[2].write_bytes(b"another")


def picture_lost(folder: Path) -> None:
    sorted(folder.rglob("*.png"))[2].unlink()


@pytest.mark.parametrize("damage", [edited, picture_changed, picture_lost])
def test_a_record_that_does_not_hold_is_no_backup(
    folder: Path, target: Path, damage: Callable[[Path], None], tmp_path: Path
) -> None:
    backup(folder, target, NOW)
    before = contents(target)
    add(folder, 6, 6)
    damage(folder)
    if damage is not edited:  # or the backup has the right picture already
        shutil.rmtree(target / "images")
    with pytest.raises(RecordsDamaged):
        backup(folder, target, NOW)
    after = contents(target)
    for name in (DATABASE, NOTE, SUMS):
        assert after[name] == before[name]
    assert PREVIOUS not in after
    with pytest.raises(RecordsDamaged):
        backup(folder, tmp_path / "first", NOW)
    with pytest.raises(RecordsError, match="no finished backup"):
        restore(tmp_path / "first", tmp_path / "new")


@pytest.mark.parametrize("damage", [edited, picture_changed, picture_lost])
def test_a_backup_that_does_not_hold_is_not_restored(
    folder: Path, target: Path, damage: Callable[[Path], None], tmp_path: Path
) -> None:
    backup(folder, target, NOW)
    damage(target)
    with pytest.raises(RecordsDamaged):
        restore(target, tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "records"]


def test_a_rewritten_backup_is_not_restored(folder: Path, target: Path, tmp_path: Path) -> None:
    """Its sums fit and its chain holds, but it is not how far the backup went."""
    backup(folder, target, NOW)
    note = json.loads((target / NOTE).read_text())
    (target / NOTE).write_text(json.dumps({**note, "entries": 11}))
    with pytest.raises(RecordsDamaged, match="not the one that was made"):
        restore(target, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("step", ["_checked", "_write_sums", "_write_note", "_sha256"])
@pytest.mark.parametrize("is_first", [True, False])
def test_power_fails_while_a_backup_is_made(
    folder: Path,
    target: Path,
    tmp_path: Path,
    step: str,
    is_first: bool,
) -> None:
    """The process ends where the step begins, without any clearing up."""
    if not is_first:
        backup(folder, target, NOW)
    add(folder, 6, 6)
    source = (
        "import os, sys; from pathlib import Path; from inspector_gui.records import backup as b\n"
        "made = b._exchanged\n"
        "def end(*_): os._exit(9)\n"
        "def exchanged(*given):\n"
        f"    if {step!r} == '_checked': b._checked = end\n"
        "    answer = made(*given)\n"
        f"    b.{step} = end\n"
        "    return answer\n"
        "b._exchanged = exchanged\n"
        f"b.backup(Path(sys.argv[1]), Path(sys.argv[2]), {NOW!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", source, str(folder), str(target)], check=False)
    assert done.returncode == 9
    if is_first:
        with pytest.raises(RecordsError, match="no finished backup"):
            restore(target, tmp_path / "new")
    else:
        assert restore(target, tmp_path / "new").entries == 10
    assert backup(folder, target, NOW).checked.entries == 12
    assert restore(target, tmp_path / "newer").entries == 12
    assert not (target / PREVIOUS).exists()


def test_what_is_no_backup_of_it_is_left_alone(folder: Path, target: Path, tmp_path: Path) -> None:
    add(tmp_path / "other", 1, 2)
    before = contents(tmp_path / "other")
    with pytest.raises(RecordsError, match="something else"):
        backup(folder, tmp_path / "other", NOW)
    after = contents(tmp_path / "other")
    after.pop(backups.LOCK, None)
    assert after == before
    backup(tmp_path / "other", target, NOW)
    with pytest.raises(RecordsError, match="another record"):
        backup(folder, target, NOW)
    (tmp_path / "file").write_text("a file")
    with pytest.raises(RecordsError, match="cannot be written"):
        backup(folder, tmp_path / "file", NOW)


def test_rows_written_into_a_backup_are_not_overwritten(folder: Path, target: Path) -> None:
    backup(folder, target, NOW)
    add(target, 6, 6)
    with pytest.raises(RecordsDamaged, match="changed after it was made"):
        backup(folder, target, NOW)
    assert verify(target).entries == 12


@pytest.mark.parametrize("where", ["records", "records/backup", "."])
def test_a_record_is_not_backed_up_into_itself(folder: Path, tmp_path: Path, where: str) -> None:
    with pytest.raises(RecordsError, match="own folder"):
        backup(folder, tmp_path / where, NOW)


def test_two_backups_at_once_do_not_meet(folder: Path, target: Path) -> None:
    told: list[Exception] = []

    def again(_done: int, _total: int) -> None:
        with pytest.raises(RecordsBusy) as caught:
            backup(folder, target, NOW)
        told.append(caught.value)

    assert backup(folder, target, NOW, again).copied == 5
    assert told


def test_a_full_folder_is_not_restored_into(folder: Path, target: Path, tmp_path: Path) -> None:
    backup(folder, target, NOW)
    before = contents(folder)
    with pytest.raises(RecordsError, match="not empty"):
        restore(target, folder)
    assert contents(folder) == before
    (tmp_path / "empty").mkdir()
    assert restore(target, tmp_path / "empty").holds


@pytest.mark.parametrize("note", [None, "{}", "no json", "\x00", "[]"])
def test_a_folder_without_a_backup_is_told(tmp_path: Path, note: str | None) -> None:
    if note is not None:
        (tmp_path / NOTE).write_text(note)
    with pytest.raises(RecordsError):
        restore(tmp_path, tmp_path / "new")


def test_a_full_disk_is_one_sentence(folder: Path, small_disk: Path) -> None:
    backup(folder, small_disk, NOW)
    before = contents(small_disk)
    store = RecordStore.open(folder)
    store.append([inspection(n, source=f"{n}" * 2000) for n in range(6, 100)])
    store.close()
    with pytest.raises(RecordsError, match="free some space"):
        backup(folder, small_disk, NOW)
    assert contents(small_disk) == before
    assert verify(small_disk).holds


def test_a_disk_too_small_for_a_restore(folder: Path, target: Path, small_disk: Path) -> None:
    store = RecordStore.open(folder)
    store.append([inspection(n, source=f"{n}" * 2000) for n in range(6, 100)])
    store.close()
    backup(folder, target, NOW)
    with pytest.raises(RecordsError, match=r"No space left on device.*free some space"):
        restore(target, small_disk / "new")
    assert list(small_disk.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_read_only_target_is_one_sentence(public_folder: Path) -> None:
    add(public_folder / "records", 1, 2)
    (public_folder / "backup").mkdir(mode=0o555)
    with unprivileged(), pytest.raises(RecordsError, match="Permission denied"):
        backup(public_folder / "records", public_folder / "backup", NOW)
    assert list((public_folder / "backup").iterdir()) == []


def test_passwords_go_with_the_backup_that_counts(
    folder: Path, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a newer one was begun and the power failed."""
    hash_quickly(monkeypatch)
    newer = "another long password"
    with open_office(folder) as office:
        ada = add_account(office, None, "ada", Role.ADMINISTRATOR)
        backup(folder, target, NOW)
        users.change_own_password(office, ada, PASSWORD, newer)
    with monkeypatch.context() as patch:
        patch.setattr(backups, "_write_sums", lambda _target: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            backup(folder, target, NOW)
    restore(target, tmp_path / "old")
    with open_office(tmp_path / "old") as office:
        assert office.sign_in("ada", PASSWORD).account == "ada"
    backup(folder, target, NOW)
    assert Passwords(target).hashes == Passwords(folder).hashes
    restore(target, tmp_path / "new")
    with open_office(tmp_path / "new") as office:
        assert office.sign_in("ada", newer).account == "ada"
