"""The audit trail: narrowed down, page by page, counted and exported."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from inspector_gui.records.entries import ALLOWED, REFUSED, AuditEntry, EventEntry
from inspector_gui.records.errors import ExportCancelled
from inspector_gui.records.forms import Form
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore
from inspector_gui.records.trail import (
    TrailFilter,
    count_trail,
    trail,
    trail_choices,
    trail_from,
)
from inspector_gui.records.trail_export import TRAIL, export_trail

LINES = 7


def act(number: int, action: str = "review", outcome: str = ALLOWED, **changes: str) -> AuditEntry:
    values = {"account": "jan", "role": "operator", "subject": f"entry {number}", **changes}
    return AuditEntry(
        action=action,
        outcome=outcome,
        happened_at=f"2025-03-14T08:{number:02}:00.000000+00:00",
        utc_offset_min=60,
        old={"disposition": "CONFIRMED"},
        new={"disposition": "OVERRULED", "note": {"text": "100%_sure"}},
        why=changes.get("why", ""),
        account=values["account"],
        role=values["role"],
        subject=values["subject"],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = RecordStore.open(tmp_path / "records")
    store.append(
        [
            act(1),
            act(2, "sign_in", REFUSED, account="", role="guest", why="wrong password"),
            EventEntry("camera_lost", "2025-03-14T08:03:00.000000+00:00", "The cable.", {"n": 1}),
            act(4, "open_lot", account="Ada", role="engineer", subject="lot-1"),
            act(5),
            act(6, why="=SUM(A1)"),
            act(7),
        ]
    )
    store.close()
    return tmp_path / "records"


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (TrailFilter(), [7, 6, 5, 4, 3, 2, 1]),
        (TrailFilter(since="2025-03-14T08:03", until="2025-03-14T08:05"), [4, 3]),
        (TrailFilter(account="ADA"), [4]),
        (TrailFilter(action="camera_lost"), [3]),
        (TrailFilter(outcome=REFUSED), [2]),
        (TrailFilter(text="LOT-1"), [4]),
        (TrailFilter(text="cable"), [3]),
        (TrailFilter(text="0%_s"), [7, 6, 5, 4, 2, 1]),
        (TrailFilter(text="0x_s"), []),
        (TrailFilter(account="jan", text="entry 6"), [6]),
    ],
)
def test_what_matches(folder: Path, wanted: TrailFilter, places: list[int]) -> None:
    with RecordReader(folder) as reader:
        assert [line.seq for line in trail(reader, wanted)] == places
        assert count_trail(reader, wanted) == len(places)
        assert [line.seq for line in trail_from(reader, wanted, 0, 99)] == places[::-1]
        paged = trail(reader, wanted, limit=2)
        while paged and (more := trail(reader, wanted, before_seq=paged[-1].seq, limit=2)):
            paged += more
        assert [line.seq for line in paged] == places
        assert count_trail(reader, wanted, after_seq=4) == len([s for s in places if s > 4])


def test_what_there_is_to_choose_from(folder: Path) -> None:
    with RecordReader(folder) as reader:
        choices = trail_choices(reader)
    assert choices.accounts == ["Ada", "jan"]
    assert choices.actions == ["camera_lost", "open_lot", "review", "sign_in"]


def test_export_to_csv_is_whole_and_holds_no_formula(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "trail.csv"
    assert export_trail(folder, path, Form.CSV) == LINES
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["seq"] for row in rows] == [str(n) for n in range(1, LINES + 1)]
    assert rows[5]["why"] == "'=SUM(A1)"
    assert (rows[2]["action"], rows[2]["utc_offset_min"]) == ("camera_lost", "")
    assert json.loads(rows[3]["new"])["note"] == {"text": "100%_sure"}


def test_export_to_json_lines_of_what_is_filtered(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "trail.jsonl"
    told: list[tuple[int, int]] = []
    wanted = TrailFilter(account="ada")
    count = export_trail(folder, path, Form.JSON_LINES, wanted, lambda *p: told.append(p))
    assert (count, told) == (1, [(0, 1), (1, 1)])
    line = json.loads(path.read_text(encoding="utf-8"))
    assert set(line) == set(TRAIL.columns)
    assert line["new"]["disposition"] == "OVERRULED"


def test_a_cancelled_export_leaves_no_file(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "trail.csv"
    with pytest.raises(ExportCancelled):
        export_trail(folder, path, Form.CSV, is_cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == [folder]
