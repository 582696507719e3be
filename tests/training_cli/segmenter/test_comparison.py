"""Comparisons of methods, from data to table and picture."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from filelock import FileLock

from tests.training_cli.command import QUICK, run
from training_cli.datasets.split import SplitRule
from training_cli.segmenter.comparison import Cell, Grid, Pool
from training_cli.segmenter.optimisation import Segmentation
from training_cli.segmenter.run import Method, Settings, read_run

SHORT = (*QUICK, "--weights", "none", "--epochs", 3, "--validations", 2)
GRID = ("--methods", "dli,bce", "--seeds", 2, "--fractions", "50,100", *SHORT)
CELLS = 2 * 2 * 2


@pytest.fixture(scope="module")
def compared(tiles_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("comparisons") / "whole"
    assert run("compare", "tile", "--data", tiles_folder, "--out", out, *GRID) == 0
    return out


def cells_of(out: Path) -> dict[str, Cell]:
    found = (out / "cells").glob("*.json")
    return {path.stem: Cell.model_validate_json(path.read_text()) for path in found}


def grid_of(data: Path, split: SplitRule) -> Grid:
    settings = Settings(
        data=data,
        extra=None,
        split=split,
        method=Method.DLI,
        encoder="tf_efficientnet_lite0",
        weights="none",
        size=64,
        crop=64,
        epochs=1,
        batch=8,
        learning_rate=1e-3,
        seed=0,
    )
    methods = (Method.DLI, Method.BCE)
    return Grid("tile", settings, methods, ("tf_efficientnet_lite0",), (0.5, 1.0), 2, 6)


def test_every_cell_is_fitted_once_and_judged_at_the_end(compared: Path) -> None:
    cells = cells_of(compared)
    assert len(cells) == CELLS
    assert "dli-tf_efficientnet_lite0-50-1" in cells
    for cell in cells.values():
        assert [v.epoch for v in cell.validations] == [2, 3]
        assert cell.best.pooled == max(v.pooled for v in cell.validations)
        assert cell.batches_per_s > 0
        assert set(cell.last.classes) == {"blowhole", "break", "crack", "fray", "uneven"}
    assert not list(compared.rglob("*.ckpt")) + list(compared.rglob("*.safetensors"))


def test_the_table_holds_mean_and_deviation_over_the_seeds(compared: Path) -> None:
    cells = cells_of(compared)
    report = json.loads((compared / "comparison.json").read_text())
    page = (compared / "comparison.md").read_text()
    assert len(report["groups"]) == CELLS // 2
    for group in report["groups"]:
        percent = f"{100 * group['fraction']:g}"
        name = f"{group['method']}-{group['encoder']}-{percent}"
        for when in ("best", "last"):
            pooled = [getattr(cells[f"{name}-{seed}"], when).pooled for seed in (0, 1)]
            spread = group[when]["pooled"]
            assert spread["mean"] == pytest.approx(np.mean(pooled))
            assert spread["std"] == pytest.approx(abs(pooled[0] - pooled[1]) / np.sqrt(2))
            assert f"{spread['mean']:.3f} ± {spread['std']:.3f}" in page
    assert "2 seeds" in page
    assert "3 epochs" in page
    assert "by physical tile" in page
    assert "| method | tf_efficientnet_lite0, 50 % | tf_efficientnet_lite0, 100 % |" in page


def test_the_picture_has_bars_and_lines(compared: Path) -> None:
    picture = cv2.imread(str(compared / "comparison.png"))
    assert picture.shape[0] > 600
    assert picture.std() > 10


def test_an_interrupted_grid_goes_on_with_what_is_missing(
    compared: Path, tiles_folder: Path, tmp_path: Path
) -> None:
    command = ("compare", "tile", "--data", tiles_folder, "--out", tmp_path, *GRID)
    step, steps = Segmentation.training_step, 0

    def dies(self: Segmentation, batch: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        nonlocal steps
        steps += 1
        if steps == 8:
            raise MemoryError
        return step(self, batch)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Segmentation, "training_step", dies)
        with pytest.raises(MemoryError):
            run(*command)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "cells").glob("*.json")}
    assert 0 < len(before) < CELLS
    assert not (tmp_path / "comparison.md").exists()
    assert run(*command) == 0
    assert all(path.stat().st_mtime_ns == changed for path, changed in before.items())
    whole, resumed = cells_of(compared), cells_of(tmp_path)
    assert {n: c.validations for n, c in whole.items()} == {
        n: c.validations for n, c in resumed.items()
    }


def test_a_cell_that_another_process_fits_is_left_to_it(
    compared: Path, tiles_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "shared"
    shutil.copytree(compared, out)
    cell = out / "cells" / "bce-tf_efficientnet_lite0-100-0.json"
    for path in (cell, out / "comparison.md"):
        path.unlink()
    command = ("compare", "tile", "--data", tiles_folder, "--out", out, *GRID)
    with FileLock(cell.with_suffix(".lock")):
        assert run(*command) == 0
        assert "1 of 8 cells are being fitted elsewhere" in capsys.readouterr().out
        assert not cell.exists()
    assert run(*command) == 0
    assert cells_of(out)[cell.stem].validations == cells_of(compared)[cell.stem].validations
    assert (out / "comparison.md").is_file()


def test_a_cell_comes_to_what_a_fit_comes_to(tiles_folder: Path, tmp_path: Path) -> None:
    data = ("--data", tiles_folder, *QUICK, "--weights", "none", "--epochs", 2)
    assert run("fit", "tile", "--out", tmp_path / "fit", "--method", "bce", *data) == 0
    grid = ("--methods", "bce", "--seeds", 1)
    assert run("compare", "tile", "--out", tmp_path / "grid", *grid, *data) == 0
    (cell,) = cells_of(tmp_path / "grid").values()
    best = read_run(tmp_path / "fit").metrics["best_validation_iou"]
    assert cell.best.pooled == pytest.approx(best, abs=1e-6)
    assert len(cell.validations) == 2


@pytest.mark.parametrize("split", list(SplitRule))
def test_methods_share_their_images_and_seeds_do_not(tiles_folder: Path, split: SplitRule) -> None:
    grid = grid_of(tiles_folder, split)
    pool = Pool.read(grid)
    seen: dict[tuple[int, float], set[tuple[str, ...]]] = {}
    for settings in grid.cells():
        data = pool.divided(settings)
        names = tuple(s.name for s in (*data.train.samples, *data.validation.samples))
        seen.setdefault((settings.seed, settings.fraction), set()).add(names)
        labels = {s.name: pool.images.labels[i] for i, s in enumerate(pool.images.samples)}
        assert [labels[s.name] for s in data.train.samples] == data.train.labels.tolist()
    assert [len(names) for names in seen.values()] == [1] * 4
    # By tile a single one of each class is left to train on, which is the least.
    assert len(set.union(*seen.values())) == (2 if split is SplitRule.TILE else 4)


def test_others_cells_are_refused(
    compared: Path, tiles_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compare = ("compare", "tile", "--out", compared, *GRID)
    assert run(*compare, "--data", tiles_folder, "--epochs", 4) == 2
    assert "other epochs" in capsys.readouterr().err
    other = tmp_path / "other"
    shutil.copytree(tiles_folder, other)
    with (other / "tiles.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    with (other / "tiles.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows[:-1])
    assert run(*compare, "--data", other) == 2
    assert "other data" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (("--methods", "dli,magic"), 2, "no method 'magic'"),
        (("--methods", ","), 2, "names nothing"),
        (("--fractions", "10,110"), 2, "'110' is no percentage"),
        (("--fractions", "half"), 2, "'half' is no percentage"),
        (("--encoders", "tf_efficientnet_lite0,no"), 2, "no encoder 'no'"),
        (("--encoders", "resnet18", "--weights", "lite0"), 2, "lite0 are of tf_efficientnet_lite0"),
        (("--size", "100"), 2, "multiples of 8"),
        (("--out", "FILE"), 3, "cannot be written"),
    ],
)
def test_mistakes_get_one_sentence_before_anything_is_fitted(
    options: tuple[str, ...],
    code: int,
    sentence: str,
    tiles_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").touch()
    asked = [str(tmp_path / "file") if o == "FILE" else o for o in options]
    out = tmp_path / "out"
    assert run("compare", "tile", "--data", tiles_folder, "--out", out, *SHORT, *asked) == code
    assert sentence in capsys.readouterr().err
    assert not list(out.rglob("*.json"))


def test_a_damaged_cell_is_named(
    compared: Path, tiles_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "damaged"
    shutil.copytree(compared, out)
    (out / "cells" / "bce-tf_efficientnet_lite0-100-0.json").write_text("{")
    assert run("compare", "tile", "--data", tiles_folder, "--out", out, *GRID) == 3
    assert "bce-tf_efficientnet_lite0-100-0.json does not hold" in capsys.readouterr().err
