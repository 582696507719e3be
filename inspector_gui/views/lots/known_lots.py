"""The lots of a record, for who asks again and again."""

from __future__ import annotations

from collections.abc import Sequence

from inspector_gui.records.lots import LotRecord, lots_of
from inspector_gui.records.permissions import Action
from inspector_gui.records.reader import RecordReader

_ACTS = ", ".join(f"'{act}'" for act in (Action.OPEN_LOT, Action.CLOSE_LOT, Action.SIGN_LOT))


class KnownLots:
    """Reads them anew only where something was done about one; for one thread at a time."""

    def __init__(self) -> None:
        self._known: tuple[str, int] | None = None
        self._lots: Sequence[LotRecord] = ()

    def read(self, reader: RecordReader) -> Sequence[LotRecord]:
        """All lots, oldest first."""
        (last,) = reader.connection.execute(
            f"SELECT max(seq) FROM audit WHERE action IN ({_ACTS})"
        ).fetchone()
        known = reader.record_id, int(last or 0)
        if known != self._known:
            self._lots, self._known = lots_of(reader), known
        return self._lots
