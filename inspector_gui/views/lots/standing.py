"""How it stands with lots, and what follows from it for the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from inspector_gui.records.accounts import Session
from inspector_gui.records.lots import LotCount, LotRecord, progress_of
from inspector_gui.records.office import Actor, Office
from inspector_gui.records.permissions import PERMISSIONS, Action, Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.views import record_words
from inspector_gui.views.controller import RecipeChoice
from inspector_gui.views.lots.known_lots import KnownLots
from inspector_gui.views.rights import reason_against

SIMULATED = "simulated"
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Standing:
    """What the record says at this moment.

    Attributes:
        actor: Who is at the window.
        lot: The open one; None without one.
        progress: Of the open lot.
        to_sign: Closed lots that nobody has signed, newest first.
        running_lot: That a line is inspecting, in whatever program; "" without one.
    """

    actor: Actor
    lot: LotRecord | None = None
    progress: LotCount | None = None
    to_sign: tuple[str, ...] = ()
    running_lot: str = ""

    @property
    def is_demonstration(self) -> bool:
        """Whether the record has no accounts, and so no lots that are opened."""
        return self.actor.role is Role.DEMONSTRATION

    def may(self, action: Action) -> bool:
        return self.actor.role in PERMISSIONS[action] and not self.actor.must_change

    @property
    def recipe_follows_lot(self) -> bool:
        """Whether a recipe is chosen by opening a lot with it, and not by hand."""
        return self.lot is not None or self.may(Action.OPEN_LOT)


NOTHING = Standing(Actor("", Role.DEMONSTRATION))
"""Of a record that is still to be made."""


def standing(
    office: Office, session: Session | None, known: KnownLots
) -> Callable[[RecordReader], Standing]:
    """The question for it."""

    def ask(reader: RecordReader) -> Standing:
        actor = office.actor(session)
        if actor.role is Role.DEMONSTRATION:
            return NOTHING
        lots = known.read(reader)
        lot = next((lot for lot in lots if lot.is_open), None)
        to_sign = [lot.name for lot in lots if not lot.is_open and not lot.signatures]
        progress = progress_of(reader, lot.name) if lot else None
        return Standing(actor, lot, progress, tuple(reversed(to_sign)), office.running_lot)

    return ask


def recipe_of(lot: LotRecord, recipes: Sequence[RecipeChoice]) -> RecipeChoice | None:
    """The recipe that a lot was opened with, as it can be chosen; None if it cannot."""
    wanted = lot.recipe, lot.recipe_revision
    fitting = (r for r in recipes if (r.name, r.revision) == wanted and not r.problem)
    return next(fitting, None)


def recipe_words(name: str, revision: int) -> str:
    text = translate("Lots", "{recipe}, revision {revision}")
    return text.format(recipe=name, revision=record_words.number(revision))


def why_no_start(
    stands: Standing, recipes: Sequence[RecipeChoice], selected: tuple[str, str]
) -> str:
    """Why the line cannot be started as it is chosen, with the way out; "" if it can.

    Args:
        selected: Keys of recipe and camera, as of `Controller.selected`.
    """
    if stands.is_demonstration:
        return ""
    if not stands.may(Action.RUN_LINE) or stands.lot is None:
        return _why_no_demonstration(stands, selected[1])
    chosen = next((recipe for recipe in recipes if recipe.key == selected[0]), None)
    lot = stands.lot
    if chosen is not None and (chosen.name, chosen.revision) == (lot.recipe, lot.recipe_revision):
        return ""
    return translate(
        "Lots",
        "Lot {lot} is open with {recipe}: close it, then open one with another recipe.",
    ).format(lot=lot.name, recipe=recipe_words(lot.recipe, lot.recipe_revision))


def _why_no_demonstration(stands: Standing, camera: str) -> str:
    """Outside a lot only the simulated line runs."""
    if camera.partition(":")[0] == SIMULATED:
        return reason_against(Action.RUN_DEMONSTRATION, stands.actor)
    if why := reason_against(Action.RUN_LINE, stands.actor):
        return why
    return translate("Lots", "No lot is open: open one first.")


def what_next(stands: Standing, why: str) -> str:
    """What to do while the line is stopped, where a lot decides on the recipe; else "".

    Args:
        why: Why it cannot be started; "" if it can.
    """
    if why or stands.is_demonstration:
        return why
    if not stands.may(Action.RUN_LINE):
        return _for_guests(stands)
    if stands.lot is None:
        return translate("Lots", "Open a lot, or press Start or F6 for a demonstration.")
    text = translate("Lots", "Press Start or F6 to go on with lot {lot}.")
    return text.format(lot=stands.lot.name)


def _for_guests(stands: Standing) -> str:
    if stands.lot is None:
        return ""
    text = translate("Lots", "Sign in to go on with lot {lot}, or press Start for a demonstration.")
    return text.format(lot=stands.lot.name)
