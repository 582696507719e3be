"""`inspector audit`: the audit trail."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from inspector_gui.cli.console import errors, output
from inspector_gui.cli.errors import one_sentence
from inspector_gui.cli.filters import Folder, minute
from inspector_gui.cli.signing_in import TokenFile, User, permit_files
from inspector_gui.inspection.opening import default_records
from inspector_gui.records.forms import Form
from inspector_gui.records.permissions import Action
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.trail import TrailFilter, TrailLine, trail
from inspector_gui.records.trail_export import export_trail

SHORT = 24
FEW = 6


class Outcome(StrEnum):
    ALLOWED = "ALLOWED"
    REFUSED = "REFUSED"


def audit(
    since: Annotated[
        str | None, typer.Option(parser=minute, metavar="TIME", help="Then or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(parser=minute, metavar="TIME", help="Before then.")
    ] = None,
    account: Annotated[str, typer.Option(help="Whose acts.")] = "",
    action: Annotated[str, typer.Option(help="Such as sign_in, review, camera_lost.")] = "",
    subject: Annotated[str, typer.Option(help="Such as a lot or an account.")] = "",
    outcome: Annotated[Outcome | None, typer.Option(case_sensitive=False)] = None,
    text: Annotated[str, typer.Option(help="In the subject, a value or the reason.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 50,
    out: Annotated[
        Path | None, typer.Option(help="Export all of it instead; the name's end says the form.")
    ] = None,
    records: Folder = None,
    user: User = "",
    token_file: TokenFile = None,
) -> None:
    """Show who did what, and what befell the line, newest first; or export it."""
    wanted = TrailFilter(since or "", until or "", account, action, subject, outcome or "", text)
    if out is not None:
        _export(records or default_records(), out, wanted, user, token_file)
        return
    with one_sentence(), RecordReader(records or default_records()) as reader:
        lines = trail(reader, wanted, limit=limit)
    for line in lines:
        output.print(_as_line(line))
    if not lines:
        errors.print("Nothing on the trail matches.")


def _export(
    folder: Path, out: Path, wanted: TrailFilter, user: str, token_file: Path | None
) -> None:
    with one_sentence():
        form = Form.of(out)
        permit_files(folder, Action.EXPORT, [out], user, token_file)
        count = export_trail(folder, out, form, wanted)
    errors.print(f"{count} entries written to {out}")


def _as_line(line: TrailLine) -> str:
    """Entry, UTC and local time's offset, who, act and outcome, what, old → new, and why."""
    offset = "" if line.utc_offset_min is None else f" ({_offset(line.utc_offset_min)})"
    who = f"{line.account} ({line.role})" if line.account else line.role or "the line"
    changed = "; ".join(_changes(line)) if line.outcome else ""
    parts = (line.action, line.outcome, line.subject, changed, line.why)
    text = "  ".join(part for part in (f"{who}:", *parts) if part)
    shown = f"{line.seq:>6}  {line.happened_at[:19]} UTC{offset}  {text}"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in shown)


def _changes(line: TrailLine) -> list[str]:
    said = [
        f"{name}: {_short(new)}" if old is None else f"{name}: {_short(old)} → {_short(new)}"
        for name, old, new in line.changes
    ]
    return said if len(said) <= FEW else [*said[:FEW], f"and {len(said) - FEW} more"]


def _offset(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _short(value: object) -> str:
    if value is None:
        return "-"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
