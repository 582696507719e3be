from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from engines.card import InputSpec
from training_cli.classifier.made import made_surfaces
from training_cli.classifier.run import ClassifierSettings
from training_cli.classifier.surfaces import divided, load_surfaces, with_real_defects
from training_cli.datasets.kolektor import read_kolektor
from training_cli.datasets.mvtec import read_mvtec
from training_cli.datasets.sample import FREE, Sample

SPEC = InputSpec(height=128, width=64)


def settings(layout: str, fold: int, folds: int = 4, seed: int = 0) -> ClassifierSettings:
    return ClassifierSettings.model_validate(
        {
            "data": "d",
            "layout": layout,
            "fold": fold,
            "folds": folds,
            "seed": seed,
            "backbone": "resnet50",
            "weights": "none",
            "height": 64,
            "width": 64,
            "epochs": 1,
            "batch": 2,
            "learning_rate": 1e-4,
        }
    )


def test_every_part_is_tested_once_and_stands_nowhere_else(kolektor: Path) -> None:
    samples = read_kolektor(kolektor)
    tested: list[str] = []
    for fold in range(4):
        split = divided(samples, settings("kolektor", fold))
        parts = [{s.tile for s in own} for own in (split.train, split.validation, split.test)]
        assert not parts[0] & parts[1]
        assert not parts[2] & (parts[0] | parts[1])
        assert set.union(*parts) == {s.tile for s in samples}
        assert any(s.label != FREE for s in split.test)
        assert any(s.label != FREE for s in split.validation)
        assert [len(own) for own in (split.train, split.validation, split.test)] == [24, 12, 12]
        tested += [s.name for s in split.test]
    assert sorted(tested) == sorted(s.name for s in samples)
    assert divided(samples, settings("kolektor", 0, seed=1)) != divided(
        samples, settings("kolektor", 0)
    )


def test_a_test_of_its_own_is_the_test() -> None:
    names = [f"{part}/{i}.png" for part in ("train", "test") for i in range(8)]
    samples = [Sample(n, Path(n), None, "defect" if "1" in n else FREE, n) for n in names]
    validated: list[str] = []
    for fold in range(4):
        split = divided(samples, settings("ksdd2", fold))
        assert [s.name for s in split.test] == names[8:]
        assert (len(split.train), len(split.validation)) == (6, 2)
        validated += [s.name for s in split.validation]
    assert sorted(validated) == names[:8]


def test_fewer_real_defects_lie_within_more_and_labels_take_turns(rendered: Path) -> None:
    samples = read_mvtec(rendered)
    chosen = [with_real_defects(samples, n, 3) for n in (0, 2, 4, None)]
    assert [sum(s.label != FREE for s in own) for own in chosen] == [0, 2, 4, 6]
    assert all(set(few) <= set(more) for few, more in pairwise(chosen))
    assert {s.label for s in chosen[1]} == {FREE, "crack", "spot"}


def test_surfaces_are_loaded_with_their_masks(rendered: Path) -> None:
    surfaces = load_surfaces(read_mvtec(rendered), SPEC)
    assert surfaces.pixels.shape == (10, 128, 64)
    assert surfaces.defective.sum() == 6
    assert np.array_equal(surfaces.masks.any((1, 2)), surfaces.defective)


@pytest.mark.parametrize("method", ["memseg", "cut-paste", "poisson"])
def test_made_defects_can_be_seen_and_depend_on_the_seed_alone(rendered: Path, method: str) -> None:
    samples = read_mvtec(rendered)
    good = [s for s in samples if s.label == FREE]
    defects = [s for s in samples if s.label != FREE]
    made = made_surfaces(method, 4, good, defects, SPEC, 5)  # type: ignore[arg-type]
    fewer = made_surfaces(method, 2, good, defects, SPEC, 5)  # type: ignore[arg-type]
    assert made.defective.all()
    assert made.masks.any((1, 2)).all()
    assert np.array_equal(made.pixels[:2], fewer.pixels)
    sources = load_surfaces([s for m in made.samples for s in good if s.tile == m.tile], SPEC)
    changed = np.abs(made.pixels.astype(int) - sources.pixels)
    inside = made.masks > 0
    assert changed[inside].mean() > 4 * changed[~inside].mean()
