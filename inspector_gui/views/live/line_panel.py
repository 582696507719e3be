"""Which recipe on which camera, and the key that starts and stops the line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inspector_gui.bridge import Bridge
from inspector_gui.inspection.status import StationState, StationStatus
from inspector_gui.theme import Theme, restyle
from inspector_gui.views import words
from inspector_gui.views.controller import CameraChoice, RecipeChoice
from inspector_gui.views.live.guidance import AT_REST as AT_REST
from inspector_gui.widgets.focus import leave
from inspector_gui.widgets.icon import set_icon

START_KEY = QKeySequence(Qt.Key.Key_F6)
UNDER_WAY = frozenset({StationState.STARTING, StationState.STOPPING})


class LinePanel(QWidget):
    """Choice of recipe and camera while the line is at rest, and Start or Stop."""

    def __init__(self, theme: Theme, bridge: Bridge) -> None:
        super().__init__()
        self._theme = theme
        self._bridge = bridge
        self._choices: tuple[Sequence[RecipeChoice], Sequence[CameraChoice]] = ((), ())
        self._selected = ("", "")
        self._shown: object = None
        self._had_focus = False  # until it was disabled
        self._state = StationState.STOPPED
        self._why_no_start = ""
        self.recipe, self.camera = QComboBox(), QComboBox()
        for box in (self.recipe, self.camera):
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.activated.connect(self._select)
        self.button = QPushButton()
        self.button.setProperty("role", "main")
        self.button.clicked.connect(self._start_or_stop)
        QShortcut(START_KEY, self, self._start_or_stop)  # a button's own waits for its animation
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        grid = self._grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space(3))
        grid.setVerticalSpacing(theme.space(1))
        self._labels: dict[QComboBox, QLabel] = {}
        for column, (text, box) in enumerate(
            ((self.tr("Recipe"), self.recipe), (self.tr("Camera"), self.camera))
        ):
            label = self._labels[box] = QLabel(text)
            label.setProperty("role", "quiet")
            label.setBuddy(box)
            box.setAccessibleName(text)
            grid.addWidget(label, 0, column)
            grid.addWidget(box, 1, column)
            grid.setColumnStretch(column, 1)
        layout.addLayout(grid)
        layout.addWidget(self.button)
        self.show_choices()

    def show_choices(self) -> None:
        """Read again what there is to choose from."""
        controller = self._bridge.controller
        choices = controller.recipes(), controller.cameras()
        selected = controller.selected()
        if (choices, selected) != (self._choices, self._selected):
            self._choices, self._selected = choices, selected
            _fill(self.recipe, choices[0], selected[0])
            _fill(self.camera, choices[1], selected[1])
        self._show_state(self._state)

    def show_recipe(self, is_chosen_here: bool) -> None:
        """Offer the recipes, or leave them to whoever opens a lot."""
        for widget in (self.recipe, self._labels[self.recipe]):
            widget.setVisible(is_chosen_here)
        self._grid.setColumnStretch(0, int(is_chosen_here))

    def block(self, why: str) -> None:
        """Have the line not be started, and say why; "" lets it be started again."""
        self._why_no_start = why
        self._show_state(self._state)

    def show_status(self, status: StationStatus) -> None:
        self._show_state(status.state)

    @property
    def can_start(self) -> bool:
        """Whether a recipe and a camera are chosen, both without a problem."""
        recipes, cameras = self._choices
        return _is_usable(recipes, self.recipe) and _is_usable(cameras, self.camera)

    def _start_or_stop(self) -> None:
        if self.button.isEnabled():
            self._bridge.start_or_stop()

    def _select(self) -> None:
        controller = self._bridge.controller
        controller.select(self.recipe.currentData() or "", self.camera.currentData() or "")
        self._selected = controller.selected()
        self._show_state(self._state)

    def _show_state(self, state: StationState) -> None:
        self._state = state
        is_at_rest = state in AT_REST
        for box in (self.recipe, self.camera):
            box.setEnabled(is_at_rest and box.count() > 0)
            box.setToolTip("" if is_at_rest else self.tr("Stop the line to change this"))
        text = words.state(state)
        if state not in UNDER_WAY:
            word = self.tr("Start") if is_at_rest else self.tr("Stop")
            text = f"{word}  {START_KEY.toString(QKeySequence.SequenceFormat.NativeText)}"
        may_start = self.can_start and not self._why_no_start
        is_enabled = state not in UNDER_WAY and (not is_at_rest or may_start)
        self.button.setToolTip(self._why_no_start if is_at_rest else "")
        self._show_button(text, is_at_rest, is_enabled)

    def _show_button(self, text: str, is_at_rest: bool, is_enabled: bool) -> None:
        shown = (text, is_at_rest, is_enabled)
        if shown == self._shown:
            return
        self._shown = shown
        theme = self._theme
        ink = theme.quiet
        if is_enabled:
            ink = theme.ink_on(theme.information) if is_at_rest else theme.text
        self.button.setText(text)
        drawing = "start" if is_at_rest else "stop"
        set_icon(self.button, drawing, theme.space(5), ink, gap=theme.space(2))
        if not is_enabled:
            self._had_focus = leave(self.button) or self._had_focus
        self.button.setEnabled(is_enabled)
        if is_enabled and self._had_focus:
            self._had_focus = False
            if self.window().hasFocus():  # nobody has gone elsewhere meanwhile
                self.button.setFocus()
        if self.button.property("runs") != (not is_at_rest):
            self.button.setProperty("runs", not is_at_rest)
            restyle(self.button)


def _is_usable(choices: Sequence[RecipeChoice | CameraChoice], box: QComboBox) -> bool:
    return any(choice.key == box.currentData() and not choice.problem for choice in choices)


def _fill(box: QComboBox, choices: Sequence[RecipeChoice | CameraChoice], selected: str) -> None:
    """Offer the choices; one with a problem is shown, says so, and cannot be chosen."""
    box.clear()
    for row, choice in enumerate(choices):
        box.addItem(choice.name, choice.key)
        box.setItemData(row, choice.problem or choice.name, Qt.ItemDataRole.ToolTipRole)
        model = box.model()
        if choice.problem and isinstance(model, QStandardItemModel):
            model.item(row).setEnabled(False)
    box.setCurrentIndex(box.findData(selected))
