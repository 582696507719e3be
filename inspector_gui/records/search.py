"""Finds inspections among millions, newest first.

Every page is one query that begins at the end of the page before it. Which index it goes along is
said here and not left to SQLite, which knows nothing of how rare a label or a decision is; times
and counts come from `tallies`, so that neither needs a look at the inspections.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from inspector_gui.records.reader import RecordReader

OPEN = "OPEN"
"""As a filter's disposition: did not pass, and nobody has decided yet."""
NOT_PASSED = "NOT_PASSED"
"""As a filter's decision: `REJECT` or `UNDECIDED`."""
PAGE = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; "" does not narrow anything down.

    Attributes:
        since, until: Minutes in UTC, `YYYY-MM-DDTHH:MM`; `until` itself is not among them.
        decision: `PASS`, `REJECT`, `UNDECIDED` or `NOT_PASSED`.
        disposition: `CONFIRMED`, `OVERRULED` (the last decision of a person) or `OPEN`.
        label: One that was found.
        reviewer: Who has decided last.
        text: Occurs in the source, the reason's sentence or a reviewer's note; ASCII letters match
            in both cases.
    """

    since: str = ""
    until: str = ""
    lot: str = ""
    recipe: str = ""
    decision: str = ""
    disposition: str = ""
    label: str = ""
    reviewer: str = ""
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, field.name) for field in fields(self))

    @property
    def is_counted(self) -> bool:
        """Whether `tallies` alone can answer how many there are."""
        return not (self.disposition or self.label or self.reviewer or self.text)


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a list.

    Attributes:
        labels: What was found, strongest first.
        disposition, reviewer: Of the last decision of a person; "" without one.
    """

    seq: int
    judged_at: str
    lot: str
    part: int
    decision: str
    reason: str
    score: float | None
    threshold: float | None
    labels: tuple[str, ...]
    recipe: str
    recipe_revision: int
    source: str
    disposition: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Parts by decision; in a chart those of the time from `minute` on."""

    minute: str = ""
    passed: int = 0
    rejected: int = 0
    undecided: int = 0

    @property
    def parts(self) -> int:
        return self.passed + self.rejected + self.undecided


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot: when it began and ended (minutes in UTC), and its parts."""

    name: str
    recipe: str
    since: str
    until: str
    parts: int
    not_passed: int


class Search:
    """Questions to one record; for one thread at a time, as its reader is."""

    def __init__(self, reader: RecordReader) -> None:
        self._connection = reader.connection

    def page(self, wanted: Filter, before_seq: int | None = None, limit: int = PAGE) -> list[Found]:
        """Inspections that match, newest first; go on with `before_seq` of the last."""
        query = _Query(wanted, self._bounds(wanted))
        if before_seq is not None:
            query.add(f"{query.key} < ?", before_seq)
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM {query.tables} {_LAST_DISPOSITION} {query.where} "
            f"ORDER BY {query.key} DESC LIMIT ?",
            [*query.values, limit],
        )
        return [_found(row) for row in rows]

    def get(self, seq: int) -> Found:
        """One line.

        Raises:
            KeyError: There is none at this place.
        """
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM inspections AS i {_LAST_DISPOSITION} WHERE i.seq = ?", [seq]
        ).fetchone()
        if row is None:
            raise KeyError(seq)
        return _found(row)

    def seqs(self, wanted: Filter, after_seq: int, until_seq: int, limit: int) -> list[int]:
        """Places of the inspections that match, oldest first, in (`after_seq`, `until_seq`]."""
        query = _Query(wanted, self._bounds(wanted))
        query.add(f"{query.key} > ?", after_seq)
        query.add(f"{query.key} <= ?", until_seq)
        rows = self._connection.execute(
            f"SELECT {query.key} FROM {query.tables} {_LAST_DISPOSITION} {query.where} "
            f"ORDER BY {query.key} LIMIT ?",
            [*query.values, limit],
        )
        return [seq for (seq,) in rows]

    def last_seq(self) -> int:
        """Place of the newest inspection; 0 without one."""
        (seq,) = self._connection.execute("SELECT max(seq) FROM inspections").fetchone()
        return int(seq or 0)

    def count(self, wanted: Filter) -> Tally:
        """How many inspections match, by decision."""
        if wanted.is_counted:
            where, values = _in_tallies(wanted, "decision")
            rows = self._connection.execute(
                f"SELECT decision, sum(parts) FROM tallies {where} GROUP BY 1", values
            )
        else:
            query = _Query(wanted, self._bounds(wanted))
            rows = self._connection.execute(
                f"SELECT i.decision, count(*) FROM {query.tables} {_LAST_DISPOSITION} "
                f"{query.where} GROUP BY 1",
                query.values,
            )
        counts = {str(decision): int(n) for decision, n in rows}
        return _tally("", counts)

    def chart(self, wanted: Filter, steps: int) -> list[Tally]:
        """Parts over time, in at most about `steps` even spans; spans without parts are left out.

        Time, lot and recipe narrow it down, nothing else: a yield is one over all parts.
        """
        where, values = _in_tallies(wanted)
        first, last = self._connection.execute(
            f"SELECT min(unixepoch(minute)) / 60, max(unixepoch(minute)) / 60 FROM tallies {where}",
            values,
        ).fetchone()
        if first is None:
            return []
        step = max(1, -(-(last - first + 1) // steps))
        rows = self._connection.execute(
            f"SELECT {first} + (unixepoch(minute) / 60 - {first}) / {step} * {step} AS span, "
            f"decision, sum(parts) FROM tallies {where} GROUP BY 1, 2 ORDER BY 1",
            values,
        )
        spans: dict[int, dict[str, int]] = {}
        for span, decision, parts in rows:
            spans.setdefault(span, {})[decision] = parts
        return [_tally(_minute(span), counts) for span, counts in spans.items()]

    def lots(self, limit: int = 500) -> list[Lot]:
        """The last lots, newest first."""
        rows = self._connection.execute(
            "SELECT lot, min(recipe), min(minute), max(minute), sum(parts), "
            "sum(CASE WHEN decision <> 'PASS' THEN parts ELSE 0 END) "
            "FROM tallies GROUP BY lot ORDER BY max(last_seq) DESC LIMIT ?",
            [limit],
        )
        return [Lot(*row) for row in rows]

    def recipes(self) -> list[str]:
        return self._names("SELECT DISTINCT recipe FROM tallies ORDER BY 1")

    def labels(self) -> list[str]:
        return self._names("SELECT DISTINCT label FROM labels ORDER BY 1")

    def reviewers(self) -> list[str]:
        return self._names("SELECT DISTINCT reviewer FROM dispositions ORDER BY 1")

    def _names(self, query: str) -> list[str]:
        return [str(name) for (name,) in self._connection.execute(query)]

    def _bounds(self, wanted: Filter) -> tuple[int, int] | None:
        """Between which places time and lot lie; None where that would not help."""
        goes_by_lot = _way(wanted) == _way(Filter(lot=wanted.lot))
        if not (wanted.since or wanted.until or (wanted.lot and not goes_by_lot)):
            return None
        where, values = _in_tallies(wanted)
        first, last = self._connection.execute(
            f"SELECT min(first_seq), max(last_seq) FROM tallies {where}", values
        ).fetchone()
        return (1, 0) if first is None else (first, last)


_COLUMNS = (
    "i.seq, i.judged_at, i.lot, i.part, i.decision, i.reason, i.score, i.threshold, i.findings, "
    "i.recipe, i.recipe_revision, i.source, last.disposition, last.reviewer"
)
_LAST_DISPOSITION = (
    "LEFT JOIN dispositions AS last ON last.seq = "
    "(SELECT max(seq) FROM dispositions WHERE inspection_seq = i.seq)"
)


class _Query:
    """Tables in the order in which they are gone through, and conditions.

    `CROSS JOIN` is how SQLite is told an order; INDEXED BY, a unary plus before a column that it
    must not use for it, and `decision <> 'PASS'`, how it is told an index.
    """

    def __init__(self, wanted: Filter, bounds: tuple[int, int] | None) -> None:
        self._conditions: list[str] = []
        self.values: list[Any] = []
        self.tables, self.key = _way(wanted)
        if bounds is not None:
            self.add(f"{self.key} BETWEEN ? AND ?", *bounds)
        if wanted.since:
            self.add("i.judged_at >= ?", wanted.since)
        if wanted.until:
            self.add("i.judged_at < ?", wanted.until)
        if wanted.label:
            self.add("way.label = ?", wanted.label)
        for name in ("lot", "recipe"):
            if value := getattr(wanted, name):
                self.add(f"i.{name} = ?", value)
        self._add_decision(wanted)
        self._add_disposition(wanted)
        if wanted.text:
            self._add_text(wanted.text)

    @property
    def where(self) -> str:
        return f"WHERE {' AND '.join(self._conditions)}" if self._conditions else ""

    def add(self, condition: str, *values: Any) -> None:
        self._conditions.append(condition)
        self.values += values

    def _add_decision(self, wanted: Filter) -> None:
        if wanted.decision == NOT_PASSED or wanted.disposition == OPEN:
            self.add("i.decision IN ('REJECT', 'UNDECIDED') AND i.decision <> 'PASS'")
        if wanted.decision in ("REJECT", "UNDECIDED"):
            self.add("i.decision = ? AND i.decision <> 'PASS'", wanted.decision)
        elif wanted.decision == "PASS":
            self.add("i.decision = 'PASS'")

    def _add_disposition(self, wanted: Filter) -> None:
        if wanted.disposition == OPEN:
            self.add("last.seq IS NULL")
        elif wanted.disposition:
            self.add("last.disposition = ?", wanted.disposition)
        if wanted.reviewer:
            self.add("last.reviewer = ?", wanted.reviewer)
        if self.tables.startswith("dispositions"):
            self.add("way.seq = last.seq")

    def _add_text(self, text: str) -> None:
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        has_it = "LIKE ? ESCAPE '\\'"
        noted = f"SELECT inspection_seq FROM dispositions WHERE note {has_it}"
        self.add(
            f"(i.source {has_it} OR i.detail {has_it} OR i.seq IN ({noted}))",
            *[f"%{escaped}%"] * 3,
        )


def _way(wanted: Filter) -> tuple[str, str]:
    """What to go through, and the column that holds an inspection's place in it."""
    if wanted.label:
        return "labels AS way CROSS JOIN inspections AS i ON i.seq = way.inspection_seq", (
            "way.inspection_seq"
        )
    if wanted.reviewer or wanted.disposition not in ("", OPEN):
        decided = "dispositions AS way INDEXED BY dispositions_by_inspection"
        return f"{decided} CROSS JOIN inspections AS i ON i.seq = way.inspection_seq", (
            "way.inspection_seq"
        )
    if wanted.lot:
        return "inspections AS i", "i.seq"
    if wanted.decision == NOT_PASSED or wanted.disposition == OPEN:
        return "inspections AS i INDEXED BY inspections_not_passed_by_seq", "i.seq"
    if wanted.decision not in ("", "PASS"):
        return "inspections AS i INDEXED BY inspections_not_passed", "i.seq"
    if wanted.text:
        return "inspections AS i INDEXED BY inspections_by_text", "i.seq"
    return "inspections AS i", "i.seq"


def _in_tallies(wanted: Filter, *more: str) -> tuple[str, list[str]]:
    conditions, values = [], []
    for column, operator, value in (
        ("minute", ">=", wanted.since),
        ("minute", "<", wanted.until),
        ("lot", "=", wanted.lot),
        ("recipe", "=", wanted.recipe),
    ):
        if value:
            conditions.append(f"{column} {operator} ?")
            values.append(value)
    if "decision" in more and wanted.decision == NOT_PASSED:
        conditions.append("decision <> 'PASS'")
    elif "decision" in more and wanted.decision:
        conditions.append("decision = ?")
        values.append(wanted.decision)
    return (f"WHERE {' AND '.join(conditions)}" if conditions else ""), values


def _found(row: Any) -> Found:
    values = dict(row)
    labels = (str(finding["label"]) for finding in json.loads(values.pop("findings")))
    disposition, reviewer = values.pop("disposition") or "", values.pop("reviewer") or ""
    return Found(
        **values,
        labels=tuple(dict.fromkeys(labels)),
        disposition=disposition,
        reviewer=reviewer,
    )


def _minute(number: int) -> str:
    """A minute counted from 1970, as the record writes it."""
    return datetime.fromtimestamp(number * 60, UTC).strftime("%Y-%m-%dT%H:%M")


def _tally(minute: str, counts: dict[str, int]) -> Tally:
    return Tally(minute, counts.get("PASS", 0), counts.get("REJECT", 0), counts.get("UNDECIDED", 0))
