"""The audit trail to read: what people did and what befell the line, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
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
    """

    since: str = ""
    until: str = ""
    account: str = ""
    action: str = ""
    subject: str = ""
    outcome: str = ""


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
    conditions = [_CONDITION[f.name] for f in fields(wanted) if getattr(wanted, f.name)]
    values = [getattr(wanted, f.name) for f in fields(wanted) if getattr(wanted, f.name)]
    if before_seq is not None:
        conditions.append("seq < ?")
        values.append(before_seq)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = reader.connection.execute(
        f"SELECT * FROM ({_LINES}) {where} ORDER BY seq DESC LIMIT ?", [*values, limit]
    )
    return [_line(row) for row in rows]


def lines_at(reader: RecordReader, seqs: Sequence[int]) -> list[TrailLine]:
    """The lines at some places, oldest first."""
    marks = ", ".join("?" * len(seqs))
    rows = reader.connection.execute(
        f"SELECT * FROM ({_LINES}) WHERE seq IN ({marks}) ORDER BY seq", list(seqs)
    )
    return [_line(row) for row in rows]


_CONDITION = {
    "since": "happened_at >= ?",
    "until": "happened_at < ?",
    "account": "account = ? COLLATE NOCASE",
    "action": "action = ?",
    "subject": "subject = ?",
    "outcome": "outcome = ?",
}
_LINES = (
    "SELECT seq, happened_at, utc_offset_min, account, role, action, outcome, subject, old, new, "
    "why FROM audit UNION ALL "
    "SELECT seq, happened_at, json_extract(data, '$.utc_offset_min'), '', '', kind, '', '', '{}', "
    "data, detail FROM events"
)


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
