"""`inspector selftest`: camera simulator → engine → record → verify → export."""

from __future__ import annotations

import tempfile
from pathlib import Path

from inspector_gui.cli.console import output
from inspector_gui.cli.errors import INTEGRITY, fail, one_sentence
from inspector_gui.inspection.opening import open_station
from inspector_gui.inspection.status import StationState
from inspector_gui.records.export import export
from inspector_gui.records.forms import Form
from inspector_gui.records.verify import verify

PARTS = 20
CAMERA = "gentl:viky"


def selftest() -> None:
    """Run the whole chain once on the camera simulator; exit 0, or say what failed."""
    with tempfile.TemporaryDirectory(prefix="line-inspector-") as folder, one_sentence():
        records = Path(folder) / "records"
        with open_station("tile", camera=CAMERA, records=records, frame_rate=10, parts=PARTS) as s:
            output.print(f"camera  {CAMERA}: streaming")
            s.start()
            s.wait()
            status = s.status
        counters = status.counters
        _check(status.state is StationState.STOPPED, f"station: {status.detail}")
        _check(counters.parts == PARTS, f"station: {counters.parts} parts instead of {PARTS}")
        judged = counters.passed + counters.rejected
        _check(judged > 0, f"engine: no part could be judged ({counters.undecided} undecided)")
        output.print(
            f"engine  {status.model} on {status.provider}: {judged} of {PARTS} parts judged"
        )
        result = verify(records)
        _check(result.holds, f"record: {result}")
        output.print(f"record  {result}")
        rows = export(records, Path(folder) / "export.csv", Form.CSV)
        _check(rows == PARTS, f"export: {rows} rows instead of {PARTS}")
        output.print(f"export  {rows} rows")
    output.print("All good.")


def _check(holds: bool, what: str) -> None:
    if not holds:
        fail(f"Failed - {what}", INTEGRITY)
