"""What a lot's report says of who did what: the audit extract, and signatures with their proof."""

from __future__ import annotations

import json
from dataclasses import dataclass

from inspector_gui.records.errors import RecordsDamaged
from inspector_gui.records.permissions import Action
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.signatures import Signature, signature_problem
from inspector_gui.records.trail import TrailLine, lines_at

MOST_LINES = 500
_OF_A_LOT = (
    Action.OPEN_LOT,
    Action.RUN_LINE,
    Action.RUN_DEMONSTRATION,
    Action.STOP_LINE,
    Action.CLOSE_LOT,
    Action.SIGN_LOT,
)


@dataclass(frozen=True, slots=True)
class SignedBy:
    """A lot's signature as it stands in the record.

    Attributes:
        problem: Why it does not hold, one sentence; "" if it does.
    """

    signature: Signature
    problem: str


def audit_of(reader: RecordReader, lot: str, first: int, last: int) -> tuple[list[TrailLine], int]:
    """What was done to a lot and befell its line, oldest first; how many lines are left out.

    That is every act on the lot, allowed or not; the release of its recipe that was in force; every
    decision about a part that replaced another; and the line's events from its first start for the
    lot to its last stop. Of too many, events are left out first, and then what came last.

    Args:
        first, last: Places of the lot's first and last part.
    """
    acts = [*_released(reader, first), *_acts(reader, lot), *_decided_anew(reader, lot)]
    events = _events(reader, first, last)
    kept = [*sorted(acts), *events][:MOST_LINES]
    return lines_at(reader, sorted(kept)), len(acts) + len(events) - len(kept)


def signatures_of(reader: RecordReader, lot: str) -> list[SignedBy]:
    """A lot's signatures, oldest first, each checked against the record's key and chain.

    Raises:
        RecordsDamaged: One of them is none.
    """
    rows = reader.connection.execute(
        "SELECT * FROM audit WHERE action = ? AND outcome = 'ALLOWED' AND subject = ? ORDER BY seq",
        [Action.SIGN_LOT, lot],
    )
    found = []
    for row in map(dict, rows):
        try:
            new = json.loads(row["new"])
            found.append(SignedBy(Signature(**new), signature_problem(reader, row, new)))
        except (ValueError, TypeError) as error:
            raise RecordsDamaged(
                f"Entry {row['seq']} of the record in {reader.folder} is not as it was written: "
                "check it with `inspector records verify`."
            ) from error
    return found


def _acts(reader: RecordReader, lot: str) -> list[int]:
    marks = ", ".join("?" * len(_OF_A_LOT))
    return _seqs(
        reader, f"SELECT seq FROM audit WHERE subject = ? AND action IN ({marks})", lot, *_OF_A_LOT
    )


def _released(reader: RecordReader, first: int) -> list[int]:
    return _seqs(
        reader,
        "SELECT max(seq) FROM audit WHERE action = ? AND outcome = 'ALLOWED' AND seq < ? "
        "AND subject = (SELECT recipe FROM inspections WHERE seq = ?) HAVING max(seq) NOT NULL",
        Action.RELEASE_RECIPE,
        first,
        first,
    )


def _decided_anew(reader: RecordReader, lot: str) -> list[int]:
    return _seqs(
        reader,
        "SELECT a.seq FROM audit AS a CROSS JOIN inspections AS i "
        "ON i.seq = CAST(substr(a.subject, length('entry ') + 1) AS INTEGER) "
        "WHERE a.action = ? AND a.old <> '{}' AND i.lot = ?",
        Action.REVIEW,
        lot,
    )


def _events(reader: RecordReader, first: int, last: int) -> list[int]:
    return _seqs(
        reader,
        "SELECT seq FROM events WHERE seq BETWEEN "
        "(SELECT coalesce(max(seq), ?1) FROM events WHERE kind = 'station_started' AND seq < ?1) "
        "AND (SELECT coalesce(min(seq), ?2) FROM events WHERE kind = 'station_stopped' "
        "AND seq > ?2) ORDER BY seq",
        first,
        last,
    )


def _seqs(reader: RecordReader, query: str, *values: object) -> list[int]:
    return [int(seq) for (seq,) in reader.connection.execute(query, values)]
