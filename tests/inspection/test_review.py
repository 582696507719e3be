from __future__ import annotations

from pathlib import Path

import pytest

from inspector_gui.inspection.recall import good_neighbour
from inspector_gui.inspection.review import (
    LotToReview,
    ReviewReason,
    fitting_reasons,
    lots_to_review,
    not_passed,
    possible_reasons,
)
from inspector_gui.records.entries import ANOMALY_MAP, CONFIRMED, OVERRULED, Entry
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore
from tests.records.entries import disposition, image, inspection

HASH = "b" * 64


def write(folder: Path, *entries: Entry) -> None:
    store = RecordStore.open(folder)
    store.append(entries)
    store.close()


# --- reasons ---


@pytest.mark.parametrize(
    ("given", "contrary"),
    [(CONFIRMED, ReviewReason.WITHIN_SPECIFICATION), (OVERRULED, ReviewReason.DEFECT)],
)
def test_a_reason_does_not_say_the_contrary(given: str, contrary: ReviewReason) -> None:
    assert set(ReviewReason) - set(fitting_reasons(given, True)) == {contrary}


def test_without_a_picture_somebody_has_looked_at_the_part_itself() -> None:
    by_hand = (ReviewReason.INSPECTED_BY_HAND, ReviewReason.OTHER)
    assert fitting_reasons(OVERRULED, False) == possible_reasons(False) == by_hand
    assert possible_reasons(True) == tuple(ReviewReason)


# --- what there is to review ---


def test_parts_that_did_not_pass_with_their_last_disposition(tmp_path: Path) -> None:
    write(
        tmp_path,
        inspection(1),
        inspection(2, "REJECT"),
        inspection(3, "UNDECIDED", reason="overrun"),
        disposition(2, CONFIRMED),
        disposition(2, OVERRULED),
        inspection(1, "REJECT", lot="lot-2"),
        inspection(1, lot="lot-3"),
    )
    with RecordReader(tmp_path) as reader:
        assert not_passed(reader, "lot-1") == [(2, OVERRULED), (3, "")]
        assert not_passed(reader, "lot-1", after_seq=2) == [(3, "")]
        assert not_passed(reader, "lot-3") == []
        newest, oldest = lots_to_review(reader, 10)
        assert (newest, oldest) == (LotToReview("lot-2", 1, 1), LotToReview("lot-1", 2, 1))
        assert lots_to_review(reader, 1) == [newest]


def test_both_go_along_an_index(tmp_path: Path) -> None:
    write(tmp_path, inspection(1, "REJECT"), inspection(2))
    asked: list[str] = []
    with RecordReader(tmp_path) as reader:
        reader.connection.set_trace_callback(asked.append)
        not_passed(reader, "lot-1")
        good_neighbour(reader, 1)
        reader.connection.set_trace_callback(None)
        for query in asked:
            plan = reader.connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
            scans = [row["detail"] for row in plan if row["detail"].startswith("SCAN")]
            assert set(scans) <= {"SCAN near"}  # of a bounded number of images


# --- the good neighbour ---


def test_the_nearest_part_that_passed_and_has_an_image(tmp_path: Path) -> None:
    write(
        tmp_path,
        *(inspection(1), image(1, HASH)),
        *(inspection(2, lot="lot-0"), image(3, HASH)),
        *(inspection(3), inspection(4, "REJECT")),
        *(image(6, HASH), image(6, HASH, role=ANOMALY_MAP)),
        *(inspection(5, recipe="steel"), image(9, HASH)),
        *(inspection(6, "REJECT"), image(11, HASH)),
        *(inspection(7), image(13, HASH, role=ANOMALY_MAP)),
        *(inspection(8), image(15, HASH)),
    )
    with RecordReader(tmp_path) as reader:
        assert good_neighbour(reader, 6) == 1  # five away; the later one is nine away
        assert good_neighbour(reader, 11) == 15
        assert good_neighbour(reader, 3) is None
        with pytest.raises(KeyError):
            good_neighbour(reader, 99)


def test_what_somebody_has_overruled_is_no_good_neighbour(tmp_path: Path) -> None:
    write(tmp_path, inspection(1), image(1, HASH), inspection(2, "REJECT"))
    with RecordReader(tmp_path) as reader:
        assert good_neighbour(reader, 3) == 1
    write(tmp_path, disposition(1, OVERRULED))
    with RecordReader(tmp_path) as reader:
        assert good_neighbour(reader, 3) is None
