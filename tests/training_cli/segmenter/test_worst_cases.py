from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from training_cli.datasets.sample import Images, Sample
from training_cli.segmenter import worst_cases
from training_cli.segmenter.evaluation import Judged
from training_cli.segmenter.worst_cases import FALSE, MISSED, MOST, draw_worst_cases
from training_cli.sheet import Case, aspect_of

NOTHING = np.zeros((1, 8, 8), np.uint8)


def judged(label: str, is_rejected: bool, weight: float, iou: float = 0.5) -> Judged:
    sample = Sample("0", Path(), None, label, "0")
    return Judged(sample, label != "free", is_rejected, weight, iou, NOTHING)


def drawn(
    results: list[Judged], monkeypatch: pytest.MonkeyPatch
) -> tuple[list[Case], list[str], np.ndarray]:
    """The cases in their order, the lines above them, and the sheet."""
    seen: list[tuple[list[Case], list[str]]] = []
    draw = worst_cases.draw_sheet

    def look(cases: list[Case], heading: str, lines: list[str], classes: list[str]) -> np.ndarray:
        seen.append((cases, lines))
        return draw(cases, heading, lines, classes)

    monkeypatch.setattr(worst_cases, "draw_sheet", look)
    pixels = np.full((len(results), 8, 8), 99, np.uint8)
    labels = np.array([0 if j.is_defective else -1 for j in results], np.int64)
    images = Images(tuple(j.sample for j in results), pixels, np.zeros_like(pixels), labels)
    sheet = draw_worst_cases(images, results, ["a"], "Heading")
    return *seen[0], sheet


def test_missed_come_before_false_rejects_before_low_overlaps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    results = [
        judged("free", False, 0.1),
        judged("a", True, 1.2, 0.9),
        judged("a", True, 1.9, 0.2),
        judged("free", True, 1.1),
        judged("free", True, 1.7),
        judged("a", False, 0.8),
        judged("a", False, 0.3),
    ]
    cases, lines, sheet = drawn(results, monkeypatch)
    assert [(c.title, c.note) for c in cases] == [
        ("a: missed", "score 0.30, IoU 0.50"),
        ("a: missed", "score 0.80, IoU 0.50"),
        ("free: false reject", "score 1.70"),
        ("free: false reject", "score 1.10"),
        ("a: found", "score 1.90, IoU 0.20"),
        ("a: found", "score 1.20, IoU 0.90"),
    ]
    assert [c.is_wrong for c in cases] == [True] * 4 + [False] * 2
    assert "2 of 4 defective images missed (2 shown" in lines[0]
    assert "2 of 3 free images falsely rejected (2 shown)" in lines[0]
    assert sheet.dtype == np.uint8


def test_no_kind_of_failure_crowds_out_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    results = [judged("a", False, 0.5)] * 60 + [judged("free", True, 1.5)] * 60
    results += [judged("a", True, 1.5)] * 60
    cases, lines, _ = drawn(results, monkeypatch)
    assert len(cases) == MOST
    titles = [c.title for c in cases]
    assert (titles.count("a: missed"), titles.count("free: false reject")) == (MISSED, FALSE)
    assert "60 of 120 defective images missed (20 shown" in lines[0]


def test_where_nothing_is_wrong_there_is_a_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    cases, _, sheet = drawn([judged("free", False, 0.2)], monkeypatch)
    assert cases == []
    assert sheet.shape[0] > 50


def test_proportions_are_those_of_the_photograph(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((30, 60), np.uint8))
    square = np.zeros((8, 8), np.uint8)
    assert aspect_of(Sample("a", tmp_path / "a.png", None, "free", "a"), square) == 2.0
    assert aspect_of(Sample("a", tmp_path / "gone.png", None, "free", "a"), square) == 1.0
