from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pysqlite3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from inspector_gui.records.chain import genesis, row_of
from inspector_gui.records.entries import CONFIRMED, OVERRULED, Entry, InspectionEntry
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.schema import migrations
from inspector_gui.records.search import NOT_PASSED, OPEN, Filter, Found, Search, Tally
from inspector_gui.records.store import DATABASE, RecordStore
from inspector_gui.records.verify import verify
from tests.records.entries import disposition, event, inspection

BEGIN = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
LABELS = ("crack", "fray")


def entries() -> list[Entry]:
    """240 parts in three lots, one every 20 s; every 6th a reject, every 40th undecided."""
    made: list[Entry] = []
    for number in range(240):
        values = {
            "part": number % 80 + 1,
            "lot": f"lot-{number // 80}",
            "recipe": ("tile", "steel")[number // 80 % 2],
            "source": f"IMG_{number:04d}.png",
            "judged_at": (BEGIN + timedelta(seconds=20 * number)).isoformat(
                timespec="microseconds"
            ),
        }
        if number % 40 == 39:
            detail = "The frame never arrived."
            values |= {"decision": "UNDECIDED", "reason": "frame_lost", "detail": detail}
            values |= {"score": None, "threshold": None}
        elif number % 6 == 5:
            found = ({"label": LABELS[number % 4 // 2]}, {"label": "uneven"}, {"label": "uneven"})
            values |= {"decision": "REJECT", "findings": found}
        made.append(inspection(**values))
        if number % 18 == 17:  # decided at once, and every other time decided again
            seq = len(made)
            made.append(disposition(seq, OVERRULED, note="100 % dust_", reviewer="ann"))
            if number % 36 == 35:
                made.append(disposition(seq, CONFIRMED, reviewer="jan"))
        if number % 50 == 0:
            made.append(event())
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search") / "records"
    store = RecordStore.open(folder)
    store.append(entries())
    store.close()
    return folder


@pytest.fixture(scope="module")
def search(folder: Path) -> Iterator[Search]:
    with RecordReader(folder) as reader:
        yield Search(reader)


@pytest.fixture(scope="module")
def everything(search: Search) -> list[Found]:
    return search.page(Filter(), limit=1000)


FILTERS = [
    Filter(),
    Filter(lot="lot-1"),
    Filter(recipe="tile"),
    Filter(decision="PASS"),
    Filter(decision="REJECT"),
    Filter(decision="UNDECIDED"),
    Filter(decision=NOT_PASSED),
    Filter(disposition=OPEN),
    Filter(disposition=CONFIRMED),
    Filter(disposition=OVERRULED),
    Filter(reviewer="ann"),
    Filter(label="crack"),
    Filter(label="uneven"),
    Filter(label="nothing"),
    Filter(text="img_01"),
    Filter(text="_0"),
    Filter(text="0 % dust_"),
    Filter(text="never arrived"),
    Filter(text="%"),
    Filter(since="2026-03-01T08:20", until="2026-03-01T08:40"),
    Filter(until="2026-03-01T08:10"),
    Filter(since="2027-01-01T00:00"),
]


def matches(wanted: Filter, found: Found, entry: InspectionEntry, notes: str) -> bool:
    """The plain meaning of a filter, worked out from one inspection."""
    not_passed = found.decision != "PASS"
    text = wanted.text.lower()
    return (
        (not wanted.since or found.judged_at >= wanted.since)
        and (not wanted.until or found.judged_at < wanted.until)
        and wanted.lot in ("", found.lot)
        and wanted.recipe in ("", found.recipe)
        and (wanted.decision in ("", found.decision) or wanted.decision == NOT_PASSED)
        and (wanted.decision != NOT_PASSED or not_passed)
        and (wanted.disposition in ("", found.disposition) or wanted.disposition == OPEN)
        and (wanted.disposition != OPEN or (not_passed and not found.disposition))
        and (not wanted.label or wanted.label in found.labels)
        and wanted.reviewer in ("", found.reviewer)
        and any(text in place.lower() for place in (entry.source, entry.detail, notes))
    )


def _expected(search: Search, folder: Path, wanted: Filter, everything: list[Found]) -> list[int]:
    with RecordReader(folder) as reader:
        return [
            found.seq
            for found in everything
            if matches(
                wanted,
                found,
                reader.get(found.seq).entry,
                "\n".join(given.entry.note for given in reader.dispositions(found.seq)),
            )
        ]


@given(one=st.sampled_from(FILTERS), other=st.sampled_from(FILTERS), limit=st.integers(1, 300))
def test_any_two_filters_together_find_what_they_say(
    search: Search, folder: Path, everything: list[Found], one: Filter, other: Filter, limit: int
) -> None:
    both = {
        name: getattr(other, name) or getattr(one, name)
        for name in Filter.__dataclass_fields__  # the second one has the last word
    }
    wanted = Filter(**both)
    expected = _expected(search, folder, wanted, everything)
    assert [found.seq for found in search.page(wanted, limit=limit)] == expected[:limit]
    if len(expected) > 1:
        rest = search.page(wanted, before_seq=expected[0], limit=1000)
        assert [found.seq for found in rest] == expected[1:]
    assert search.seqs(wanted, 0, search.last_seq(), 1000) == expected[::-1]
    assert search.count(wanted).parts == len(expected)


def test_a_line_tells_the_last_decision_and_each_label_once(search: Search) -> None:
    found = next(f for f in search.page(Filter(lot="lot-0")) if f.part == 36)
    assert (found.disposition, found.reviewer) == (CONFIRMED, "jan")
    assert found.labels == ("fray", "uneven")
    assert search.get(found.seq) == found
    with pytest.raises(KeyError):
        search.get(10_000)


def test_a_part_of_a_range_of_places(search: Search, everything: list[Found]) -> None:
    places = [found.seq for found in reversed(everything)]
    assert search.seqs(Filter(), places[9], places[19], 100) == places[10:20]
    assert search.seqs(Filter(), places[9], places[19], 3) == places[10:13]


@pytest.mark.parametrize("steps", [1, 7, 60, 1000])
def test_a_chart_counts_every_part_once(search: Search, steps: int) -> None:
    spans = search.chart(Filter(decision="REJECT", label="crack"), steps)
    assert len(spans) <= steps
    assert sum(span.parts for span in spans) == 240
    assert sum(span.rejected for span in spans) == search.count(Filter(decision="REJECT")).parts
    assert spans == sorted(spans, key=lambda span: span.minute)
    assert spans[0].minute == "2026-03-01T08:00"


def test_a_chart_of_a_time_and_a_lot(search: Search) -> None:
    wanted = Filter(since="2026-03-01T08:26", until="2026-03-01T08:28", lot="lot-1")
    assert search.chart(wanted, 100) == [
        Tally("2026-03-01T08:26", 1, 0, 0),  # the lot begins within this minute
        Tally("2026-03-01T08:27", 2, 1, 0),
    ]
    assert search.chart(replace(wanted, lot="lot-2"), 100) == []


def test_what_there_is_to_choose_from(search: Search) -> None:
    lots = search.lots()
    assert [lot.name for lot in lots] == ["lot-2", "lot-1", "lot-0"]
    assert lots[0].recipe == "tile"
    assert lots[0].parts == 80
    assert lots[0].not_passed == search.count(Filter(lot="lot-2", decision=NOT_PASSED)).parts
    assert (lots[2].since, lots[2].until) == ("2026-03-01T08:00", "2026-03-01T08:26")
    assert search.recipes() == ["steel", "tile"]
    assert search.labels() == ["crack", "fray", "uneven"]
    assert search.reviewers() == ["ann", "jan"]


def test_a_clock_that_was_set_back_loses_nothing(tmp_path: Path) -> None:
    store = RecordStore.open(tmp_path)
    times = ("10:00", "10:01", "09:30", "10:01", "10:02")
    store.append(
        [
            inspection(n, judged_at=f"2026-03-01T{time}:00.000000+00:00")
            for n, time in enumerate(times)
        ]
    )
    store.close()
    with RecordReader(tmp_path) as reader:
        search = Search(reader)
        found = search.page(Filter(since="2026-03-01T10:01", until="2026-03-01T10:02"))
        assert [line.part for line in found] == [3, 1]
        assert search.count(Filter(since="2026-03-01T10:00")).parts == 4


def test_a_search_in_an_empty_record(tmp_path: Path) -> None:
    RecordStore.open(tmp_path).close()
    with RecordReader(tmp_path) as reader:
        search = Search(reader)
        assert search.page(Filter()) == []
        assert search.count(Filter()) == Tally()
        assert search.chart(Filter(), 10) == []
        assert search.lots() == []
        assert search.last_seq() == 0


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record as the first release made it."""
    db = Database(pysqlite3.connect(str(tmp_path / DATABASE), isolation_level=None))
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_migrations", migrations._migrations[:1])
        migrations.apply(db)
    ((record_id,),) = db.execute("SELECT id FROM record")
    previous = genesis(record_id)
    for seq, entry in enumerate((inspection(1, "REJECT"), inspection(2), event()), 1):
        table, row = row_of(entry, seq, previous)
        marks = ", ".join("?" * len(row))
        db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", [*row.values()])
        previous = row["sha256"]
    db.close()
    return tmp_path


def test_an_older_record_is_brought_up_to_date(older: Path) -> None:
    with pytest.raises(RecordsError, match="older version"):
        RecordReader(older)
    store = RecordStore.open(older)
    store.append([disposition(1), inspection(3, "REJECT")])
    store.close()
    assert verify(older).holds
    with RecordReader(older) as reader:
        search = Search(reader)
        assert [found.part for found in search.page(Filter(label="crack"))] == [3, 1]
        assert search.count(Filter()) == Tally("", 1, 2, 0)


def test_dispositions_are_guarded_like_every_entry(tmp_path: Path) -> None:
    store = RecordStore.open(tmp_path)
    store.append([inspection(), disposition(1)])
    store.close()
    connection = pysqlite3.connect(str(tmp_path / DATABASE))
    statements: tuple[tuple[str, str], ...] = (
        ("UPDATE dispositions SET disposition = 'OVERRULED'", "never changed"),
        ("DELETE FROM dispositions", "never changed"),
        ("INSERT INTO dispositions SELECT 9, 1, 'OVERRULED', '', '', '', '', '', ''", "at the end"),
        ("REPLACE INTO dispositions SELECT * FROM dispositions", "at the end"),
        ("INSERT INTO events SELECT 2, '', '', '', '', '', ''", "at the end"),
    )
    for statement, why in statements:
        with pytest.raises(pysqlite3.IntegrityError, match=why):
            connection.execute(statement)
    connection.close()


def test_a_decision_about_a_part_that_is_not_there_is_refused(tmp_path: Path) -> None:
    store = RecordStore.open(tmp_path)
    with pytest.raises(RecordsError, match="FOREIGN KEY"):
        store.append([disposition(7)])
    store.append([inspection()])
    store.close()
