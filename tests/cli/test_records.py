"""`inspector records` on what a filter finds."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from inspector_gui.cli.app import app
from inspector_gui.records.entries import OVERRULED
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore
from inspector_gui.records.verify import verify
from tests.records.entries import disposition, inspection
from tests.records.forms import rows_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    store = RecordStore.open(folder)
    store.append(
        [
            inspection(1, "PASS", judged_at="2026-01-01T10:00:00.000000+00:00"),
            inspection(2, "REJECT", judged_at="2026-01-02T10:00:00.000000+00:00"),
            inspection(3, "REJECT", lot="lot-2", judged_at="2026-01-03T10:00:00.000000+00:00"),
            inspection(4, "UNDECIDED", score=None, reason="overrun", recipe="steel"),
            disposition(2, OVERRULED, reviewer="eva", note="only dirt"),
        ]
    )
    store.close()
    return folder


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["records", *words, "--records", str(folder)])


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        ((), [1, 2, 3, 4]),
        (("--since", "2026-01-02T10:00Z"), [2, 3]),
        (("--since", "2026-01-02", "--until", "2026-01-02T23:00+00:00"), [2]),
        (("--lot", "lot-2"), [3]),
        (("--recipe", "steel"), [4]),
        (("--decision", "not_passed"), [2, 3, 4]),
        (("--decision", "PASS"), [1]),
        (("--disposition", "open"), [3, 4]),
        (("--disposition", "overruled", "--reviewer", "eva"), [2]),
        (("--label", "crack", "--lot", "lot-1"), [2]),
        (("--text", "DIRT"), [2]),
        (("--lot", "none"), []),
    ],
)
def test_export_writes_what_the_options_find(
    folder: Path, tmp_path: Path, options: tuple[str, ...], parts: list[int]
) -> None:
    for name in ("out.csv", "out.jsonl", "out.xlsx"):
        result = run(folder, "export", *options, "--out", str(tmp_path / name))
        assert result.exit_code == 0, result.output
        assert f"{len(parts)} inspections written" in result.output
        assert [int(row["part"]) for row in rows_of(tmp_path / name)] == parts


@pytest.mark.parametrize(("form", "begin"), [("csv", b"seq,"), ("jsonl", b"{"), ("xlsx", b"PK")])
def test_a_form_can_be_said(folder: Path, tmp_path: Path, form: str, begin: bytes) -> None:
    out = tmp_path / "rows.data"
    assert run(folder, "export", "--out", str(out), "--format", form).exit_code == 0
    assert out.read_bytes().startswith(begin)


def test_a_form_must_be_known(folder: Path, tmp_path: Path) -> None:
    result = run(folder, "export", "--out", str(tmp_path / "rows.data"))
    assert result.exit_code == 3
    assert ".csv, .jsonl, .xlsx" in result.output


def test_list_takes_the_same_options(folder: Path) -> None:
    result = run(folder, "list", "--disposition", "overruled")
    assert result.exit_code == 0
    assert "tile 2" in result.output
    assert "tile 3" not in result.output
    assert "1 REJECT" in result.output
    assert "No parts match" in run(folder, "list", "--label", "none").output


@pytest.mark.parametrize("command", ["list", "export"])
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--since", "yesterday"), "2026-01-31"),
        (("--until", "9999-12-31T23:59-14:00"), "2026-01-31"),
        (("--decision", "maybe"), "not one of"),
        (("--disposition", "maybe"), "not one of"),
        (("--since", "2026-01-02", "--until", "2026-01-01"), "must be before"),
    ],
)
def test_a_wrong_value_is_one_sentence(
    folder: Path, tmp_path: Path, command: str, options: tuple[str, ...], said: str
) -> None:
    where = ("--out", str(tmp_path / "out.csv")) if command == "export" else ()
    result = run(folder, command, *options, *where)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "out.csv").exists()


def test_a_review_stands_beside_the_verdict(folder: Path) -> None:
    confirmed = run(folder, "review", "3", "confirm")
    assert confirmed.exit_code == 0, confirmed.output
    assert "confirmed part 3 of lot-2" in confirmed.output
    words = ("--reason", "other", "--note", "Looked at it.")
    assert run(folder, "review", "4", "overrule", *words).exit_code == 0
    with RecordReader(folder) as reader:
        (given,) = reader.dispositions(4)
        assert reader.get(4).entry.decision == "UNDECIDED"
    assert (given.entry.disposition, given.entry.reason) == (OVERRULED, "other")
    assert given.entry.note == "Looked at it."
    assert given.entry.reviewer == getpass.getuser()
    assert verify(folder).holds


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (("3", "overrule"), 2, "takes a reason"),
        (("3", "overrule", "--reason", "dirt"), 2, "no reason for this"),
        (("3", "overrule", "--reason", "other"), 2, "takes a note"),
        (("3", "confirm", "--reason", "because"), 2, "because"),
        (("5", "confirm"), 3, "no inspection"),
        (("99", "confirm"), 3, "no inspection"),
    ],
)
def test_a_review_that_may_not_be_written(
    folder: Path, words: tuple[str, ...], exit_code: int, said: str
) -> None:
    result = run(folder, "review", *words)
    assert result.exit_code == exit_code, result.output
    assert said in " ".join(result.output.replace("│", " ").split())
    with RecordReader(folder) as reader:
        assert reader.dispositions(3) == []


def test_a_report_is_written(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    result = run(folder, "report", "--lot", "lot-1", "--out", str(out))
    assert result.exit_code == 0, result.output
    assert f"Report written to {out}" in result.output
    assert out.read_bytes().startswith(b"%PDF-")
    missing = run(folder, "report", "--lot", "none", "--out", str(tmp_path / "none.pdf"))
    assert missing.exit_code == 3
    assert "no lot 'none'" in missing.output
    assert not (tmp_path / "none.pdf").exists()


def test_a_backup_is_made_and_restored(folder: Path, tmp_path: Path) -> None:
    target, new = str(tmp_path / "backup"), tmp_path / "new"
    made = run(folder, "backup", "--to", target)
    assert made.exit_code == 0, made.output
    assert "5 entries, 4 inspections, 0 images" in made.output
    restored = run(new, "restore", "--from", target)
    assert restored.exit_code == 0, restored.output
    assert verify(new) == verify(folder)
    again = run(new, "restore", "--from", target)
    assert again.exit_code == 3
    assert "not empty" in again.output
    (tmp_path / "backup" / "record.sqlite").write_bytes(b"another")
    damaged = run(tmp_path / "newer", "restore", "--from", target)
    assert damaged.exit_code == 4
    assert not (tmp_path / "newer").exists()
