"""The two files that a qualification leaves."""

from __future__ import annotations

import base64
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.verdict import Decision
from tests.training_cli.qualification.kits import inspections, judgements, kit, rejected
from training_cli.errors import UserError
from training_cli.qualification.judgements import Judgement, ManualInspection, Patch
from training_cli.qualification.kit import KitRow, Truth, kit_of
from training_cli.qualification.protocol import Qualification, qualify
from training_cli.qualification.report import write_report
from training_cli.qualification.wording import notes_of, percent, points, verdict_of

KIT = kit("AB", "CD")
MACHINE = {name: rejected(n) for name, n in zip("ABCD", (10, 6, 0, 4), strict=True)}
PEOPLE = {name: rejected(n) for name, n in zip("ABCD", (8, 7, 2, 1), strict=True)}
EVIL = "<script>alert('&')</script> $\\frac{"


class Page(HTMLParser):
    """Tags, text and what is loaded."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.sources: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.sources += [value or "" for name, value in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def written(qualification: Qualification, folder: Path, **more: Path) -> Page:
    return Page(write_report(qualification, folder, **more).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def compared() -> Qualification:
    return qualify(KIT, judgements(MACHINE), inspections(PEOPLE))


def test_the_page_needs_no_other_file(compared: Qualification, tmp_path: Path) -> None:
    page = written(compared, tmp_path / "out")
    assert page.tags.count("img") == 3
    assert "script" not in page.tags
    assert "link" not in page.tags
    assert all(source.startswith("data:image/svg+xml;base64,") for source in page.sources)
    for source in page.sources:
        assert b"<svg" in base64.b64decode(source.split(",")[1])


def test_the_page_says_the_verdict_and_who_was_misjudged(
    compared: Qualification, tmp_path: Path
) -> None:
    # RZE: machine (10 + 6) / 20, people (8 + 7) / 20; well classified A C against A B C D
    page = written(compared, tmp_path)
    assert "NOT QUALIFIED" in page.text
    assert "a reject-zone efficiency of 80.00 % against 75.00 %" in page.text
    assert "2 of 4 parts well classified against 4" in page.text
    assert "RZE reached" in page.text
    assert "7 of 10 not reached" in page.text
    assert "Parts not well classified: 2 of 4" in page.text
    assert re.search(r"B\s*defective, scratch\s*Machine: rejected 6 of 10", page.text)


def test_the_json_has_every_figure(compared: Qualification, tmp_path: Path) -> None:
    kit_file = tmp_path / "kit.csv"
    kit_file.write_text("part,truth\n")
    write_report(compared, tmp_path, inputs={"Kit": kit_file}, judge="Model vial 3")
    report = json.loads((tmp_path / "qualification.json").read_text(encoding="utf-8"))
    assert Qualification.model_validate(report) == compared
    assert report["verdict"] == "NOT QUALIFIED"
    assert report["machine"]["reject_zone"]["rejected"] == 16
    assert report["provenance"]["Judged by"] == "Model vial 3"
    assert re.search(r"kit\.csv SHA-256 [0-9a-f]{64}$", report["provenance"]["Kit"])
    assert report["provenance"]["Version"]


def test_text_of_others_is_escaped(tmp_path: Path) -> None:
    rows = [
        KitRow(part=EVIL, truth=Truth.DEFECTIVE, label=EVIL, vial=1, region=EVIL),
        KitRow(part="B", truth=Truth.GOOD),
    ]
    patch = Patch(vial=1, region=EVIL, score=0.1, threshold=0.2, decision=Decision.PASS)
    passed = [
        Judgement(part=part, run=run, decision=Decision.PASS, patches=(patch,))
        for part in (EVIL, "B")
        for run in range(1, 11)
    ]
    people = [
        ManualInspection(part=part, inspector=EVIL, run=1, decision=decision)
        for part, decision in ((EVIL, Decision.REJECT), ("B", Decision.REJECT))
    ]
    page = written(qualify(kit_of(rows), passed, people), tmp_path)
    assert "script" not in page.tags
    assert page.text.count(EVIL) >= 5  # part, label, inspector twice or more, region


def test_pictures_of_misjudged_parts_are_shown_small(
    compared: Qualification, tmp_path: Path
) -> None:
    for name in "AB":
        cv2.imwrite(str(tmp_path / f"{name}.png"), np.full((900, 600, 3), 90, np.uint8))
    page = written(compared, tmp_path / "out", pictures=tmp_path)
    shown = [s.split(",")[1] for s in page.sources if s.startswith("data:image/png")]
    assert len(shown) == 1  # A is well classified, of D there is none
    data = np.frombuffer(base64.b64decode(shown[0]), np.uint8)
    assert cv2.imdecode(data, cv2.IMREAD_COLOR).shape == (360, 240, 3)
    assert "no picture" in page.text


def test_pictures_are_taken_from_the_folder_alone(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "outside.png"), np.zeros((4, 4), np.uint8))
    (tmp_path / "pictures").mkdir()
    outside = kit_of(
        [
            KitRow(part="../outside", truth=Truth.DEFECTIVE),
            KitRow(part="B", truth=Truth.GOOD),
        ]
    )
    answers = judgements({"../outside": "P", "B": "P"})
    found = qualify(outside, answers, runs=1)
    page = written(found, tmp_path / "out", pictures=tmp_path / "pictures")
    assert not [s for s in page.sources if s.startswith("data:image/png")]


def test_a_damaged_picture_leaves_no_report(compared: Qualification, tmp_path: Path) -> None:
    (tmp_path / "B.png").write_bytes(b"")
    for content in (b"", b"no picture"):
        (tmp_path / "B.png").write_bytes(content)
        with pytest.raises(UserError, match=r"B\.png is no picture that can be read"):
            write_report(compared, tmp_path / "out", pictures=tmp_path)
    with pytest.raises(UserError, match="is no folder"):
        write_report(compared, tmp_path / "out", pictures=tmp_path / "none")
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_written_leaves_the_old_report(
    compared: Qualification, tmp_path: Path
) -> None:
    write_report(compared, tmp_path)
    before = (tmp_path / "qualification.json").read_bytes()
    (tmp_path / "qualification.html.partial").mkdir()  # in the way of the second file
    with pytest.raises(UserError, match="cannot be written"):
        write_report(compared, tmp_path)
    assert (tmp_path / "qualification.json").read_bytes() == before
    assert not list(tmp_path.glob("*.json.partial"))


def test_a_machine_alone_is_not_called_good_or_bad(tmp_path: Path) -> None:
    alone = qualify(KIT, judgements(MACHINE))
    page = written(alone, tmp_path)
    assert verdict_of(alone).word == "NOT COMPARED"
    assert "does not show whether the machine does as well" in page.text
    assert "QUALIFIED" not in page.text
    assert page.tags.count("img") == 1


def test_without_a_reject_zone_the_verdict_says_so() -> None:
    people = inspections(dict.fromkeys("ABCD", rejected(1)))
    found = qualify(KIT, judgements(MACHINE), people)
    assert verdict_of(found).word == "NOT COMPARED"
    assert "rejected no part in 7 of 10 inspections" in verdict_of(found).sentence


def test_notes_tell_what_the_figures_do_not() -> None:
    machine = {name: letters[:9] for name, letters in MACHINE.items()}
    people = inspections({"A": rejected(1), "B": rejected(9), "C": rejected(8), "D": rejected(0)})
    found = qualify(KIT, judgements({**machine, "D": "UUUUPPPPP"}), people, runs=9)
    notes = " ".join(notes_of(found))
    assert "run 9 times, not 10 times" in notes
    assert "Undecided: 4 inspections of the machine." in notes
    assert "disagree on A, C" in notes
    same = qualify(KIT, judgements(PEOPLE), inspections(PEOPLE))
    assert notes_of(same) == []


def test_a_machine_that_rejects_more_good_parts_is_told() -> None:
    found = qualify(KIT, judgements({**PEOPLE, "C": rejected(3)}), inspections(PEOPLE))
    assert found.is_accepted is True  # 3 of 10 is still well classified
    assert notes_of(found) == [
        "The machine rejects more good parts than the inspectors: 20.00 % against 15.00 %."
    ]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (None, "–"),
        (0.0, "0.00 %"),
        (0.00001, "0.01 %"),
        (0.97, "97.00 %"),
        (0.99999, "99.99 %"),
        (1.0, "100.00 %"),
    ],
)
def test_nearly_all_is_never_written_as_all(share: float | None, text: str) -> None:
    assert percent(share) == text


def test_differences_are_in_points() -> None:
    assert points(-0.0345) == "−3.45 points"
    assert points(0.01) == "+1.00 points"
