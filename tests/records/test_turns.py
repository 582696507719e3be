"""Acts of several programs, each with an office of its own on one record."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from inspector_gui.records import turns, users
from inspector_gui.records.errors import RecordsBusy, RecordsError, Refused
from inspector_gui.records.office import open_office
from inspector_gui.records.permissions import Role
from inspector_gui.records.verify import verify
from tests.records.accounts import add, hash_quickly


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


def test_two_administrators_cannot_remove_each_other(tmp_path: Path) -> None:
    """One has looked who else there is, and not yet written, when the other begins."""
    with open_office(tmp_path) as one, open_office(tmp_path) as other:
        ada = add(one, None, "ada", Role.ADMINISTRATOR)
        bob = add(one, ada, "bob", Role.ADMINISTRATOR)
        said: list[Exception] = []

        def close_ada() -> None:
            try:
                users.close_account(other, bob, "ada")
            except RecordsError as error:
                said.append(error)

        thread = threading.Thread(target=close_ada)
        with one.acting():
            assert len(one.accounts.administrators()) == 2
            thread.start()
            thread.join(0.3)
            assert thread.is_alive()
            users.close_account(one, ada, "bob")
        thread.join(20)
        (refused,) = said
        assert isinstance(refused, Refused)
        assert [account.name for account in one.accounts.administrators()] == ["ada"]
    assert verify(tmp_path).problem == ""


def test_who_does_not_end_an_act_is_waited_for_and_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "WAIT_S", 0.1)
    with open_office(tmp_path) as one, open_office(tmp_path) as other:
        ada = add(one, None, "ada", Role.ADMINISTRATOR)
        with (
            one.acting(),
            pytest.raises(RecordsBusy, match="try again in a moment"),
        ):
            users.unlock_account(other, ada, "ada")
        users.unlock_account(other, ada, "ada")


def test_failures_to_sign_in_are_counted_over_programs(tmp_path: Path) -> None:
    with open_office(tmp_path) as one, open_office(tmp_path) as other:
        add(one, None, "ada", Role.ADMINISTRATOR)
        for office in (one, other, one, other, one):
            with pytest.raises(Refused, match="is wrong"):
                office.sign_in("ada", "a wrong password")
        with pytest.raises(Refused, match="locked"):
            other.sign_in("ada", "a wrong password")
