"""Accounts: signing in, being locked out, and never being made, changed or removed in silence."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from inspector_gui.records import accounts, passwords, users
from inspector_gui.records import office as offices
from inspector_gui.records.accounts import Session
from inspector_gui.records.entries import ALLOWED, CONFIRMED, REFUSED
from inspector_gui.records.errors import RecordsDamaged, RecordsError, Refused
from inspector_gui.records.office import Office, open_office
from inspector_gui.records.permissions import Action, Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore
from inspector_gui.records.verify import verify
from tests.records.accounts import PASSWORD, add, hash_quickly, trail
from tests.records.entries import audit, disposition, inspection


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "records") as office:
        yield office


@pytest.fixture
def ada(office: Office) -> Session:
    return add(office, None, "ada", Role.ADMINISTRATOR)


def wrong(office: Office, name: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(Refused, match="is wrong"):
            office.sign_in(name, "a wrong password")


def test_the_real_hash_is_argon2id() -> None:
    parameters = passwords.PasswordHasher()
    assert parameters.type.name == "ID"
    assert (parameters.memory_cost, parameters.time_cost) == (64 * 1024, 3)


def test_the_first_account_is_an_administrator(office: Office) -> None:
    with pytest.raises(RecordsError, match="first account is an administrator"):
        users.add_account(office, None, "jan", "Jan", Role.OPERATOR, PASSWORD)
    assert not office.is_managed
    add(office, None, "ada", Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="sign in as administrator"):
        users.add_account(office, None, "eve", "Eve", Role.ADMINISTRATOR, PASSWORD)
    assert [(e.action, e.outcome) for e in trail(office.folder)] == [
        ("make_key", ALLOWED),
        ("add_account", ALLOWED),
        ("sign_in", ALLOWED),
        ("add_account", REFUSED),
    ]


def test_signing_in_is_on_the_trail_either_way(office: Office, ada: Session) -> None:
    assert office.sign_in(" ADA ", PASSWORD).account == "ada"
    wrong(office, "ada", 1)
    wrong(office, "my password, in the wrong field", 1)
    office.sign_out(ada)
    told = [(e.action, e.outcome, e.account, e.subject, e.why) for e in trail(office.folder)[3:]]
    assert told == [
        ("sign_in", ALLOWED, "ada", "ada", ""),
        ("sign_in", REFUSED, "", "ada", "wrong password"),
        ("sign_in", REFUSED, "", "", "unknown name"),
        ("sign_out", ALLOWED, "ada", "ada", ""),
    ]
    assert verify(office.folder).holds


def test_who_when_and_how_far_from_utc(
    office: Office, ada: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = trail(office.folder)[-1]
    at = datetime.fromisoformat(entry.happened_at)
    assert at.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)
    local = datetime.now().astimezone().utcoffset()
    assert local is not None
    assert entry.utc_offset_min == local.total_seconds() / 60


def test_five_wrong_passwords_lock(
    office: Office, ada: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(office, ada, "jan", Role.OPERATOR)
    wrong(office, "jan", 4)
    office.sign_in("jan", PASSWORD)
    wrong(office, "jan", 5)
    with pytest.raises(Refused, match="locked"):
        office.sign_in("jan", PASSWORD)
    users.unlock_account(office, ada, "jan", "was on the phone")
    office.sign_in("jan", PASSWORD)
    assert trail(office.folder)[-2].old == {"failures": 5}


def test_a_lock_outlives_the_program_and_ends_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_office(tmp_path) as office:
        add(office, None, "ada", Role.ADMINISTRATOR)
        wrong(office, "ada", 5)
    with open_office(tmp_path) as office:
        with pytest.raises(Refused, match="locked"):
            office.sign_in("ada", PASSWORD)
        later = datetime.now(UTC) + accounts.LOCKED_FOR
        monkeypatch.setattr(offices, "utc_now", later.isoformat)
        wrong(office, "ada", 1)
        with pytest.raises(Refused, match="locked"):
            office.sign_in("ada", PASSWORD)


def test_a_closed_account_stays_and_its_name_is_never_given_again(
    office: Office, ada: Session
) -> None:
    jan = add(office, ada, "jan", Role.OPERATOR)
    users.close_account(office, ada, "JAN", "left")
    wrong(office, "jan", 1)
    with pytest.raises(Refused, match="Nobody is signed in"):
        office.permit(Action.REVIEW, jan)
    for act in (users.close_account, users.unlock_account):
        with pytest.raises(RecordsError, match="no open account"):
            act(office, ada, "jan")
    for name in ("jan", "Jan", "ＪＡＮ"):
        with pytest.raises(RecordsError, match="never given again"):
            users.add_account(office, ada, name, "Another", Role.OPERATOR, PASSWORD)
    assert [(a.name, a.is_closed) for a in office.accounts] == [("ada", False), ("jan", True)]


def test_there_is_always_an_administrator(office: Office, ada: Session) -> None:
    with pytest.raises(RecordsError, match="last administrator"):
        users.close_account(office, ada, "ada")
    with pytest.raises(RecordsError, match="last administrator"):
        users.change_role(office, ada, "ada", Role.OPERATOR)
    add(office, ada, "bob", Role.ADMINISTRATOR)
    users.change_role(office, ada, "ada", Role.OPERATOR)
    with pytest.raises(Refused, match="may not close an account"):
        users.close_account(office, ada, "bob")


def test_a_new_role_holds_at_once(office: Office, ada: Session) -> None:
    jan = add(office, ada, "jan", Role.OPERATOR)
    with pytest.raises(Refused, match=r"jan \(operator\) may not export from"):
        office.permit(Action.EXPORT, jan)
    users.change_role(office, ada, "jan", Role.SUPERVISOR, "promoted")
    assert office.permit(Action.EXPORT, jan) is not None
    entry = trail(office.folder)[-2]
    assert (entry.old, entry.new, entry.why) == (
        {"role": "operator"},
        {"role": "supervisor"},
        "promoted",
    )


def test_somebody_else_s_password_must_be_changed_first(office: Office, ada: Session) -> None:
    users.add_account(office, ada, "jan", "Jan", Role.OPERATOR, "given by ada")
    jan = office.sign_in("jan", "given by ada")
    with pytest.raises(Refused, match="password of your own"):
        office.permit(Action.RUN_LINE, jan)
    with pytest.raises(RecordsError, match="is the old one"):
        users.change_own_password(office, jan, "given by ada", "given by ada")
    users.change_own_password(office, jan, "given by ada", PASSWORD)
    office.permit(Action.RUN_LINE, jan)
    users.reset_password(office, ada, "jan", "given by ada again")
    with pytest.raises(Refused, match="password of your own"):
        office.permit(Action.RUN_LINE, jan)


def test_changing_one_s_password_takes_the_old_one(office: Office, ada: Session) -> None:
    with pytest.raises(Refused, match="is wrong"):
        users.change_own_password(office, ada, "not this one", "another password")
    assert [(e.action, e.outcome) for e in trail(office.folder)[-2:]] == [
        ("sign_in", REFUSED),
        ("change_own_password", REFUSED),
    ]
    office.sign_in("ada", PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "a" * 30, "administrator", "x" * 2000])
def test_a_password_that_is_no_good(office: Office, password: str) -> None:
    with pytest.raises(RecordsError, match="password"):
        users.add_account(office, None, "Administrator", "A", Role.ADMINISTRATOR, password)
    assert not office.is_managed


@pytest.mark.parametrize(("name", "full_name"), [("", "A"), ("a b", "A"), ("a\n", ""), ("a", " ")])
def test_a_name_that_is_no_good(office: Office, name: str, full_name: str) -> None:
    with pytest.raises(RecordsError, match="name"):
        users.add_account(office, None, name, full_name, Role.ADMINISTRATOR, PASSWORD)
    assert not office.is_managed


def test_no_password_is_written_or_shown_anywhere(
    office: Office, ada: Session, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    jan = add(office, ada, "jan", Role.OPERATOR)
    wrong(office, PASSWORD, 1)
    wrong(office, "jan", 1)
    for path in (p for p in office.folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        assert PASSWORD.encode() not in content, path
        assert b"a wrong password" not in content, path
        assert b"argon2" not in content or path.name == passwords.FILE
    shown = [office, office.passwords, jan, *office.accounts, *trail(office.folder), caplog.text]
    assert PASSWORD not in repr(shown)
    assert (office.folder / passwords.FILE).stat().st_mode & 0o077 == 0


def test_a_hash_that_was_put_in_from_outside_is_nobody_s(office: Office, ada: Session) -> None:
    path = office.folder / passwords.FILE
    (key,) = json.loads(path.read_text())
    path.write_text(json.dumps({key: PasswordHasher(1, 8, 1).hash("the intruder's own")}))
    with pytest.raises(RecordsDamaged, match="does not hold this account's password"):
        office.sign_in("ada", "the intruder's own")
    path.unlink()
    with pytest.raises(RecordsDamaged, match="restore it"):
        office.sign_in("ada", PASSWORD)
    path.write_text("{")
    path.chmod(0o600)
    with pytest.raises(RecordsDamaged, match="is damaged"):
        office.sign_in("ada", PASSWORD)


def test_hashes_that_are_not_in_force_are_forgotten(office: Office, ada: Session) -> None:
    path = office.folder / passwords.FILE
    add(office, ada, "jan", Role.OPERATOR)
    assert len(json.loads(path.read_text())) == 2
    users.reset_password(office, ada, "jan", "given by ada again")
    assert len(json.loads(path.read_text())) == 2
    users.close_account(office, ada, "jan")
    assert len(json.loads(path.read_text())) == 1
    office.sign_in("ada", PASSWORD)


def test_a_password_file_that_others_can_read_is_not_used(office: Office, ada: Session) -> None:
    (office.folder / passwords.FILE).chmod(0o640)
    with pytest.raises(RecordsError, match="chmod 600"):
        office.sign_in("ada", PASSWORD)


def test_hashes_follow_today_s_parameters(
    office: Office, ada: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(2, 8, 1))
    users.make_token(office, ada, office.folder.parent / "token")
    office.sign_in("ada", PASSWORD)
    entry = trail(office.folder)[-1]
    assert (entry.action, entry.new["rehashed"]) == ("change_own_password", True)
    office.sign_in("ada", PASSWORD)
    assert trail(office.folder)[-1].action == "sign_in"
    office.sign_in_with_token((office.folder.parent / "token").read_text())


@pytest.mark.parametrize("new", [{}, {"full_name": "Eve", "role": "king"}])
def test_an_account_that_the_program_did_not_make(office: Office, ada: Session, new: dict) -> None:
    office._append([audit("add_account", subject="eve", new=new)])
    with pytest.raises(RecordsDamaged, match="records verify"):
        office.sign_in("eve", PASSWORD)
    assert "Entry 4 (add_account) was not written by" in verify(office.folder).problem


@pytest.mark.parametrize(
    ("account", "role"),
    [("", "demonstration"), ("", "guest"), ("jan", "operator"), ("jan", "administrator")],
)
def test_a_role_that_was_given_past_the_program(
    office: Office, ada: Session, account: str, role: str
) -> None:
    """As a row that fits the chain in every other way."""
    add(office, ada, "jan", Role.OPERATOR)
    assert verify(office.folder).holds
    more = {"account": account, "role": role, "new": {"role": "administrator"}}
    office._append([audit("change_role", subject="jan", **more)])
    assert "(change_role) was not written by this program" in verify(office.folder).problem


def test_an_account_that_takes_the_place_of_another(office: Office, ada: Session) -> None:
    first = trail(office.folder)[1]
    new = {**first.new, "password_sha256": office.passwords.add("the intruder's own")}
    office._append([audit("add_account", subject="Ada", new=new)])
    with pytest.raises(RecordsDamaged, match="records verify"):
        office.sign_in("ada", "the intruder's own")
    assert "(add_account) was not written by this program" in verify(office.folder).problem


def test_a_token_signs_in_until_the_password_changes(office: Office, ada: Session) -> None:
    path = office.folder.parent / "token"
    users.make_token(office, ada, path)
    assert path.stat().st_mode & 0o077 == 0
    assert office.sign_in_with_token(path.read_text()).account == "ada"
    with pytest.raises(RecordsError, match="exists already"):
        users.make_token(office, ada, path)
    for content in ("", "ada\n", "ada\nx", f"bob\n{path.read_text().split()[1]}"):
        with pytest.raises(Refused, match="not in force"):
            office.sign_in_with_token(content)
    users.change_own_password(office, ada, PASSWORD, "another password")
    with pytest.raises(Refused, match="not in force"):
        office.sign_in_with_token(path.read_text())


def test_without_accounts_anybody_reviews_under_the_computer_s_name(tmp_path: Path) -> None:
    store = RecordStore.open(tmp_path)
    store.append([inspection(1, "REJECT")])
    store.close()
    with open_office(tmp_path) as office:
        assert office.review(None, disposition(1, reviewer="login")).seq == 2
        ada = add(office, None, "ada", Role.ADMINISTRATOR)
        jan = add(office, ada, "jan", Role.OPERATOR)
        with pytest.raises(Refused, match="Nobody is signed in"):
            office.review(None, disposition(1, reviewer="login"))
        office.review(jan, disposition(1, reviewer="login", reason="dirt"))
    with RecordReader(tmp_path) as reader:
        given = [(d.entry.reviewer, d.entry.reason) for d in reader.dispositions(1)]
    assert given == [("login", ""), ("jan", "dirt")]
    entry = trail(tmp_path)[-1]
    assert entry.old == {"disposition": CONFIRMED, "reason": "", "reviewer": "login"}
    assert entry.new == {"disposition": CONFIRMED, "reason": "dirt", "reviewer": "jan"}
