"""How the review is laid out, and what it says when there is no part to show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inspector_gui.inspection.review import LotToReview
from inspector_gui.theme import Theme
from inspector_gui.views import words
from inspector_gui.views.review.keys import ReviewKeys
from inspector_gui.views.review.pictures import PartPicture
from inspector_gui.views.review.queue import ReviewQueue
from inspector_gui.views.review.reading import ReviewPart
from inspector_gui.views.review.words import PartWords
from inspector_gui.widgets.notice import Notice

SIDE_STEPS = (84, 200)  # width of the right column, in steps of the grid
SIDE_SHARE = 0.28


class ReviewPage(QWidget):
    """Shows what it is given.

    Signals:
        lot_chosen: The name of a lot that a person has chosen.
    """

    lot_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lot = QComboBox()
        self.lot.setAccessibleName(self.tr("Lot"))
        self.lot.setMinimumWidth(theme.space(70))
        self.lot.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.lot.setMaximumWidth(theme.space(110))
        self.lot.activated.connect(lambda row: self.lot_chosen.emit(self.lot.itemData(row)))
        self.again = QPushButton(self.tr("Decided ones too"))
        self.again.setCheckable(True)
        self.again.setToolTip(self.tr("Look again at parts that somebody has decided about"))
        self.place, self.left = QLabel(), QLabel()
        self.place.setProperty("role", "quiet")
        self.left.setProperty("role", "section")
        self.notice = Notice(theme)
        self.picture = PartPicture(theme)
        self.good = PartPicture(theme, self.picture.view)
        self.good.view.setAccessibleName(self.tr("Picture of a good part"))
        self._good_title = QLabel(self.tr("A good part of the same lot"))
        self._good_title.setProperty("role", "quiet")
        self.words = PartWords(theme)
        self.words.setMinimumHeight(theme.space(40))  # verdict, bar and one finding
        self.keys = ReviewKeys(theme)
        self._side = QWidget()
        self._lay_out()
        self._say(self.tr("The record is being read…"))

    def show_lots(self, lots: Sequence[LotToReview], current: str | None) -> None:
        items = [(self._lot_line(lot), lot.name) for lot in lots]
        shown = [(self.lot.itemText(n), self.lot.itemData(n)) for n in range(self.lot.count())]
        with QSignalBlocker(self.lot):
            if items != shown:
                self.lot.clear()
                for line, name in items:
                    self.lot.addItem(line, name)
            self.lot.setCurrentIndex(self.lot.findData(current))

    def show_part(self, part: ReviewPart) -> None:
        recorded = part.part
        self.picture.view.set_overlay_visible(True)
        if part.has_picture:
            self.picture.show_part(recorded, part.overlay)
            self.picture.view.fit()
        else:
            self._show_without_picture(part)
        self._show_neighbour(part)
        self._side.setVisible(True)
        self.words.show_part(recorded)

    def show_loading(self) -> None:
        self.picture.show_words(self.tr("The part is being read…"))

    def show_no_record(self) -> None:
        self._say(
            self.tr("No record yet"),
            self.tr("Nothing has been inspected so far."),
            self.tr("Start the line in Live: what does not pass appears here."),
        )

    def show_nothing(self, other: LotToReview | None) -> None:
        self._say(
            self.tr("Nothing to review"),
            self.tr("Every part has passed so far."),
            self.tr("What does not pass appears here by itself."),
            self._button_to(other),
        )

    def show_all_reviewed(self, queue: ReviewQueue, other: LotToReview | None) -> None:
        confirmed, overruled = _number(queue.confirmed), _number(queue.overruled)
        self._say(
            self.tr("All {n} reviewed").format(n=_number(queue.total)),
            self.tr("{confirmed} confirmed, {overruled} overruled.").format(
                confirmed=confirmed, overruled=overruled
            ),
            self.tr(
                "New rejects of this lot appear by themselves. "
                "“Decided ones too” shows these parts once more."
            ),
            self._button_to(other),
        )

    def show_trouble(self, text: str) -> None:
        """The record, or a part of it, cannot be read."""
        title = self.tr("The record cannot be read")
        self._say(title, words.sentence(text), is_alarm=True)

    def show_not_written(self, text: str, *, is_refused: bool = False) -> None:
        remedy = self.tr("The part is back: decide again once the cause is mended.")
        if is_refused:
            remedy = self.tr("The part is back: sign in, then decide again.")
        self.notice.show_alarm(
            self.tr("The decision was not recorded: {why}").format(why=words.sentence(text)),
            remedy,
            [("sign_in", self.tr("Sign in"))] if is_refused else (),
        )

    def show_progress(self, queue: ReviewQueue, is_part: bool) -> None:
        """Where one is, how many are left, and which keys do something now."""
        self.left.setText(self.tr("{n} left").format(n=_number(queue.left)) if queue.total else "")
        place = self.tr("{n} of {all}").format(n=_number(queue.place), all=_number(len(queue.seqs)))
        self.place.setText(place if queue.place else "")
        for button in self.keys.keys:
            button.setEnabled(is_part)
        self.keys.back.setEnabled(queue.neighbour(-1) is not None)
        self.keys.forth.setEnabled(queue.neighbour(1) is not None)
        self.keys.note.setEnabled(is_part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        least, most = map(self._theme.space, SIDE_STEPS)
        self._side.setFixedWidth(min(max(least, round(self.width() * SIDE_SHARE)), most))
        super().resizeEvent(event)

    def _say(
        self,
        title: str,
        text: str = "",
        remedy: str = "",
        buttons: tuple[tuple[str, str], ...] = (),
        *,
        is_alarm: bool = False,
    ) -> None:
        self._side.setVisible(False)
        self.picture.show_words(title, text, remedy, buttons, is_alarm=is_alarm)

    def _show_without_picture(self, part: ReviewPart) -> None:
        verdict = part.part.verdict
        why = part.part.problem or words.sentence(verdict.detail)
        self.picture.show_words(
            words.reason(verdict.reason) if verdict.reason else self.tr("No picture"),
            why or self.tr("No picture of this part was kept."),
            self.tr("Look at the part itself, then decide: 6 says that you have."),
            part=part.part,
        )

    def _show_neighbour(self, part: ReviewPart) -> None:
        neighbour = part.neighbour
        if neighbour is not None and neighbour.pixels is not None:
            self.good.show_part(neighbour)
            if self.picture.view.is_fitted:
                self.good.view.fit()
        elif neighbour is not None:
            self.good.show_words(self.tr("No picture"), neighbour.problem)
        else:
            text = self.tr("No picture of a good part of this lot was kept nearby.")
            self.good.show_words(self.tr("None to compare with"), text)

    def _button_to(self, lot: LotToReview | None) -> tuple[tuple[str, str], ...]:
        if lot is None:
            return ()
        return ((lot.name, self.tr("Go to {lot}").format(lot=self._lot_line(lot))),)

    def _lot_line(self, lot: LotToReview) -> str:
        text = self.tr("{lot}  ·  {n} left")
        return text.format(lot=lot.name, n=_number(lot.left))

    def _lay_out(self) -> None:
        space = self._theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(3), space(3), space(3), space(3))
        layout.setSpacing(space(2))
        head = QHBoxLayout()
        head.setSpacing(space(3))
        head.addWidget(self.lot)
        head.addWidget(self.again)
        head.addStretch(1)
        head.addWidget(self.place)
        head.addWidget(self.left)
        layout.addLayout(head)
        layout.addWidget(self.notice)
        middle = QHBoxLayout()
        middle.setSpacing(space(3))
        middle.addWidget(self.picture, 1)
        beside = QVBoxLayout(self._side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(space(1))
        beside.addWidget(self._good_title)
        beside.addWidget(self.good, 5)
        beside.addSpacing(space(1))
        beside.addWidget(self.words, 6)
        middle.addWidget(self._side)
        layout.addLayout(middle, 1)
        layout.addWidget(self.keys)
        self.picture.caption.setAlignment(Qt.AlignmentFlag.AlignLeft)


def _number(value: int) -> str:
    return QLocale().toString(value)
