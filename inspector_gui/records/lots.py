"""Lots: opened, closed with their count, signed. What a lot is, follows from the chain.

One lot is open at a time. A changeover takes two steps, closing the one and opening the other, and
a lot that a line is running on cannot be closed: no part is ever in flight between two recipes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from inspector_gui.records.accounts import Session
from inspector_gui.records.entries import ALLOWED, AuditEntry
from inspector_gui.records.errors import RecordsDamaged, RecordsError
from inspector_gui.records.keys import signer_of
from inspector_gui.records.moment import utc_now
from inspector_gui.records.office import Actor, Office
from inspector_gui.records.permissions import PERMISSIONS, Action
from inspector_gui.records.reader import Recorded, RecordReader
from inspector_gui.records.signatures import Signature

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class LotCount:
    """What came of a lot.

    Attributes:
        passed, rejected, undecided, gaps: Its parts; gaps are those of which a frame was lost.
        frames: That the line took, or knows to have lost.
        frames_recorded: That stand in the record, with their parts.
        runs_without_count: How often the line ended without saying how many it took.
        first_seq, last_seq: Places of its first and last part; 0 without one.
    """

    passed: int = 0
    rejected: int = 0
    undecided: int = 0
    gaps: int = 0
    frames: int = 0
    frames_recorded: int = 0
    runs_without_count: int = 0
    first_seq: int = 0
    last_seq: int = 0

    @property
    def parts(self) -> int:
        return self.passed + self.rejected + self.undecided + self.gaps

    @property
    def lot_yield(self) -> float | None:
        """Share of the parts that passed; None without parts."""
        return self.passed / self.parts if self.parts else None

    @property
    def difference(self) -> str:
        """Why frames and parts do not agree, one sentence; "" where they do."""
        if self.frames != self.frames_recorded:
            return f"{self.frames} frames were taken and {self.frames_recorded} are in the record."
        if self.runs_without_count:
            return f"{self.runs_without_count} of its runs ended without counting their frames."
        return ""


@dataclass(frozen=True, slots=True)
class LotRecord:
    """A lot as it is now.

    Attributes:
        expected: How many parts it should have; None if nobody has said.
        closed_at, closed_by, why: "" while it is open; why it was closed though it did not agree.
        count: As it was closed; None while it is open.
    """

    name: str
    recipe: str
    recipe_revision: int
    expected: int | None
    opened_at: str
    opened_by: str
    closed_at: str = ""
    closed_by: str = ""
    why: str = ""
    count: LotCount | None = None
    signatures: tuple[Signature, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.closed_at


def lots_of(reader: RecordReader) -> list[LotRecord]:
    """All lots that were ever opened, oldest first.

    Raises:
        RecordsDamaged: What the trail says of them does not fit together.
    """
    lots: dict[str, LotRecord] = {}
    for recorded in _acts(reader):
        try:
            _take(lots, recorded.entry)
        except (KeyError, TypeError) as error:
            raise RecordsDamaged(
                f"Entry {recorded.seq} of the record in {reader.folder} is not as it was written: "
                "check it with `inspector records verify`."
            ) from error
    return list(lots.values())


def count_of(reader: RecordReader, lot: str) -> LotCount:
    """What the record holds of a lot at this moment."""
    frames, without = _frames_taken(reader, lot)
    rows = reader.connection.execute(
        "SELECT CASE WHEN reason = 'frame_lost' THEN 'GAP' ELSE decision END, count(*), "
        "sum(json_array_length(frame_ids)), min(seq), max(seq) "
        "FROM inspections WHERE lot = ? GROUP BY 1",
        [lot],
    ).fetchall()
    parts = {kind: count for kind, count, *_ in rows}
    return LotCount(
        parts.get("PASS", 0),
        parts.get("REJECT", 0),
        parts.get("UNDECIDED", 0),
        parts.get("GAP", 0),
        frames,
        sum(row[2] for row in rows),
        without,
        min((row[3] for row in rows), default=0),
        max((row[4] for row in rows), default=0),
    )


def progress_of(reader: RecordReader, lot: str) -> LotCount:
    """How far a lot has come, without a look at every part: its parts, and no frames."""
    rows = reader.connection.execute(
        "SELECT decision, sum(parts) FROM tallies WHERE lot = ? GROUP BY 1", [lot]
    )
    parts = {kind: int(count) for kind, count in rows}
    (gaps,) = reader.connection.execute(
        "SELECT count(*) FROM inspections INDEXED BY inspections_not_passed_by_lot WHERE lot = ? "
        "AND decision = 'UNDECIDED' AND decision <> 'PASS' AND reason = 'frame_lost'",
        [lot],
    ).fetchone()
    undecided = parts.get("UNDECIDED", 0) - gaps
    return LotCount(parts.get("PASS", 0), parts.get("REJECT", 0), undecided, gaps)


def open_lot(
    office: Office,
    session: Session | None,
    name: str,
    recipe: Mapping[str, Any],
    expected: int | None = None,
) -> None:
    """Begin a lot; by an engineer, it also puts a recipe into force that is new or has changed.

    Args:
        recipe: Its whole content, as JSON has it, with `name` and `revision`.

    Raises:
        Refused: This account may not, or the recipe was not released.
        RecordsError: The name is taken or no good, or another lot is open.
    """
    with office.acting():
        office.check(Action.OPEN_LOT, session, name)
        _check_new(office, name)
        release_recipe(office, session, recipe)
        office.permit(
            Action.OPEN_LOT,
            session,
            name,
            new={
                "recipe": recipe["name"],
                "recipe_revision": recipe["revision"],
                "expected": expected,
            },
        )


def close_lot(office: Office, session: Session | None, name: str, why: str = "") -> LotCount:
    """End a lot: it takes no more parts. What came of it.

    Raises:
        Refused: This account may not.
        RecordsError: It is not open, a line is running on it, or its frames and parts do not agree
            and nobody says why.
    """
    with office.acting():
        office.check(Action.CLOSE_LOT, session, name)
        if not lot_named(office, name).is_open:
            raise RecordsError(f"Lot {name} is closed already.")
        if office.running_lot == name:
            raise RecordsError(f"The line is running on lot {name}: stop it first.")
        with RecordReader(office.folder) as reader:
            count = count_of(reader, name)
        if count.difference and not why:
            raise RecordsError(f"Lot {name}: {count.difference} Say why, then it can be closed.")
        office.permit(Action.CLOSE_LOT, session, name, new=asdict(count), why=why)
    return count


def sign_lot(
    office: Office, session: Session | None, name: str, password: str, meaning: str
) -> Signature:
    """Sign a closed lot: from then on nobody decides about its parts any more.

    The signature is of the record as it is at this moment, and so of all that the lot holds.

    Raises:
        Refused: This account may not, or the password is wrong.
        RecordsError: The lot is not closed, or has this signature already.
    """
    with office.acting():
        actor = office.check(Action.SIGN_LOT, session, name)
        lot = lot_named(office, name)
        meaning = " ".join(meaning.split())
        _check_signable(lot, actor, meaning)
        _check_second_person(office, lot)
        office.confirm(session, password, Action.SIGN_LOT, name)
        signer = signer_of(office, session)
        account = office.accounts.get(actor.account)
        assert account is not None
        assert lot.count is not None
        with RecordReader(office.folder) as reader:
            through_seq, head_sha256 = reader.head()
            bare = Signature(
                record=reader.record_id,
                lot=name,
                account=actor.account,
                full_name=account.full_name,
                role=actor.role.value,
                meaning=meaning,
                signed_at=utc_now(),
                parts=lot.count.parts,
                first_seq=lot.count.first_seq,
                last_seq=lot.count.last_seq,
                through_seq=through_seq,
                head_sha256=head_sha256,
                public_key=signer.public_key,
            )
        signature = replace(bare, signature=signer.sign(bare.text))
        office.permit(Action.SIGN_LOT, session, name, new=asdict(signature), why=meaning)
    return signature


def release_recipe(office: Office, session: Session | None, recipe: Mapping[str, Any]) -> None:
    """Have a recipe be in force as it is now.

    Raises:
        Refused: It is new or has changed, and only an engineer may put it into force.
        RecordsError: It has changed and is of the same revision.
    """
    name, revision = str(recipe["name"]), recipe["revision"]
    with office.acting():
        old = released_recipe(office, name)
        if old == recipe:
            return
        actor = office.actor(session)
        if actor.role not in PERMISSIONS[Action.RELEASE_RECIPE]:
            state = "has changed since it was released" if old else "was never released"
            why = f"Recipe {name} {state}: an engineer must open the lot, which releases it."
            office.refuse(Action.RELEASE_RECIPE, actor, why, name)
        if old is not None and old["revision"] == revision:
            raise RecordsError(
                f"Recipe {name} has changed and is still of revision {revision}: "
                "give it a new revision."
            )
        office.permit(Action.RELEASE_RECIPE, session, name, old=old, new=dict(recipe))


def released_recipe(office: Office, name: str) -> Mapping[str, Any] | None:
    """A recipe's content in force; None if it never was."""
    with RecordReader(office.folder) as reader:
        released = [
            recorded.entry.new
            for recorded in reader.audit(action=Action.RELEASE_RECIPE)
            if recorded.entry.subject == name and recorded.entry.outcome == ALLOWED
        ]
    return released[-1] if released else None


def lot_named(office: Office, name: str) -> LotRecord:
    """A lot that was opened.

    Raises:
        RecordsError: There is none.
    """
    with RecordReader(office.folder) as reader:
        for lot in lots_of(reader):
            if lot.name == name:
                return lot
    raise RecordsError(f"No lot {name} was ever opened: see `inspector lots list`.")


def _check_new(office: Office, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise RecordsError(
            f"{name!r} is no name for a lot: take up to 64 letters, digits and . _ -"
        )
    with RecordReader(office.folder) as reader:
        lots = lots_of(reader)
        is_used = bool(reader.inspections(lot=name, limit=1))
    if is_used or any(lot.name.casefold() == name.casefold() for lot in lots):
        raise RecordsError(f"There was a lot {name} already: choose another name.")
    if still_open := [lot.name for lot in lots if lot.is_open]:
        raise RecordsError(f"Lot {still_open[0]} is open: close it first.")


def _check_signable(lot: LotRecord, actor: Actor, meaning: str) -> None:
    if lot.is_open:
        raise RecordsError(f"Lot {lot.name} is open: close it, then sign it.")
    if not meaning:
        raise RecordsError("A signature needs a meaning, such as: reviewed and released.")
    if any((s.account, s.meaning) == (actor.account, meaning) for s in lot.signatures):
        raise RecordsError(f"{actor.account} has signed lot {lot.name} so already.")


def _check_second_person(office: Office, lot: LotRecord) -> None:
    with RecordReader(office.folder) as reader:
        if lot.count is None or not asks_for_two(reader, lot.count.first_seq):
            return
        left = left_for_a_second(reader, lot.name)
    if left:
        raise RecordsError(
            f"Recipe {lot.recipe} asks for two people who agree on every part that did not pass: "
            f"{len(left)} of lot {lot.name} are left, the first is entry {left[0]}."
        )


def asks_for_two(reader: RecordReader, inspection_seq: int) -> bool:
    """Whether the recipe of an inspection wants a second person's decision."""
    return bool(reader.recipe_at(inspection_seq).get("review", {}).get("second_person"))


def left_for_a_second(reader: RecordReader, lot: str) -> list[int]:
    """Places of a lot's parts that did not pass and on which no two people agree yet.

    What counts is the last decision, and who else has decided so.
    """
    rows = reader.connection.execute(
        "SELECT i.seq FROM inspections AS i INDEXED BY inspections_not_passed_by_lot "
        "WHERE i.lot = ? AND i.decision IN ('REJECT', 'UNDECIDED') AND i.decision <> 'PASS' "
        "AND (SELECT count(DISTINCT d.reviewer) FROM dispositions AS d "
        "WHERE d.inspection_seq = i.seq AND d.disposition = (SELECT disposition "
        "FROM dispositions WHERE inspection_seq = i.seq ORDER BY seq DESC LIMIT 1)) < 2 "
        "ORDER BY i.seq",
        [lot],
    )
    return [int(seq) for (seq,) in rows]


def _acts(reader: RecordReader) -> list[Recorded[AuditEntry]]:
    acts = (Action.OPEN_LOT, Action.CLOSE_LOT, Action.SIGN_LOT)
    found = [recorded for act in acts for recorded in reader.audit(action=act)]
    return sorted(found, key=lambda recorded: recorded.seq)


def _take(lots: dict[str, LotRecord], entry: AuditEntry) -> None:
    if entry.outcome != ALLOWED:
        return
    name, new, at = entry.subject, entry.new, entry.happened_at
    match entry.action:
        case Action.OPEN_LOT:
            lots[name] = LotRecord(name, **new, opened_at=at, opened_by=entry.account)
        case Action.CLOSE_LOT:
            lots[name] = replace(
                lots[name],
                closed_at=at,
                closed_by=entry.account,
                why=entry.why,
                count=LotCount(**new),
            )
        case Action.SIGN_LOT:
            signatures = (*lots[name].signatures, Signature(**new))
            lots[name] = replace(lots[name], signatures=signatures)


def _frames_taken(reader: RecordReader, lot: str) -> tuple[int, int]:
    """Frames of all runs on a lot, and the runs that did not say."""
    rows = reader.connection.execute(
        "SELECT kind, json_extract(data, '$.lot'), json_extract(data, '$.frames') FROM events "
        "WHERE kind IN ('station_started', 'station_stopped') ORDER BY seq"
    )
    frames = started = stopped = 0
    is_ours = False
    for kind, of, taken in rows:
        if kind == "station_started":
            is_ours = of == lot
            started += is_ours
        elif is_ours:
            frames += int(taken or 0)
            stopped += 1
            is_ours = False
    return frames, started - stopped
