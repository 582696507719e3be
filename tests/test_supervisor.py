"""A supervisor's day at the station: accounts, a lot from its opening to its signature, the trail.

With SCREENSHOTS=DIR it leaves a picture of the window after each step there.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from inspector_gui import controller as controllers
from inspector_gui.application import Desk
from inspector_gui.inspection.review import ReviewReason
from inspector_gui.inspection.status import StationState
from inspector_gui.records import offline_verifier
from inspector_gui.records.entries import ALLOWED, CONFIRMED, OVERRULED, REFUSED
from inspector_gui.records.permissions import Action, Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.verify import verify
from inspector_gui.views.accounts.form import Form
from inspector_gui.views.window import MainWindow
from tests.desks import open_desk
from tests.records.accounts import PASSWORD, hash_quickly, trail
from tests.records.manipulations import unguarded

FIRST = "given by somebody else"
WRONG = "not my password"
PATIENCE_MS = 30_000
ADA, ERIK, SUE, OLGA = "Ada Lindqvist", "Erik Brandt", "Sue Okafor", "Olga Petrova"
LIVE, REVIEW, HISTORY, AUDIT = 0, 1, 2, 4


class Station:
    """The window, and hands that press what is to be seen in it."""

    def __init__(self, desk: Desk, records: Path, qtbot: QtBot) -> None:
        self.desk, self.records, self._qtbot = desk, records, qtbot
        self._pictures = os.environ.get("SCREENSHOTS", "")
        self._step = 0

    @property
    def window(self) -> MainWindow:
        return self.desk.window

    @property
    def state(self) -> StationState:
        return self.desk.controller.status().state

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=PATIENCE_MS)

    def press(self, button: QAbstractButton) -> None:
        self.wait(lambda: button.isVisible() and button.isEnabled())
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def fill(self, field: QLineEdit, text: str) -> None:
        self.wait(lambda: field.isVisible() and field.isEnabled())
        field.clear()
        self._qtbot.keyClicks(field, text)

    def submit(self, form: Form, **given: str) -> None:
        for key, text in given.items():
            self.fill(form.lines[key], text)
        self.press(form.button)

    def key(self, widget: QWidget, key: Qt.Key) -> None:
        self._qtbot.keyClick(widget, key)

    def choose(self, box: QComboBox, data: str) -> None:
        self.wait(lambda: box.findData(data) >= 0)
        box.setCurrentIndex(box.findData(data))

    def go(self, place: int) -> None:
        self.press(self.window._rail_buttons[place])

    def look(self, name: str) -> None:
        """Leave a picture, where one is wanted."""
        self._step += 1
        if self._pictures:
            self._qtbot.wait(700)
            folder = Path(self._pictures)
            folder.mkdir(parents=True, exist_ok=True)
            assert self.window.grab().save(str(folder / f"{self._step:02d}-{name}.png"))

    def sign_in(self, name: str, full_name: str, *, first: str = "") -> None:
        """Take the station over from whoever is there, and choose a password where it is asked."""
        panel = self.window.accounts
        self.press(self.window.header.who)
        if self.window.presence.present.is_signed_in:
            self.press(panel._switch)
        self.submit(panel.sign_in, name=name, password=first or PASSWORD)
        if first:
            self.wait(panel.password.isVisible)
            self.look(f"{name}-chooses-a-password")
            self.submit(panel.password, old=first, new=PASSWORD, again=PASSWORD)
        self.wait(lambda: self.window.header.who.text().startswith(full_name))
        self.wait(lambda: not panel.isVisible())

    def add(self, name: str, full_name: str, role: Role) -> None:
        users = self.window.settings.users
        self.press(users.add)
        self.press(users.role.buttons[role])
        for key, text in {"name": name, "full_name": full_name}.items():
            self.fill(users.form.lines[key], text)
        for key in ("new", "again"):
            self.fill(users.form.lines[key], FIRST)
        self.look(f"adds-{name}")
        self.press(users.form.button)
        self.wait(lambda: full_name in [row.account.full_name for row in users.account_rows])

    def open_lot(self, name: str, expected: str = "") -> None:
        form = self.window.live.lot_panel.open_form
        if not form.isVisible():
            self.press(self.window.live.lot.button)
        self.fill(form.name, name)
        self.fill(form.count, expected)
        self.choose(form.recipe, "tile")
        self.press(form.button)

    def close_lot(self) -> None:
        live = self.window.live
        self.press(live.lot.button)
        self.wait(live.lot_panel.close_form.agrees.isVisible)
        self.look("closing")
        self.press(live.lot_panel.close_form.button)
        self.wait(live.lot_panel.open_form.isVisible)

    def decided(self, disposition: str) -> int:
        with RecordReader(self.records) as reader:
            question = "SELECT count(*) FROM dispositions WHERE disposition = ?"
            (count,) = reader.connection.execute(question, [disposition]).fetchone()
        return int(count)

    def export(self, view: QWidget, button: QAbstractButton, file: Path) -> None:
        self.press(button)
        self.wait(lambda: view.findChild(QFileDialog) is not None)
        names = view.findChild(QFileDialog).findChild(QLineEdit)
        self.wait(names.hasFocus)
        self.fill(names, str(file))
        self.key(names, Qt.Key.Key_Return)
        self.wait(file.is_file)


@pytest.fixture
def station(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Station]:
    monkeypatch.setattr(controllers, "DEMONSTRATION_RATE", 12.0)
    hash_quickly(monkeypatch)
    file, records = tmp_path / "settings.json", tmp_path / "records"
    content = {"language": "en", "theme": "light", "records": str(records)}
    file.write_text(json.dumps(content), encoding="utf-8")
    with open_desk(qapp, file) as desk:
        with qtbot.waitActive(desk.window):
            desk.window.activateWindow()
        yield Station(desk, records, qtbot)


def test_a_supervisor_s_day(station: Station, tmp_path: Path) -> None:
    set_up(station)
    release(station)
    run_a_lot(station)
    confirmed = review(station)
    look_again(station, confirmed)
    sign(station)
    read_the_trail(station, tmp_path)
    take_out(station, tmp_path)
    what_the_record_says(station)
    verify_elsewhere(station, tmp_path)


def set_up(station: Station) -> None:
    """The first administrator ends the demonstration, and adds whom the station needs."""
    window = station.window
    station.wait(lambda: window.header.who.text() == "Demonstration")
    station.look("demonstration")
    station.press(window.header.who)
    station.press(window.accounts._offer)
    station.look("first-administrator")
    station.submit(window.accounts.first, name="ada", full_name=ADA, new=PASSWORD, again=PASSWORD)
    station.wait(lambda: window.header.who.text() == f"{ADA} · Administrator")
    window.open_settings()
    window.settings.findChild(QScrollArea).verticalScrollBar().setValue(10_000)
    station.add("sue", SUE, Role.SUPERVISOR)
    station.add("olga", OLGA, Role.OPERATOR)
    station.add("erik", ERIK, Role.ENGINEER)
    station.look("users")


def release(station: Station) -> None:
    """A supervisor opens no lot with a recipe that no engineer has released."""
    station.sign_in("sue", SUE, first=FIRST)
    station.go(LIVE)
    station.look("live-no-lot")
    station.open_lot("M-1041")
    panel = station.window.live.lot_panel
    station.wait(panel.open_form.problem.isVisible)
    assert "engineer" in panel.open_form.problem.text
    station.look("not-released")
    station.sign_in("erik", ERIK, first=FIRST)
    station.open_lot("TRIAL-1")
    station.wait(lambda: station.window.live.lot.name.text() == "TRIAL-1")
    station.close_lot()
    station.look("closed-trial")
    station.press(panel.open_form.cancel)


def run_a_lot(station: Station) -> None:
    """The supervisor opens and starts it, an operator takes over, and nothing stops meanwhile."""
    live, controller = station.window.live, station.desk.controller
    station.sign_in("sue", SUE)
    station.open_lot("M-1041", "60")
    station.wait(lambda: live.lot.name.text() == "M-1041")
    station.look("open")
    station.press(live.line.button)
    station.wait(lambda: controller.status().counters.parts >= 3)
    parts = controller.status().counters.parts
    station.sign_in("olga", OLGA, first=FIRST)
    assert station.state is StationState.RUNNING
    station.wait(lambda: controller.status().counters.parts > parts)
    station.wait(lambda: controller.status().counters.rejected >= 2)
    station.look("running")


def review(station: Station) -> int:
    """One reject is one, the other is overruled with a reason; then the line is stopped.

    A part of a machine that was too slow has no picture: only a look at the part itself will do.

    Returns:
        The place of what was confirmed.
    """
    page, live = station.window.review, station.window.live
    station.go(REVIEW)
    station.wait(lambda: page.can_decide)
    station.look("review")
    assert page.part is not None
    confirmed = page.part.seq
    station.press(page.page.keys.confirm)
    station.wait(lambda: station.decided(CONFIRMED) == 1)
    station.wait(lambda: page.can_decide)
    station.press(page.page.keys.overrule)
    station.look("overruling")
    station.press(page.page.keys.reasons[ReviewReason.INSPECTED_BY_HAND])
    station.wait(lambda: station.decided(OVERRULED) == 1)
    station.go(LIVE)
    station.press(live.line.button)
    station.wait(lambda: station.state is StationState.STOPPED)
    station.look("stopped")
    return confirmed


def look_again(station: Station, confirmed: int) -> None:
    """The supervisor does not agree with what the operator has confirmed."""
    page = station.window.review
    station.sign_in("sue", SUE)
    station.go(REVIEW)
    station.wait(lambda: page.can_decide)
    station.press(page.page.again)
    station.wait(lambda: page.can_decide)
    station.key(page, Qt.Key.Key_End)  # the decided ones come last
    station.wait(lambda: page.can_decide)
    station.press(page.page.keys.back)
    station.wait(lambda: page.can_decide)
    assert page.part is not None
    assert page.part.seq == confirmed
    station.press(page.page.keys.overrule)
    station.press(page.page.keys.reasons[ReviewReason.INSPECTED_BY_HAND])
    station.wait(lambda: station.decided(OVERRULED) == 2)
    station.look("looked-again")


def sign(station: Station) -> None:
    """What is not reviewed is said before the signature; a wrong password signs nothing."""
    live, lots = station.window.live, station.window.lots
    station.go(LIVE)
    station.close_lot()
    station.look("closed")
    assert "M-1041" in live.lot_panel.open_form.closed.text
    station.press(live.lot_panel.open_form.sign)
    station.wait(lambda: lots.lot is not None and lots.lot.name == "M-1041")
    station.wait(lots.form.password.isVisible)
    station.wait(lambda: "they agree" in lots.facts.text)
    station.fill(lots.form.password, WRONG)
    station.press(lots.form.button)
    station.wait(lots.form.problem.isVisible)
    station.look("wrong-password")
    station.fill(lots.form.password, PASSWORD)
    station.press(lots.form.button)
    station.wait(lambda: SUE in lots.facts.text)
    assert lots.lot is not None
    assert [s.full_name for s in lots.lot.signatures] == [SUE]
    station.look("signed")


def read_the_trail(station: Station, folder: Path) -> None:
    """Everything of the day is there, with what it was beside what it became, and goes out."""
    audit = station.window.audit
    station.go(AUDIT)
    station.wait(lambda: bool(audit.model.lines) and audit.summary.text().endswith("entries"))
    station.look("audit")
    station.choose(audit.filters.act, Action.REVIEW)
    station.wait(lambda: {line.action for line in audit.model.lines} == {Action.REVIEW})
    station.wait(lambda: {CONFIRMED, OVERRULED} <= set(audit.preview.text.split()))
    station.look("audit-overruled")
    station.choose(audit.filters.act, "")
    station.choose(audit.filters.outcome, REFUSED)
    station.wait(lambda: {line.outcome for line in audit.model.lines} == {REFUSED})
    station.look("audit-refused")
    station.press(audit.filters.reset)
    station.wait(lambda: len(audit.model.lines) > 20)
    station.export(audit, audit.export, folder / "trail.csv")
    with (folder / "trail.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    acts = [row["action"] for row in rows]
    assert acts.count(Action.ADD_ACCOUNT) == 4
    olga, sue = (row for row in rows if OVERRULED in row["new"])
    assert json.loads(olga["new"])["reason"] == ReviewReason.INSPECTED_BY_HAND
    assert json.loads(sue["old"])["disposition"] == CONFIRMED
    station.look("trail-exported")


def take_out(station: Station, folder: Path) -> None:
    """The lot's parts as a table, with a signed checkpoint beside it."""
    history = station.window.history
    station.go(HISTORY)
    station.wait(lambda: history.filters.lot.findText("M-1041") >= 0)
    history.filters.lot.setCurrentIndex(history.filters.lot.findText("M-1041"))
    station.wait(lambda: {found.lot for found in history.model.found} == {"M-1041"})
    station.export(history, history.export, folder / "parts.csv")
    station.look("parts-exported")
    parts = station.desk.controller.status().counters.parts
    assert len((folder / "parts.csv").read_text(encoding="utf-8").splitlines()) == parts + 1


def what_the_record_says(station: Station) -> None:
    result = verify(station.records)
    assert result.problem == ""
    assert result.signatures == 1
    said = [(e.account, e.action, e.outcome) for e in trail(station.records)]
    day = [
        ("ada", Action.SIGN_IN, ALLOWED),
        ("sue", Action.RELEASE_RECIPE, REFUSED),
        ("erik", Action.RELEASE_RECIPE, ALLOWED),
        ("erik", Action.CLOSE_LOT, ALLOWED),
        ("sue", Action.OPEN_LOT, ALLOWED),
        ("sue", Action.RUN_LINE, ALLOWED),
        ("olga", Action.SIGN_IN, ALLOWED),
        ("sue", Action.SIGN_OUT, ALLOWED),
        ("olga", Action.REVIEW, ALLOWED),
        ("olga", Action.STOP_LINE, ALLOWED),
        ("sue", Action.SIGN_IN, ALLOWED),
        ("olga", Action.SIGN_OUT, ALLOWED),
        ("sue", Action.REVIEW, ALLOWED),
        ("sue", Action.CLOSE_LOT, ALLOWED),
        ("sue", Action.SIGN_LOT, REFUSED),
        ("sue", Action.SIGN_LOT, ALLOWED),
        ("sue", Action.EXPORT, ALLOWED),
        ("sue", Action.EXPORT, ALLOWED),
    ]
    rest = iter(said)
    assert [act for act in day if act not in rest] == [], said


def verify_elsewhere(station: Station, folder: Path) -> None:
    """One file proves it without this program, and finds that the end was cut off."""
    copy = folder / "copy"
    shutil.copytree(station.records, copy)
    verifier = folder / "verifier.py"
    shutil.copy(offline_verifier.__file__, verifier)
    kept = folder / "parts.csv.checkpoints"
    words = [sys.executable, str(verifier), str(copy), "--checkpoints", str(kept)]
    whole = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (whole.returncode, "1 signatures" in whole.stdout) == (0, True), whole
    with unguarded(copy) as connection:
        (last,) = connection.execute("SELECT max(seq) FROM audit").fetchone()
        connection.execute("DELETE FROM audit WHERE seq >= ?", [last])
    cut = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (cut.returncode, "the end was cut off" in cut.stdout) == (1, True), cut
