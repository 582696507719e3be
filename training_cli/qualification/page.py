"""The qualification as one page that needs no other file; all text of others is escaped."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from html import escape

from training_cli.qualification.figures import Tally
from training_cli.qualification.kit import Truth
from training_cli.qualification.plots import factor_histogram, rate_scatter, zone_efficiency
from training_cli.qualification.protocol import JudgedPart, Performance, Qualification
from training_cli.qualification.stylesheet import CSS
from training_cli.qualification.tables import Row
from training_cli.qualification.wording import (
    Cells,
    confusion_cells,
    counted,
    inspection_cells,
    notes_of,
    percent,
    points,
    seven_of_ten_cells,
    verdict_of,
    zone_cells,
)

_SYMBOLS = {True: ("✓", "yes"), False: ("✕", "no"), None: ("–", "open")}

_METHOD = (
    "<b>Well classified</b>: judged rightly in at least 7 of 10 inspections (10 n ≥ 7 N). "
    "Undecided counts as rejected.",
    "<b>Quality factor</b>: ten times a part's rejection rate, rounded. <b>Zones</b> go by the "
    "inspectors' exact rate: reject from 7 of 10 on, accept up to 3 of 10, grey between.",
    "<b>Reject-zone efficiency (RZE)</b>: the mean rejection rate of the parts in the reject zone. "
    "The zone is fixed by the same inspections that give the inspectors' RZE, which favours them.",
    "<b>Qualified</b>: RZE and the number of well classified parts both reach the inspectors'.",
    "<b>Bounds</b> (≥, ≤) are one-sided, 95 %, over parts: the runs of one part depend on each "
    "other. Of counts of parts they are Clopper and Pearson's; of mean rates Gaffke's (2005), a "
    "bootstrap over parts with one more part at the worst value, which assumes no distribution.",
    "<b>TPR</b>: share of the defective that is rejected. <b>TNR</b>: share of the good that "
    "passes.",
)


def page_of(
    qualification: Qualification, pictures: Mapping[str, str], facts: Iterable[tuple[str, str]]
) -> str:
    """HTML.

    Args:
        pictures: Of parts, as data URIs.
        facts: Where it all comes from, a name and a text each.
    """
    sections = [
        _head(qualification),
        _verdict(qualification),
        _figures(qualification),
        _plots(qualification),
        _tables(qualification),
        _missed(qualification, pictures),
        _section("Notes", _list(map(escape, notes_of(qualification)))),
        _section("How it is worked out", _list(_METHOD)),
        _section("Where it comes from", _facts(facts)),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Acceptance qualification</title><style>{CSS}</style></head>\n<body><main>\n"
        + "\n".join(section for section in sections if section)
        + "\n</main></body></html>\n"
    )


def _head(q: Qualification) -> str:
    defective = sum(part.truth is Truth.DEFECTIVE for part in q.parts)
    of = [
        f"{counted(len(q.parts), 'part')}: {defective} defective, {len(q.parts) - defective} good",
        f"{counted(q.machine.runs, 'run')} of the machine",
    ]
    if q.inspectors:
        of.append(
            f"{counted(len(q.each_inspector), 'inspector')} with "
            f"{counted(q.inspectors.runs, 'inspection')} of each part"
        )
    return (
        '<p class="quiet">Knapp protocol</p><h1>Acceptance qualification</h1>'
        f"<p>{' · '.join(of)}</p>"
    )


def _verdict(q: Qualification) -> str:
    word, sentence = verdict_of(q)
    symbol, kind = _SYMBOLS[q.is_accepted]
    said = f"<p>{escape(sentence)}</p>"
    if c := q.comparison:
        said += (
            f'<p class="quiet">RZE {_reached(c.is_rze_reached)}: ratio {c.rze_ratio:.4f}, '
            f"difference {points(c.rze_difference)}, with 95 % above "
            f"{points(c.rze_difference_lower_95)}. "
            f"7 of 10 {_reached(c.is_seven_of_ten_reached)}.</p>"
        )
    return (
        f'<div class="panel verdict"><div class="word {kind}"><span>{symbol}</span>{word}</div>'
        f'<div class="said">{said}</div></div>'
    )


def _reached(is_reached: bool) -> str:
    return "reached" if is_reached else "not reached"


def _figures(q: Qualification) -> str:
    machine, people = q.machine, q.inspectors
    well, detection, false = machine.all_parts, machine.detection, machine.false_rejects
    tiles = [
        (
            "Well classified, 7 of 10",
            f"{well.count} of {well.parts}",
            f"{percent(well.share)}, ≥ {percent(well.lower_95)}",
        ),
        (
            "Defective parts rejected",
            percent(detection.rate),
            f"over {counted(detection.parts, 'part')}, ≥ {percent(detection.lower_95)}",
        ),
        (
            "False rejects",
            percent(false.rate),
            f"over {counted(false.parts, 'good part')}, ≤ {percent(false.upper_95)}",
        ),
    ]
    if people and people.reject_zone and machine.reject_zone:
        zone = machine.reject_zone
        against = f"≥ {percent(zone.lower_95)}; inspectors {percent(people.reject_zone.rate)}"
        tiles.insert(0, ("Reject-zone efficiency", percent(zone.rate), against))
    return '<div class="row">' + "".join(_tile(*tile) for tile in tiles) + "</div>"


def _tile(name: str, figure: str, beside: str) -> str:
    return (
        f'<div class="panel figure"><span class="quiet">{name}</span><b>{figure}</b>'
        f'<span class="quiet">{beside}</span></div>'
    )


def _plots(q: Qualification) -> str:
    plots = [
        (factor_histogram(q), "Parts by quality factor. Green is the accept zone, red the reject."),
        (
            rate_scatter(q),
            "Each part; larger where several meet. Above the line the machine rejects"
            " it more often than the inspectors.",
        ),
        (zone_efficiency(q), "How surely parts of the reject zone are rejected."),
    ]
    shown = "".join(_plot(svg, caption) for svg, caption in plots if svg is not None)
    return f'<h2>Plots</h2><div class="row">{shown}</div>'


def _plot(svg: str, caption: str) -> str:
    data = base64.b64encode(svg.encode()).decode("ascii")
    return (
        f'<div class="panel plot"><img alt="{caption}" src="data:image/svg+xml;base64,{data}">'
        f'<p class="quiet">{caption}</p></div>'
    )


def _tables(q: Qualification) -> str:
    sides = [side for side in (q.machine, q.inspectors) if side is not None]
    everyone: list[Performance] = [*sides, *q.each_inspector]
    title = "Machine and inspectors" if q.inspectors else "The machine"
    parts = [f"<h2>{title}</h2>", _table(seven_of_ten_cells(everyone))]
    if q.inspectors:
        parts.append(_table(zone_cells(everyone)))
    parts += [
        _table(inspection_cells(everyone)),
        "<h2>The machine in detail</h2>",
        _table(confusion_cells("Run", q.per_run)),
    ]
    if q.patches:
        vials = Row(name="Vial, all regions", confusion=q.patches.vials)
        parts.append(_table(confusion_cells("Region, every patch", [*q.patches.regions, vials])))
    return "".join(parts)


def _table(cells: Cells) -> str:
    heads, *rows = cells
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows
    )
    return f'<div class="panel table"><table><tr>{head}</tr>{body}</table></div>'


def _missed(q: Qualification, pictures: Mapping[str, str]) -> str:
    parts = sorted(q.not_well_classified, key=lambda p: (p.truth is Truth.GOOD, _wrongness(p)))
    if not parts:
        return _section("Parts not well classified", "<p>None.</p>")
    cards = "".join(_card(part, pictures) for part in parts)
    title = f"Parts not well classified: {len(parts)} of {len(q.parts)}"
    return f'<h2>{title}</h2><div class="row">{cards}</div>'


def _wrongness(part: JudgedPart) -> float:
    rate = part.machine.rejection_rate
    return rate if part.truth is Truth.DEFECTIVE else 1 - rate


def _card(part: JudgedPart, pictures: Mapping[str, str]) -> str:
    picture = pictures.get(part.name)
    shown = f'<img alt="" src="{picture}">' if picture else ""
    if pictures and not picture:
        shown = '<span class="none">no picture</span>'
    lines = [f"Machine: {_rejected(part.machine)}"]
    if part.manual:
        lines.append(f"Inspectors: {_rejected(part.manual)}")
    what = ", ".join((part.truth.value, *part.labels))
    return (
        f'<div class="panel part">{shown}<div class="{part.truth.value}"><b>{escape(part.name)}</b>'
        f'{escape(what)}<br><span class="quiet">{"<br>".join(lines)}</span></div></div>'
    )


def _rejected(tally: Tally) -> str:
    undecided = f", {tally.undecided} of these undecided" if tally.undecided else ""
    return f"rejected {tally.rejected} of {tally.inspections}{undecided}"


def _section(title: str, content: str) -> str:
    return f'<h2>{title}</h2><div class="panel">{content}</div>' if content else ""


def _list(items: Iterable[str]) -> str:
    lines = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{lines}</ul>" if lines else ""


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    return _list(f"{escape(name)}: <code>{escape(text)}</code>" for name, text in facts)
