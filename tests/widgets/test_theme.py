from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from engines.verdict import Decision
from inspector_gui import theme
from inspector_gui.inspection.status import Level
from inspector_gui.theme import DARK, LIGHT, Theme

PACKAGE = Path(theme.__file__).parent
SOURCES = [p for folder in ("views", "widgets") for p in (PACKAGE / folder).rglob("*.py")]


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


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_focus_and_selection_can_be_seen(look: Theme) -> None:
    for ground in (look.ground, look.panel, look.raised, look.well):
        assert contrast(look.information, ground) >= 3, ground


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_chosen_is_read_on_its_ground(look: Theme) -> None:
    checked = re.search(r"QPushButton:checked {([^}]*)}", theme.style_sheet(look))
    assert checked is not None
    ink = re.search(r"(?<!-)color: (#\w+)", checked[1])
    ground = re.search(r"background: (#\w+)", checked[1])
    assert ink is not None
    assert ground is not None
    assert contrast(ink[1], ground[1]) >= 4.5


LITERAL = re.compile(r"#[0-9A-Fa-f]{6}\b|\b\d+(\.\d+)?(px|pt)\b")
DRAWING_INKS = {"#000000", "#ffffff"}  # which an icon's drawing has before it is coloured
FONTS = {"QFont", "setPixelSize", "setPointSize", "setPointSizeF", "setFamily", "setWeight"}
SIZES = re.compile(
    r"set(Fixed|Minimum|Maximum)(Size|Width|Height)|set\w*(Margins?|Spacing)|addSpacing"
)


def literals(tree: ast.AST) -> list[str]:
    """Colours, sizes and fonts that a module names by itself."""
    documentation = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if node not in documentation
        and (
            (isinstance(node, ast.Constant) and _is_look(node.value))
            or (isinstance(node, ast.Call) and _names_a_look(node))
            or (isinstance(node, ast.Attribute) and _is_colour(node))
        )
    ]


def _is_look(value: object) -> bool:
    found = LITERAL.search(value) if isinstance(value, str) else None
    return bool(found) and found[0] not in DRAWING_INKS


def _is_colour(node: ast.Attribute) -> bool:
    return ast.unparse(node.value) == "Qt.GlobalColor" and node.attr != "transparent"


def _names_a_look(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    if name == "setStyleSheet" or name in FONTS:
        return True
    if name == "QColor":
        return any(isinstance(value, ast.Constant) for value in call.args)
    return bool(SIZES.fullmatch(name)) and any(map(_is_size, call.args))


def _is_size(node: ast.AST) -> bool:
    """Whether a number other than 0 stands there, alone or as what is added."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        return _is_size(node.left) or _is_size(node.right)
    return isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value != 0


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_looks_are_named_in_the_theme_alone(source: Path) -> None:
    assert literals(ast.parse(source.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "widget.setStyleSheet(sheet)",
        "ink = '#D55E00'",
        "QLabel('<b style=\"font-size: 20px\">')",
        "QColor('red')",
        "QColor(255, 0, 0)",
        "font = QFont('Arial')",
        "font.setPixelSize(theme.body_px)",
        "layout.setContentsMargins(0, 8, 0, 8)",
        "layout.setSpacing(4)",
        "widget.setFixedHeight(theme.space(2) + 3)",
        "painter.setPen(Qt.GlobalColor.red)",
    ],
)
def test_the_walk_finds(line: str) -> None:
    assert len(literals(ast.parse(line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "'#D55E00 is the colour of the alarm.'",
        "layout.setContentsMargins(0, 0, 0, 0)",
        "layout.setSpacing(theme.space(3))",
        "painter.setFont(theme.font(theme.quiet_px))",
        "QColor(theme.line)",
        "drawing.replace('#000000', ink)",
        "image.fill(Qt.GlobalColor.transparent)",
    ],
)
def test_the_walk_lets_pass(line: str) -> None:
    assert literals(ast.parse(line)) == []
