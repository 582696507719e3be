"""The language of the screens."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

import resources

FOLDER = resources.FOLDER / "translations"


def install(application: QCoreApplication, locale: QLocale) -> QTranslator | None:
    """Show texts and figures as `locale` has them, and English where there is no translation.

    Must be called before the first widget is made.

    Returns:
        What was installed; None for English.
    """
    QLocale.setDefault(locale)
    translator = QTranslator(application)
    if not translator.load(locale, "inspector", "_", str(FOLDER)):
        return None
    application.installTranslator(translator)
    return translator
