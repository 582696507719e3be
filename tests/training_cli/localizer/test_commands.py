"""Fitting, judging and exporting localizers, as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from engines.catalog import open_engine
from engines.chip_localizer import Chip, ChipLocalizer, Tolerances
from engines.engine import View
from engines.runtime import open_model
from tests.training_cli.command import run
from tests.training_cli.localizer.conftest import FIT
from training_cli.localizer.boards import read_pictures
from training_cli.localizer.judging import judge_boards
from training_cli.localizer.report import boards_of
from training_cli.localizer.run import read_localizer_run
from training_cli.localizer.serving import load_served, running

FROZEN = (*FIT, "--frozen-stages", "5", "--epochs", "2")


def test_a_frozen_backbone_stays_as_it_is_and_two_fits_agree(boards: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert run("fit", "chip", "--data", boards, "--out", tmp_path / name, *FROZEN) == 0
    one, other = (load_file(tmp_path / name / "last.safetensors") for name in ("a", "b"))
    assert all(torch.equal(one[name], other[name]) for name in one)
    torch.manual_seed(0)
    begun = read_localizer_run(tmp_path / "a").settings.network().state_dict()
    kept = {name: torch.equal(begun[name], one[name]) for name in one}
    assert all(kept[name] for name in one if name.startswith("backbone."))
    assert not all(kept[name] for name in one if name.startswith("head."))


def test_a_fit_that_was_interrupted_goes_on_as_if_it_had_not_been(
    boards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training_cli.localizer.optimisation import Localization

    arguments = ("fit", "chip", "--data", boards, *FROZEN)
    assert run(*arguments, "--out", tmp_path / "whole") == 0
    begin = Localization.on_validation_epoch_start

    def stop(self: Localization) -> None:
        begin(self)
        if self.trainer.current_epoch == 1:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Localization, "on_validation_epoch_start", stop)
        assert run(*arguments, "--out", tmp_path / "halves") != 0
    assert run(*arguments, "--out", tmp_path / "halves", "--resume") == 0
    one, other = (load_file(tmp_path / n / "last.safetensors") for n in ("whole", "halves"))
    assert all(torch.allclose(one[name].float(), other[name].float(), atol=1e-6) for name in one)


def test_boards_are_divided_and_the_error_of_the_centre_is_reported(
    fitted: Path, boards: Path
) -> None:
    record = read_localizer_run(fitted)
    shown = [board for own in record.subsets.values() for board in own]
    assert sorted(shown) == [0, 1, 2]
    assert record.metrics["validation/centre_px"] < 20
    assert run("evaluate", fitted, "--subset", "validation") == 0
    figures = json.loads((fitted / "evaluation-validation.json").read_text())
    assert figures["boards"] == 1
    assert figures["pictures"] == 8
    assert set(figures["rejected"]) <= {"good", "displaced", "rotated", "missing", "wrong"}
    # The fit measures it in bfloat16.
    measured = figures["centre_px"]["mean"]
    assert measured == pytest.approx(record.metrics["validation/centre_px"], rel=0.2, abs=0.5)
    assert (fitted / "evaluation-validation.png").is_file()


def test_a_model_is_exported_and_locates_as_the_trained_network(
    fitted: Path, boards: Path, tmp_path: Path
) -> None:
    out = tmp_path / "chip.onnx"
    assert run("export", fitted, "--out", out) == 0
    card = open_model(out).card
    assert (card.engine, card.input.shape) == ("chip_localizer", (1, 64, 64, 3))
    assert "centre_px" in card.provenance.metrics["test"]
    record = read_localizer_run(fitted)
    judged = judge_boards(running(load_served(fitted, record)), boards_of(record, "test", None), 64)
    picture = judged.boards.pictures[0]
    chip = Chip("U1", picture.nominal, Tolerances(5, 2, 5), 0, 0, 512, 512)
    engine = open_engine(out, view=View(size=(512, 512)), chips=[chip])
    assert isinstance(engine, ChipLocalizer)
    image = cv2.imread(str(boards / picture.file), cv2.IMREAD_COLOR_RGB)
    (found,) = engine.locate(np.asarray(image, np.uint8))
    assert np.allclose(found.corners, judged.located(0).corners, atol=0.1)
    assert found.presence == pytest.approx(judged.located(0).presence, abs=1e-3)
    assert run("evaluate", fitted, "--model", out, "--out", tmp_path / "report") == 0
    assert (tmp_path / "report" / "evaluation-test.json").is_file()


def test_other_boards_are_judged_apart(
    fitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    chip = ("synthesize", "chip", "--count", 2, "--boards", 2, "--first-board", 90)
    assert run(*chip, "--out", other) == 0
    assert run("evaluate", fitted, "--unseen", other, "--out", tmp_path / "report") == 0
    written = {path.name for path in (tmp_path / "report").iterdir()}
    assert written == {"evaluation-unseen.json", "evaluation-unseen.png"}
    figures = json.loads((tmp_path / "report" / "evaluation-unseen.json").read_text())
    assert (figures["pictures"], figures["boards"]) == (2, 2)
    capsys.readouterr()
    assert run("evaluate", fitted, "--data", other) == 3
    assert "judge others with --unseen" in capsys.readouterr().err


def test_pictures_are_made_of_photographs(tmp_path: Path, photos: Path) -> None:
    out = tmp_path / "run"
    assert run("fit", "chip", "--photos", photos, "--count", 6, "--out", out, *FROZEN) == 0
    pictures = read_pictures(out / "pictures")
    assert len(pictures) == 6
    assert {picture.board for picture in pictures} == {0, 1, 2}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "either --data or --photos"),
        (("--data", "none"), "labels.jsonl cannot be read"),
        (("--data", "none", "--count", "9"), "--count is for --photos"),
        (("--data", "none", "--size", "100"), "multiple of 32"),
        (("--data", "none", "--backbone", "mobilenet"), "timm has no backbone"),
        (("--data", "none", "--head", "dense", "--first-stage", "2"), "leave it out"),
        (("--data", "none", "--resume"), "no last.ckpt"),
    ],
)
def test_a_mistake_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], words: str
) -> None:
    code = run("fit", "chip", "--out", tmp_path / "run", "--weights", "none", *options)
    assert code in (2, 3)
    assert words in capsys.readouterr().err
