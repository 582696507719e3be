"""Boards on disk: pictures in colour, and a line of truth for each."""

import json
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.synthetic.board import BoardRenderer
from engines.synthetic.board_files import write_boards

BOARDS = [BoardRenderer(number) for number in (4, 5)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("parts") / "new" / "boards é"
    write_boards(BOARDS, out, 16, seed=6)
    return out


def records(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def read(path: Path) -> np.ndarray:
    pixels = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR_RGB)
    assert pixels is not None
    return pixels


def test_labels_are_even_and_boards_follow_one_another(folder: Path) -> None:
    lines = records(folder)
    assert Counter(line["label"] for line in lines) == {
        "good": 8,
        "displaced": 2,
        "rotated": 2,
        "missing": 2,
        "wrong": 2,
    }
    assert [line["board"] for line in lines] == [4] * 8 + [5] * 8
    pictures = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.png"))
    assert [line["file"] for line in lines] == pictures


def test_each_line_renders_its_picture_again(folder: Path) -> None:
    for line in records(folder)[::3]:
        label = None if line["label"] == "good" else str(line["label"])
        part = BoardRenderer(int(str(line["board"]))).render(int(str(line["seed"])), label)
        assert np.array_equal(read(folder / str(line["file"])), part.pixels)
        assert line["present"] == (label != "missing")
        assert np.allclose(line["nominal"], part.nominal, atol=0.001)
        assert np.shape(line["corners"]) == np.shape(part.corners)
        if part.corners:
            assert np.allclose(line["corners"], part.corners, atol=0.001)


def test_a_folder_that_holds_something_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="is not an empty folder"):
        write_boards(BOARDS, folder, 2, seed=0)


def test_progress_counts_up_to_the_end(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    write_boards(BOARDS[:1], tmp_path, 2, 0, progress=lambda *call: calls.append(call))
    assert calls == [(1, 2), (2, 2)]
