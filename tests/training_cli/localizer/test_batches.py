"""What a localizer is shown."""

from __future__ import annotations

import numpy as np
import torch

from training_cli.localizer.batches import turned_over

SIZE = 32


def test_a_picture_that_is_turned_over_has_its_corners_where_they_are_and_named_anew() -> None:
    places = np.array([[5, 7], [25, 9], [3, 20], [23, 22]])
    pixels = np.zeros((64, 1, SIZE, SIZE), np.uint8)
    for x, y in places:
        pixels[:, 0, y, x] = 255
    corners = np.tile(((places + 0.5) / SIZE).reshape(1, 8), (64, 1)).astype(np.float32)
    shown, moved = turned_over(
        torch.from_numpy(pixels), torch.from_numpy(corners), np.random.default_rng(0)
    )
    points = np.round(moved.numpy().reshape(-1, 4, 2) * SIZE - 0.5).astype(int)
    for image, (upper_left, upper_right, lower_left, lower_right) in zip(
        shown.numpy()[:, 0], points, strict=True
    ):
        assert all(image[y, x] == 255 for x, y in (upper_left, upper_right, lower_left))
        assert image[lower_right[1], lower_right[0]] == 255
        assert max(upper_left[0], lower_left[0]) < min(upper_right[0], lower_right[0])
        assert max(upper_left[1], upper_right[1]) < min(lower_left[1], lower_right[1])
    assert len(np.unique(points.reshape(64, -1), axis=0)) == 8
