"""Who may take files, reports and backups out of a record, and what a restored one can do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from inspector_gui.cli.app import app
from inspector_gui.records import lots, offline_verifier
from inspector_gui.records.checkpoints import read_checkpoints
from inspector_gui.records.entries import ALLOWED, REFUSED
from inspector_gui.records.keys import FILE, keys_of
from inspector_gui.records.office import open_office
from inspector_gui.records.passwords import FILE as PASSWORDS
from inspector_gui.records.permissions import ROLES, Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore
from inspector_gui.records.verify import verify
from tests.records.accounts import PASSWORD, hash_quickly, managed, trail
from tests.records.report.lots import write_lot

RECIPE = {"name": "tile", "revision": 1}


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        hash_quickly(patch)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with an account of every role and a signed lot."""
    folder = tmp_path_factory.mktemp("plant") / "records"
    with managed(folder) as (office, who):
        lots.open_lot(office, who[Role.ENGINEER], "L1", RECIPE)
    write_lot(folder, "L1", "PRP")
    with open_office(folder) as office:
        lots.close_lot(office, who[Role.OPERATOR], "L1", why="counted by hand")
        lots.sign_lot(office, who[Role.SUPERVISOR], "L1", PASSWORD, "released")
    return folder


def run(folder: Path, words: str, user: str, password: str = PASSWORD) -> Result:
    options = ["--user", user] if user else []
    return CliRunner().invoke(
        app, ["records", *words.split(), "--records", str(folder), *options], input=f"{password}\n"
    )


COMMANDS = {
    "export --out {out}.csv": ("export", {Role.SUPERVISOR, Role.ENGINEER}),
    "report --lot L1 --out {out}.pdf": ("export", {Role.SUPERVISOR, Role.ENGINEER}),
    "backup --to {out}": ("backup", {Role.SUPERVISOR, Role.ENGINEER, Role.ADMINISTRATOR}),
}


@pytest.mark.parametrize("role", [Role.GUEST, *ROLES])
@pytest.mark.parametrize("words", COMMANDS)
def test_who_may_take_something_out(folder: Path, tmp_path: Path, words: str, role: Role) -> None:
    action, may = COMMANDS[words]
    user = "" if role is Role.GUEST else role.value
    before = len(trail(folder))
    result = run(folder, words.format(out=tmp_path / "out"), user)
    entry = next(e for e in reversed(trail(folder)) if e.action == action)
    assert (entry.account, entry.role) == (user, role)
    assert entry.subject.startswith(str(tmp_path))
    assert len(trail(folder)) == before + (1 if role is Role.GUEST else 2)  # with the sign-in
    if role in may:
        assert result.exit_code == 0, result.output
        assert entry.outcome == ALLOWED
        (beside,) = tmp_path.glob("*.checkpoints")
        assert verify(folder, read_checkpoints(beside)).problem == ""
    else:
        assert result.exit_code == 6, result.output
        assert entry.outcome == REFUSED
        assert list(tmp_path.iterdir()) == []


def test_a_backup_holds_what_is_needed_to_sign_in_and_nothing_to_sign_with(
    folder: Path, tmp_path: Path
) -> None:
    assert run(folder, f"backup --to {tmp_path / 'backup'}", "supervisor").exit_code == 0
    passwords = tmp_path / "backup" / PASSWORDS
    assert passwords.read_bytes() == (folder / PASSWORDS).read_bytes()
    assert passwords.stat().st_mode & 0o077 == 0
    names = {path.name for path in (tmp_path / "backup").rglob("*")}
    assert FILE not in names
    assert b"PRIVATE KEY" not in b"".join(
        path.read_bytes() for path in (tmp_path / "backup").rglob("*") if path.is_file()
    )


def test_restored_signed_in_and_verified(folder: Path, tmp_path: Path) -> None:
    target, new = tmp_path / "backup", tmp_path / "new"
    assert run(folder, f"backup --to {target}", "supervisor").exit_code == 0
    restored = run(new, f"restore --from {target}", "administrator")
    assert restored.exit_code == 0, restored.output
    *_, backed_up, signed_in, allowed, made = trail(new)
    assert (backed_up.action, signed_in.action, made.action) == ("backup", "sign_in", "make_key")
    assert (allowed.account, allowed.outcome) == ("administrator", ALLOWED)
    assert (allowed.subject, allowed.new) == (str(new), {"restored_from": str(target)})
    with RecordReader(new) as reader:
        (_, old_key), (_, new_key) = keys_of(reader)
    assert (made.old["public_key"], made.new["public_key"]) == (old_key, new_key)
    assert new_key in restored.output
    with open_office(new) as office:
        session = office.sign_in("supervisor", PASSWORD)
        lots.sign_lot(office, session, "L1", PASSWORD, "looked at after the restore")
    before = read_checkpoints(tmp_path / "backup.checkpoints")
    assert run(new, f"export --out {tmp_path / 'out.csv'}", "supervisor").exit_code == 0
    known = [*before, *read_checkpoints(tmp_path / "out.csv.checkpoints")]
    result = verify(new, known, new_key)
    assert (result.problem, result.signatures, result.checkpoints) == ("", 2, 2)
    assert any(new_key in warning for warning in result.warnings)
    assert "made anew at entry" in verify(new, known, old_key).problem
    assert verify(folder, before, old_key).problem == ""
    (tmp_path / "known.checkpoints").write_text("\n".join(c.line for c in known) + "\n")
    for key, code in ((new_key, 0), (old_key, 1)):
        options = ["--checkpoints", str(tmp_path / "known.checkpoints"), "--key", key]
        words = [sys.executable, offline_verifier.__file__, str(new), *options]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == code, done


@pytest.mark.parametrize(
    ("user", "password", "said"),
    [
        ("", "", "Nobody is signed in"),
        ("operator", PASSWORD, "may not back up or restore"),
        ("administrator", "a wrong password", "is wrong"),
    ],
)
def test_a_restore_that_is_refused_leaves_nothing(
    folder: Path, tmp_path: Path, user: str, password: str, said: str
) -> None:
    target = tmp_path / "backup"
    assert run(folder, f"backup --to {target}", "supervisor").exit_code == 0
    before = sorted(path.name for path in tmp_path.iterdir())
    result = run(tmp_path / "new", f"restore --from {target}", user, password)
    assert result.exit_code == 6, result.output
    assert said in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert verify(target).problem == ""


def test_a_demonstration_takes_no_sign_in(tmp_path: Path) -> None:
    write_lot(tmp_path / "records", "lot", "PR")
    target = tmp_path / "backup"
    named = run(tmp_path / "records", f"backup --to {target}", "eva")
    assert (named.exit_code, "no accounts" in named.output) == (3, True)
    assert run(tmp_path / "records", f"backup --to {target}", "").exit_code == 0
    assert run(tmp_path / "new", f"restore --from {target}", "eva").exit_code == 3
    assert not (tmp_path / "new").exists()
    assert run(tmp_path / "new", f"restore --from {target}", "").exit_code == 0
    assert verify(tmp_path / "new").entries == verify(tmp_path / "records").entries


def test_everything_is_done_beside_a_line_that_writes(folder: Path, tmp_path: Path) -> None:
    """The line's store is open, and has seen none of it when it goes on."""
    line = RecordStore.open(folder)
    entries = verify(folder).entries
    for number, words in enumerate(COMMANDS):
        result = run(folder, words.format(out=tmp_path / str(number)), "supervisor")
        assert result.exit_code == 0, result.output
    (receipt,) = line.append([trail(folder)[-1]])
    line.close()
    assert receipt.seq == entries + 2 * len(COMMANDS) + 1
    assert "The record holds" in str(verify(folder))


def test_nothing_is_put_into_the_record_s_folder(folder: Path) -> None:
    before = (len(trail(folder)), sorted(folder.iterdir()))
    for words in COMMANDS:
        result = run(folder, words.format(out=folder / "out"), "supervisor")
        assert result.exit_code == 3, result.output
        assert "folder" in result.output
    assert (len(trail(folder)), sorted(folder.iterdir())) == before
