from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training_cli.datasets.pictures import like, read_picture, write_picture
from training_cli.errors import UserError


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3)])
def test_grey_stays_grey_and_colours_keep_their_order(
    shape: tuple[int, ...], tmp_path: Path
) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    path = tmp_path / "new" / "ä.png"
    write_picture(path, pixels)
    np.testing.assert_array_equal(read_picture(path), pixels)
    with Image.open(path) as image:
        assert image.mode == ("L" if len(shape) == 2 else "RGB")
        np.testing.assert_array_equal(np.asarray(image), pixels)


def test_what_is_no_picture_is_said(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "empty.png").touch()
    for name in ("text.png", "empty.png", "missing.png"):
        with pytest.raises(UserError, match=f"{name} is not an image"):
            read_picture(tmp_path / name)


def test_one_picture_is_brought_to_anothers_size_and_channels() -> None:
    grey, colour = np.full((8, 6), 50, np.uint8), np.full((20, 30, 3), 90, np.uint8)
    assert (like(grey, colour) == np.full((20, 30, 3), 50)).all()
    assert (like(colour, grey) == np.full((8, 6), 90)).all()
    assert like(grey, grey) is grey
