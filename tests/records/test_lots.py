"""Lots: one open at a time, counted when closed, and never changed once signed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pysqlite3
import pytest

from inspector_gui.records.accounts import Session
from inspector_gui.records.chain import row_of
from inspector_gui.records.checkpoints import write_checkpoint
from inspector_gui.records.entries import Entry, EventEntry, Receipt
from inspector_gui.records.errors import RecordsError, Refused
from inspector_gui.records.lots import (
    LotCount,
    close_lot,
    lot_named,
    open_lot,
    progress_of,
    sign_lot,
)
from inspector_gui.records.office import Office, open_office
from inspector_gui.records.permissions import Action, Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import DATABASE, RecordStore
from inspector_gui.records.verify import verify
from tests.records.accounts import PASSWORD, add_all, hash_quickly, trail
from tests.records.entries import disposition, image, inspection
from tests.records.manipulations import rewritten

RECIPE = {"name": "tile", "revision": 1, "thresholds": {"crack": {"score": 0.5}}}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


class Record:
    """A record with accounts, whose store the tests write to as well."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = RecordStore.open(folder)
        self.office = Office(folder, self._append)
        self.sessions = add_all(self.office)

    def _append(self, entries: Sequence[Entry]) -> Receipt:
        return self.store.append(entries)[-1]

    def session(self, role: Role) -> Session | None:
        return self.sessions[role]

    def open(self, name: str = "lot-1", role: Role = Role.ENGINEER, **changes: Any) -> None:
        open_lot(self.office, self.session(role), name, {**RECIPE, **changes}, 4)

    def run(self, lot: str = "lot-1", frames: int = 4) -> list[Receipt]:
        """What a line writes: two passes, a reject and a gap."""
        entries = [
            EventEntry("station_started", "2026", "", {"lot": lot}),
            inspection(1, lot=lot),
            inspection(2, lot=lot),
            inspection(3, "REJECT", lot=lot),
            inspection(4, "UNDECIDED", lot=lot, score=None, reason="frame_lost"),
            EventEntry("station_stopped", "2026", "", {"frames": frames}),
        ]
        return self.store.append(entries)

    def close(self, name: str = "lot-1", why: str = "") -> LotCount:
        return close_lot(self.office, self.session(Role.OPERATOR), name, why)

    def sign(
        self, name: str = "lot-1", password: str = PASSWORD, meaning: str = "released"
    ) -> None:
        sign_lot(self.office, self.session(Role.SUPERVISOR), name, password, meaning)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    record = Record(tmp_path / "records")
    yield record
    record.store.close()


@pytest.fixture
def signed(record: Record) -> Record:
    record.open()
    record.run()
    record.close()
    record.sign()
    return record


def test_a_lot_from_opening_to_signature(record: Record) -> None:
    record.open()
    record.run()
    count = record.close()
    assert (count.parts, count.passed, count.rejected, count.gaps) == (4, 2, 1, 1)
    assert (count.frames, count.frames_recorded, count.difference) == (4, 4, "")
    assert count.lot_yield == 0.5
    record.sign()
    lot = lot_named(record.office, "lot-1")
    assert (lot.expected, lot.opened_by, lot.closed_by) == (4, "engineer", "operator")
    (signature,) = lot.signatures
    assert (signature.full_name, signature.meaning) == ("Supervisor Tester", "released")
    result = verify(record.folder)
    assert result.problem == ""
    assert result.signatures == 1


def test_the_second_step_of_a_changeover_waits_for_the_first(record: Record) -> None:
    record.open()
    with pytest.raises(RecordsError, match="lot-1 is open: close it first"):
        record.open("lot-2")
    record.close()
    record.open("lot-2")
    for name in ("lot-1", "LOT-1", "lot-2"):
        with pytest.raises(RecordsError, match="already"):
            record.open(name)
    with pytest.raises(RecordsError, match="closed already"):
        record.close("lot-1")


def test_a_lot_is_not_closed_under_a_line_in_whatever_program(record: Record) -> None:
    """`record.store` is open as a line's; who closes the lot comes beside it."""
    record.open()
    record.office.permit(Action.RUN_LINE, record.session(Role.OPERATOR), "lot-1")
    with open_office(record.folder) as other:
        assert other.running_lot == "lot-1"
        with pytest.raises(RecordsError, match="running on lot lot-1: stop it first"):
            close_lot(other, record.session(Role.OPERATOR), "lot-1")
        record.run()  # ends with `station_stopped`
        assert other.running_lot == ""
        record.office.permit(Action.RUN_LINE, record.session(Role.OPERATOR), "lot-1")
        assert other.running_lot == "lot-1"
        record.store.close()  # or the line is killed
        assert close_lot(other, record.session(Role.OPERATOR), "lot-1").parts == 4


@pytest.mark.parametrize("name", ["", "a b", "../x", "-x", "x" * 65])
def test_a_name_that_is_no_good(record: Record, name: str) -> None:
    with pytest.raises(RecordsError, match="no name for a lot"):
        record.open(name)


def test_only_an_engineer_puts_a_recipe_into_force(record: Record) -> None:
    with pytest.raises(Refused, match="never released"):
        record.open(role=Role.OPERATOR)
    record.open()
    record.close()
    record.open("lot-2", Role.OPERATOR)
    record.close("lot-2")
    with pytest.raises(Refused, match="has changed since it was released"):
        record.open("lot-3", Role.SUPERVISOR, thresholds={"crack": {"score": 0.9}})
    with pytest.raises(RecordsError, match="still of revision 1"):
        record.open("lot-3", thresholds={"crack": {"score": 0.9}})
    record.open("lot-3", revision=2, thresholds={"crack": {"score": 0.9}})
    released = [e for e in trail(record.folder) if e.action == "release_recipe"]
    assert [e.outcome for e in released] == ["REFUSED", "ALLOWED", "REFUSED", "ALLOWED"]
    assert released[-1].old["thresholds"]["crack"]["score"] == 0.5
    assert released[-1].new["thresholds"]["crack"]["score"] == 0.9


def test_frames_and_parts_must_agree_or_somebody_says_why(record: Record) -> None:
    record.open()
    record.run(frames=5)
    with pytest.raises(RecordsError, match="5 frames were taken and 4 are in the record"):
        record.close()
    record.close(why="the cable was pulled")
    assert lot_named(record.office, "lot-1").why == "the cable was pulled"


def test_a_line_that_was_killed_did_not_count(record: Record) -> None:
    record.open()
    record.store.append([EventEntry("station_started", "2026", "", {"lot": "lot-1"})])
    with pytest.raises(RecordsError, match="1 of its runs ended without counting"):
        record.close()


def test_a_closed_lot_takes_no_more_parts_but_decisions(record: Record) -> None:
    record.open()
    receipts = record.run()
    record.close()
    for entry in (inspection(5), image(receipts[1].seq, "b" * 64)):
        with pytest.raises(RecordsError, match="the lot is closed"):
            record.store.append([entry])
    record.office.review(record.session(Role.OPERATOR), disposition(receipts[3].seq))
    record.sign()
    with pytest.raises(RecordsError, match="the lot is signed"):
        record.office.review(record.session(Role.OPERATOR), disposition(receipts[3].seq))
    assert verify(record.folder).problem == ""


def test_signing_takes_a_closed_lot_and_the_password_again(record: Record) -> None:
    record.open()
    with pytest.raises(RecordsError, match="close it, then sign"):
        record.sign()
    record.close()
    with pytest.raises(Refused, match="is wrong"):
        record.sign(password="a wrong password")
    assert [(e.action, e.outcome) for e in trail(record.folder)[-2:]] == [
        ("sign_in", "REFUSED"),
        ("sign_lot", "REFUSED"),
    ]
    with pytest.raises(RecordsError, match="needs a meaning"):
        record.sign(meaning=" ")
    record.sign(meaning="reviewed")
    with pytest.raises(RecordsError, match="so already"):
        record.sign(meaning="reviewed")
    record.sign(meaning="released")
    assert len(lot_named(record.office, "lot-1").signatures) == 2
    assert verify(record.folder).signatures == 2
    for _ in range(5):
        with pytest.raises(Refused):
            record.sign(password="a wrong password", meaning="once more")
    with pytest.raises(Refused, match="locked"):
        record.sign(meaning="once more")


def changed(field: str, value: object) -> Any:
    def change(table: str, row: dict[str, Any]) -> None:
        if table == "audit" and row["action"] == "sign_lot":
            new = json.loads(row["new"])
            new[field] = value
            row["new"] = json.dumps(new, sort_keys=True, separators=(",", ":"))

    return change


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", "Somebody Else"),
        ("meaning", "rejected"),
        ("signed_at", "2020"),
        ("parts", 5),
        ("lot", "lot-2"),
        ("public_key", "00" * 32),
        ("signature", "00" * 64),
        ("signature", "no hexadecimal"),
        ("more", 1),
    ],
)
def test_a_signature_that_was_edited(signed: Record, field: str, value: object) -> None:
    rewritten(signed.folder, changed(field, value))
    assert "signature of lot lot-1 does not hold" in verify(signed.folder).problem


def test_a_part_that_was_edited_with_the_whole_chain_rewritten(signed: Record) -> None:
    """Without any checkpoint: the signature remembers."""

    def pass_all(table: str, row: dict[str, Any]) -> None:
        if table == "inspections" and row["decision"] == "REJECT":
            row["detail"] = "was within specification"

    rewritten(signed.folder, pass_all)
    assert "written anew before it" in verify(signed.folder).problem


def test_a_signature_that_was_copied_to_another_lot_or_record(
    signed: Record, tmp_path: Path
) -> None:
    signature = next(e for e in trail(signed.folder) if e.action == "sign_lot")
    signed.open("lot-2")
    signed.close("lot-2")
    same_record = {**signature.new}
    signed.store.append([type(signature)(**_with(signature, subject="lot-2", new=same_record))])
    assert "of another lot" in verify(signed.folder).problem
    other = Record(tmp_path / "other")
    other.open()
    other.run()
    other.close()
    other.store.append([signature])
    other.store.close()
    assert "not made with the record's key" in verify(other.folder).problem


def _with(entry: Any, **changes: Any) -> dict[str, Any]:
    return {**{name: getattr(entry, name) for name in entry.__slots__}, **changes}


def test_a_row_that_was_put_after_a_signature(signed: Record) -> None:
    with RecordReader(signed.folder) as reader:
        seq, sha256 = reader.head()
        first = reader.inspections(lot="lot-1", decision="REJECT")[0].seq
    table, row = row_of(disposition(first), seq + 1, sha256)
    connection = pysqlite3.connect(str(signed.folder / DATABASE), isolation_level=None)
    name = "dispositions_lot_ended"
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()
    connection.execute(f"DROP TRIGGER {name}")
    marks = ", ".join("?" * len(row))
    connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values())
    )
    connection.execute(sql)
    connection.close()
    assert (
        f"Entry {seq + 1} (disposition) came to lot lot-1 after it was signed"
        in verify(signed.folder).problem
    )


def test_the_key_is_private_and_the_record_s_own(signed: Record, tmp_path: Path) -> None:
    path = signed.folder / "signing.key"
    assert path.stat().st_mode & 0o077 == 0
    path.chmod(0o644)
    with pytest.raises(RecordsError, match="chmod 600"):
        write_checkpoint(signed.office, tmp_path)
    path.unlink()
    with pytest.raises(RecordsError, match="is missing: put it back"):
        write_checkpoint(signed.office, tmp_path)
    other = Record(tmp_path / "other")
    write_checkpoint(other.office, tmp_path)
    (other.folder / "signing.key").rename(path)
    with pytest.raises(RecordsError, match="not this record's key"):
        write_checkpoint(signed.office, tmp_path)
    other.store.close()


def test_how_far_a_lot_has_come_is_what_it_is_closed_with(record: Record) -> None:
    record.open()
    with RecordReader(record.folder) as reader:
        assert progress_of(reader, "lot-1") == LotCount()
    record.run()
    with RecordReader(record.folder) as reader:
        progress = progress_of(reader, "lot-1")
    count = record.close()
    assert (progress.parts, progress.passed, progress.rejected) == (4, 2, 1)
    assert (progress.undecided, progress.gaps) == (count.undecided, count.gaps) == (0, 1)
