"""Each code of TRAIL.md is written by what it stands for, and says who, when, what and why."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from inspector_gui import records
from inspector_gui.acquisition.camera import CameraState, CameraStatus
from inspector_gui.cli.app import app
from inspector_gui.inspection.beginning import begin
from inspector_gui.inspection.clock import ClockWatch
from inspector_gui.inspection.recipe import Recipe, find, load
from inspector_gui.inspection.review import decide
from inspector_gui.inspection.station import Station
from inspector_gui.records import lots, users
from inspector_gui.records.accounts import Session
from inspector_gui.records.entries import OVERRULED
from inspector_gui.records.errors import RecordsError, Refused
from inspector_gui.records.images import ImageStore
from inspector_gui.records.moment import utc_offset_min
from inspector_gui.records.office import Office, open_office
from inspector_gui.records.permissions import Action, Role
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore
from inspector_gui.records.trail import TrailFilter, TrailLine, trail
from inspector_gui.records.verify import verify
from tests.inspection.fakes import BrightEngine, ScriptedCamera, frame, recipe
from tests.records.accounts import PASSWORD, add_all, hash_quickly
from tests.records.entries import disposition

TEST = {"subject": "test"}
CAMERA = "gentl:viky"


def codes() -> set[str]:
    """Those in the second column of the documentation's table."""
    path = Path(records.__file__).with_name("TRAIL.md")
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return {code for row in rows[2:] for code in re.findall(r"`(\w+)`", row.split("|")[2])}


def kinds_of_events() -> set[str]:
    """Those that the program writes."""
    folder = Path(records.__file__).parents[1] / "inspection"
    source = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    named = re.findall(r'^[A-Z_]+ = "(\w+)"\n"""Kind of the event', source, re.MULTILINE)
    return {*re.findall(r'\b_?event\(\s*"(\w+)"', source), *named}


def changed(**changes: Any) -> Recipe:
    return Recipe.model_validate({**recipe().content, "review": {"max_overruled": 0}, **changes})


class Unkept(ImageStore):
    def save(self, pixels: Any) -> Any:
        raise RecordsError("The disk for images is gone.")


def run_line(folder: Path, office: Office, session: Session | None) -> None:
    """A line that loses its camera, whose clock is set, and that cannot keep a picture."""
    gone = CameraStatus(CameraState.LOST, "It is unplugged.")
    back = CameraStatus(CameraState.STREAMING, restarts=1)
    script = [frame(1), gone, 0.05, back, frame(2, bright=255)]
    store = RecordStore.open(folder)
    lot = begin(office, session, changed(), CAMERA, "L1")
    camera = ScriptedCamera(script)
    station = Station(changed(), camera, BrightEngine(), store, Unkept(folder), lot=lot)
    station.start()
    assert station.wait(20)
    office.permit(Action.STOP_LINE, session, lot)
    store.close()


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[TrailLine]:
    """The trail of a record on which everything was done, oldest first."""
    folder = tmp_path_factory.mktemp("trail") / "records"
    with pytest.MonkeyPatch.context() as patch:
        hash_quickly(patch)
        steps = iter([None, -7200.0])
        patch.setattr(ClockWatch, "step_s", lambda _self: next(steps, None))
        with open_office(folder) as office:
            do_everything(folder, office)
        for words in (
            f"records export --out {folder.parent / 'out.csv'}",
            f"records backup --to {folder.parent / 'backup'}",
            "inspect --recipe tile --camera gentl:nobody",
        ):
            user = "supervisor" if words.startswith("records") else "engineer"
            options = ["--records", str(folder), "--user", user]
            CliRunner().invoke(app, [*words.split(), *options], input=f"{PASSWORD}\n")
    assert verify(folder).problem == ""
    with RecordReader(folder) as reader:
        return trail(reader, TrailFilter(), limit=1000)[::-1]


def do_everything(folder: Path, office: Office) -> None:
    who = add_all(office)
    ada, erik, sue = (who[r] for r in (Role.ADMINISTRATOR, Role.ENGINEER, Role.SUPERVISOR))
    with pytest.raises(Refused):
        office.sign_in("operator", "a wrong password")
    begin(office, None, recipe(), "simulated", "")
    lots.open_lot(office, erik, "L1", changed().content, expected=2)
    run_line(folder, office, erik)
    with RecordReader(folder) as reader:
        (reject,) = reader.inspections(decision="REJECT")
    decide(office, erik, disposition(reject.seq, reason="dirt"))
    decide(office, sue, disposition(reject.seq, OVERRULED, reason="dirt", note="It wiped off."))
    lots.close_lot(office, erik, "L1")
    lots.sign_lot(office, sue, "L1", PASSWORD, "released")
    model = {"file": "better.onnx", "sha256": "b" * 64}
    newer = changed(revision=4, model=model, thresholds={"scratch": {"score": 0.7}})
    lots.open_lot(office, erik, "L2", newer.content)
    lots.close_lot(office, erik, "L2")
    lots.open_lot(office, erik, "L3", load(find("tile")).content)
    office.permit(Action.CHANGE_SETTINGS, erik, "records", old={"folder": "a"}, new={"folder": "b"})
    users.make_token(office, sue, folder.parent / "token")
    users.add_account(office, ada, "nina", "Nina New", Role.OPERATOR, PASSWORD, "began in May")
    users.unlock_account(office, ada, "operator", "it was them")
    users.change_role(office, ada, "nina", Role.ENGINEER)
    users.reset_password(office, ada, "nina", f"{PASSWORD}!")
    users.close_account(office, ada, "nina", "left")
    assert sue is not None
    office.sign_out(sue)


def one(lines: list[TrailLine], action: str, **values: str) -> TrailLine:
    """The last of its kind."""
    wanted = {"action": action, **values}
    return [x for x in lines if all(getattr(x, k) == v for k, v in wanted.items())][-1]


def test_the_documentation_names_every_code() -> None:
    assert len(kinds_of_events()) >= 8
    assert codes() == {*Action} | kinds_of_events()


def test_every_code_is_really_written(lines: list[TrailLine]) -> None:
    assert codes() - {line.action for line in lines} == set()


def test_each_says_when_and_by_whom(lines: list[TrailLine]) -> None:
    for line in lines:
        assert datetime.fromisoformat(line.happened_at).utcoffset() is not None
        assert line.utc_offset_min == utc_offset_min()
        assert line.account or line.role in (*Role,) or not line.outcome
    assert [line.seq for line in lines] == sorted(line.seq for line in lines)


@pytest.mark.parametrize(
    ("action", "wanted", "changes", "why"),
    [
        ("release_recipe", TEST, ("model.sha256", "a" * 64, "b" * 64), ""),
        ("release_recipe", TEST, ("model.file", "test.onnx", "better.onnx"), ""),
        ("release_recipe", TEST, ("thresholds.scratch.score", None, 0.7), ""),
        ("release_recipe", TEST, ("revision", 3, 4), ""),
        ("review", {}, ("disposition", "CONFIRMED", "OVERRULED"), "It wiped off."),
        ("review", {}, ("reviewer", "engineer", "supervisor"), "It wiped off."),
        ("change_role", {}, ("role", "operator", "engineer"), ""),
        ("unlock_account", {}, ("failures", 1, None), "it was them"),
        ("close_account", {"subject": "nina"}, None, "left"),
        ("change_settings", {}, ("folder", "a", "b"), ""),
        ("sign_in", {"outcome": "REFUSED", "subject": "operator"}, None, "wrong password"),
        ("close_lot", {"subject": "L1"}, ("passed", None, 1), ""),
        ("sign_lot", {"subject": "L1"}, ("full_name", None, "Supervisor Tester"), "released"),
        ("camera_lost", {}, None, "It is unplugged."),
        ("clock_stepped", {}, ("step_s", None, -7200.0), "The time of day was set by -7200.0 s."),
    ],
)
def test_what_changed_and_why(
    lines: list[TrailLine],
    action: str,
    wanted: dict[str, str],
    changes: tuple[str, Any, Any] | None,
    why: str,
) -> None:
    line = one(lines, action, **wanted)
    assert line.why == why
    assert changes is None or changes in line.changes


def test_a_start_holds_all_that_is_in_force(lines: list[TrailLine]) -> None:
    started = one(lines, "station_started").new
    assert started["model_sha256"] == "a" * 64
    assert started["thresholds"]["part"]["scratch"]["score"] == 0.5
    assert started["recipe"]["revision"] == 3
    assert one(lines, "camera_not_opened").new["lot"] == "L3"
