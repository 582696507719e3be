"""A part comes out of the record as it went in."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engines.verdict import AnomalyMap, Box, Finding, Verdict
from inspector_gui.acquisition.frame import Frame
from inspector_gui.inspection.entry import as_dict
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.opening import open_station
from inspector_gui.inspection.recall import RecordedPart, recall
from inspector_gui.records.entries import OVERRULED
from inspector_gui.records.images import ImageStore
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import NOT_PASSED, Filter, Search
from inspector_gui.records.store import RecordStore
from inspector_gui.records.verify import verify
from tests.records.entries import disposition
from tests.records.entries import inspection as entry


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Inspection]]:
    """A record of 30 simulated parts, and what was handed out of those that did not pass."""
    folder = tmp_path_factory.mktemp("recall") / "records"
    handed_out: list[Inspection] = []
    with open_station(
        "tile", camera="simulated", records=folder, parts=30, on_inspection=handed_out.append
    ) as station:
        station.start()
        assert station.wait(60)
    return folder, [i for i in handed_out if i.verdict.decision != "PASS"]


def _recalled(folder: Path) -> list[RecordedPart]:
    with RecordReader(folder) as reader:
        found = Search(reader).page(Filter(decision=NOT_PASSED))
        return [recall(reader, line.seq) for line in reversed(found)]


def test_verdict_picture_and_map_are_those_that_were_handed_out(
    judged: tuple[Path, list[Inspection]],
) -> None:
    folder, handed_out = judged
    parts = _recalled(folder)
    assert [part.entry.part for part in parts] == [i.part for i in handed_out]
    assert len(parts) >= 3
    for part, inspection in zip(parts, handed_out, strict=True):
        frame: Frame = inspection.frames[0]
        assert part.pixels is not None
        assert frame.pixels is not None
        np.testing.assert_array_equal(part.pixels, frame.pixels)
        assert _without_map(part.verdict) == _without_map(inspection.verdict)
        before, after = inspection.verdict.anomaly_map, part.verdict.anomaly_map
        assert before is not None
        assert after is not None
        np.testing.assert_array_equal(before.as_uint8(), after.as_uint8())
        assert part.problem == ""
    assert verify(folder).holds


def _without_map(verdict: Verdict) -> tuple[object, ...]:
    plain = replace(verdict, anomaly_map=None)
    return (
        plain.decision,
        plain.score,
        plain.threshold,
        plain.findings,
        plain.reason,
        plain.detail,
    )


def test_what_people_decided_comes_along(judged: tuple[Path, list[Inspection]]) -> None:
    folder, _ = judged
    seq = _recalled(folder)[0].seq
    store = RecordStore.open(folder)
    store.append([disposition(seq), disposition(seq, OVERRULED, reason="dirt", note="Dust.")])
    store.close()
    first, last = _recalled(folder)[0].dispositions
    assert (first.disposition, last.disposition, last.note) == ("CONFIRMED", "OVERRULED", "Dust.")


def test_a_changed_picture_is_not_shown(judged: tuple[Path, list[Inspection]]) -> None:
    folder, _ = judged
    with RecordReader(folder) as reader:
        seq = Search(reader).page(Filter(decision=NOT_PASSED))[0].seq
        path = ImageStore(folder).path(reader.images(seq)[0].entry.sha256)
        content = path.read_bytes()
        path.write_bytes(content + b"!")
        part = recall(reader, seq)
        path.unlink()
        gone = recall(reader, seq)
        path.write_bytes(content)
    assert part.pixels is None
    assert "was changed after it was written" in part.problem
    assert gone.pixels is None
    assert "cannot be read" in gone.problem
    assert part.verdict.findings == recall_findings(folder, seq)


def recall_findings(folder: Path, seq: int) -> object:
    with RecordReader(folder) as reader:
        return recall(reader, seq).verdict.findings


def test_a_part_without_pictures(judged: tuple[Path, list[Inspection]]) -> None:
    folder, _ = judged
    with RecordReader(folder) as reader:
        seq = Search(reader).page(Filter(decision="PASS"))[0].seq
        part = recall(reader, seq)
    assert part.pixels is None
    assert part.verdict.anomaly_map is None
    assert part.problem == ""


@pytest.mark.parametrize("value", [-1.0, 0.0, 0.25, 0.5, 0.999, 1.0, 7.0, np.nan, np.inf])
def test_a_map_keeps_its_steps(value: float) -> None:
    steps = AnomalyMap(np.full((2, 3), value, np.float32)).as_uint8()
    assert steps.dtype == np.uint8
    again = AnomalyMap.from_uint8(steps)
    np.testing.assert_array_equal(again.as_uint8(), steps)
    assert again.values.dtype == np.float32
    if 0 <= value <= 1:
        assert abs(float(again.values[0, 0]) - value) <= 0.5 / 255 + 1e-6
    else:
        assert float(again.values[0, 0]) in (0.0, 1.0)


def test_where_something_belongs_comes_along_and_is_kept_only_where_it_is_known(
    tmp_path: Path,
) -> None:
    square = ((1, 1), (5, 1), (5, 5), (1, 5))
    moved = Finding("displaced", 0.8, 0.5, Box(1, 1, 5, 5), 16, square, nominal=square)
    plain = Finding("missing", 0.9, 0.5, Box(1, 1, 5, 5), 16)
    kept = [as_dict(moved), as_dict(plain)]
    assert "nominal" not in kept[1]
    with closing(RecordStore.open(tmp_path)) as store:
        (receipt,) = store.append([entry(1, "REJECT", findings=tuple(kept))])
    with RecordReader(tmp_path) as reader:
        assert recall(reader, receipt.seq).verdict.findings == (moved, plain)
