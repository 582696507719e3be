"""A record with accounts and lots, as a shift would have left it behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from inspector_gui.choices import shipped_recipes
from inspector_gui.inspection import recipe as recipes
from inspector_gui.inspection.review import OVERRULED_TOO_OFTEN
from inspector_gui.records import passwords
from inspector_gui.records.accounts import Session
from inspector_gui.records.entries import Entry, EventEntry
from inspector_gui.records.lots import close_lot, open_lot, sign_lot
from inspector_gui.records.office import Office
from inspector_gui.records.permissions import Role
from inspector_gui.records.store import RecordStore
from tests.records.accounts import PASSWORD, add_all
from tests.records.entries import disposition, inspection
from tests.views.scenes import FakeController, appended

RECIPE, OTHER_RECIPE = "tile", "steel"
NOW = "2025-03-14T08:15:02.000000+00:00"


def content(recipe: str = RECIPE) -> dict[str, Any]:
    return dict(recipes.load(recipes.find(recipe)).content)


@dataclass
class Shift:
    """People, and what they do with lots."""

    folder: Path
    office: Office = field(init=False)
    sessions: dict[Role, Session | None] = field(init=False)

    def __post_init__(self) -> None:
        self.office = Office(self.folder, lambda entries: appended(self.folder, entries))
        RecordStore.open(self.folder).close()
        usual = passwords._hasher
        passwords._hasher = PasswordHasher(1, 8, 1)  # protects nothing, and is quick
        try:
            self.sessions = add_all(self.office)
        finally:
            passwords._hasher = usual

    def open(self, lot: str, role: Role = Role.ENGINEER, expected: int | None = 40) -> None:
        open_lot(self.office, self.sessions[role], lot, content(), expected)

    def run(self, lot: str, parts: int = 40, frames: int | None = None) -> list[int]:
        """What a line writes; every tenth part is a reject, the last one a gap."""
        entries: list[Entry] = [EventEntry("station_started", NOW, "", {"lot": lot})]
        for number in range(1, parts):
            decision = "REJECT" if number % 10 == 0 else "PASS"
            entries.append(inspection(number, decision, lot=lot, recipe=RECIPE))
        lost = {"reason": "frame_lost", "score": None}
        entries.append(inspection(parts, "UNDECIDED", lot=lot, recipe=RECIPE, **lost))
        entries.append(EventEntry("station_stopped", NOW, "", {"frames": frames or parts}))
        store = RecordStore.open(self.folder)
        try:
            return [receipt.seq for receipt in store.append(entries)][1:-1]
        finally:
            store.close()

    def review(self, seqs: Sequence[int]) -> None:
        for seq in seqs:
            self.office.review(self.sessions[Role.OPERATOR], disposition(seq, reason="defect"))

    def alarm(self, lot: str) -> None:
        detail = f"9 parts of lot {lot} were overruled; the recipe allows 8."
        data = {"lot": lot, "overruled": 9}
        appended(self.folder, [EventEntry(OVERRULED_TOO_OFTEN, NOW, detail, data)])

    def close(self, lot: str, why: str = "") -> None:
        close_lot(self.office, self.sessions[Role.OPERATOR], lot, why)

    def sign(self, lot: str, meaning: str = "reviewed and released") -> None:
        sign_lot(self.office, self.sessions[Role.SUPERVISOR], lot, PASSWORD, meaning)

    def controller(self, role: Role = Role.OPERATOR) -> FakeController:
        """With somebody of this role at the window."""
        controller = FakeController(folder=self.folder, recipe_choices=shipped_recipes())
        controller.session = self.sessions[role]
        controller.offices[self.folder] = self.office
        return controller


def usual_shift(folder: Path) -> Shift:
    """One lot signed, one to sign with work left, one that runs."""
    shift = Shift(folder)
    shift.open("M-1041")
    seqs = shift.run("M-1041")
    shift.review([seqs[9], seqs[19], seqs[29], seqs[39]])
    shift.close("M-1041")
    shift.sign("M-1041")
    shift.open("M-1042")
    shift.run("M-1042", 30, 32)
    shift.alarm("M-1042")
    shift.close("M-1042", "The cable was pulled while the line stood.")
    shift.open("M-1043")
    shift.run("M-1043", 24)
    return shift
