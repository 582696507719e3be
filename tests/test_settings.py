"""The settings' file: nothing of it is lost, whatever state it is in."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_gui import settings as files
from inspector_gui.settings import Settings, SettingsError, load, save


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def kept_aside(file: Path) -> list[Path]:
    return sorted(p for p in file.parent.iterdir() if p != file)


def test_without_a_file_there_are_defaults_and_no_problem(file: Path) -> None:
    assert load(file) == (Settings(), "")


def test_what_is_saved_is_loaded(file: Path, tmp_path: Path) -> None:
    settings = Settings(
        language="de",
        theme="dark",
        large_targets=True,
        sound_on_reject=True,
        records=tmp_path / "Prüfungen",
        recipes=tmp_path / "recipes",
        image_folders=(tmp_path / "a", tmp_path / "b"),
        producers=(tmp_path / "own.cti",),
    )
    save(settings, file)
    assert load(file) == (settings, "")
    assert kept_aside(file) == []


def test_the_user_s_own_file_is_the_default() -> None:
    save(Settings(theme="dark"))
    assert load()[0].theme == "dark"
    assert files.default_file().is_file()


@given(st.dictionaries(st.text(min_size=1), st.none() | st.integers() | st.text(), max_size=4))
def test_keys_of_a_newer_version_are_kept(
    tmp_path_factory: pytest.TempPathFactory, more: dict[str, object]
) -> None:
    more = {key: value for key, value in more.items() if key not in Settings.model_fields}
    file = tmp_path_factory.mktemp("config") / "settings.json"
    file.write_text(json.dumps({"theme": "dark", **more}))
    settings, problem = load(file)
    assert not problem
    save(settings.model_copy(update={"language": "de"}), file)
    assert more.items() <= json.loads(file.read_text()).items()


DAMAGED = {
    "empty": b"",
    "cut off": b'{"theme": "da',
    "not text": b"\xff\xfe\x00\x01",
    "a list": b"[]",
    "another word": b'{"theme": "pink"}',
    "half a path": b'{"records": "records"}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_told_and_kept_aside(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    settings, problem = load(file)
    assert settings == Settings()
    assert str(file) in problem
    assert "check the settings" in problem
    assert "\n" not in problem
    assert file.read_bytes() == content
    save(Settings(theme="dark"), file)
    assert load(file) == (Settings(theme="dark"), "")
    (aside,) = kept_aside(file)
    assert aside.read_bytes() == content
    save(Settings(), file)
    assert kept_aside(file) == [aside]


def test_a_folder_in_the_file_s_place_is_told(file: Path) -> None:
    file.mkdir(parents=True)
    assert "cannot be read" in load(file)[1]
    save(Settings(theme="dark"), file)
    assert load(file)[0].theme == "dark"


@pytest.mark.parametrize(
    ("number", "remedy"), [(errno.ENOSPC, "free some space"), (errno.EACCES, "ask for the right")]
)
def test_what_cannot_be_written_leaves_the_file_as_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch, number: int, remedy: str
) -> None:
    save(Settings(theme="dark"), file)

    def fails(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files.os, "fsync", fails)
    with pytest.raises(SettingsError, match=remedy) as caught:
        save(Settings(theme="light"), file)
    assert str(file) in str(caught.value)
    assert load(file) == (Settings(theme="dark"), "")
    assert kept_aside(file) == []


def test_no_place_for_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    with pytest.raises(SettingsError, match="ask for the right"):
        save(Settings(), tmp_path / "config" / "settings.json")
