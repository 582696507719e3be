"""The audit trail to read: what people did and what befell the line, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspector_gui.records.reader import RecordReader

PAGE = 200


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What to look for; "" does not narrow anything down.

    Attributes:
        since, until: UTC, ISO 8601; `until` itself is not among them.
        account: Whose acts, in any case of its letters.
        action: An act of `permissions.Action`, or an event's kind.
        subject: What it was done to.
        outcome: `ALLOWED` or `REFUSED`; leaves out events.
        text: Occurs in the subject, the reason, or what it was and became; ASCII letters match in
            both cases.
    """

    since: str = ""
    until: str = ""
    account: str = ""
    action: str = ""
    subject: str = ""
    outcome: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TrailChoices:
    """Whose acts there are, and which acts and events, by name."""

    accounts: Sequence[str] = ()
    actions: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class TrailLine:
    """An act, or an event of the line: then account, role, outcome and subject are "".

    Attributes:
        utc_offset_min: None of an event of an older program, which told UTC alone.
        why: A person's reason, why it was refused, or what happened.
    """

    seq: int
    happened_at: str
    utc_offset_min: int | None
    account: str
    role: str
    action: str
    outcome: str
    subject: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    why: str

    @property
    def changes(self) -> list[tuple[str, Any, Any]]:
        """Which values became which others, by their dotted names; None where there was none."""
        old, new = dict(_flat(self.old)), dict(_flat(self.new))
        names = [*old, *(name for name in new if name not in old)]
        pairs = ((name, old.get(name), new.get(name)) for name in names)
        return [(name, before, after) for name, before, after in pairs if before != after]


def trail(
    reader: RecordReader, wanted: TrailFilter, before_seq: int | None = None, limit: int = PAGE
) -> list[TrailLine]:
    """Lines that match, newest first; go on with `before_seq` of the last."""
    place = [] if before_seq is None else [("seq < ?", before_seq)]
    query, values = _lines(wanted, place)
    rows = reader.connection.execute(f"{query} ORDER BY seq DESC LIMIT ?", [*values, limit])
    return [_line(row) for row in rows]


def trail_from(
    reader: RecordReader, wanted: TrailFilter, after_seq: int, limit: int
) -> list[TrailLine]:
    """Lines that match, oldest first, that came after a place in the record."""
    query, values = _lines(wanted, [("seq > ?", after_seq)])
    rows = reader.connection.execute(f"{query} ORDER BY seq LIMIT ?", [*values, limit])
    return [_line(row) for row in rows]


def count_trail(reader: RecordReader, wanted: TrailFilter, after_seq: int = 0) -> int:
    """How many lines match that came after a place in the record."""
    query, values = _lines(wanted, [("seq > ?", after_seq)])
    (count,) = reader.connection.execute(f"SELECT count(*) FROM ({query})", values).fetchone()
    return int(count)


def trail_choices(reader: RecordReader) -> TrailChoices:
    def names(query: str) -> list[str]:
        return [str(name) for (name,) in reader.connection.execute(query)]

    return TrailChoices(
        names("SELECT DISTINCT account FROM audit WHERE account <> '' ORDER BY 1"),
        names("SELECT action FROM audit UNION SELECT kind FROM events ORDER BY 1"),
    )


def lines_at(reader: RecordReader, seqs: Sequence[int]) -> list[TrailLine]:
    """The lines at some places, oldest first."""
    marks = ", ".join("?" * len(seqs))
    both = " UNION ALL ".join(
        f"SELECT * FROM ({table}) WHERE seq IN ({marks})" for table in (_ACTS, _EVENTS)
    )
    rows = reader.connection.execute(f"{both} ORDER BY seq", [*seqs, *seqs])
    return [_line(row) for row in rows]


_CONDITION = {
    "since": "happened_at >= ?",
    "until": "happened_at < ?",
    "account": "account = ? COLLATE NOCASE",
    "action": "action = ?",
    "subject": "subject = ?",
    "outcome": "outcome = ?",
}
_TEXTS = ("subject", "why", "old", "new")
_ACTS = (
    "SELECT seq, happened_at, utc_offset_min, account, role, action, outcome, subject, old, new, "
    "why FROM audit"
)
_EVENTS = (
    "SELECT seq, happened_at, json_extract(data, '$.utc_offset_min') AS utc_offset_min, "
    "'' AS account, '' AS role, kind AS action, '' AS outcome, '' AS subject, '{}' AS old, "
    "data AS new, detail AS why FROM events"
)


def _lines(wanted: TrailFilter, place: Sequence[tuple[str, Any]]) -> tuple[str, list[Any]]:
    """Both tables by themselves, so that SQLite goes along their places and sorts nothing."""
    asked = [(_CONDITION[name], getattr(wanted, name)) for name in _CONDITION]
    given = [*place, *((condition, value) for condition, value in asked if value)]
    clauses, values = [condition for condition, _ in given], [value for _, value in given]
    if wanted.text:
        escaped = wanted.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        clauses.append("(" + " OR ".join(f"{name} LIKE ? ESCAPE '\\'" for name in _TEXTS) + ")")
        values += [f"%{escaped}%"] * len(_TEXTS)
    where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
    both = (f"SELECT * FROM ({table}) {where}" for table in (_ACTS, _EVENTS))
    return " UNION ALL ".join(both), [*values, *values]


def _line(row: Any) -> TrailLine:
    values = dict(row)
    old, new = json.loads(values.pop("old")), json.loads(values.pop("new"))
    return TrailLine(**values, old=old, new=new)


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
