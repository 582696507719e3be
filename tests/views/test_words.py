from __future__ import annotations

from xml.etree import ElementTree

import pytest

from engines.verdict import Box, Decision, Finding, Verdict
from inspector_gui.acquisition.camera import CameraState, CameraStatus
from inspector_gui.inspection import health
from inspector_gui.inspection.reasons import SENTENCE, Reason
from inspector_gui.inspection.status import Counters, Level, StationState
from inspector_gui.views import language, words


def reject(*labels: str, region: str = "part") -> Verdict:
    findings = tuple(
        Finding(label, 0.73, 0.5, Box(0, 0, 9, 9), 1412, region=region) for label in labels
    )
    return Verdict(Decision.REJECT, 0.73, 0.5, findings)


def test_first_finding_is_said_with_its_region_and_how_many_more() -> None:
    assert words.findings_line(reject("crack")) == "Crack"
    assert words.findings_line(reject("crack", region="R2")) == "Crack, R2"
    assert words.findings_line(reject("crack", "fray", "fray")) == "Crack, and 2 more"
    assert words.detail_line(reject("crack")) == "1,412 pixels"


def test_undecided_says_why() -> None:
    verdict = Verdict.undecided(Reason.OVERRUN, SENTENCE[Reason.OVERRUN])
    assert words.findings_line(verdict) == "Too fast"
    assert words.detail_line(verdict) == SENTENCE[Reason.OVERRUN]


def test_decisions_are_told_apart_by_word() -> None:
    assert len({words.decision(d) for d in Decision}) == len(Decision)


@pytest.mark.usefixtures("german")
def test_everything_foreseen_is_said_in_german() -> None:
    said = [words.decision(d) for d in Decision]
    assert said == ["GUT", "AUSSCHUSS", "UNKLAR"]
    for reason in Reason:
        assert words.reason(reason) != reason
    for state in StationState:
        assert words.state(state) != str(state)
    for sentence in SENTENCE.values():
        assert words.sentence(sentence) != sentence
    for level in Level:
        assert words.level(level)


@pytest.mark.usefixtures("german")
def test_health_is_said_in_german_with_its_figures() -> None:
    lost = CameraStatus(CameraState.LOST)
    gaps = CameraStatus(CameraState.STREAMING, gaps=1204)
    bad = Counters(overruns=3, images_not_kept=7)
    lines = [
        *(health._camera(camera) for camera in (lost, gaps, CameraStatus(CameraState.READY))),
        *(health._engine(counters) for counters in (bad, Counters())),
        *(health._record(counters) for counters in (bad, Counters())),
        *health._DISK.values(),
    ]
    for line in lines:
        assert words.sentence(line.text) != line.text
        assert not line.remedy or words.sentence(line.remedy) != line.remedy
    assert words.sentence(lines[1].text).startswith("1.204 Bilder")


def test_every_text_has_a_finished_german_translation() -> None:
    tree = ElementTree.parse(language.FOLDER / "inspector_de.ts")
    messages = list(tree.iter("message"))
    assert len(messages) > 80
    for message in messages:
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, message.findtext("source")
        assert translation.text
