"""Takes README's picture of the real thing: `python -m tests.live_screenshot OUT.png`.

The window runs the simulated line with the bundled model and a record of its own until enough
parts have gone through and one is rejected.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from engines.verdict import Decision
from inspector_gui import theme
from inspector_gui.controller import StationController
from inspector_gui.settings import Settings
from inspector_gui.views import language
from inspector_gui.views.window import MainWindow

PARTS = 60
LOOK_MS = 20


def main(out: Path) -> int:
    application = QApplication(sys.argv[:1])
    language.install(application, QLocale("en_GB"))
    with tempfile.TemporaryDirectory() as records:
        controller = StationController(Settings(records=Path(records)))
        window = MainWindow(controller, theme.LIGHT)
        window.resize(1280, 800)
        window.show()
        controller.start()
        timer = QTimer(interval=LOOK_MS)

        def look() -> None:
            latest = controller.latest()
            if latest is None or latest.part < PARTS or len(latest.verdict.findings) != 1:
                return
            if latest.verdict.decision is Decision.REJECT:
                timer.stop()
                QTimer.singleShot(10 * LOOK_MS, take)

        def take() -> None:
            window.grab().save(str(out))
            window.close()
            application.quit()

        timer.timeout.connect(look)
        timer.start()
        application.exec()
        controller.close(5.0)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
