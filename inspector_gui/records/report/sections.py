"""The sections of a lot's report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from inspector_gui.records.entries import REFUSED
from inspector_gui.records.permissions import Action
from inspector_gui.records.report.content import Counted, LotContent, PartContent, Setup
from inspector_gui.records.report.evidence import SignedBy
from inspector_gui.records.report.figures import Bar, Picture, YieldPlot
from inspector_gui.records.report.pages import INNER, Pages
from inspector_gui.records.report.type import (
    AMBER,
    COLOUR,
    FIGURE,
    LINE,
    QUIET_BODY,
    QUIET_RIGHT,
    RIGHT,
    SECTION,
    SMALL,
    STRONG,
    TITLE,
    VERMILLION,
    moment,
    says,
)
from inspector_gui.records.trail import TrailLine

_PICTURE = (54 * mm, 36 * mm)
_PLOT = "Share of parts that passed, as the machine judged them; times are UTC."
_MOST_FINDINGS = 8
_MOST_TEXT = 400
_ROW: Any = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3 * mm),
    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1.2 * mm),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.2 * mm),
]
_CARD: Any = [
    *_ROW,
    ("LINEABOVE", (0, 0), (-1, 0), 0.3, LINE),
    ("TOPPADDING", (0, 0), (-1, -1), 2.5 * mm),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5 * mm),
    ("NOSPLIT", (0, 0), (-1, -1)),
]
_RULED: Any = [*_ROW, ("LINEBELOW", (0, 0), (-1, -1), 0.3, LINE)]


def title(pages: Pages, lot: str, volume: str) -> None:
    """The head of a volume's first page."""
    size = 20 if len(lot) <= 36 else 14 if len(lot) <= 90 else 10
    name = says(lot, TITLE.clone("lot", fontSize=size, leading=size * 1.25))
    pages.add(says(f"Lot report{volume}", QUIET_BODY), name)
    pages.space(4 * mm)


def summary(pages: Pages, lot: LotContent) -> None:
    """The lot in figures: what a reader sees first."""
    pages.add(_figures(lot))
    pages.space(4 * mm)
    pages.add(_facts(lot))
    pages.together([says("Judged with", SECTION), *_setups(lot.setups)])
    plot = YieldPlot(lot.spans, INNER)
    pages.together(
        [says("Yield over time", SECTION), plot, Spacer(1, 1.5 * mm), says(_PLOT, SMALL)]
    )
    pareto(pages, lot)


def pareto(pages: Pages, lot: LotContent) -> None:
    """What was found, most frequent first, and why parts are undecided."""
    not_passed = lot.tally.rejected + lot.tally.undecided
    found_on = "Parts on which it was found, of those that did not pass; a part can have several."
    for name, counted, whole, none, note, colour in (
        ("Findings", lot.labels, not_passed, "Nothing was found.", found_on, VERMILLION),
        (
            "Why parts are undecided",
            lot.reasons,
            lot.tally.undecided,
            "No part is undecided.",
            "Of the undecided parts.",
            AMBER,
        ),
    ):
        heading = says(name, SECTION)
        if not counted:
            pages.together([heading, says(none, QUIET_BODY)])
            continue
        rows = _bars(counted, whole, colour)
        pages.together([heading, rows[0]])
        pages.add(*rows[1:], Spacer(1, 1.5 * mm), says(note, SMALL))


def parts_heading(pages: Pages, lot: LotContent, first: int, last: int) -> None:
    heading = says("Parts that did not pass, or were overruled", SECTION)
    if not lot.shown_parts:
        pages.together([heading, says("Every part passed, and nobody overruled one.", QUIET_BODY)])
        return
    said = (
        f"{first:,} to {last:,} of {lot.shown_parts:,}, in the order of judgement; times are UTC."
    )
    pages.together([heading, says(said, SMALL), Spacer(1, 3 * mm)], more=_PICTURE[1] + 5 * mm)


def part(pages: Pages, shown: PartContent) -> None:
    """One part: picture at the left, all that is known of it at the right."""
    entry = shown.entry
    picture = Picture(shown.pixels, entry.findings, *_PICTURE)
    right = INNER - _PICTURE[0] - 5 * mm
    table = Table(
        [[picture, list(_part_words(shown))]],
        [_PICTURE[0] + 5 * mm, right],
        style=_CARD,
    )
    pages.add(table)


def ending(pages: Pages, lot: LotContent) -> None:
    """Audit extract, signatures and checkpoint."""
    _audit(pages, lot)
    _signatures(pages, lot)
    _checkpoint(pages, lot)


def _figures(lot: LotContent) -> Table:
    tally = lot.tally
    cells = [
        ("Parts", f"{tally.parts:,}", None),
        ("Pass", f"{tally.passed:,}", COLOUR["PASS"]),
        ("Reject", f"{tally.rejected:,}", COLOUR["REJECT"]),
        ("Undecided", f"{tally.undecided:,}", COLOUR["UNDECIDED"]),
        ("Yield", share(tally.passed, tally.parts), None),
        ("Yield after review", share(lot.good, tally.parts), None),
    ]
    rows = [
        [says(name, SMALL) for name, _, _ in cells],
        [says(figure, FIGURE) for _, figure, _ in cells],
    ]
    lines: Any = [
        ("LINEABOVE", (n, 0), (n, 0), 2, colour or LINE) for n, (_, _, colour) in enumerate(cells)
    ]
    return Table(rows, [INNER / 6] * 6, style=[*_ROW, *lines])


def _facts(lot: LotContent) -> Table:
    began, ended = lot.began, lot.ended
    seconds = (datetime.fromisoformat(ended) - datetime.fromisoformat(began)).total_seconds()
    review = (
        f"{lot.confirmed:,} confirmed, {lot.overruled:,} overruled "
        f"({lot.missed:,} of them had passed), {lot.undisposed:,} not reviewed"
    )
    return _named(
        ("First part", f"{moment(began)} UTC"),
        ("Last part", f"{moment(ended)} UTC, {_duration(seconds)} later"),
        ("Review", review),
        ("Record", lot.record_id),
    )


def _setups(setups: Sequence[Setup]) -> Iterator[Flowable]:
    for setup in setups:
        yield _named(
            ("Recipe", f"{setup.recipe}, revision {setup.revision}"),
            ("Model", setup.model),
            ("Model's SHA-256", setup.model_sha256),
            ("Camera", setup.camera),
            ("Provider", setup.provider),
            ("Parts", f"{setup.parts:,}"),
        )
        yield Spacer(1, 2 * mm)


def _named(*pairs: tuple[str, str]) -> Table:
    rows = [[says(name, QUIET_BODY), says(value)] for name, value in pairs]
    return Table(rows, [38 * mm, INNER - 38 * mm], style=_RULED)


def _bars(counted: Sequence[Counted], whole: int, colour: Color) -> list[Table]:
    """A row each, so that a page can end between any two."""
    bar = 62 * mm
    widths = [INNER - bar - 42 * mm, 20 * mm, 22 * mm, bar]
    tables = []
    for item in counted:
        cells: list[Any] = [
            says(item.name),
            says(f"{item.parts:,}", RIGHT),
            says(share(item.parts, whole), QUIET_RIGHT),
            Bar(item.parts / whole, bar, colour),
        ]
        tables.append(Table([cells], widths, style=[*_RULED, ("VALIGN", (3, 0), (3, 0), "MIDDLE")]))
    return tables


def _part_words(shown: PartContent) -> Iterator[Flowable]:
    entry = shown.entry
    yield _heading(entry.part, entry.decision)
    yield says(f"{moment(entry.judged_at)} · entry {shown.seq} · {_cut(entry.source, 120)}", SMALL)
    for number, finding in enumerate(entry.findings[:_MOST_FINDINGS], 1):
        yield says(f"{number}  {_finding(finding)}")
    if (rest := len(entry.findings) - _MOST_FINDINGS) > 0:
        yield says(f"and {rest:,} more findings, which the record lists", QUIET_BODY)
    if entry.reason or entry.detail:
        yield says(_cut(f"{entry.reason}: {entry.detail}".strip(": ")))
    if shown.problem:
        yield says(_cut(shown.problem), QUIET_BODY)
    if shown.more:
        yield says(f"The record holds {shown.more} more pictures of this part.", QUIET_BODY)
    yield from _disposition(shown)


def _heading(number: int, decision: str) -> Paragraph:
    colour = COLOUR.get(decision, LINE).hexval().replace("0x", "#")
    text = f'Part {number:,}   <font color="{colour}">{decision}</font>'
    return Paragraph(text, STRONG.clone("part", fontSize=10, leading=14))


def _finding(finding: Any) -> str:
    text = _cut(str(finding.get("label", "")), 80)
    if isinstance(score := finding.get("score"), float | int):
        text += f"  {score:.3f}"
    if isinstance(threshold := finding.get("threshold"), float | int):
        text += f" (threshold {threshold:.3f})"
    if isinstance(area := finding.get("area_px"), int):
        text += f", {area:,} px"
    return text


def _disposition(shown: PartContent) -> Iterator[Flowable]:
    given = shown.disposition
    if given is None:
        yield says("Not reviewed", QUIET_BODY)
        return
    yield Spacer(1, 1 * mm)
    by = f"{given.disposition.capitalize()} by {given.reviewer}, {moment(given.decided_at)} UTC"
    yield says(by, STRONG)
    if why := ": ".join(text for text in (given.reason.replace("_", " "), given.note) if text):
        yield says(_cut(why))


def _audit(pages: Pages, lot: LotContent) -> None:
    heading = says("Audit extract", SECTION)
    if not lot.audit:
        pages.together([heading, says("Nothing is recorded besides the inspections.", QUIET_BODY)])
        return
    widths = [34 * mm, 32 * mm, 32 * mm, INNER - 98 * mm]
    tables = [
        Table(
            [
                [
                    says(moment(line.happened_at), QUIET_BODY),
                    says(f"{line.account} ({line.role})" if line.account else line.role or "line"),
                    says(_what(line)),
                    says(_cut(_changes(line))),
                ]
            ],
            widths,
            style=_RULED,
        )
        for line in lot.audit
    ]
    pages.together([heading, tables[0]])
    pages.add(*tables[1:])
    if lot.omitted:
        said = f"{lot.omitted:,} more lines are only in the record."
        pages.add(Spacer(1, 1.5 * mm), says(said, SMALL))


def _what(line: TrailLine) -> str:
    what = line.action.replace("_", " ")
    return f"{what}, refused" if line.outcome == REFUSED else what


def _changes(line: TrailLine) -> str:
    """Old and new values, and why; a signature's have a section of their own."""
    if not line.outcome or line.action == Action.SIGN_LOT:
        return line.why
    said = [
        f"{name} {after}" if before is None else f"{name} {before} → {after}"
        for name, before, after in line.changes
        if after is not None
    ]
    return ": ".join(text for text in ("; ".join(said), line.why) if text)


def _signatures(pages: Pages, lot: LotContent) -> None:
    heading = says("Signatures", SECTION)
    if not lot.signatures:
        pages.together([heading, says("Not signed.", STRONG)])
        return
    tables = [_signed_by(line) for line in lot.signatures]
    pages.together([heading, tables[0]])
    for table in tables[1:]:
        pages.together([Spacer(1, 3 * mm), table])


def _signed_by(signed: SignedBy) -> Table:
    given = signed.signature
    holds = (
        f"Holds: made with the record's key, for this lot of {given.parts:,} parts, "
        f"when the record ended with entry {given.through_seq:,}."
    )
    return _named(
        ("Signed by", f"{given.full_name} ({given.account}, {given.role})"),
        ("Meaning", given.meaning),
        ("Time", f"{moment(given.signed_at)} UTC"),
        ("Check", f"Does not hold: {signed.problem}" if signed.problem else holds),
        ("Key", given.public_key),
        ("Signature", given.signature),
    )


def _checkpoint(pages: Pages, lot: LotContent) -> None:
    point = lot.checkpoint
    signed = (
        (("Key", point.public_key), ("Signature", point.signature))
        if point.signature
        else (("Signature", "Not signed"),)
    )
    table = _named(
        ("Entries", f"{point.entries:,}"),
        ("Head's SHA-256", point.head_sha256),
        ("Time", f"{moment(point.made_at)} UTC"),
        *signed,
    )
    said = (
        "The record had this many entries, and this was the hash of the last of them. A record "
        "from which rows were cut off or exchanged since has another one at this place."
    )
    pages.together([says("Checkpoint", SECTION), table, Spacer(1, 1.5 * mm), says(said, SMALL)])


def share(part: int, whole: int) -> str:
    """Per cent with two decimals; 100 only for all of it, 0 only for none."""
    per_cent = 100 * part / whole
    if 0 < part < whole:
        per_cent = min(99.99, max(0.01, per_cent))
    return f"{per_cent:.2f} %" if 0 < part < whole else f"{per_cent:.0f} %"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"


def _cut(text: str, most: int = _MOST_TEXT) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
