"""The language of the screens."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

import resources

FOLDER = resources.FOLDER / "translations"


def install(application: QCoreApplication, locale: QLocale) -> None:
    """Show texts and figures as `locale` has them, and English where there is no translation.

    Must be called before the first widget is made.
    """
    QLocale.setDefault(locale)
    translator = QTranslator(application)
    if translator.load(locale, "inspector", "_", str(FOLDER)):
        application.installTranslator(translator)
