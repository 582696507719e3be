"""Whatever the core says is known to the screens, and said in German."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication

from inspector_gui.views.sentences import CONTEXT, SENTENCES, sentence

ROOT = Path(__file__).resolve().parents[2]
CORE = (
    *(ROOT / "inspector_gui" / "acquisition").rglob("*.py"),
    *(ROOT / "inspector_gui" / "inspection").glob("*.py"),
    *(ROOT / "inspector_gui" / "records").glob("*.py"),
    ROOT / "inspector_gui" / "controller.py",
    ROOT / "engines" / "runtime.py",
)
SAYING = re.compile(
    r"(Camera|Recipe|Records|Producer|ImageFile)(Error|SettingsError|Lost|NotFound|Busy|Damaged)"
    r"|FolderUnusable|Health|Unfit|Refused|_refused|_fail"
)
"""What is called with a sentence for the operator."""
PLACE = re.compile(r"\{[a-z]\}")


def template(node: ast.expr) -> str | None:
    """A sentence with {a}, {b}, … where the program puts something in; None for no sentence."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    places = iter("abcdefgh")
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else f"{{{next(places)}}}"
        for part in node.values
    )


def said_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = map(template, node.args) if SAYING.fullmatch(name) else ()
            yield from (text for text in texts if text and " " in text)


def plain(text: str) -> str:
    return PLACE.sub("…", text)


def test_everything_the_core_says_is_known() -> None:
    said = {plain(text) for path in CORE for text in said_in(path)}
    assert len(said) > 80
    known = {plain(text) for text in SENTENCES}
    assert sorted(said - known) == []


@pytest.mark.usefixtures("german")
def test_everything_known_is_said_in_german() -> None:
    for said in SENTENCES:
        translated = QCoreApplication.translate(CONTEXT, said)
        assert translated != said
        assert set(PLACE.findall(translated)) <= set(PLACE.findall(said))


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "The record in D:/x cannot be read: Permission denied.",
            "Das Protokoll in D:/x kann nicht gelesen werden: Permission denied.",
        ),
        ("1204 frames never arrived; their parts are undecided.", "1.204 Bilder sind nie"),
        ("The producer /a/b.cti hangs while it is loaded.", "Der Treiber /a/b.cti: hängt beim"),
        (
            "Model tile.onnx is refused: its SHA-256 is 12…, the recipe was released with 34…: "
            "put the released file back, or release the recipe again.",
            "Das Modell tile.onnx wird abgelehnt: sein SHA-256 ist 12…, freigegeben",
        ),
        ("Nobody has foreseen this.", "Nobody has foreseen this."),
    ],
)
def test_names_and_numbers_take_their_places(said: str, shown: str) -> None:
    assert sentence(said).startswith(shown)


@given(st.sampled_from(SENTENCES), st.lists(st.text(min_size=1), min_size=8, max_size=8))
def test_in_english_a_sentence_stays_what_it_is(said: str, values: list[str]) -> None:
    for name, value in zip("abcdefgh", values, strict=True):
        said = said.replace(f"{{{name}}}", value)
    digits = re.compile(r"\d[\d,.\u202f\u00a0 ]*")
    assert digits.sub("0", sentence(said)) == digits.sub("0", said)
