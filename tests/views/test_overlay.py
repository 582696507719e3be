from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.verdict import AnomalyMap, Box, Decision, Finding, Verdict
from inspector_gui.views.overlay import (
    COLOURS,
    MOST_LABELS,
    Area,
    against_threshold,
    heatmap_of,
    overlay_of,
    place_labels,
)


def values(*numbers: float) -> AnomalyMap:
    return AnomalyMap(np.array([numbers], np.float32))


def finding(x: int = 10, outline: tuple[tuple[int, int], ...] = ()) -> Finding:
    return Finding("crack", 0.8, 0.5, Box(x, 20, 30, 40), 500, outline)


def test_same_value_has_same_colour_whatever_else_is_in_the_map() -> None:
    calm, wild = heatmap_of(values(0.6, 0.0)), heatmap_of(values(0.6, 1.0, 0.3))
    assert tuple(calm[0, 0]) == tuple(wild[0, 0])


def test_below_half_the_threshold_nothing_is_seen() -> None:
    alpha = heatmap_of(values(0.0, 0.1, 0.249, 0.4, 0.5, 1.0))[0, :, 3]
    assert list(alpha[:3]) == [0, 0, 0]
    assert 0 < alpha[3] < 255
    assert list(alpha[4:]) == [255, 255]


def test_a_map_of_which_nothing_would_be_seen_is_not_drawn() -> None:
    def heatmap(*numbers: float) -> object:
        verdict = Verdict(Decision.PASS, 0.1, 0.5, anomaly_map=values(*numbers))
        return overlay_of(verdict, lambda f: f.label).heatmap

    assert heatmap(0.0, 0.25) is None
    assert heatmap(0.0, 0.26) is not None
    assert heatmap(0.0, np.nan) is not None


def test_brightness_rises_with_the_value() -> None:
    luma = COLOURS[:, :3] @ np.array([0.2126, 0.7152, 0.0722])
    assert np.all(np.diff(luma) > -1.0)
    assert luma[255] > luma[128] > luma[64]


def test_what_is_not_a_number_is_as_suspicious_as_can_be() -> None:
    shown = heatmap_of(values(np.nan, -3.0, 7.0))
    assert tuple(shown[0, 0]) == tuple(shown[0, 2]) == tuple(COLOURS[255])
    assert shown[0, 1, 3] == 0


def test_outline_of_four_points_is_a_located_rectangle() -> None:
    square = ((11, 21), (30, 25), (28, 50), (9, 46))
    outlines = (square, square[:3], ())
    verdict = Verdict(Decision.REJECT, 0.8, 0.5, tuple(finding(outline=o) for o in outlines))
    marks = overlay_of(verdict, lambda f: f.label).marks
    assert [mark.has_corners for mark in marks] == [True, False, False]


def test_outline_is_drawn_where_there_is_one_and_the_rectangle_else() -> None:
    ring = ((11, 21), (30, 25), (20, 50))
    verdict = Verdict(Decision.REJECT, 0.8, 0.5, (finding(outline=ring), finding(100)))
    first, second = overlay_of(verdict, lambda f: f.label).marks
    assert first.points == ring
    assert second.points == ((100, 20), (130, 20), (130, 60), (100, 60))
    assert first.label == "crack"


def test_only_the_strongest_findings_are_labelled() -> None:
    verdict = Verdict(Decision.REJECT, 0.8, 0.5, tuple(finding(40 * n) for n in range(30)))
    labelled = [mark for mark in overlay_of(verdict, lambda f: f.label).marks if mark.label]
    assert len(labelled) == MOST_LABELS


@pytest.mark.parametrize(
    ("score", "threshold", "place"),
    [(0.0, 0.3, 0.0), (0.3, 0.3, 0.5), (1.0, 0.3, 1.0), (0.15, 0.3, 0.25), (1.0, 1.0, 0.5)],
)
def test_threshold_stands_in_the_middle(score: float, threshold: float, place: float) -> None:
    assert against_threshold(score, threshold) == pytest.approx(place)


@given(st.floats(0, 1), st.floats(0.01, 0.99))
def test_bar_and_heatmap_agree(score: float, threshold: float) -> None:
    one = np.array([[score]], np.float32)
    scaled = AnomalyMap.from_scores(one, threshold).values[0, 0]
    assert against_threshold(score, threshold) == pytest.approx(float(scaled), abs=1e-4)


areas = st.builds(Area, st.floats(0, 700), st.floats(0, 400), st.floats(1, 200), st.floats(1, 200))


@given(st.lists(areas, min_size=1, max_size=6))
def test_labels_never_cover_a_finding_or_each_other_and_stay_inside(boxes: list[Area]) -> None:
    bounds = Area(0, 0, 800, 500)
    places = place_labels(boxes, [(90, 22)] * len(boxes), bounds, 4)
    chips = [place for place in places if place is not None]
    for number, chip in enumerate(chips):
        assert bounds.holds(chip)
        assert not any(chip.meets(box) for box in boxes)
        assert not any(chip.meets(other) for other in chips[:number])


def test_a_label_stands_beside_its_finding() -> None:
    (place,) = place_labels([Area(300, 200, 50, 50)], [(90, 22)], Area(0, 0, 800, 500), 4)
    assert place == Area(300, 174, 90, 22)
    (place,) = place_labels([Area(0, 0, 800, 500)], [(90, 22)], Area(0, 0, 800, 500), 4)
    assert place is None


def test_a_located_rectangle_shows_where_it_belongs_and_how_far_it_has_moved() -> None:
    place = ((10, 20), (30, 20), (30, 50), (10, 50))
    found = ((14, 23), (34, 23), (34, 53), (14, 53))
    there = Finding("displaced", 0.8, 0.5, Box(14, 23, 21, 31), 600, found, nominal=place)
    verdict = Verdict(Decision.REJECT, 0.8, 0.5, (there, finding(outline=found)))
    one, other = overlay_of(verdict, lambda f: f.label).marks
    assert one.nominal == place
    assert one.displacement == ((20, 35), (24, 38))
    assert (other.nominal, other.displacement) == ((), None)
    assert not one.is_within


def test_what_lies_where_it_belongs_is_shown_without_a_word() -> None:
    place = ((10, 20), (30, 20), (30, 50), (10, 50))
    there = Finding("displaced", 0.1, 0.5, Box(10, 20, 21, 31), 600, place, nominal=place)
    verdict = Verdict(Decision.PASS, 0.1, 0.5, within=(there,))
    (mark,) = overlay_of(verdict, lambda f: f.label).marks
    assert (mark.points, mark.nominal, mark.label) == (place, place, "")
    assert mark.is_within
    assert mark.has_corners
