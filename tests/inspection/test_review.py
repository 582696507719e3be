from __future__ import annotations

from pathlib import Path

import pytest

from inspector_gui.inspection.recall import good_neighbour
from inspector_gui.inspection.recipe_parts import ReviewPart
from inspector_gui.inspection.review import (
    LotToReview,
    ReviewReason,
    alarms,
    decide,
    fitting_reasons,
    lots_to_review,
    not_passed,
    possible_reasons,
    rules_of,
    unfitting,
)
from inspector_gui.records.entries import ANOMALY_MAP, CONFIRMED, OVERRULED, Entry, EventEntry
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.lots import close_lot, left_for_a_second, open_lot, sign_lot
from inspector_gui.records.office import open_office
from inspector_gui.records.permissions import Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore
from inspector_gui.records.verify import verify
from tests.records.accounts import PASSWORD, hash_quickly, managed
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


# --- what the recipe asks for ---


def started(lot: str = "lot-1", **review: object) -> EventEntry:
    """A line that ran with a recipe."""
    return EventEntry("station_started", "2026", "", {"lot": lot, "recipe": {"review": review}})


def decided(folder: Path, seq: int, kind: str = OVERRULED, reason: str = "dirt") -> int:
    with open_office(folder) as office:
        return decide(office, None, disposition(seq, kind, reason=reason)).seq


def test_the_engineer_s_reasons_hold_instead_of_the_built_in_ones(tmp_path: Path) -> None:
    write(tmp_path, started(reasons=["burr", "oil"]), inspection(1, "REJECT"))
    with RecordReader(tmp_path) as reader:
        own = rules_of(reader, 2).reasons
    assert own == ("burr", "oil")
    assert unfitting(OVERRULED, "burr", "", True, own) == ""
    assert unfitting(OVERRULED, "dirt", "", True, own) == (
        "dirt is no reason for this; one of burr, oil is."
    )
    with pytest.raises(RecordsError, match="one of burr, oil"):
        decided(tmp_path, 2)
    decided(tmp_path, 2, reason="oil")
    decided(tmp_path, 2, CONFIRMED, "")


def test_one_overruled_too_many_is_an_alarm_once(tmp_path: Path) -> None:
    parts = [inspection(n, "REJECT") for n in range(1, 6)]
    write(tmp_path, started(max_overruled=2), *parts, inspection(1, "REJECT", lot="lot-2"))
    for seq in (2, 3, 2, 7):
        decided(tmp_path, seq)
    with RecordReader(tmp_path) as reader:
        assert alarms(reader, "lot-1") == []
    for seq in (4, 5, 4):
        decided(tmp_path, seq)
    with RecordReader(tmp_path) as reader:
        assert alarms(reader, "lot-1") == [
            "3 parts of lot lot-1 were overruled; the recipe allows 2."
        ]
        assert alarms(reader, "lot-2") == []
    assert verify(tmp_path).problem == ""


def test_a_recipe_that_asks_for_nothing(tmp_path: Path) -> None:
    write(tmp_path, inspection(1, "REJECT"))
    with RecordReader(tmp_path) as reader:
        assert rules_of(reader, 1) == ReviewPart()
    decided(tmp_path, 1)
    with pytest.raises(RecordsError, match="refuses an entry"):
        decided(tmp_path, 99)


def test_two_people_must_agree_before_a_lot_is_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hash_quickly(monkeypatch)
    parts = [inspection(1), *(inspection(n, "REJECT", lot="lot-1") for n in (2, 3))]
    with managed(tmp_path) as (office, sessions):
        one, other = sessions[Role.OPERATOR], sessions[Role.SUPERVISOR]
        open_lot(office, sessions[Role.ENGINEER], "lot-1", {"name": "tile", "revision": 1})
        assert office._append([started(second_person=True), *parts]) is not None
        with RecordReader(tmp_path) as reader:
            first, second = left_for_a_second(reader, "lot-1")
        close_lot(office, one, "lot-1", "nothing ran")
        decide(office, one, disposition(first))
        decide(office, one, disposition(first))
        decide(office, one, disposition(second))
        decide(office, other, disposition(second, OVERRULED, reason="dirt"))
        with RecordReader(tmp_path) as reader:
            assert left_for_a_second(reader, "lot-1") == [first, second]
        with pytest.raises(RecordsError, match=f"2 of lot lot-1 are left.* entry {first}"):
            sign_lot(office, other, "lot-1", PASSWORD, "released")
        decide(office, other, disposition(first))
        decide(office, one, disposition(second, OVERRULED, reason="dirt"))
        sign_lot(office, other, "lot-1", PASSWORD, "released")
