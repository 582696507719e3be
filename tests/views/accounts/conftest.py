"""A record with accounts, which a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.records.accounts import hash_quickly
from tests.views.accounts.scenes import make_record
from tests.views.scenes import FakeController


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_record(tmp_path_factory.mktemp("accounts"))


@pytest.fixture
def controller(original: Path, tmp_path: Path) -> FakeController:
    """On a record of its own."""
    return FakeController(folder=Path(shutil.copytree(original, tmp_path / "records")))
