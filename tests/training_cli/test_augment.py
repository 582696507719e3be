"""`inspector-train augment`: sets of made pictures, looked through and used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engines.synthetic.dataset import write_dataset
from tests.training_cli.command import QUICK, run
from training_cli.augmentation.provenance import read_drops, read_origins
from training_cli.datasets.mvtec import read_mvtec

pipeline_runs = pytest.mark.filterwarnings(  # diffusers' schedulers under numpy 2
    "ignore:__array__ implementation:DeprecationWarning"
)
PAINT = ("--steps", 2, "--resolution", 64, "--guidance-scale", 3, "--device", "cpu")


@pytest.fixture(scope="module")
def tiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "tiles"
    write_dataset("tile", folder, 16, 1)
    return folder


@pytest.mark.parametrize("method", ["memseg", "cut-paste", "poisson"])
def test_a_set_is_made_looked_at_and_thinned_out(
    method: str, tiles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "made"
    assert run("augment", method, "--data", tiles, "--out", out, "--count", 4, "--seed", 2) == 0
    assert f"{out}: 4 pictures" in capsys.readouterr().out
    assert {origin.method for origin in read_origins(out)} == {method}
    with Image.open(out / "review-1.png") as sheet:
        first = np.asarray(sheet)
    assert run("augment", "drop", out, 2, 4, "--reason", "too large") == 0
    assert [d.reason for d in read_drops(out)] == ["too large"] * 2
    assert len(read_mvtec(out)) == 2
    assert run("augment", "review", out) == 0
    with Image.open(out / "review-1.png") as sheet:
        assert first.shape != np.asarray(sheet).shape or (first != np.asarray(sheet)).any()


@pipeline_runs
@pytest.mark.parametrize("masks", ["defect", "perlin", "region"])
def test_defects_are_painted_from_the_experts_words(
    masks: str, tiles: Path, tiny_pipeline: Path, tmp_path: Path
) -> None:
    good = sorted((tiles / "train" / "good").iterdir())[0]
    with Image.open(good) as picture:
        width, height = picture.size
    region = {"polygon": [[5, 5], [60, 5], [60, 90], [5, 90]], "description": "copper"}
    drawn = {
        "picture": good.relative_to(tiles).as_posix(),
        "width": width,
        "height": height,
        "regions": [{**region, "negative": "plain"}],
    }
    guidance = tmp_path / "guidance.json"
    guidance.write_text(
        json.dumps({"format": "inspector-guidance", "version": 1, "pictures": [drawn]})
    )
    out = tmp_path / "made"
    diag = ("augment", "diag", "--data", tiles, "--out", out, "--count", 2, *PAINT)
    assert run(*diag, "--pipeline", tiny_pipeline, "--guidance", guidance, "--masks", masks) == 0
    for origin in read_origins(out):
        assert origin.mask_source == masks
        assert origin.inpainting is not None
        assert origin.inpainting.prompt == "copper"
        assert origin.inpainting.negative_prompt == "plain"
        assert origin.inpainting.pipeline == str(tiny_pipeline)
        with Image.open(origin.source.file) as before, Image.open(out / origin.file) as after:
            assert after.mode == before.mode == "L"
            changed = np.argwhere(np.asarray(before) != np.asarray(after))
        assert changed.min() >= 5
        assert changed.max(0)[0] <= 90
        assert changed.max(0)[1] <= 60


@pipeline_runs
def test_prompts_take_turns(tiles: Path, tiny_pipeline: Path, tmp_path: Path) -> None:
    out = tmp_path / "made"
    diag = ("augment", "diag", "--data", tiles, "--out", out, "--count", 3, *PAINT)
    words = ("--prompt", "white marks", "--prompt", "copper", "--negative-prompt", "plain")
    assert run(*diag, "--pipeline", tiny_pipeline, *words, "--label", "mark") == 0
    painted = [origin.inpainting for origin in read_origins(out)]
    assert [p.prompt for p in painted if p] == ["white marks", "copper", "white marks"]
    assert (painted[0].strength, painted[0].steps, painted[0].padding) == (0.99, 2, 2)


def test_a_network_is_fitted_on_made_pictures_but_not_on_those_of_its_test(
    tiles_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, out = tmp_path / "made", tmp_path / "run"
    augment = ("augment", "cut-paste", "--layout", "magnetic-tiles", "--data", tiles_folder)
    assert run(*augment, "--out", made, "--count", 30) == 0
    capsys.readouterr()
    fit = ("fit", "tile", "--data", tiles_folder, "--extra", made, "--out", out, "--epochs", 1)
    assert run(*fit, *QUICK) == 0
    record = json.loads((out / "run.json").read_text())
    held = {*record["subsets"]["validation"], *record["subsets"]["test"]}
    spoilt = sum(
        any(source.file.name in held for source in (o.source, o.defect) if source)
        for o in read_origins(made)
    )
    assert 0 < spoilt < 30
    assert f"{spoilt} of 30 extra pictures left out" in capsys.readouterr().out


def test_mistakes_get_one_sentence_and_a_code(
    tiles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good_only, out = tmp_path / "good", tmp_path / "out"
    (good_only / "train").mkdir(parents=True)
    (good_only / "train" / "good").symlink_to(tiles / "train" / "good")
    (good_only / "file").touch()
    common = ("--out", out, "--count", 1)
    paint = ("diag", "--data", tiles, "--pipeline", "nowhere/at/all", *common)
    for arguments, code, sentence in (
        (("memseg", "--data", tmp_path, *common), 3, "holds no images in train/good"),
        (("poisson", "--data", good_only, *common), 3, "has no real defect with a mask to put"),
        (("memseg", "--data", tiles, "--label", "good", *common), 2, "--label 'good' is no class"),
        (("memseg", "--data", tiles, "--textures", tmp_path / "x", *common), 3, "holds no pict"),
        (("memseg", "--data", tiles, "--out", tiles, "--count", 1), 3, "is not an empty folder"),
        (
            ("memseg", "--data", tiles, "--guidance", "no.json", *common),
            3,
            "no.json cannot be read",
        ),
        ((*paint, "--resolution", 100), 2, "--resolution 100 is no multiple of 64"),
        (
            ("memseg", "--data", tiles, "--out", good_only / "file" / "x", "--count", 1),
            3,
            "0 are do",
        ),
        (("review", tmp_path), 3, "holds no provenance.jsonl"),
        (("drop", tmp_path, 1), 3, "holds no provenance.jsonl"),
    ):
        assert run("augment", *arguments) == code, arguments
        assert sentence in capsys.readouterr().err
    assert not out.exists()


def test_words_are_asked_for(
    tiles: Path, tiny_pipeline: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "made"
    diag = ("augment", "diag", "--data", tiles, "--out", out, "--count", 1, *PAINT)
    assert run(*diag, "--pipeline", tiny_pipeline) == 2
    assert "diag paints from words: give --prompt" in capsys.readouterr().err
    words = ("--prompt", "white", "--masks", "region")
    assert run(*diag, "--pipeline", tiny_pipeline, *words) == 2
    assert "--masks region takes the regions of a --guidance file" in capsys.readouterr().err
    assert not out.exists()


def test_a_picture_that_was_changed_since_is_not_shown_as_made(
    tiles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "made"
    assert run("augment", "memseg", "--data", tiles, "--out", out, "--count", 1) == 0
    Image.new("L", (50, 50)).save(out / "test" / "defect" / "000001.png")
    assert run("augment", "review", out) == 3
    assert "is not the picture that was made" in capsys.readouterr().err


def test_without_diffusers_it_says_what_to_install(tiles: Path, tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['diffusers'] = None; from training_cli.app import main; main()"
    )
    diag = ("--data", tiles, "--out", tmp_path / "out", "--count", "1", "--prompt", "white")
    tried = subprocess.run(
        [sys.executable, "-c", script, "augment", "diag", *map(str, diag), "--pipeline", "a/b"],
        capture_output=True,
        text=True,
    )
    assert tried.returncode == 2
    assert "diffusers is missing: pip install 'line-inspector[train,diffusion]'" in tried.stderr
