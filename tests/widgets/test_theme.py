from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from engines.verdict import Decision
from inspector_gui import theme
from inspector_gui.inspection.status import Level
from inspector_gui.theme import DARK, LIGHT, Theme

PACKAGE = Path(theme.__file__).parent
SOURCES = [p for folder in ("views", "widgets") for p in (PACKAGE / folder).glob("*.py")]


def contrast(one: str, other: str) -> float:
    """Of two colours, after WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_text_can_be_read(look: Theme) -> None:
    for ground in (look.ground, look.panel, look.raised):
        assert contrast(look.text, ground) >= 7
        assert contrast(look.quiet, ground) >= 4.5
    assert contrast(look.on_well_quiet, look.well) >= 4.5
    for decision in Decision:
        colour = look.colour_of(decision)
        assert contrast(look.ink_on(colour), colour) >= 3  # large words only
    assert contrast(look.ink_on(look.information), look.information) >= 4.5


def test_alarm_and_attention_have_colours_of_their_own() -> None:
    assert len({LIGHT.colour_at(level) for level in Level}) == len(Level)


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.name)
def test_no_colour_is_named_outside_of_the_theme(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    assert not re.search(r"Qt\.GlobalColor\.(?!transparent)|QColor\(\s*[\d\"']|setPixelSize", text)
    colours = set(re.findall(r"#[0-9A-Fa-f]{6}", text))
    assert colours <= {"#000000", "#ffffff"}  # the inks of an icon's drawing
