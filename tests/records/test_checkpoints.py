"""Checkpoints: what a chain alone cannot show."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from inspector_gui.records.checkpoints import Checkpoint, read_checkpoints, write_checkpoint
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.keys import public_key_of
from inspector_gui.records.office import open_office
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore
from inspector_gui.records.verify import verify
from tests.records.entries import inspection
from tests.records.manipulations import manipulate, rewritten


def written(folder: Path, elsewhere: Path, parts: int = 3) -> list[Checkpoint]:
    """A record with its key as entry 1, some parts, and a checkpoint before and after them."""
    with open_office(folder) as office:
        write_checkpoint(office, elsewhere)
    store = RecordStore.open(folder)
    store.append([inspection(n) for n in range(1, parts + 1)])
    store.close()
    with open_office(folder) as office:
        path = write_checkpoint(office, elsewhere)
    return read_checkpoints(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "records"


@pytest.fixture
def known(folder: Path, tmp_path: Path) -> list[Checkpoint]:
    return written(folder, tmp_path / "elsewhere")


def test_a_record_that_goes_on_holds(folder: Path, known: list[Checkpoint]) -> None:
    store = RecordStore.open(folder)
    store.append([inspection(4)])
    store.close()
    result = verify(folder, known)
    assert result.problem == ""
    assert result.checkpoints == 2
    assert [c.entries for c in known] == [1, 4]


def test_the_public_key_that_was_written_down(folder: Path, known: list[Checkpoint]) -> None:
    with RecordReader(folder) as reader:
        key = public_key_of(reader)
    assert verify(folder, known, key).holds
    assert "not the one that was given" in verify(folder, known, "00" * 32).problem


def test_a_tail_that_was_cut_off(folder: Path, known: list[Checkpoint]) -> None:
    manipulate(
        folder,
        "DELETE FROM inspections WHERE seq > 2",
        "UPDATE tallies SET parts = 1, last_seq = 2",
    )
    assert verify(folder).holds
    assert "Entry 3 is missing: the record had 4 entries" in verify(folder, known).problem


def test_a_chain_that_was_written_anew(folder: Path, known: list[Checkpoint]) -> None:
    rewritten(folder, lambda table, row: row.update(detail="x") if row["seq"] == 3 else None)
    assert verify(folder).holds
    problem = verify(folder, known).problem
    assert "Entry 4 (inspection of part 3 in lot lot-1), or one since entry 2," in problem


def test_another_record_in_its_place(folder: Path, known: list[Checkpoint], tmp_path: Path) -> None:
    shutil.rmtree(folder)
    written(folder, tmp_path / "others")
    assert verify(folder).holds
    assert "another record lies in its place" in verify(folder, known).problem


def test_a_record_that_took_the_identity_of_another(
    folder: Path, known: list[Checkpoint], tmp_path: Path
) -> None:
    shutil.rmtree(folder)
    forged = written(folder, tmp_path / "others")
    manipulate(folder, f"UPDATE record SET id = '{known[0].record}'")
    rewritten(folder, lambda _table, _row: None)
    assert verify(folder).holds
    assert "Entry 1 (make_key) is not the one" in verify(folder, known).problem
    own = [Checkpoint(**{**vars_of(c), "record": known[0].record}) for c in forged]
    assert "is not signed with the record's key" in verify(folder, own).problem


def vars_of(checkpoint: Checkpoint) -> dict[str, object]:
    return dict(json.loads(checkpoint.line))


def test_one_second_place_for_several_records(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    for name in ("a", "b"):
        written(tmp_path / name, elsewhere)
    known = read_checkpoints(elsewhere)
    assert len(known) == 4
    for name in ("a", "b"):
        assert verify(tmp_path / name, known).checkpoints == 2


def test_a_line_that_a_program_could_not_finish(
    folder: Path, known: list[Checkpoint], tmp_path: Path
) -> None:
    (path,) = (tmp_path / "elsewhere").iterdir()
    content = path.read_text()
    path.write_text(content[:-20])
    assert len(read_checkpoints(path)) == 1
    with open_office(folder) as office:
        write_checkpoint(office, path.parent)
    assert [c.entries for c in read_checkpoints(path)] == [1, 4]


@pytest.mark.parametrize("content", ["", "no checkpoint\n", "{}\n", '{"entries": 1}\n', "[1]\n"])
def test_what_is_no_checkpoint(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.checkpoints"
    path.write_text(content)
    with pytest.raises(RecordsError, match="checkpoint"):
        read_checkpoints(path)
    with pytest.raises(RecordsError, match="cannot be read"):
        read_checkpoints(tmp_path / "missing")


def test_a_second_place_that_is_not_there(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with open_office(folder) as office, pytest.raises(RecordsError, match="name another one"):
        write_checkpoint(office, tmp_path / "file" / "elsewhere")
