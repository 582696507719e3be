"""The report as a PDF, read back with another program's library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from inspector_gui.records import lots
from inspector_gui.records.checkpoints import write_checkpoint_beside
from inspector_gui.records.errors import ExportCancelled, RecordsError, Refused
from inspector_gui.records.office import open_office
from inspector_gui.records.permissions import Role
from inspector_gui.records.report import report as reports
from inspector_gui.records.report.report import write_report
from inspector_gui.records.store import RecordStore
from tests.records.accounts import PASSWORD, hash_quickly, managed
from tests.records.entries import disposition
from tests.records.manipulations import rewritten
from tests.records.report.lots import write_lot

NOW = "2026-02-01T10:00:00.000000+00:00"


def texts(path: Path) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def test_a_report_says_what_the_record_says(tmp_path: Path) -> None:
    folder, out = tmp_path / "records", tmp_path / "report.pdf"
    seqs = write_lot(folder, "lot-7", "P" * 50 + "RRRU", model="tile-net", model_sha256="c" * 64)
    store = RecordStore.open(folder)
    note = "Only <b>dust</b> & a scratch."
    store.append([disposition(seqs[50], "OVERRULED", reason="dirt", note=note, reviewer="Eva")])
    store.close()
    assert write_report(folder, "lot-7", out, NOW) == [out]
    pages = texts(out)
    said = "\n".join(pages)
    for text in (
        *("lot-7", "92.59 %", "94.44 %", "revision 1", "tile-net", "c" * 64, "simulated"),
        *("Part 51", "REJECT", "Part 54", "UNDECIDED", "overrun: Too fast.", "No picture"),
        *("crack", "0.900 (threshold 0.500), 90 px", "Not reviewed"),
        *("Overruled by Eva", f"dirt: {note}", "station started", "Not signed"),
    ):
        assert text in said, text
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
    with pypdfium2.PdfDocument(out) as document:
        pictures = [
            found
            for page in document
            for found in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        ]
        assert len(pictures) == 3
        title = document.get_metadata_value("Title")
        created = document.get_metadata_value("CreationDate")
    assert (title, created) == ("Lot report lot-7", "D:20260201100000Z")
    assert str(tmp_path).encode() not in out.read_bytes()


def test_the_same_lot_gives_the_same_bytes(tmp_path: Path) -> None:
    write_lot(tmp_path / "records", "lot", "PRU")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_report(tmp_path / "records", "lot", tmp_path / name / f"{name}.pdf", NOW)
    assert (tmp_path / "a" / "a.pdf").read_bytes() == (tmp_path / "b" / "b.pdf").read_bytes()


def test_signatures_checkpoint_and_audit_come_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hash_quickly(monkeypatch)
    folder, out = tmp_path / "records", tmp_path / "report.pdf"
    with managed(folder) as (office, who):
        for revision, score in ((1, 0.5), (2, 0.6)):
            recipe = {"name": "tile", "revision": revision, "thresholds": {"crack": score}}
            lots.release_recipe(office, who[Role.ENGINEER], recipe)
        lots.open_lot(office, who[Role.OPERATOR], "L1", recipe, expected=3)
        with pytest.raises(Refused):
            lots.close_lot(office, who[Role.ADMINISTRATOR], "L1")
    seqs = write_lot(folder, "L1", "PRP")
    with open_office(folder) as office:
        operator, supervisor = who[Role.OPERATOR], who[Role.SUPERVISOR]
        office.review(operator, disposition(seqs[1], "CONFIRMED", reason="defect"))
        office.review(
            supervisor, disposition(seqs[1], "OVERRULED", reason="dirt", note="It wiped off")
        )
        lots.close_lot(office, operator, "L1", why="counted by hand")
        lots.sign_lot(office, supervisor, "L1", PASSWORD, "reviewed and released")
        taken = write_checkpoint_beside(office, out, supervisor)
    write_report(folder, "L1", out, NOW, taken)
    said = " ".join(" ".join(texts(out)).split())
    for text in (
        *("release recipe", "thresholds.crack 0.5 → 0.6", "engineer (engineer)"),
        *("open lot", "expected 3", "close lot, refused", "administrator (administrator)"),
        *("disposition CONFIRMED → OVERRULED", "reviewer operator → supervisor: It wiped off"),
        *("counted by hand", "Supervisor Tester (supervisor, supervisor)", "Holds: made with the"),
        *("reviewed and released", str(taken.entries), taken.head_sha256, taken.public_key),
    ):
        assert text in said, text
    for proof in (taken.signature, lots.lot_named(office, "L1").signatures[0].signature):
        assert proof in said.replace(" ", "")
    assert "Not signed" not in said
    rewritten(folder, lambda table, row: row.update(detail="x") if table == "events" else None)
    write_report(folder, "L1", out, NOW)
    said = " ".join(" ".join(texts(out)).split())
    assert "Does not hold: it was made in another record, or this one was written anew" in said
    assert "Signature Not signed" in said  # no checkpoint was given


@pytest.mark.parametrize(
    "name",
    [
        "Zażółć gęślą jaźń",
        "批次 二〇二六",
        "ロット かな",
        "로트",
        "دفعة 🙂",
        "<b>&amp;</i>",
        "a\x00b\nc",
        "x" * 2000,
        "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz " * 9,
        " ",
    ],
)
def test_any_name_of_a_lot_is_written(tmp_path: Path, name: str) -> None:
    write_lot(tmp_path / "records", name, "PRU", source=name, recipe=name, camera=name)
    write_report(tmp_path / "records", name, tmp_path / "report.pdf", NOW)
    assert "Lot report" in texts(tmp_path / "report.pdf")[0]
    with pypdfium2.PdfDocument(tmp_path / "report.pdf") as document:
        title = document.get_metadata_value("Title")
    assert title == f"Lot report {name}"


def test_western_and_asian_letters_can_be_copied_out(tmp_path: Path) -> None:
    name = "Żółć 批次 かな 로트"
    write_lot(tmp_path / "records", name, "P")
    write_report(tmp_path / "records", name, tmp_path / "report.pdf", NOW)
    assert name in texts(tmp_path / "report.pdf")[0]


@pytest.mark.parametrize("findings", [0, 7, 300])
def test_a_part_with_any_findings_fits(tmp_path: Path, findings: int) -> None:
    odd = (
        {"label": "crack " * 90, "box": [0, 0, 320, 240]},
        {"label": "z"},
        {"label": "", "box": []},
    )
    write_lot(tmp_path / "records", "lot", "RR", findings=(odd * findings)[:findings])
    write_report(tmp_path / "records", "lot", tmp_path / "report.pdf", NOW)
    assert ("more findings" in "".join(texts(tmp_path / "report.pdf"))) is (findings > 8)


def test_many_parts_come_in_volumes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "PARTS_A_VOLUME", 3)
    write_lot(tmp_path / "records", "lot", "PRRRRRRUP")
    told: list[tuple[int, int]] = []
    paths = write_report(
        tmp_path / "records", "lot", tmp_path / "r.pdf", NOW, progress=lambda *n: told.append(n)
    )
    assert [path.name for path in paths] == ["r.pdf", "r-2.pdf", "r-3.pdf"]
    volumes = ["\n".join(texts(path)) for path in paths]
    shown = [[n for n in range(1, 10) if f"Part {n} " in volume] for volume in volumes]
    assert shown == [[2, 3, 4], [5, 6, 7], [8]]
    assert [f"volume {n} of 3" in volume for n, volume in enumerate(volumes, 1)] == [True] * 3
    assert ["lot\n" in texts(path)[0] for path in paths] == [True] * 3
    assert ["Signatures" in volume for volume in volumes] == [False, False, True]
    assert told[0] == (0, 7)
    assert told[-1] == (7, 7)


def test_a_report_that_is_given_up_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "PARTS_A_VOLUME", 2)
    write_lot(tmp_path / "records", "lot", "RRRRR")
    (tmp_path / "r.pdf").write_text("the old report")
    told: list[int] = []
    with pytest.raises(ExportCancelled):
        write_report(
            tmp_path / "records",
            "lot",
            tmp_path / "r.pdf",
            NOW,
            progress=lambda done, _total: told.append(done),
            is_cancelled=lambda: told[-1] == 3,
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.pdf", "records"]
    assert (tmp_path / "r.pdf").read_text() == "the old report"


def test_a_full_disk_is_one_sentence(tmp_path: Path, small_disk: Path) -> None:
    write_lot(tmp_path / "records", "lot", "R" * 30)
    with pytest.raises(RecordsError, match="No space left on device"):
        write_report(tmp_path / "records", "lot", small_disk / "r.pdf", NOW)
    assert list(small_disk.iterdir()) == []


_MEMORY = """
import sys, tracemalloc
from pathlib import Path
from inspector_gui.records.report import report

folder, out = map(Path, sys.argv[1:])
report.PARTS_A_VOLUME = 40
peaks = []
for lot in ("small", "small", "large"):
    tracemalloc.start()
    report.write_report(folder, lot, out, "2026-02-01T10:00:00.000000+00:00")
    peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
print(peaks[2] / peaks[1])
"""


def test_memory_does_not_grow_with_the_volumes(tmp_path: Path) -> None:
    """A lot of one volume beside one of five."""
    folder = tmp_path / "records"
    write_lot(folder, "small", "R" * 40)
    write_lot(folder, "large", "R" * 200)
    words = [sys.executable, "-c", _MEMORY, str(folder), str(tmp_path / "r.pdf")]
    said = subprocess.run(words, capture_output=True, text=True, check=True, timeout=300)
    assert float(said.stdout) < 1.3, said
