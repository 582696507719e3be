"""A language that is only for tests: every text accented, in brackets and 40 % longer.

What stands on the screen without brackets was never given to be translated; what does not fit will
not fit in German either.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, QTranslator

LONGER = 0.4
_ACCENTS = str.maketrans("aceinosuyACEINOSUY", "äçéîñöšúýÄÇÉÎÑÖŠÚÝ")
_KEPT = re.compile(r"(\{[^}]*\}|%\w+|<[^>]*>|&\w+;)")


class PseudoTranslator(QTranslator):
    """Translates everything."""

    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(
        self,
        context: str,
        source: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        return pseudo(source)


def pseudo(text: str) -> str:
    """A text in this language; what is put into it later, stays."""
    parts = _KEPT.split(text)
    words = "".join(part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in parts)
    return f"[{words}{'·' * round(LONGER * len(text))}]"


def install(application: QObject) -> PseudoTranslator:
    translator = PseudoTranslator(application)
    application.installTranslator(translator)  # type: ignore[attr-defined]
    return translator
