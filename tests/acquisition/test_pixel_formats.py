"""Every pixel format against an independent packing of known values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from inspector_gui.acquisition.pixel_formats import PIXEL_FORMATS


def packed_from_lowest_bit(values: list[int], bits: int) -> bytes:
    """PFNC's "p": one number after the other, each from its lowest bit on."""
    stream = sum(value << (place * bits) for place, value in enumerate(values))
    return stream.to_bytes((len(values) * bits + 7) // 8, "little")


def packed_as_gige(values: list[int], bits: int) -> bytes:
    """GigE Vision: eight upper bits, the lower bits of two pixels in one byte, eight upper bits."""
    low = bits - 8
    mask = (1 << low) - 1
    packed = bytearray()
    for first, second in zip(values[::2], values[1::2], strict=True):
        packed += bytes([first >> low, first & mask | (second & mask) << 4, second >> low])
    return bytes(packed)


def two_bytes_each(values: list[int], bits: int) -> bytes:
    return b"".join(value.to_bytes(2, "little") for value in values)


WIDE = [
    ("Mono10", 10, 1, two_bytes_each),
    ("Mono12", 12, 1, two_bytes_each),
    ("Mono10p", 10, 4, packed_from_lowest_bit),
    ("Mono12p", 12, 2, packed_from_lowest_bit),
    ("Mono10Packed", 10, 2, packed_as_gige),
    ("Mono12Packed", 12, 2, packed_as_gige),
]


@pytest.mark.parametrize(("name", "bits", "group", "pack"), WIDE, ids=[case[0] for case in WIDE])
@given(data=st.data())
def test_wide_grey_is_scaled_by_its_depth(name, bits, group, pack, data):
    height = data.draw(st.integers(1, 4))
    width = data.draw(st.integers(1, 6)) * group
    image = data.draw(npst.arrays(np.uint16, (height, width), elements=st.integers(0, 2**bits - 1)))
    pixel_format = PIXEL_FORMATS[name]
    rows = np.frombuffer(b"".join(pack(row.tolist(), bits) for row in image), np.uint8)
    rows = rows.reshape(height, pixel_format.row_bytes(width))
    decoded = pixel_format.decode(rows)
    assert decoded.dtype == np.uint8
    np.testing.assert_array_equal(decoded, image >> (bits - 8))


@pytest.mark.parametrize(
    ("name", "order"), [("RGB8", [0, 1, 2]), ("BGR8", [2, 1, 0]), ("RGBa8", [0, 1, 2, 3])]
)
@given(image=npst.arrays(np.uint8, st.tuples(st.integers(1, 5), st.integers(1, 5), st.just(4))))
def test_colour(name, order, image):
    rows = np.ascontiguousarray(image[:, :, order]).reshape(len(image), -1)
    assert rows.shape[1] == PIXEL_FORMATS[name].row_bytes(image.shape[1])
    np.testing.assert_array_equal(PIXEL_FORMATS[name].decode(rows), image[:, :, :3])


@given(image=npst.arrays(np.uint8, st.tuples(st.integers(1, 5), st.integers(1, 5))))
def test_mono8(image):
    np.testing.assert_array_equal(PIXEL_FORMATS["Mono8"].decode(image), image)


def mosaic(colour: tuple[int, int, int], name: str) -> np.ndarray:
    """What a sensor with this filter sees of an even surface, as PFNC spells the filter."""
    red, green, blue = colour
    level = {"R": red, "G": green, "B": blue}
    first, second = name[5], name[6]
    third, fourth = {"RG": "GB", "GR": "BG", "GB": "RG", "BG": "GR"}[first + second]
    cell = np.array([[level[first], level[second]], [level[third], level[fourth]]], np.uint8)
    return np.tile(cell, (6, 8))


@pytest.mark.parametrize("name", ["BayerRG8", "BayerGR8", "BayerGB8", "BayerBG8"])
@pytest.mark.parametrize("colour", [(200, 100, 50), (10, 220, 130), (0, 0, 255), (255, 0, 0)])
def test_bayer_gives_the_colour_of_an_even_surface(name, colour):
    decoded = PIXEL_FORMATS[name].decode(mosaic(colour, name))
    assert decoded.shape == (12, 16, 3)
    np.testing.assert_array_equal(decoded, np.broadcast_to(np.uint8(colour), decoded.shape))


def test_rows_must_end_with_a_whole_byte():
    with pytest.raises(ValueError, match="Mono10p needs a width that is a multiple of 4"):
        PIXEL_FORMATS["Mono10p"].row_bytes(6)


@pytest.mark.parametrize("name", PIXEL_FORMATS)
def test_codes_are_those_of_the_naming_convention(name):
    pfnc = pytest.importorskip("harvesters.util.pfnc")
    assert pfnc.dict_by_names[name] == PIXEL_FORMATS[name].code
