"""The language of the screens.

`pyside6-lupdate` finds the texts in views and widgets, `pyside6-lrelease` compiles their
translations; `tests/views/test_translations.py` fails when one of them is due.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import resources

FOLDER = resources.FOLDER / "translations"


def install_qt(application: QCoreApplication, locale: QLocale) -> QTranslator | None:
    """The same for Qt's own texts: names of keys, file dialogs."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load(locale, "qtbase", "_", folder):
        return None
    application.installTranslator(translator)
    return translator


def install(application: QCoreApplication, locale: QLocale) -> QTranslator | None:
    """Show texts and figures as `locale` has them, and English where there is no translation.

    Must be called before the first widget is made.

    Returns:
        What was installed; None for English.
    """
    if locale.language() is QLocale.Language.C:  # groups no digits
        locale = QLocale(QLocale.Language.English)
    QLocale.setDefault(locale)
    translator = QTranslator(application)
    if not translator.load(locale, "inspector", "_", str(FOLDER)):
        return None
    application.installTranslator(translator)
    return translator
