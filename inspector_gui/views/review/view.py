"""Review: people look at what did not pass, and say whether they agree."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_gui.background import Job
from inspector_gui.inspection.clock import utc_now
from inspector_gui.inspection.review import (
    LotToReview,
    ReviewReason,
    fitting_reasons,
    possible_reasons,
)
from inspector_gui.records.entries import CONFIRMED, OVERRULED, DispositionEntry
from inspector_gui.records.errors import Refused
from inspector_gui.records.office import Actor
from inspector_gui.records.permissions import Action
from inspector_gui.theme import Theme
from inspector_gui.views import record_words
from inspector_gui.views.controller import Controller
from inspector_gui.views.key_help import KeyHelp
from inspector_gui.views.open_record import NoRecordYet, OpenRecord
from inspector_gui.views.review.news import News, read_news
from inspector_gui.views.review.page import ReviewPage
from inspector_gui.views.review.queue import ReviewQueue
from inspector_gui.views.review.reading import ReviewPart
from inspector_gui.views.review.shelf import Shelf
from inspector_gui.views.review.single_keys import SingleKeys
from inspector_gui.views.review.writing import DecisionWriter
from inspector_gui.views.rights import reason_against

LOOK_FOR_NEW_MS = 2000
LEAST_LOOK_MS = 250
"""A part must have been on the screen so long before it can be decided: nobody sees faster."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """What has been begun about a part and not decided."""

    reason: ReviewReason | None
    note: str


class ReviewView(QWidget):
    """The parts of a lot that did not pass, one after the other, by single keys.

    Call `shown` and `hidden` when the view is come to and left, `close_view` at the end.

    Signals:
        sign_in_asked: Somebody wants to sign in.
    """

    sign_in_asked = Signal()

    def __init__(self, theme: Theme, controller: Controller) -> None:
        super().__init__()
        self._controller = controller
        self._record = OpenRecord("review", self)
        self._writer = DecisionWriter(controller, self)
        self._reviewer = getpass.getuser()
        self.queue = ReviewQueue()
        self._folder = Path()
        self._lot: str | None = None
        self._lots: list[LotToReview] = []
        self.shelf = Shelf(self._record, self)
        self._news_job: Job[News] | None = None
        self._shown: ReviewPart | None = None
        self._seen = QElapsedTimer()
        self._finding: int | None = None
        self._is_overruling = False
        self._why_not = ""  # whoever is there may not decide
        self._drafts: dict[int, _Draft] = {}
        self._decided: list[int] = []
        self._returning: list[int] = []
        self.page = ReviewPage(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._actions = self._bind()
        self._connect()
        self._timer = QTimer(self, interval=LOOK_FOR_NEW_MS)
        self._timer.timeout.connect(self._look_for_news)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    # --- coming and going ---

    def shown(self) -> None:
        """The view has been opened: look what there is; the place is kept."""
        folder = self._controller.records()
        if folder != self._folder:
            self._folder = folder
            self._forget_news()
            self._begin(ReviewQueue(), None)
        self._record.reopen()
        self._look_for_news(everything=True)
        self._timer.start()
        self.setFocus()

    def hidden(self) -> None:
        self._timer.stop()
        self._look_under(False)

    def close_view(self) -> None:
        """Write what has been decided, and end."""
        self._timer.stop()
        self._record.close()
        self._writer.close()

    def keys(self) -> tuple[KeyHelp, ...]:
        return (
            KeyHelp("C", self.tr("Confirm: it is a reject")),
            KeyHelp("O", self.tr("Overrule: it is good")),
            KeyHelp("1 … 7", self.tr("Choose the reason")),
            KeyHelp("S", self.tr("Skip: decide later")),
            KeyHelp("← →", self.tr("The part before, the part after")),
            KeyHelp("Home End", self.tr("The first part, the last part")),
            KeyHelp("Backspace", self.tr("Back to the last decision")),
            KeyHelp(self.page.keys.look.key, self.tr("While held: hide what was drawn")),
            KeyHelp("Z", self.tr("Zoom to the next finding")),
            KeyHelp("N", self.tr("Write a note; Enter returns")),
        )

    def show_rights(self, actor: Actor) -> None:
        """Say beforehand that whoever is there may not decide; the record's office refuses it."""
        self._why_not = reason_against(Action.REVIEW, actor)
        self._show_reasons()

    @property
    def can_decide(self) -> bool:
        """Whether a part is on the screen, and has been long enough to be seen."""
        return (
            self._shown is not None
            and self._seen.isValid()
            and self._seen.elapsed() >= LEAST_LOOK_MS
        )

    @property
    def part(self) -> ReviewPart | None:
        """The one that is shown."""
        return self._shown

    # --- what there is ---

    def _look_for_news(self, everything: bool = False) -> None:
        if self._news_job is not None:
            return
        running = self._controller.status().lot
        after = 0 if everything else self.queue.last_seq
        is_new = bool(running) and running not in {each.name for each in self._lots}
        known = None if everything or is_new or self._lot is None else self._lots
        self._ask(self._lot, running, known, after)

    def _ask(
        self, lot: str | None, running: str, known: list[LotToReview] | None, after: int
    ) -> None:
        self._news_job = self._record.ask(
            self._folder,
            lambda reader: read_news(reader, lot, running, known, after),
            self._take_in,
            self._fail_news,
        )

    def _take_in(self, news: News) -> None:
        self._news_job = None
        self._lots = news.lots
        if self._lot is None and news.lot:
            self._begin(ReviewQueue(news.parts, again=self.page.again.isChecked()), news.lot)
        else:
            was_at_end = self.queue.current is None
            before = self.queue.left
            self.queue.update(news.parts)
            if was_at_end and (self.queue.left > before or self._shown is None):
                self.queue.current = self.queue.next_left()
        self._show_lots()
        if self._shown is None or self.queue.current is None:
            self._go(self.queue.current)
        else:
            self._show_progress()
            self._read_ahead()

    def _fail_news(self, error: Exception) -> None:
        self._news_job = None
        if isinstance(error, NoRecordYet):
            if self._lot is None:
                self.page.show_no_record()
                self._show_progress()
            return
        self._begin(ReviewQueue(), None)
        self.page.show_trouble(str(error))
        self._show_progress()

    def _begin(self, queue: ReviewQueue, lot: str | None) -> None:
        """Another lot, or the same in another order; what was begun of the old one is gone."""
        self.queue, self._lot = queue, lot
        self.shelf.keep(())
        self._drafts.clear()
        self._decided.clear()
        self._returning.clear()
        self._shown = None

    def _choose_lot(self, lot: str) -> None:
        if lot and lot != self._lot:
            self._ask_for(lot)

    def _ask_for(self, lot: str | None) -> None:
        self._forget_news()
        self._begin(ReviewQueue(), None)
        self._ask(lot, "", None, 0)

    def _forget_news(self) -> None:
        if self._news_job is not None:
            self._news_job.cancel()
            self._news_job = None

    def _look_again(self, _is_wanted: bool) -> None:
        self._ask_for(self._lot)

    # --- which part is shown ---

    def _go(self, seq: int | None) -> None:
        self._keep_draft()
        self._cancel_overrule()
        self.queue.current = seq
        self._shown = None
        self._seen.invalidate()
        self._finding = None
        if seq is None:
            self._show_end()
        elif (part := self.shelf.part(seq)) is not None:
            self._show(part)
        else:
            self.page.show_loading()
            self.shelf.fetch(self._folder, seq, None)
        self._show_progress()

    def _have_read(self, part: ReviewPart) -> None:
        if part.seq != self.queue.current:
            return
        if self._shown is None:
            self._show(part)
        else:  # the same part once more, because somebody has decided about it
            self._shown = part
            self.page.words.show_part(part.part)
            self.page.words.highlight(self._finding)

    def _fail_read(self, seq: int, why: str) -> None:
        if seq == self.queue.current and self._shown is None:
            self.page.show_trouble(why)

    def _show(self, part: ReviewPart) -> None:
        self._shown = part
        self._seen.invalidate()
        draft = self._drafts.get(part.seq, _Draft(None, ""))
        self.page.keys.choose(draft.reason)
        self.page.keys.note.setText(draft.note)
        self.page.show_part(part)
        self._show_progress()
        self._read_ahead()

    def _read_ahead(self) -> None:
        """The next part is read before it is asked for; only what is near is kept."""
        ahead = self.queue.next_left()
        self.shelf.keep({self.queue.current, ahead, self.queue.neighbour(-1), *self._decided[-1:]})
        if ahead is not None and self.shelf.part(ahead) is None:
            self.shelf.fetch(self._folder, ahead, self._shown)

    def _show_end(self) -> None:
        other = next((each for each in self._lots if each.left and each.name != self._lot), None)
        if not self.queue.total:
            self.page.show_nothing(other)
        else:
            self.page.show_all_reviewed(self.queue, other)

    def _show_progress(self) -> None:
        is_part = self._shown is not None
        self.page.show_progress(self.queue, is_part)
        self._show_reasons()

    def _was_seen(self) -> None:
        if self._shown is not None and not self._seen.isValid():
            self._seen.start()

    # --- decisions ---

    def _confirm(self) -> None:
        if self.can_decide and not self._is_overruling:
            self._decide(CONFIRMED)

    def _overrule(self) -> None:
        if not self.can_decide or self._shown is None:
            return
        fitting = fitting_reasons(OVERRULED, self._shown.has_picture)
        self._is_overruling = True
        if self.page.keys.reason not in fitting:
            self.page.keys.choose(None)
            self._show_reasons()
        else:
            self._decide(OVERRULED)

    def _choose(self, reason: ReviewReason) -> None:
        if self._shown is None:
            return
        keys = self.page.keys
        if not self._is_overruling:
            if reason not in possible_reasons(self._shown.has_picture):
                return
            keys.choose(None if keys.reason is reason else reason)
        elif self.can_decide and reason in fitting_reasons(OVERRULED, self._shown.has_picture):
            keys.choose(reason)
            self._decide(OVERRULED)
        self._show_reasons()

    def _decide(self, disposition: str) -> None:
        assert self._shown is not None
        keys, seq = self.page.keys, self._shown.seq
        reason, note = keys.reason, keys.note.text().strip()
        if reason is not None:
            if reason not in fitting_reasons(disposition, self._shown.has_picture):
                keys.choose(None)
                self._show_reasons()
                said = self.tr("“{reason}” is no reason to confirm: choose another, or none.")
                keys.hint.setText(said.format(reason=record_words.review_reason(reason)))
                return
            if reason is ReviewReason.OTHER and not note:
                self._show_reasons()
                keys.note.setFocus()
                return
        entry = DispositionEntry(seq, disposition, reason or "", note, self._reviewer, utc_now())
        before = self.queue.disposition(seq)
        self.queue.decide(seq, disposition)
        self._decided.append(seq)
        self._drafts[seq] = _Draft(reason, note)
        self._shown = None
        self.page.notice.hide()
        self._writer.write(
            self._folder,
            entry,
            self._written,
            lambda entry, error: self._not_written(entry, before, error),
        )
        self._show_lots()
        self._go(self.queue.next_left())

    def _written(self, entry: DispositionEntry) -> None:
        seq = entry.inspection_seq
        self._drafts.pop(seq, None)
        self.shelf.drop(seq)
        if seq == self.queue.current:
            self._keep_draft()
            self.shelf.fetch(self._folder, seq, self._shown)

    def _not_written(self, entry: DispositionEntry, before: str, error: Exception) -> None:
        """The part comes back, and what was decided is not counted."""
        seq = entry.inspection_seq
        self.page.show_not_written(str(error), is_refused=isinstance(error, Refused))
        if seq not in self.queue.seqs:
            return
        self.queue.decide(seq, before)
        if seq in self._decided:
            self._decided.remove(seq)
        self._show_lots()
        self._returning.append(seq)
        self._bring_back()

    def _bring_back(self) -> None:
        """Not while somebody writes a note about another part."""
        if self._returning and not self.page.keys.note.hasFocus():
            self._go(self._returning.pop(0))

    def _show_lots(self) -> None:
        """What is left in the open lot is known better here than from the last look."""
        lots = (
            replace(each, left=self.queue.left) if each.name == self._lot else each
            for each in self._lots
        )
        self.page.show_lots(list(lots), self._lot)

    def _keep_draft(self) -> None:
        if self._shown is not None:
            keys = self.page.keys
            self._drafts[self._shown.seq] = _Draft(keys.reason, keys.note.text())

    def _cancel_overrule(self) -> None:
        self._is_overruling = False
        self._show_reasons()

    def _show_reasons(self) -> None:
        keys, shown = self.page.keys, self._shown
        if shown is None:
            keys.ask(self.tr("Why?"), "", ())
        elif self._is_overruling:
            hint = self._why_not or self.tr("A digit overrules, Escape cancels.")
            if keys.reason is ReviewReason.OTHER:
                hint = self.tr("Say it in a note; Enter, then O.")
            fitting = fitting_reasons(OVERRULED, shown.has_picture)
            keys.ask(self.tr("Why is it good?"), hint, fitting, is_urgent=True)
        else:
            hint = self._why_not or self.tr("Confirm needs no reason, Overrule does.")
            if keys.reason is ReviewReason.OTHER and not keys.note.text().strip():
                hint = self.tr("Say it in a note (N).")
            keys.ask(self.tr("Why?"), hint, possible_reasons(shown.has_picture))

    # --- moving and looking ---

    def _skip(self) -> None:
        ahead = self.queue.next_left()
        if ahead is not None and ahead != self.queue.current:
            self._go(ahead)

    def _step(self, step: int) -> None:
        seq = self.queue.neighbour(step)
        if seq is not None:
            self._go(seq)

    def _to(self, index: int) -> None:
        if self.queue.seqs and self.queue.seqs[index] != self.queue.current:
            self._go(self.queue.seqs[index])

    def _back(self) -> None:
        """To the last decision, and from there to the one before."""
        while self._decided:
            seq = self._decided.pop()
            if seq != self.queue.current:
                self._go(seq)
                return
        self._step(-1)

    def _next_finding(self) -> None:
        if self._shown is None or not self._shown.has_picture:
            return
        findings = self._shown.part.verdict.findings
        following = 0 if self._finding is None else self._finding + 1
        self._finding = following if following < len(findings) else None
        if self._finding is None:
            self.page.picture.view.fit()
        else:
            self.page.picture.view.show_box(findings[self._finding].box)
        self.page.words.highlight(self._finding)

    def _look_under(self, is_under: bool) -> None:
        self.page.picture.view.set_overlay_visible(not is_under)
        self.page.keys.look.setDown(is_under)

    def _write_note(self) -> None:
        if self._shown is not None:
            self.page.keys.note.setFocus()

    def _leave_note(self) -> None:
        self.setFocus()
        self._show_reasons()
        self._bring_back()

    # --- keys ---

    def _bind(self) -> dict[Qt.Key, Callable[[], None]]:
        actions: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_C: self._confirm,
            Qt.Key.Key_O: self._overrule,
            Qt.Key.Key_S: self._skip,
            Qt.Key.Key_Z: self._next_finding,
            Qt.Key.Key_N: self._write_note,
            Qt.Key.Key_Left: lambda: self._step(-1),
            Qt.Key.Key_Right: lambda: self._step(1),
            Qt.Key.Key_Home: lambda: self._to(0),
            Qt.Key.Key_End: lambda: self._to(-1),
            Qt.Key.Key_Backspace: self._back,
            Qt.Key.Key_Escape: self._cancel_overrule,
            Qt.Key.Key_Space: lambda: self._look_under(True),
        }
        for digit, reason in enumerate(ReviewReason, 1):
            actions[Qt.Key(Qt.Key.Key_0 + digit)] = partial(self._choose, reason)
        return actions

    def _connect(self) -> None:
        page, keys = self.page, self.page.keys
        caps = {"←": Qt.Key.Key_Left, "→": Qt.Key.Key_Right}
        keys.pressed.connect(lambda cap: self._actions[caps.get(cap) or Qt.Key(ord(cap))]())
        keys.look.pressed.connect(lambda: self._look_under(True))
        keys.look.released.connect(lambda: self._look_under(False))
        keys.note.textChanged.connect(lambda _: self._show_reasons())
        self.shelf.arrived.connect(self._have_read)
        self.shelf.missed.connect(self._fail_read)
        page.picture.seen.connect(self._was_seen)
        page.lot_chosen.connect(self._choose_lot)
        page.picture.guide.chosen.connect(self._choose_lot)
        page.again.toggled.connect(self._look_again)
        page.notice.chosen.connect(lambda _: self.sign_in_asked.emit())
        single = SingleKeys(
            self,
            keys.note,
            self._actions,
            {Qt.Key.Key_Space: lambda: self._look_under(False)},
        )
        single.text_done.connect(self._leave_note)
        single.text_left.connect(self._bring_back, Qt.ConnectionType.QueuedConnection)

    def hideEvent(self, event: QHideEvent) -> None:
        self._look_under(False)
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._look_under(False)
        super().changeEvent(event)
