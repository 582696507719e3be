"""The line over the picture that says which lot runs, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from inspector_gui.records.lots import LotCount, LotRecord
from inspector_gui.records.permissions import Action
from inspector_gui.theme import Theme
from inspector_gui.views import record_words
from inspector_gui.views.controller import Controller
from inspector_gui.views.live.guidance import AT_REST
from inspector_gui.views.lots.standing import Standing, recipe_of, recipe_words, why_no_start
from inspector_gui.views.rights import reason_against
from inspector_gui.widgets.elided_label import ElidedLabel


class LotBar(QFrame):
    """The open lot with its counts and the one act that is next; in a demonstration, a sentence.

    Signals:
        pressed: The lot is to be closed, or one to be opened.
    """

    pressed = Signal()

    def __init__(self, theme: Theme, controller: Controller) -> None:
        super().__init__()
        self._theme = theme
        self._controller = controller
        self.setProperty("role", "panel")
        self.name, self.recipe = ElidedLabel("section"), ElidedLabel()
        self.note = QLabel()
        self.note.setProperty("role", "quiet")
        self.note.setWordWrap(True)
        self.button = QPushButton()
        self.button.clicked.connect(self.pressed)
        self._figures: dict[str, tuple[QLabel, QLabel]] = {
            "expected": self._figure(self.tr("expected")),
            "inspected": self._figure(self.tr("inspected")),
            "undecided": self._figure(self.tr("undecided")),
            "gaps": self._figure(self.tr("gaps")),
        }
        self._lay_out()
        self._show_lot(None)
        self.button.hide()

    def figure(self, key: str) -> str:
        """What a count says: `expected`, `inspected`, `undecided` or `gaps`."""
        return self._figures[key][1].text()

    def show_standing(self, stands: Standing | None) -> None:
        """Show how it stands; None where nobody knows yet."""
        if stands is None:
            return
        self._show_lot(stands.lot)
        if stands.lot is not None and stands.progress is not None:
            self._show_counts(stands.lot, stands.progress)
        self._show_button(stands)
        note = self._said(stands)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setAccessibleName(" ".join(filter(None, (self.name.text(), note))))

    def _show_lot(self, lot: LotRecord | None) -> None:
        for widget in (
            self.name,
            self.recipe,
            *(w for pair in self._figures.values() for w in pair),
        ):
            widget.setVisible(lot is not None)
        self.name.setText(lot.name if lot else "")
        self.recipe.setText(recipe_words(lot.recipe, lot.recipe_revision) if lot else "")

    def _show_counts(self, lot: LotRecord, progress: LotCount) -> None:
        for widget in self._figures["expected"]:
            widget.setVisible(lot.expected is not None)
        for key, count in (
            ("expected", lot.expected or 0),
            ("inspected", progress.parts),
            ("undecided", progress.undecided),
            ("gaps", progress.gaps),
        ):
            caption, figure = self._figures[key]
            figure.setText(record_words.number(count))
            figure.setAccessibleName(f"{caption.text()}: {figure.text()}")

    def _show_button(self, stands: Standing) -> None:
        """Where no lot is open, it is only for who may open one."""
        action = Action.OPEN_LOT if stands.lot is None else Action.CLOSE_LOT
        is_open = stands.lot is not None
        self.button.setVisible(stands.may(action) or (is_open and not stands.is_demonstration))
        self.button.setText(self.tr("Close lot…") if is_open else self.tr("Open lot…"))
        self.button.setEnabled(stands.may(action))
        self.button.setToolTip(reason_against(action, stands.actor))

    def _said(self, stands: Standing) -> str:
        """The most important sentence there is to say."""
        if stands.is_demonstration:
            return self.tr(
                "Demonstration: every start is a lot of its own. "
                "Lots and signatures need accounts: see Settings."
            )
        action = Action.OPEN_LOT if stands.lot is None else Action.CLOSE_LOT
        if why := reason_against(action, stands.actor):
            return why
        status = self._controller.status()
        runs_outside = status.state not in AT_REST and (
            stands.lot is None or status.lot != stands.lot.name
        )
        if runs_outside and status.lot:
            return self.tr("A demonstration is running, outside any lot.")
        recipes, selected = self._controller.recipes(), self._controller.selected()
        if stands.lot is not None and recipe_of(stands.lot, recipes) is None:
            return why_no_start(stands, recipes, selected)
        return "" if stands.lot is not None else self._nothing_open(stands)

    def _nothing_open(self, stands: Standing) -> str:
        waiting = len(stands.to_sign)
        if waiting == 1:
            text = self.tr(
                "No lot is open. 1 closed lot waits for its signature, on the page Lots."
            )
        elif waiting:
            text = self.tr(
                "No lot is open. {n} closed lots wait for their signatures, on the page Lots."
            )
        else:
            text = self.tr("No lot is open.")
        return text.format(n=record_words.number(waiting))

    def _figure(self, caption: str) -> tuple[QLabel, QLabel]:
        name, figure = QLabel(caption), QLabel()
        name.setProperty("role", "quiet")
        figure.setProperty("role", "strong")
        return name, figure

    def _lay_out(self) -> None:
        """Name over counts, so that it takes no more than the width of the picture."""
        space = self._theme.space
        head, counts = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(self.name)
        head.addWidget(self.recipe)
        head.addStretch(1)
        counts.setSpacing(space(1))
        for caption, figure in self._figures.values():
            counts.addWidget(caption)
            counts.addWidget(figure)
            counts.addSpacing(space(3))
        counts.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addLayout(head)
        words.addLayout(counts)
        words.addWidget(self.note)
        words.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space(3), space(1), space(1), space(1))
        layout.setSpacing(space(3))
        layout.addLayout(words, 1)
        layout.addWidget(self.button)
