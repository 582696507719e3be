"""Takes README's picture of the real thing: `python -m tests.live_screenshot OUT.png [RECIPE]`.

The window runs the simulated line with a model that ships, `tile` by default, and a record of its
own until enough parts have gone through and one is rejected.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from engines.verdict import Decision
from inspector_gui import theme
from inspector_gui.controller import StationController
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.settings import Settings
from inspector_gui.views import language
from inspector_gui.views.window import MainWindow

PARTS = {"tile": 60}
FEW = 6


def main(out: Path, recipe: str = "tile") -> int:
    application = QApplication(sys.argv[:1])
    language.install(application, QLocale("en_GB"))
    with tempfile.TemporaryDirectory() as records:
        controller = StationController(Settings(records=Path(records)))
        window = MainWindow(controller, theme.LIGHT)
        controller.select(recipe, "simulated")
        window.resize(1280, 800)
        window.show()
        controller.start()

        def take(inspection: Inspection) -> None:
            """In the tick in which a reject has been shown."""
            verdict = inspection.verdict
            is_plain = verdict.decision is Decision.REJECT and len(verdict.findings) == 1
            if inspection.part >= PARTS.get(recipe, FEW) and is_plain:
                window.bridge.inspected.disconnect(take)
                window.grab().save(str(out))
                window.close()
                application.quit()

        window.bridge.inspected.connect(take)  # after the view itself
        application.exec()
        controller.close(5.0)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
