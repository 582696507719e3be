"""What a filter is put together from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from engines.verdict import Decision
from inspector_gui.records.entries import CONFIRMED, OVERRULED
from inspector_gui.records.search import NOT_PASSED, OPEN, Filter
from inspector_gui.theme import Theme
from inspector_gui.views import words
from inspector_gui.views.filter_fields import FilterFields, choose, offer


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is in the record to choose from; the newest lots first."""

    lots: Sequence[str] = ()
    recipes: Sequence[str] = ()
    labels: Sequence[str] = ()
    reviewers: Sequence[str] = ()


class FilterLine(FilterFields):
    """Fields that narrow the list of parts down."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._lot_text = QLineEdit()
        self.lot = self._choice(self.tr("Lot"), self._lot_text)
        self.recipe = self._choice(self.tr("Recipe"))
        self.decision = self._choice(self.tr("Decision"))
        self.label = self._choice(self.tr("Finding"))
        self.disposition = self._choice(self.tr("Review"))
        self.reviewer = self._choice(self.tr("Reviewer"))
        self._add_text(self.tr("Source, reason or note"))
        self.reset.setToolTip(self.tr("Show all parts again"))
        self.reset.clicked.connect(lambda: self.set_filter(Filter()))
        self._fill()
        self.show_choices(Choices())
        self._begin()

    @property
    def filter(self) -> Filter:
        """As the fields are now; a span like the last hour ends now."""
        since, until = self._bounds()
        return Filter(
            since=since,
            until=until,
            lot=self.lot.currentText().strip(),
            recipe=self.recipe.currentData(),
            decision=self.decision.currentData(),
            disposition=self.disposition.currentData(),
            label=self.label.currentData(),
            reviewer=self.reviewer.currentData(),
            text=self.text.text().strip(),
        )

    def set_filter(self, wanted: Filter) -> None:
        """Show a filter in the fields, and want it."""
        for box, value in (
            (self.recipe, wanted.recipe),
            (self.decision, wanted.decision),
            (self.disposition, wanted.disposition),
            (self.label, wanted.label),
            (self.reviewer, wanted.reviewer),
        ):
            choose(box, value)
        self.lot.setEditText(wanted.lot)
        self.text.setText(wanted.text)
        self._set_bounds(wanted.since, wanted.until)
        self._say()

    def show_choices(self, choices: Choices) -> None:
        """Offer what there is; what is chosen stays chosen."""
        typed = self.lot.currentText()
        self.lot.blockSignals(True)
        self.lot.clear()
        self.lot.addItems(list(choices.lots))
        self.lot.setCurrentIndex(-1)
        self.lot.setEditText(typed)
        self.lot.blockSignals(False)
        for box, nothing, names in (
            (self.recipe, self.tr("All recipes"), choices.recipes),
            (self.label, self.tr("All findings"), choices.labels),
            (self.reviewer, self.tr("Everybody"), choices.reviewers),
        ):
            chosen = box.currentData() or ""
            shown = words.label if box is self.label else str
            offer(box, [(nothing, ""), *((shown(name), name) for name in names)])
            choose(box, chosen)

    def _fill(self) -> None:
        decided = [(words.decision(d), d.value) for d in Decision]
        every = (self.tr("All decisions"), "")
        offer(self.decision, [every, (self.tr("Not passed"), NOT_PASSED), *decided])
        offer(
            self.disposition,
            [
                (self.tr("All"), ""),
                (self.tr("Open"), OPEN),
                (self.tr("Confirmed"), CONFIRMED),
                (self.tr("Overruled"), OVERRULED),
            ],
        )
        for box in (self.recipe, self.decision, self.disposition, self.label, self.reviewer):
            box.currentIndexChanged.connect(self._say)
        self.lot.currentIndexChanged.connect(self._say)
        editor = self._lot_text
        editor.setPlaceholderText(self.tr("All lots"))
        editor.textChanged.connect(self._lot_typed)
        editor.editingFinished.connect(self._say)
        self.lot.setMinimumContentsLength(len("tile-20250314-08"))
        completer = QCompleter(self.lot.model(), self.lot)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        editor.setCompleter(completer)

    def _lot_typed(self, name: str) -> None:
        """Half a lot's name is not worth a search."""
        if not name or self.lot.findText(name, Qt.MatchFlag.MatchExactly) >= 0:
            self._typing.start()
