"""Frames larger than the network: one map, and each defect on it once and whole."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from pydantic import ValidationError

from engines.card import InputSpec, SelfTest, Threshold, Tiling
from engines.catalog import open_engine
from engines.defect_segmenter import LARGEST_MAP, DefectSegmenter
from engines.engine import Region
from engines.errors import ForeignModel
from engines.runtime import open_model
from engines.selftest import seeded_input
from engines.tiling import cut, padded, stitched, windows
from engines.verdict import Decision, Verdict
from tests import models

LARGE = 4096
BLUR = 5


def tiled(size: int, overlap: int, scale: float = 1.0) -> InputSpec:
    return InputSpec(height=size, width=size, tiling=Tiling(overlap_px=overlap, scale=scale))


def blur_model(path: Path, spec: InputSpec) -> Path:
    """probabilities = mean of 5×5 pixels, black beyond the edge: a window's edge is wrong."""
    kernel = np.full((1, 1, BLUR, BLUR), 1 / 255 / BLUR**2, np.float32)
    nodes = [
        helper.make_node("Cast", ["image"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["real"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["planes", "kernel"], ["probabilities"], pads=[BLUR // 2] * 4),
    ]
    graph = helper.make_graph(
        nodes,
        "blur",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, list(spec.shape))],
        [
            helper.make_tensor_value_info(
                "probabilities", TensorProto.FLOAT, [1, 1, spec.height, spec.width]
            )
        ],
        [numpy_helper.from_array(kernel, "kernel")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    corner = seeded_input(7, spec)[0, :3, :3, 0].astype(np.float64).sum() / 255 / BLUR**2
    own_card = models.card(
        input=spec,
        labels=("spot",),
        thresholds={"spot": Threshold(score=0.3, min_area_px=4)},
        self_test=SelfTest(
            seed=7,
            positions={"probabilities": [0]},
            expected={"probabilities": [float(corner)]},
            tolerance=1e-5,
        ),
    )
    return models.save(path, model, own_card)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def small(folder: Path) -> DefectSegmenter:
    return open_engine(blur_model(folder / "small.onnx", tiled(48, 16)))


@pytest.fixture(scope="module")
def large(folder: Path) -> DefectSegmenter:
    return open_engine(blur_model(folder / "large.onnx", tiled(512, 32)))


def frame(height: int, width: int, spots: list[tuple[int, int, int]] = []) -> np.ndarray:  # noqa: B006
    """A dark frame with bright squares (x, y, side)."""
    image = np.full((height, width), 20, np.uint8)
    for x, y, side in spots:
        image[y : y + side, x : x + side] = 255
    return image


def same(ours: Verdict, theirs: Verdict) -> bool:
    """Up to the last digits of a convolution, which depend on where a window begins."""
    assert ours.score == pytest.approx(theirs.score, abs=1e-6)
    assert [f.score for f in ours.findings] == pytest.approx(
        [f.score for f in theirs.findings], abs=1e-6
    )
    return ours.decision is theirs.decision and [
        (f.label, f.box, f.area_px, f.outline, f.region) for f in ours.findings
    ] == [(f.label, f.box, f.area_px, f.outline, f.region) for f in theirs.findings]


@given(
    st.integers(1, 300),
    st.integers(1, 300),
    st.integers(8, 64),
    st.integers(8, 64),
    st.floats(0, 0.5),
)
def test_windows_answer_for_each_pixel_once_with_half_the_overlap_around_it(
    height: int, width: int, rows: int, columns: int, share: float
) -> None:
    overlap = int(share * min(rows, columns))
    spec = InputSpec(height=rows, width=columns, tiling=Tiling(overlap_px=overlap))
    seen = np.zeros((height, width), int)
    for window in windows(height, width, spec):
        seen[window.rows, window.columns] += 1
        for start, place, size, length in (
            (window.top, window.rows, rows, height),
            (window.left, window.columns, columns, width),
        ):
            assert 0 <= start <= max(0, length - size)
            assert place.start == 0 or place.start - start >= overlap // 2
            assert place.stop == length or start + size - place.stop >= overlap // 2
    assert (seen == 1).all()


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_a_map_in_windows_is_the_map_in_one_piece(folder: Path, data: st.DataObject) -> None:
    """Away from the frame's edge, where each window sees as much as it needs."""
    height, width = (data.draw(st.integers(20, 150), label=n) for n in ("height", "width"))
    spec = tiled(32, 8)
    image = np.random.default_rng(height * width).integers(0, 256, (height, width, 1), np.uint8)

    def blurred(window: np.ndarray) -> np.ndarray:
        black = np.pad(window[0, :, :, 0].astype(np.float32), BLUR // 2)
        views = np.lib.stride_tricks.sliding_window_view(black, (BLUR, BLUR))
        return views.mean((2, 3))[None]

    found = stitched(image, spec, blurred)[0]
    whole = blurred(image[None])[0]
    inner = np.s_[: height - BLUR, : width - BLUR]  # below and right a small frame is mirrored
    np.testing.assert_allclose(found[inner], whole[inner], rtol=1e-5)
    assert found.shape == whole.shape


@given(st.data())
@settings(deadline=None, max_examples=80)
def test_a_spot_is_found_once_and_whole_wherever_it_lies(
    small: DefectSegmenter, data: st.DataObject
) -> None:
    height, width = (data.draw(st.integers(50, 200), label=n) for n in ("height", "width"))
    side = data.draw(st.integers(4, 40), label="side")
    x = data.draw(st.integers(BLUR, width - side - BLUR), label="x")
    y = data.draw(st.integers(BLUR, height - side - BLUR), label="y")
    verdict = small.judge([frame(height, width, [(x, y, side)])])
    assert verdict.decision is Decision.REJECT
    (finding,) = verdict.findings
    box = finding.box
    assert abs(box.x + box.width / 2 - x - side / 2) <= 1
    assert abs(box.y + box.height / 2 - y - side / 2) <= 1
    assert (side - 2) ** 2 <= finding.area_px <= (side + 2) ** 2
    middle = small.judge(
        [frame(height, width, [((width - side) // 2, (height - side) // 2, side)])]
    )
    assert finding.area_px == middle.findings[0].area_px


@given(st.integers(0, LARGE - 9), st.integers(0, LARGE - 9))
@settings(deadline=None, max_examples=4)
def test_a_small_defect_in_a_large_frame_is_found_once(
    large: DefectSegmenter, x: int, y: int
) -> None:
    check_large(large, x, y)


def test_a_small_defect_on_every_kind_of_seam(large: DefectSegmenter) -> None:
    """In one frame: in the middle of a window, across one seam, and across a crossing of two."""
    places = windows(LARGE, LARGE, large.card.input)
    seam = places[0].columns.stop
    spots = [(100, 100), (seam - 4, 100), (100, seam - 4), (seam - 4, seam - 4), (4087, 4087)]
    verdict = large.judge([frame(LARGE, LARGE, [(x, y, 9) for x, y in spots])])
    assert len(verdict.findings) == len(spots)
    # The blur lets one more row and column on each side reach the threshold.
    found = sorted((f.box.x + 1, f.box.y + 1) for f in verdict.findings)
    assert found == sorted(spots)
    assert len({f.area_px for f in verdict.findings[:4]}) == 1


def check_large(engine: DefectSegmenter, x: int, y: int) -> None:
    verdict = engine.judge([frame(LARGE, LARGE, [(x, y, 9)])])
    assert verdict.decision is Decision.REJECT
    (finding,) = verdict.findings
    assert abs(finding.box.x - x) <= 2
    assert abs(finding.box.y - y) <= 2
    assert 49 <= finding.area_px <= 121
    assert verdict.anomaly_map is not None
    assert verdict.anomaly_map.values.shape == (LARGEST_MAP, LARGEST_MAP)
    row, column = np.unravel_index(verdict.anomaly_map.values.argmax(), (LARGEST_MAP, LARGEST_MAP))
    shrink = LARGE // LARGEST_MAP
    assert abs(row * shrink - y) <= 12
    assert abs(column * shrink - x) <= 12


def test_memory_stays_far_below_that_of_a_map(large: DefectSegmenter) -> None:
    """Everything at the threshold is the worst case: the mask and its areas, not the values."""
    good, bad = frame(LARGE, LARGE), np.full((LARGE, LARGE), 255, np.uint8)
    peaks = []
    for image in (good, bad):
        tracemalloc.start()
        large.judge([image])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    one_map = LARGE * LARGE * 4
    assert peaks[0] < one_map / 4
    assert peaks[1] < 2 * one_map


@pytest.mark.parametrize("spots", [[], [(10, 10, 6)], [(3, 30, 9), (25, 8, 5)]])
def test_a_frame_of_the_network_s_size_is_judged_as_without_windows(
    folder: Path, small: DefectSegmenter, spots: list[tuple[int, int, int]]
) -> None:
    whole = open_engine(blur_model(folder / "whole.onnx", InputSpec(height=48, width=48)))
    image = frame(48, 48, spots)
    ours, theirs = small.judge([image]), whole.judge([image])
    assert same(ours, theirs)
    assert ours.score == theirs.score
    assert ours.anomaly_map is not None
    assert theirs.anomaly_map is not None
    np.testing.assert_array_equal(ours.anomaly_map.values, theirs.anomaly_map.values)


def test_decisions_in_pieces_and_in_one_are_the_same(small: DefectSegmenter) -> None:
    image = np.random.default_rng(3).integers(0, 160, (130, 97), np.uint8)
    spec = small.card.input
    model = small._model
    regions = [
        Region("left", {"spot": Threshold(score=0.35, min_area_px=9)}, 0.0, 0.1, 0.4, 0.8),
        Region("right", {"spot": Threshold(score=0.36, min_area_px=2)}, 0.3, 0.0, 0.7, 1.0),
    ]
    engine = DefectSegmenter(model, regions)
    pieces = engine.judge([image])
    whole_map = stitched(image[:, :, None], spec, lambda x: model.run(x)["probabilities"][0])
    whole = engine.decide(whole_map, *image.shape)
    assert same(pieces, whole)
    assert len(pieces.findings) > 3
    assert pieces.anomaly_map is not None
    assert whole.anomaly_map is not None
    np.testing.assert_array_equal(pieces.anomaly_map.values, whole.anomaly_map.values)


def test_the_card_s_scale(folder: Path) -> None:
    engine = open_engine(blur_model(folder / "half.onnx", tiled(48, 16, scale=0.5)))
    (finding,) = engine.judge([frame(400, 300, [(120, 200, 40)])]).findings
    box = finding.box
    assert box.x == pytest.approx(120, abs=4)
    assert box.y == pytest.approx(200, abs=4)
    assert finding.area_px == pytest.approx(40 * 40, rel=0.25)


@pytest.mark.parametrize("shape", [(11, 200), (200, 11), (1, 1)])
def test_a_frame_that_shows_too_little_is_not_judged(
    small: DefectSegmenter, shape: tuple[int, int]
) -> None:
    with pytest.raises(ValueError, match="too small"):
        small.judge([np.zeros(shape, np.uint8)])


def test_a_frame_smaller_than_the_network_is_mirrored(small: DefectSegmenter) -> None:
    spec = small.card.input
    image = np.arange(30 * 20, dtype=np.uint8).reshape(30, 20, 1)
    filled = padded(image, spec)
    assert filled.shape == (48, 48, 1)
    np.testing.assert_array_equal(filled[:30, :20], image)
    np.testing.assert_array_equal(filled[30, :20], image[28])
    (window,) = windows(30, 20, spec)
    assert cut(filled, window, spec).shape == spec.shape
    verdict = small.judge([frame(30, 20, [(8, 8, 6)])])
    assert [f.box.x for f in verdict.findings] == [7]


def test_no_number_in_one_window_no_verdict(small: DefectSegmenter) -> None:
    class Broken:
        card, path = small.card, Path("broken.onnx")
        calls = 0

        def run(self, image: np.ndarray) -> dict[str, np.ndarray]:
            self.calls += 1
            value = np.nan if self.calls == 5 else 0.0
            return {"probabilities": np.full((1, 1, 48, 48), value, np.float32)}

    engine = DefectSegmenter(Broken(), [Region("part", small.card.thresholds)])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not a number"):
        engine.judge([frame(200, 200)])


def test_a_region_that_is_too_small_on_this_frame(small: DefectSegmenter) -> None:
    strict = {"spot": Threshold(score=0.3, min_area_px=200)}
    engine = DefectSegmenter(small._model, [Region("r", strict, width=0.1, height=0.1)])
    assert engine.judge([frame(200, 200)]).decision is Decision.PASS
    with pytest.raises(ValueError, match="smaller than the minimum area"):
        engine.judge([frame(100, 100)])
    with pytest.raises(ValueError, match="no label"):
        DefectSegmenter(small._model, [Region("r", {"dent": Threshold()})])


@pytest.mark.parametrize("overlap", [-1, 25])
def test_windows_that_do_not_move_on(overlap: int) -> None:
    with pytest.raises(ValidationError, match=r"greater than or equal|more than half"):
        tiled(48, overlap)


def test_a_network_with_a_smaller_answer_cannot_be_used_in_windows(folder: Path) -> None:
    path = blur_model(folder / "strided.onnx", tiled(48, 16))
    model = onnx.load(path)
    model.graph.node[2].attribute.append(helper.make_attribute("strides", [2, 2]))
    for dim in model.graph.output[0].type.tensor_type.shape.dim[2:]:
        dim.dim_value = 24
    path.write_bytes(model.SerializeToString())
    with pytest.raises(ForeignModel, match="in windows"):
        DefectSegmenter(open_model(path), [Region("part", {"spot": Threshold()})])
