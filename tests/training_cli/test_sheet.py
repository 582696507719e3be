from __future__ import annotations

import numpy as np

from training_cli.sheet import _COLOURS, BOX, GAP, STACKED, WIDTH, Case, Panel, draw_sheet

CLASSES = ("a", "b")


def case(aspect: float = 1.0, title: str = "a", *masks: np.ndarray) -> Case:
    grey = np.full((64, 64), 90, np.uint8)
    outlined = Panel(grey, np.stack(masks) if masks else None)
    return Case((Panel(grey), outlined), title, aspect=aspect)


def square(*window: slice) -> np.ndarray:
    mask = np.zeros((64, 64), np.bool_)
    mask[window] = True
    return mask


def shows(sheet: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    """Where, below the legend."""
    return np.argwhere((sheet == colour).all(2)[150:])


def test_outlines_have_their_classes_colours_and_go_around() -> None:
    small = square(slice(30, 32), slice(30, 32))
    sheet = draw_sheet([case(1.0, "a", small, np.zeros_like(small))], "Heading", ["Line"], CLASSES)
    outline = shows(sheet, _COLOURS[0])
    assert len(outline)
    assert not len(shows(sheet, _COLOURS[1]))
    low, high = outline.min(0), outline.max(0)
    inside = sheet[150:][tuple((low + high) // 2)]
    assert (inside == 90).all()


def test_no_picture_leaves_its_box_and_proportions_hold() -> None:
    for aspect in (0.2, 0.6, 1.0, 2.9):
        rows, columns = np.nonzero((draw_sheet([case(aspect)], "", [], ()) == 90).all(2))
        height, width = np.ptp(rows) + 1, (np.ptp(columns) + 1 - 3) / 2
        assert width <= BOX[0]
        assert height <= BOX[1]
        assert abs(width / height - aspect) < 0.1 * aspect


def test_wide_pictures_stand_one_below_the_other() -> None:
    rows, columns = np.nonzero((draw_sheet([case(6.0)], "", [], ()) == 90).all(2))
    assert np.ptp(columns) + 1 == STACKED
    assert np.ptp(rows) + 1 == 2 * round(STACKED / 6) + 3


def test_rows_are_filled_from_the_left_and_the_sheet_keeps_its_width() -> None:
    heights = []
    for count in (0, 1, 4, 5, 40):
        sheet = draw_sheet([case()] * count, "Heading", ["Line"], CLASSES)
        assert sheet.shape[1] == WIDTH
        heights.append(sheet.shape[0])
    one = heights[1] - heights[0]
    cell = 2 * BOX[1] + 3
    per_row = (WIDTH - GAP) // (cell + GAP)
    assert [(h - heights[0]) // one for h in heights] == [
        -(-count // per_row) for count in (0, 1, 4, 5, 40)
    ]


def test_a_long_title_is_not_cut_off() -> None:
    title = "a very long name of a defect on a narrow picture: missed"
    short, long = (draw_sheet([case(0.2, t)] * 2, "", [], ()) for t in ("a", title))
    second = [np.nonzero((s == 90).all(2).any(0))[0] for s in (short, long)]
    assert second[1].max() > second[0].max() + 200
