"""What the audit trail is narrowed down by."""

from __future__ import annotations

from inspector_gui.records.entries import ALLOWED, REFUSED
from inspector_gui.records.trail import TrailChoices, TrailFilter
from inspector_gui.theme import Theme
from inspector_gui.views import trail_words
from inspector_gui.views.filter_fields import FilterFields, choose, offer


class TrailFilterLine(FilterFields):
    """Time, account, act, outcome and text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.account = self._choice(self.tr("Account"))
        self.act = self._choice(self.tr("Act"))
        self.outcome = self._choice(self.tr("Outcome"))
        self._add_text(self.tr("Subject, value or reason"))
        self.reset.setToolTip(self.tr("Show the whole trail again"))
        self.reset.clicked.connect(lambda: self.set_filter(TrailFilter()))
        every = (self.tr("Every outcome"), "")
        outcomes = [(trail_words.outcome(code), code) for code in (ALLOWED, REFUSED)]
        offer(self.outcome, [every, *outcomes])
        self.show_choices(TrailChoices())
        for box in (self.account, self.act, self.outcome):
            box.currentIndexChanged.connect(self._say)
        self._begin()

    @property
    def filter(self) -> TrailFilter:
        """As the fields are now; a span like the last hour ends now."""
        since, until = self._bounds()
        return TrailFilter(
            since=since,
            until=until,
            account=self.account.currentData(),
            action=self.act.currentData(),
            outcome=self.outcome.currentData(),
            text=self.text.text().strip(),
        )

    def set_filter(self, wanted: TrailFilter) -> None:
        """Show a filter in the fields, and want it."""
        for box, value in (
            (self.account, wanted.account),
            (self.act, wanted.action),
            (self.outcome, wanted.outcome),
        ):
            choose(box, value)
        self.text.setText(wanted.text)
        self._set_bounds(wanted.since, wanted.until)
        self._say()

    def show_choices(self, choices: TrailChoices) -> None:
        """Offer what there is; what is chosen stays chosen."""
        account, act = self.account.currentData() or "", self.act.currentData() or ""
        accounts = [(name, name) for name in choices.accounts]
        acts = sorted((trail_words.act(code), code) for code in choices.actions)
        offer(self.account, [(self.tr("Everybody"), ""), *accounts])
        offer(self.act, [(self.tr("Every act"), ""), *acts])
        choose(self.account, account)
        choose(self.act, act)
