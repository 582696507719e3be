"""The whole window in every state of every view."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QEventLoop, QLocale, QPoint, QTime, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QScrollArea, QWidget

from inspector_gui.theme import Theme
from inspector_gui.views.key_help import KeyHelpPanel
from inspector_gui.views.window import MainWindow
from tests import screenshots
from tests.views.accounts import scenes as accounts
from tests.views.audit import scenes as audit
from tests.views.history import scenes as history
from tests.views.lots import scenes as lots
from tests.views.review import scenes as review
from tests.views.scenes import FakeController

READING_MS = 900
Act = Callable[[QWidget], None]


class Sitting:
    """A window before somebody, and what that person does before the picture is taken."""

    def __init__(
        self, controller: FakeController, theme: Theme, place: int = 0, act: Act | None = None
    ) -> None:
        self.window = MainWindow(controller, theme)
        self._place = place
        self._act = act

    def open(self) -> MainWindow:
        """Show the window, and do it."""
        window = self.window
        window.show()
        window.activateWindow()
        if self._place:
            window.open_place(self._place)
            wait(READING_MS)
        for _ in range(3):
            window.bridge.look()
            wait(0)
        if self._act is not None:
            self._act(window.places[self._place].view)
            wait(READING_MS)
        short = QLocale.FormatType.ShortFormat
        window.header.show_time(QLocale().toString(QTime(8, 20), short))
        return window

    def picture(self) -> QPixmap:
        window = self.open()
        picture = window.grab()
        for panel in window.findChildren(KeyHelpPanel):  # a window of its own
            panel.render(picture, window.mapFromGlobal(panel.mapToGlobal(QPoint(0, 0))))
        return picture

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _live(scene: str, _folder: Path, theme: Theme) -> Sitting:
    controller = FakeController()
    screenshots.SCENES[scene](controller)
    return Sitting(controller, theme)


def _recorded(
    make: Callable[[Path, str], Path], place: int, record: str, act: Act, folder: Path, theme: Theme
) -> Sitting:
    controller = FakeController(folder=make(folder, record))
    screenshots.passed(controller)
    return Sitting(controller, theme, place, act)


def _managed(
    name: str, make: lots.Make, place: int, act: Act, folder: Path, theme: Theme
) -> Sitting:
    """Each has a record of its own, since some write to it."""
    return Sitting(
        make(Path(mkdtemp(prefix=f"{name}-", dir=folder)) / "records"), theme, place, act
    )


def _settings(act: Act | None, folder: Path, theme: Theme) -> Sitting:
    controller = FakeController(folder=folder)
    screenshots.passed(controller)
    return Sitting(controller, theme, 5, act)


def _accounts(name: str, folder: Path, theme: Theme) -> Sitting:
    scene = accounts.SCENES[name]
    controller = accounts.controller_of(scene, folder)
    screenshots.passed(controller)
    scene.start(controller)
    sitting = Sitting(controller, theme)
    sitting._place = scene.number(sitting.window)
    sitting._act = lambda _: scene.act(sitting.window)
    return sitting


def _keys(place: int, folder: Path, theme: Theme) -> Sitting:
    sitting = _recorded(review.make_record, place, "usual", lambda _: None, folder, theme)
    sitting._act = lambda _: sitting.window.show_keys()
    return sitting


def _scroll_down(view: QWidget) -> None:
    view.findChild(QScrollArea).verticalScrollBar().setValue(10_000)


SITTINGS: dict[str, Callable[[Path, Theme], Sitting]] = {
    **{name: partial(_live, name) for name in screenshots.SCENES},
    **{
        name: partial(_recorded, review.make_record, 1, record, act)
        for name, (record, act) in review.SCENES.items()
    },
    **{
        name: partial(_recorded, history.make_record, 2, record, act)
        for name, (record, act) in history.SCENES.items()
    },
    **{name: partial(_accounts, name) for name in accounts.SCENES},
    **{
        name: partial(_managed, name, make, place, act)
        for name, (make, place, act) in {**lots.SCENES, **audit.SCENES}.items()
    },
    "settings": partial(_settings, None),
    "settings-below": partial(_settings, _scroll_down),
    "keys-live": partial(_keys, 0),
    "keys-review": partial(_keys, 1),
}
