"""The report's figures are those of the record."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_gui.records.entries import CONFIRMED, OVERRULED
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.report import content as contents
from inspector_gui.records.report import evidence
from inspector_gui.records.report.content import Counted, lot_content, shown_parts
from inspector_gui.records.store import RecordStore
from tests.records.entries import disposition
from tests.records.report.lots import write_lot

NOW = "2026-02-01T10:00:00.000000+00:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    write_lot(folder, "before", "PR")
    seqs = write_lot(folder, "lot", "PPRRRUUPPP")
    write_lot(folder, "after", "R")
    store = RecordStore.open(folder)
    given = [
        disposition(seqs[2], OVERRULED),
        disposition(seqs[3], OVERRULED),
        disposition(seqs[3], CONFIRMED),  # the last one counts
        disposition(seqs[5], CONFIRMED),
        disposition(seqs[8], OVERRULED, note="missed"),
    ]
    store.append(given)
    store.close()
    return folder


def test_counts(folder: Path) -> None:
    with RecordReader(folder) as reader:
        lot = lot_content(reader, "lot", NOW)
    assert (lot.tally.passed, lot.tally.rejected, lot.tally.undecided) == (5, 3, 2)
    assert (lot.confirmed, lot.overruled, lot.undisposed, lot.missed) == (2, 2, 2, 1)
    assert lot.good == 5  # four that passed rightly, one that was rejected wrongly
    assert lot.shown_parts == 6
    assert lot.labels == (Counted("crack", 3),)
    assert lot.reasons == (Counted("overrun", 2),)
    assert sum(span.parts for span in lot.spans) == 10
    assert [(setup.recipe, setup.parts) for setup in lot.setups] == [("tile", 10)]
    assert [line.action for line in lot.audit] == ["station_started", "station_stopped"]
    assert (lot.began[11:16], lot.ended[11:16]) == ("00:01", "00:10")


def test_the_head_is_the_chains(folder: Path) -> None:
    with RecordReader(folder) as reader:
        head = lot_content(reader, "lot", NOW).checkpoint
        rows = list(reader.rows())
    assert head.entries == len(rows)
    assert head.head_sha256 == rows[-1][1]["sha256"]
    assert head.signature + head.public_key == ""


def test_parts_that_did_not_pass_or_were_overruled(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "PAGE", 2)
    with RecordReader(folder) as reader:
        parts = list(shown_parts(reader, "lot"))
    assert [part.entry.part for part in parts] == [3, 4, 5, 6, 7, 9]
    assert [part.pixels is None for part in parts] == [False, False, False, True, True, True]
    given = [part.disposition and part.disposition.disposition for part in parts]
    assert given == [OVERRULED, CONFIRMED, None, CONFIRMED, None, OVERRULED]


def test_a_picture_that_was_changed_or_lost_says_so(folder: Path) -> None:
    first, second, _ = sorted((folder / "images").rglob("*.png"))[:3]
    first.write_bytes(b"another")
    second.unlink()
    with RecordReader(folder) as reader:
        said = [p.problem for lot in ("before", "lot", "after") for p in shown_parts(reader, lot)]
    assert sum("was changed after it was written" in problem for problem in said) == 1
    assert sum("cannot be read" in problem for problem in said) == 1


def test_a_lot_that_is_not_there(folder: Path) -> None:
    with RecordReader(folder) as reader, pytest.raises(RecordsError, match="no lot 'none'"):
        lot_content(reader, "none", NOW)


def test_of_many_events_the_first_are_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_LINES", 1)
    with RecordReader(folder) as reader:
        lot = lot_content(reader, "lot", NOW)
    assert ([line.action for line in lot.audit], lot.omitted) == (["station_started"], 1)
