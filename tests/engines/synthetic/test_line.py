"""Any part of a lot at any time, from one seed."""

import json

import numpy as np
import pytest

from engines.synthetic.line import RENDERERS, part_of, part_seed


def test_parts_do_not_depend_on_the_order_they_are_asked_for() -> None:
    forwards = [part_of(4, index, 0.5) for index in range(5)]
    backwards = [part_of(4, index, 0.5) for index in reversed(range(5))][::-1]
    for first, second in zip(forwards, backwards, strict=True):
        assert np.array_equal(first.pixels, second.pixels)
        assert first.labels == second.labels


def test_a_part_can_be_rendered_again_from_its_seed() -> None:
    part = part_of(4, 17, 1.0)
    again = RENDERERS["tile"].render(part.seed, part.labels[0])
    assert np.array_equal(part.pixels, again.pixels)


def test_the_rate_is_kept_and_labels_are_even() -> None:
    labels = [part_of(11, index, 0.5).labels for index in range(150)]
    assert 55 <= sum(1 for label in labels if label) <= 95
    assert {label[0] for label in labels if label} == set(RENDERERS["tile"].labels)


def test_a_higher_rate_keeps_the_defective_parts() -> None:
    for index in range(25):
        few, many = part_of(2, index, 0.2), part_of(2, index, 0.6)
        assert few.labels in ((), many.labels)


@pytest.mark.parametrize(("rate", "count"), [(0.0, 0), (1.0, 1)])
def test_none_and_all(rate: float, count: int) -> None:
    assert all(len(part_of(9, index, rate).labels) == count for index in range(12))


def test_seeds_survive_json_and_do_not_repeat() -> None:
    seeds = [part_seed(lot, index) for lot in range(20) for index in range(50)]
    assert len(set(seeds)) == len(seeds)
    assert all(int(float(json.dumps(seed))) == seed for seed in seeds)


@pytest.mark.parametrize(
    ("seed", "index", "rate", "product", "words"),
    [
        (-1, 0, 0.5, "tile", "0 or more"),
        (0, -1, 0.5, "tile", "0 or more"),
        (0, 0, 1.5, "tile", "between 0 and 1"),
        (0, 0, float("nan"), "tile", "between 0 and 1"),
        (0, 0, 0.5, "bottle", "choose from tile"),
    ],
)
def test_refuses_what_is_out_of_range(
    seed: int, index: int, rate: float, product: str, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        part_of(seed, index, rate, product)
