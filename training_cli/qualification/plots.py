"""The plots of a qualification, as SVG."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from training_cli.qualification.colours import INFORMATION, LINE, PASSED, QUIET, REJECTED, TEXT
from training_cli.qualification.figures import Tally
from training_cli.qualification.kit import Truth
from training_cli.qualification.protocol import JudgedPart, Performance, Qualification

_STYLE: Any = {
    "svg.hashsalt": "qualification",  # or the same figures give another file each time
    "text.parse_math": False,  # no inspector's name is a formula
    "font.size": 9.5,
    "text.color": TEXT,
    "axes.labelcolor": TEXT,
    "axes.edgecolor": LINE,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "axes.axisbelow": True,
    "legend.frameon": False,
}
_TRUTHS = ((Truth.GOOD, "Good parts"), (Truth.DEFECTIVE, "Defective parts"))
_ACCEPT, _REJECT = 0.3, 0.7


def factor_histogram(qualification: Qualification) -> str:
    """How many parts have each quality factor: good and defective ones, machine and people."""

    def draw(figure: Figure) -> None:
        panels = figure.subplots(2, 1, sharex=True)
        for panel, (truth, title) in zip(panels, _TRUTHS, strict=True):
            _factors(panel, [p for p in qualification.parts if p.truth is truth])
            panel.set_title(title)
        panels[0].legend(loc="upper right")
        panels[1].set_xlabel("Quality factor: rejections in ten inspections")

    return _svg(draw, (5.6, 4.3))


def rate_scatter(qualification: Qualification) -> str | None:
    """Each part's rejection rate by machine and people; None without people."""
    if qualification.inspectors is None:
        return None

    def draw(figure: Figure) -> None:
        panel = figure.subplots()
        panel.axvspan(_REJECT, 1.05, color=REJECTED, alpha=0.06, lw=0, zorder=0)
        panel.axvspan(-0.05, _ACCEPT, color=PASSED, alpha=0.06, lw=0, zorder=0)
        panel.plot((0, 1), (0, 1), color=LINE, lw=1)
        for truth, marker, colour in ((Truth.DEFECTIVE, "s", REJECTED), (Truth.GOOD, "o", PASSED)):
            _bubbles(panel, qualification.parts, truth, marker, colour)
        for place, zone in ((0.125, "accept"), (0.5, "grey"), (0.875, "reject")):
            panel.text(place, 1.075, f"{zone} zone", ha="center", color=QUIET, fontsize=8.5)
        panel.set(xlim=(-0.05, 1.05), ylim=(-0.05, 1.06), aspect="equal")
        panel.set_xlabel("Rejection rate, inspectors")
        panel.set_ylabel("Rejection rate, machine")
        panel.legend(loc="lower right", markerscale=0.8)

    return _svg(draw, (4.4, 4.3))


def zone_efficiency(qualification: Qualification) -> str | None:
    """Reject-zone efficiency with its lower bound; None where nothing is compared."""
    everyone = [qualification.machine, qualification.inspectors, *qualification.each_inspector]
    rows = [p for p in everyone if p is not None and p.reject_zone is not None]
    if not rows:
        return None

    def draw(figure: Figure) -> None:
        panel = figure.subplots()
        for place, row in enumerate(rows):
            _efficiency(panel, place, row)
        panel.set_yticks(range(len(rows)), [_short(row.name) for row in rows])
        panel.set_ylim(len(rows) - 0.5, -0.5)
        panel.set_xlabel("Reject-zone efficiency; the line goes down to the 95 % bound")
        panel.grid(axis="x", color=LINE, alpha=0.5, lw=0.6)
        panel.margins(x=0.08)

    return _svg(draw, (10.2, 0.9 + 0.3 * len(rows)))


def _factors(panel: Axes, parts: Sequence[JudgedPart]) -> None:
    manual = [p.manual for p in parts if p.manual is not None]
    sides = [("Machine", [p.machine for p in parts], INFORMATION), ("Inspectors", manual, QUIET)]
    shown = [side for side in sides if side[1]]
    width = 0.8 / len(shown)
    for i, (name, tallies, colour) in enumerate(shown):
        heights = np.bincount([t.quality_factor for t in tallies], minlength=11)
        places = np.arange(11) + (i - (len(shown) - 1) / 2) * width
        panel.bar(places, heights, width * 0.92, color=colour, label=name)
    panel.axvspan(6.5, 10.5, color=REJECTED, alpha=0.06, lw=0, zorder=0)
    panel.axvspan(-0.5, 3.5, color=PASSED, alpha=0.06, lw=0, zorder=0)
    panel.set(xlim=(-0.5, 10.5), xticks=range(11), ylabel="parts")
    panel.yaxis.set_major_locator(MaxNLocator(integer=True))
    panel.grid(axis="y", color=LINE, alpha=0.5, lw=0.6)


def _bubbles(
    panel: Axes, parts: Sequence[JudgedPart], truth: Truth, marker: str, colour: str
) -> None:
    own = [(p.manual, p.machine) for p in parts if p.truth is truth and p.manual is not None]
    counts = Counter((_rate(manual), _rate(machine)) for manual, machine in own)
    x, y = zip(*counts, strict=True)
    sizes = [22 * np.sqrt(count) for count in counts.values()]
    panel.scatter(
        x, y, sizes, c=colour, marker=marker, alpha=0.6, lw=0, label=truth.value, clip_on=False
    )


def _efficiency(panel: Axes, place: int, row: Performance) -> None:
    zone = row.reject_zone
    assert zone is not None
    colour = INFORMATION if place == 0 else QUIET
    strong = place < 2
    panel.plot((zone.lower_95, zone.rate), (place, place), color=colour, lw=3 if strong else 1.5)
    panel.plot(zone.rate, place, "o", color=colour, ms=8 if strong else 5)


def _rate(tally: Tally) -> float:
    return tally.rejection_rate


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"


def _svg(draw: Callable[[Figure], None], size_in: tuple[float, float]) -> str:
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=size_in, layout="constrained")
        draw(figure)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None}, transparent=True)
    return file.getvalue()
