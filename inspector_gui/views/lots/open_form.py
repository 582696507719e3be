"""What a lot is opened with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inspector_gui.inspection.status import Level
from inspector_gui.theme import Theme
from inspector_gui.views.controller import RecipeChoice
from inspector_gui.views.lots.said import Said
from inspector_gui.views.lots.standing import recipe_words
from inspector_gui.widgets.focus import leave

MOST_EXPECTED = 9_999_999


class OpenForm(QWidget):
    """Name, recipe and how many parts are expected.

    Signals:
        open_asked: The lot is to be opened; see `lot`, `recipe_key` and `expected`.
        sign_asked: The lot that was closed last is to be signed.
        cancelled: Nothing of it.
    """

    open_asked = Signal()
    sign_asked = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._is_busy = False
        self._recipes: Sequence[RecipeChoice] = ()
        self.closed, self.problem = Said(theme), Said(theme)
        self.name, self.recipe, self.count = QLineEdit(), QComboBox(), QLineEdit()
        self.name.setPlaceholderText(self.tr("Letters, digits and . _ -"))
        self.name.setMaxLength(64)
        self.count.setPlaceholderText(self.tr("not said"))
        self.count.setValidator(QIntValidator(1, MOST_EXPECTED, self))
        self.recipe.setMinimumContentsLength(12)
        self.recipe.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for field in (self.name, self.count):
            field.setProperty("role", "field")
            field.returnPressed.connect(self._press)
        self.name.textChanged.connect(lambda _: self._show_button())
        self.button = QPushButton(self.tr("Open lot"))
        self.cancel, self.sign = QPushButton(), QPushButton()
        self.button.clicked.connect(self._press)
        self.cancel.clicked.connect(self.cancelled)
        self.sign.clicked.connect(self.sign_asked)
        self._lay_out(theme)

    @property
    def lot(self) -> str:
        return self.name.text().strip()

    @property
    def recipe_key(self) -> str:
        return self.recipe.currentData() or ""

    @property
    def expected(self) -> int | None:
        return int(self.count.text()) if self.count.text() else None

    def begin(
        self, recipes: Sequence[RecipeChoice], selected: str, closed: str, to_sign: str
    ) -> None:
        """Begin anew.

        Args:
            selected: Key of the recipe that is chosen.
            closed: What came of the lot before, in a changeover; else "".
            to_sign: The lot that can be signed now; "" for none.
        """
        self._is_busy = False
        self._offer(recipes, selected)
        self.name.clear()
        self.count.clear()
        self.problem.say("")
        self.closed.say(closed, Level.OK)
        self.cancel.setText(self.tr("Later") if closed else self.tr("Cancel"))
        self.sign.setText(self.tr("Sign {lot}…").format(lot=to_sign))
        self.sign.setVisible(bool(to_sign))
        self._show_button()
        self.name.setFocus()

    def show_busy(self) -> None:
        self._is_busy = True
        self.problem.say("")
        leave(self.button)
        self._show_button()

    def show_problem(self, sentence: str) -> None:
        self._is_busy = False
        self.problem.say(sentence, Level.ALARM)
        self._show_button()
        self.name.setFocus()

    def _offer(self, recipes: Sequence[RecipeChoice], selected: str) -> None:
        self.recipe.clear()
        for choice in recipes:
            if not choice.problem:
                self.recipe.addItem(recipe_words(choice.name, choice.revision), choice.key)
        self.recipe.setCurrentIndex(max(0, self.recipe.findData(selected)))

    def _show_button(self) -> None:
        can_open = bool(self.lot) and bool(self.recipe_key)
        self.button.setEnabled(can_open and not self._is_busy)

    def _press(self) -> None:
        if self.button.isEnabled():
            self.open_asked.emit()

    def _lay_out(self, theme: Theme) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(theme.space(3))
        fields.setVerticalSpacing(theme.space(1) // 2)
        for column, (text, widget, stretch) in enumerate(
            (
                (self.tr("Lot"), self.name, 3),
                (self.tr("Recipe"), self.recipe, 3),
                (self.tr("Expected parts"), self.count, 2),
            )
        ):
            label = QLabel(text)
            label.setProperty("role", "quiet")
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            fields.addWidget(label, 0, column)
            fields.addWidget(widget, 1, column)
            fields.setColumnStretch(column, stretch)
        row = QHBoxLayout()
        row.setSpacing(theme.space(3))
        row.addWidget(self.sign)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        layout.addWidget(self.closed)
        layout.addLayout(fields)
        layout.addWidget(self.problem)
        layout.addLayout(row)
