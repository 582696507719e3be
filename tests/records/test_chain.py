"""One form for every value, and a chain that anybody can check."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from inspector_gui.records.chain import canonical, genesis, row_hash, row_of
from inspector_gui.records.entries import InspectionEntry
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import DATABASE, RecordStore
from inspector_gui.records.verify import verify
from tests.records.entries import event, image, inspection

text = st.text(st.characters(codec="utf-8"))
floats = st.floats(allow_nan=False, allow_infinity=False)
numbers = st.integers(-(2**63), 2**63 - 1)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | floats | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
inspections = st.builds(
    inspection,
    part=numbers,
    decision=st.sampled_from(["PASS", "REJECT", "UNDECIDED"]),
    lot=text,
    source=text,
    frame_ids=st.lists(st.integers()).map(tuple),
    score=st.none() | floats,
    threshold=st.none() | floats | st.integers(-(2**53), 2**53),
    thresholds=st.dictionaries(text, floats),
    elapsed_ms=st.dictionaries(text, floats),
    truth=st.none() | st.lists(text).map(tuple),
)


@given(json_values)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_the_canonical_form_is_one_form(value: object) -> None:
    form = canonical(value)
    assert canonical(json.loads(form)) == form


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": [-float("inf")]}])
def test_no_number_that_json_does_not_know(value: object) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical(value)


@given(st.lists(inspections, min_size=1, max_size=3))
@example([inspection(1, score=-0.0), inspection(2, score=5e-324), inspection(3, score=1e300)])
@example([inspection(1, source="a\0b", lot='"\\\x7f\u2028\U0001f600'), inspection(2, score=3)])
@settings(max_examples=25, deadline=None)
def test_what_is_hashed_is_what_is_stored(
    tmp_path_factory: pytest.TempPathFactory, entries: list[InspectionEntry]
) -> None:
    folder = tmp_path_factory.mktemp("records")
    store = RecordStore.open(folder)
    store.append(entries)
    store.close()
    assert verify(folder).problem == ""
    with RecordReader(folder) as reader:
        assert [reader.get(seq).entry for seq in range(1, len(entries) + 1)] == entries


@pytest.mark.parametrize(
    "entry",
    [
        inspection(1, source="a\udcff.png", truth=("a\udcff",)),
        inspection(True),
        inspection(np.int64(3), score=np.float32(0.1), frame_ids=(3,)),  # type: ignore[arg-type]
    ],
)
def test_values_that_python_has_and_a_database_has_not(
    tmp_path: Path, entry: InspectionEntry
) -> None:
    store = RecordStore.open(tmp_path)
    store.append([entry])
    store.close()
    assert verify(tmp_path).problem == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"source": 5},
        {"part": 1.0},
        {"part": "1"},
        {"part": 2**63},
        {"score": float("inf")},
        {"frame_ids": (object(),)},
    ],
)
def test_a_value_of_another_type_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError)):
        row_of(inspection(**{"part": 1, **changes}), 1, "")


def test_a_column_that_comes_later_leaves_old_rows_as_they_are() -> None:
    _, row = row_of(event(), 1, "a")
    assert row_hash("a", "events", {**row, "later": None}) == row["sha256"]
    assert row_hash("a", "events", {**row, "later": 0}) != row["sha256"]


def test_the_form_never_changes() -> None:
    """Records of the first release must hold for ever."""
    first = genesis("0123456789abcdef0123456789abcdef")
    rows = [
        row_of(inspection(1, "REJECT", score=1e-07, source="Prüfling\t“7”"), 1, first)[1],
        row_of(image(1, "b" * 64, 7), 2, first)[1],
        row_of(event("note", n=[1, 2.5, None]), 3, first)[1],
    ]
    hashes = [first[:16], *(row["sha256"][:16] for row in rows)]
    assert hashes == [
        "65360b5b4ff07dcc",
        "c8391c65a1167ff9",
        "c4388df3a03fa66a",
        "ac9e50f88248e17f",
    ]


def test_a_stranger_can_check_it_from_its_description(tmp_path: Path) -> None:
    """With nothing of this project: only what the module's text says."""
    store = RecordStore.open(tmp_path)
    store.append([event(), inspection(1, "REJECT", score=1e-07), inspection(2, score=None)])
    (*_, last) = store.append([image(2, "b" * 64), event(note='\x1b\n\\"“ü”\x7f')])
    store.close()
    db = sqlite3.connect(tmp_path / DATABASE)
    db.row_factory = sqlite3.Row
    rows = [
        (table, dict(row))
        for table in ("inspections", "images", "events")
        for row in db.execute(f"SELECT * FROM {table}")
    ]
    (record_id,) = db.execute("SELECT id FROM record").fetchone()
    db.close()

    previous = hashlib.sha256(f"line-inspector record {record_id}".encode()).hexdigest()
    for seq, (table, row) in enumerate(sorted(rows, key=lambda pair: pair[1]["seq"]), 1):
        assert (row["seq"], row.pop("previous_sha256")) == (seq, previous)
        stored = row.pop("sha256")
        members = (f'"{name}":{_json(row[name])}' for name in sorted(row) if row[name] is not None)
        content = f"{previous}\n{table}\n{{{','.join(members)}}}"
        previous = hashlib.sha256(content.encode()).hexdigest()
        assert previous == stored
    assert (seq, previous) == (last.seq, last.sha256)


def _json(value: str | int | float) -> str:
    if not isinstance(value, str):
        return repr(value)
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n"}
    short |= {"\f": "\\f", "\r": "\\r"}
    escape = (short.get(c, c if c >= " " else f"\\u{ord(c):04x}") for c in value)
    return f'"{"".join(escape)}"'
