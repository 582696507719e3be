"""The report's letters, colours and measures."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from fontpkg_fira_sans import ROOT
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

SANS, BOLD = "FiraSans-Regular", "FiraSans-SemiBold"
HAN, KANA, HANGUL = "STSong-Light", "HeiseiKakuGo-W5", "HYGothic-Medium"
"""Names of a PDF's standard Asian fonts: the program that shows the file has them, or its own."""

INK, QUIET, LINE, WASH = (HexColor(c) for c in ("#1B1F23", "#5C6670", "#C9CFD5", "#F3F5F7"))
GREEN, VERMILLION, AMBER, BLUE = (HexColor(c) for c in ("#009E73", "#D55E00", "#B8A200", "#0072B2"))
COLOUR: dict[str, Color] = {"PASS": GREEN, "REJECT": VERMILLION, "UNDECIDED": AMBER}
MARGIN = 18 * mm


@cache
def register() -> TTFont:
    """Make the fonts known, once; the one that most text is set in."""
    sans, bold = (TTFont(name, str(ROOT / "files" / f"{name}.ttf")) for name in (SANS, BOLD))
    for font in (sans, bold):
        pdfmetrics.registerFont(font)
    for name in (HAN, KANA, HANGUL):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    pdfmetrics.registerFontFamily(SANS, normal=SANS, bold=BOLD, italic=SANS, boldItalic=BOLD)
    return sans


def _style(name: str, size: float, *, font: str = SANS, **more: Any) -> ParagraphStyle:
    values: dict[str, Any] = {"leading": size * 1.35, "textColor": INK, **more}
    return ParagraphStyle(name, fontName=font, fontSize=size, **values)


BODY = _style("body", 8.5)
QUIET_BODY = _style("quiet", 8.5, textColor=QUIET)
SMALL = _style("small", 7, textColor=QUIET)
STRONG = _style("strong", 8.5, font=BOLD)
RIGHT = _style("right", 8.5, alignment=TA_RIGHT)
QUIET_RIGHT = _style("quiet-right", 8.5, alignment=TA_RIGHT, textColor=QUIET)
SECTION = _style("section", 12, font=BOLD, spaceBefore=7 * mm, spaceAfter=2.5 * mm, keepWithNext=1)
TITLE = _style("title", 20, font=BOLD)
FIGURE = _style("figure", 17, font=BOLD)


def says(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of any text, also of what is markup elsewhere."""
    return Paragraph(markup(text), style)


def markup(text: str) -> str:
    """Text as a paragraph takes it: escaped, each letter in a font that has it."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    runs = ((font, escape("".join(run))) for font, run in groupby(shown, font_of))
    return "".join(f'<font name="{font}">{run}</font>' if font else run for font, run in runs)


def font_of(character: str) -> str:
    """The Asian font that a letter needs; "" for the report's own, which marks what it lacks."""
    code = ord(character)
    if code in register().face.charToGlyph:
        return ""
    if 0x3040 <= code <= 0x30FF:
        return KANA
    if 0x1100 <= code <= 0x11FF or 0xAC00 <= code <= 0xD7AF:
        return HANGUL
    is_han = 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF
    return HAN if is_han else ""


def shortened(text: str, width: float, size: float) -> str:
    """The beginning of a text that fits on one line, with "…" if that is not all of it."""
    if _width(text, size) <= width:
        return text
    while text and _width(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _width(text: str, size: float) -> float:
    return float(sum(stringWidth(c, font_of(c) or SANS, size) for c in text))


def moment(at: str) -> str:
    """A time of the record, UTC to the second, as people read it."""
    return f"{at[:10]} {at[11:19]}".strip()
