"""Questions to a large record, without a window: `pytest tests/benchmarks/test_questions.py -s`.

The record lies in the folder that the variable LINE_INSPECTOR_LARGE_RECORD names; without it one of
20,000 parts is made. LINE_INSPECTOR_VERIFIED_RECORD names another one, of which all is verified.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import Filter, Search
from inspector_gui.records.verify import verify
from tests.benchmarks.records import write_record

LARGE, VERIFIED = "LINE_INSPECTOR_LARGE_RECORD", "LINE_INSPECTOR_VERIFIED_RECORD"
PARTS = 20_000
ROUNDS = 5


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if given := os.environ.get(LARGE):
        return Path(given)
    folder = tmp_path_factory.mktemp("large") / "records"
    folder.mkdir()
    write_record(folder, PARTS)
    print(f"\n{LARGE} is not set: a record of {PARTS:,} parts was made")
    return folder


def test_questions(record: Path) -> None:
    with RecordReader(record) as reader:
        search = Search(reader)
        parts = search.count(Filter()).parts
        day = search.page(Filter(), limit=1)[0].judged_at[:10]
        lot = search.lots(2)[-1]
        whole_day = Filter(since=f"{day}T00:00", until=f"{day}T23:59")
        rejects = Filter(decision="REJECT")
        narrow = Filter(
            recipe=lot.recipe, decision="REJECT", label="crack", disposition="OVERRULED"
        )
        print(f"\n{parts:,} parts; milliseconds, first and median of {ROUNDS}")
        for name, ask in (
            ("last 100 rejects", lambda: search.page(rejects, limit=100)),
            ("overruled cracks of a recipe", lambda: search.page(narrow)),
            ("a day's yield", lambda: search.count(whole_day)),
            ("a day's chart", lambda: search.chart(whole_day, 60)),
            ("the lots", lambda: search.lots()),
            ("open: page, count", lambda: (search.page(Filter()), search.count(Filter()))),
        ):
            print(f"{name:32}{_timed(ask)}")
        assert len(search.page(rejects, limit=100)) == 100
        assert search.count(whole_day).parts > 0


def test_verifying(record: Path) -> None:
    folder = Path(os.environ.get(VERIFIED, record))
    started = time.perf_counter()
    result = verify(folder)
    seconds = time.perf_counter() - started
    assert result.holds
    print(f"\n{result.entries:,} entries verified in {seconds:.1f} s")


def _timed(ask: Callable[[], object]) -> str:
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begun) * 1000)
    return f"{took[0]:10.2f}{median(took):10.2f}"
