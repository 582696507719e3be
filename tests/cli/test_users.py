"""`inspector users`, and how every command signs in."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from inspector_gui.cli.app import app
from inspector_gui.records.checkpoints import read_checkpoints
from inspector_gui.records.entries import ALLOWED, REFUSED
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore
from inspector_gui.records.verify import verify
from tests.records.accounts import PASSWORD, hash_quickly, trail
from tests.records.entries import inspection

FIRST = "given by somebody else"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A record with a reject, an administrator ada and a supervisor sue."""
    folder = tmp_path / "records"
    store = RecordStore.open(folder)
    store.append([inspection(1, "REJECT")])
    store.close()
    add(folder, "ada", "administrator", PASSWORD, PASSWORD)
    add(folder, "sue", "supervisor", PASSWORD, FIRST, FIRST, "--user", "ada")
    own = run(folder, "users", "password", "--user", "sue", given=(FIRST, FIRST, *[PASSWORD] * 2))
    assert own.exit_code == 0, own.output
    return folder


def run(folder: Path, *words: str, given: tuple[str, ...] = ()) -> Result:
    lines = "".join(f"{line}\n" for line in given)
    return CliRunner().invoke(app, [*words, "--records", str(folder)], input=lines)


def add(folder: Path, name: str, role: str, *rest: str) -> None:
    given = tuple(word for word in rest if word in (PASSWORD, FIRST))
    options = tuple(word for word in rest if word not in given)
    words = ("users", "add", name, "--full-name", name.title(), "--role", role, *options)
    result = run(folder, *words, given=given)
    assert result.exit_code == 0, result.output


def test_accounts_are_listed_with_their_state(folder: Path) -> None:
    run(folder, "users", "close", "sue", "--why", "left", "--user", "ada", given=(PASSWORD,))
    for _ in range(5):
        assert run(folder, "users", "token", "--out", "x", "--user", "ada", given=("no",)).exit_code
    output = run(folder, "users", "list").output
    assert "closed" in output
    assert "locked" in output
    assert PASSWORD not in output


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (("users", "close", "ada", "--user", "sue"), (PASSWORD,), "may not close an account"),
        (("users", "close", "sue", "--user", "ada"), ("wrong",), "is wrong"),
        (("users", "close", "sue", "--user", "nobody"), ("wrong",), "is wrong"),
        (("records", "review", "1", "confirm"), (), "Nobody is signed in"),
        (("records", "export", "--out", "x.csv"), (), "Nobody is signed in"),
        (
            ("records", "export", "--out", "x.csv", "--user", "ada"),
            (PASSWORD,),
            "may not export from the record",
        ),
    ],
)
def test_what_is_refused_ends_with_6_and_is_on_the_trail(
    folder: Path, words: tuple[str, ...], given: tuple[str, ...], said: str
) -> None:
    result = run(folder, *words, given=given)
    assert result.exit_code == 6, result.output
    assert said in result.output
    assert "Traceback" not in result.output
    assert trail(folder)[-1].outcome == REFUSED


def test_a_signed_in_review_and_export(folder: Path, tmp_path: Path) -> None:
    done = run(folder, "records", "review", "1", "confirm", "--user", "sue", given=(PASSWORD,))
    assert done.exit_code == 0, done.output
    with RecordReader(folder) as reader:
        assert [d.entry.reviewer for d in reader.dispositions(1)] == ["sue"]
    token = tmp_path / "token"
    made = run(folder, "users", "token", "--out", str(token), "--user", "sue", given=(PASSWORD,))
    assert made.exit_code == 0, made.output
    csv = tmp_path / "out.csv"
    signed_in = ("--token-file", str(token))
    exported = run(folder, "records", "export", "--out", str(csv), *signed_in)
    assert exported.exit_code == 0, exported.output
    entry = next(e for e in trail(folder) if e.action == "export")
    assert (entry.action, entry.outcome, entry.account) == ("export", ALLOWED, "sue")
    assert entry.subject == str(csv)
    (beside,) = read_checkpoints(tmp_path / "out.csv.checkpoints")
    assert verify(folder, [beside]).problem == ""
    token.chmod(0o644)
    refused = run(folder, "records", "export", "--out", str(csv), *signed_in)
    assert refused.exit_code == 3
    assert "chmod 600" in refused.output


def test_roles_and_passwords_of_others(folder: Path) -> None:
    for words in (
        ("users", "role", "sue", "engineer", "--why", "moved"),
        ("users", "unlock", "sue"),
    ):
        assert run(folder, *words, "--user", "ada", given=(PASSWORD,)).exit_code == 0
    reset = run(folder, "users", "password", "sue", "--user", "ada", given=(PASSWORD, FIRST, FIRST))
    assert reset.exit_code == 0, reset.output
    assert "engineer" in run(folder, "users", "list").output
    barred = run(folder, "records", "export", "--out", "x.csv", "--user", "sue", given=(FIRST,))
    assert barred.exit_code == 6
    assert "inspector users password" in barred.output


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("users", "add", "x", "--full-name", "X", "--role", "king"), 2, "king"),
        (("users", "add", "x", "--full-name", "X", "--role", "operator"), 3, "administrator"),
        (("users", "add", "x", "--full-name", "X", "--role", "guest"), 3, "choose one of"),
        (("users", "list", "--user", "x"), 2, "No such option"),
        (("records", "review", "1", "confirm", "--user", "x"), 3, "no accounts"),
        (("records", "verify", "--token-file", "x"), 2, "No such option"),
    ],
)
def test_bad_input_is_one_sentence(
    tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    store = RecordStore.open(tmp_path)
    store.append([inspection(1, "REJECT")])
    store.close()
    result = run(tmp_path, *words, given=(PASSWORD, PASSWORD))
    assert result.exit_code == code, result.output
    assert said in result.output
    assert "Traceback" not in result.output
    assert trail(tmp_path) == []


def test_a_record_without_accounts_says_so(tmp_path: Path) -> None:
    RecordStore.open(tmp_path).close()
    assert "demonstration" in run(tmp_path, "users", "list").output
