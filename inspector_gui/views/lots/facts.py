"""What the record says about a lot, before it is signed and after."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from inspector_gui.inspection.status import Level
from inspector_gui.records.signatures import Signature
from inspector_gui.theme import Theme
from inspector_gui.views import moments, record_words, trail_words, words
from inspector_gui.views.lots import lot_words
from inspector_gui.views.lots.questions import LotFacts
from inspector_gui.views.lots.said import Said
from inspector_gui.views.lots.standing import recipe_words


class LotFactsPanel(QFrame):
    """Figures, what is still open, and the signatures."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme.space(3))
        self._facts.setVerticalSpacing(theme.space(1))
        self._facts.setColumnStretch(1, 1)
        self.warnings: list[Said] = []
        self._said: list[QLabel] = []
        self._warned = QVBoxLayout()
        self._warned.setSpacing(theme.space(2))
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.space(3), 0)  # where the scroll bar comes
        layout.setSpacing(theme.space(3))
        layout.addLayout(self._warned)
        layout.addLayout(self._facts)
        layout.addStretch(1)

    @property
    def text(self) -> str:
        """Everything said, a line each."""
        return "\n".join(
            [*(w.text for w in self.warnings), *(label.text() for label in self._said)]
        )

    def show_facts(self, facts: LotFacts) -> None:
        for widget in (*self.warnings, *self._said):
            widget.hide()
            widget.deleteLater()
        self._said.clear()
        self.warnings = [self._warning(text) for text in self._open_points(facts)]
        for name, text, tip in self._lines(facts):
            if text:
                self._add(name, text, tip)
        self.setAccessibleName(self.text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the wrapped words need; a scroll area does not ask for it by itself."""
        needed = max(0, self._layout.totalHeightForWidth(self.width()))
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)
            self._layout.update()

    def _open_points(self, facts: LotFacts) -> list[str]:
        """What a person should look into before signing."""
        said = [words.sentence(text) for text in facts.alarms]
        left, second = facts.left_to_review, facts.left_for_a_second
        if left == 1:
            said.append(self.tr("1 part that did not pass is still to be reviewed."))
        elif left:
            text = self.tr("{n} parts that did not pass are still to be reviewed.")
            said.append(text.format(n=record_words.number(left)))
        if second == 1:
            said.append(self.tr("1 part still needs a second person who agrees."))
        elif second:
            text = self.tr("{n} parts still need a second person who agrees.")
            said.append(text.format(n=record_words.number(second)))
        if facts.lot.count is not None and facts.lot.count.difference:
            said.append(words.sentence(facts.lot.count.difference))
        return said

    def _warning(self, text: str) -> Said:
        said = Said(self._theme)
        self._warned.addWidget(said)
        said.say(text, Level.ATTENTION)
        return said

    def _lines(self, facts: LotFacts) -> list[tuple[str, str, str]]:
        """Name, text and tip of what there is to say."""
        lot, count = facts.lot, facts.count
        second = self.tr("two people agree on every part that did not pass")
        if not facts.asks_for_two:
            second = self.tr("not asked for by the recipe")
        elif facts.left_for_a_second:
            second = self.tr("asked for by the recipe")
        frames = lot_words.frames(count) if lot.count and not count.difference else ""
        return [
            *((self.tr("Signature"), self._signature(s), s.public_key) for s in lot.signatures),
            (self.tr("Yield"), lot_words.lot_yield(count), ""),
            (self.tr("Parts"), lot_words.counted(count, lot.expected), ""),
            (self.tr("Frames"), frames, ""),
            (self.tr("Reason"), lot.why, ""),
            (self.tr("Review"), self._reviewed(facts), ""),
            (self.tr("Second person"), second if lot.count else "", ""),
            (self.tr("Alarms"), "" if facts.alarms else self.tr("none"), ""),
            (self.tr("Recipe"), recipe_words(lot.recipe, lot.recipe_revision), ""),
            (self.tr("Opened"), self._when(lot.opened_at, lot.opened_by), ""),
            (self.tr("Closed"), self._when(lot.closed_at, lot.closed_by), ""),
        ]

    def _reviewed(self, facts: LotFacts) -> str:
        if facts.left_to_review:
            return ""
        return self.tr("every part that did not pass is reviewed")

    def _signature(self, signature: Signature) -> str:
        """Name, meaning, time and key, as 21 CFR 11.50 asks for the first three."""
        text = self.tr("{who} ({role}): {meaning}\n{when}\nkey {key} …")
        return text.format(
            who=signature.full_name,
            role=trail_words.role(signature.role),
            meaning=trail_words.meaning(signature.meaning),
            when=moments.second(signature.signed_at),
            key=lot_words.key(signature.public_key),
        )

    def _when(self, at: str, who: str) -> str:
        if not at:
            return ""
        return self.tr("{when}, {who}").format(when=moments.second(at), who=who)

    def _add(self, name: str, text: str, tip: str) -> None:
        row = len(self._said)
        title, value = QLabel(name), QLabel(text)
        title.setProperty("role", "quiet")
        title.setContentsMargins(0, self._theme.focus_ring, 0, 0)  # on the line of the text
        value.setToolTip(tip)
        value.setWordWrap(True)
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said += title, value
        self._facts.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        self._facts.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
