"""A controller that a test moves by hand, and parts for it to show."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.synthetic.tile import TILES
from engines.verdict import AnomalyMap, Box, Decision, Finding, Verdict
from inspector_gui.acquisition.camera import CameraState, CameraStatus
from inspector_gui.acquisition.frame import Frame, FrameStatus
from inspector_gui.acquisition.sources import CameraInfo
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.reasons import SENTENCE, Reason
from inspector_gui.inspection.status import Counters, Health, Level, StationState, StationStatus
from inspector_gui.records.accounts import Session
from inspector_gui.records.entries import DispositionEntry, Entry, Receipt
from inspector_gui.records.office import Office
from inspector_gui.records.store import RecordStore
from inspector_gui.views.controller import CameraChoice, RecipeChoice, idle_status

THRESHOLD = 0.5


GOOD = (
    Health("camera", Level.OK, "The camera delivers every frame."),
    Health("engine", Level.OK, "The engine keeps up."),
    Health("record", Level.OK, "Every verdict is in the record."),
    Health("disk", Level.OK, "There is room for the record."),
)
CAMERA_GONE = Health(
    "camera",
    Level.ALARM,
    "The camera sent no frame for 5 s; check its cable and power.",
    "Check its cable and power; the station keeps trying.",
)
TOO_FAST = Health(
    "engine",
    Level.ATTENTION,
    "5 parts came faster than they can be judged and are undecided.",
    "Slow the line down.",
)
DISK_LOW = Health(
    "disk",
    Level.ATTENTION,
    "The record's disk is filling up; images of passed parts are no longer kept.",
    "Free some space or move the record to a larger disk.",
)
DISK_FULL = Health(
    "disk",
    Level.ALARM,
    "The record's disk is almost full.",
    "Stop the line and free some space: without a record no part can pass.",
)


def health(*bad: Health) -> tuple[Health, ...]:
    """All is well but for these."""
    named = {line.name: line for line in bad}
    return tuple(named.get(line.name, line) for line in GOOD)


@cache
def rendered(seed: int, label: str | None) -> tuple[NDArray[np.uint8], NDArray[np.bool_] | None]:
    part = TILES.render(seed, label)
    return part.pixels, part.masks.get(label) if label else None


def judged(seed: int, label: str | None, threshold: float = THRESHOLD) -> Verdict:
    """What a good engine would say of a rendered tile."""
    _, mask = rendered(seed, label)
    noise = np.random.default_rng(seed).random((28, 28), dtype=np.float32)
    scores = cv2.resize(noise, (224, 224), interpolation=cv2.INTER_CUBIC) * 0.22
    if mask is None:
        score = round(0.04 + 0.2 * float(noise[0, 0]), 2)
        return Verdict(
            Decision.PASS,
            score,
            threshold,
            (),
            AnomalyMap.from_scores(scores.clip(0, 1), threshold),
        )
    grown = cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8))
    hot = cv2.resize(grown.astype(np.float32), (224, 224), interpolation=cv2.INTER_AREA)
    scores = np.clip(np.maximum(scores, 0.97 * cv2.GaussianBlur(hot, (0, 0), 4) ** 0.5), 0, 1)
    findings = tuple(_findings(grown, label or "", seed, threshold))
    return Verdict(
        Decision.REJECT,
        findings[0].score,
        threshold,
        findings,
        AnomalyMap.from_scores(scores.astype(np.float32), threshold),
    )


def _findings(mask: NDArray[np.uint8], label: str, seed: int, threshold: float) -> list[Finding]:
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found = []
    for contour in sorted(contours, key=cv2.contourArea, reverse=True):
        area = int(cv2.contourArea(contour))
        if area >= 20 or not found:
            score = min(0.97, threshold + 0.23 + 0.01 * (seed % 17) - 0.05 * len(found))
            outline = tuple((int(x), int(y)) for x, y in contour[:, 0])
            found.append(
                Finding(label, score, threshold, Box(*cv2.boundingRect(contour)), area, outline)
            )
    return found


def frame(number: int, pixels: NDArray[np.uint8] | None) -> Frame:
    status = FrameStatus.LOST if pixels is None else FrameStatus.COMPLETE
    now = time.monotonic_ns()
    source = f"simulated frame {number}"
    return Frame(number, status, pixels, "Mono8", 0, now, source)


def inspection(
    part: int,
    verdict: Verdict,
    pixels: NDArray[np.uint8] | None,
    *,
    lot: str = "tile-20250314-081502",
    handed_out_ns: int | None = None,
) -> Inspection:
    return Inspection(
        part=part,
        lot=lot,
        frames=(frame(part, pixels),),
        verdict=verdict,
        model_sha256="0" * 64,
        provider="CPUExecutionProvider",
        elapsed_ms={"total": 21.0},
        judged_at="2025-03-14T08:20:00.000000+00:00",
        receipt=Receipt(part, "0" * 64),
        handed_out_ns=time.monotonic_ns() if handed_out_ns is None else handed_out_ns,
    )


def tile(part: int, seed: int, label: str | None = None, **more: int) -> Inspection:
    return inspection(part, judged(seed, label), rendered(seed, label)[0], **more)


def undecided(part: int, reason: Reason, with_picture: bool = True, **more: int) -> Inspection:
    pixels = rendered(part, None)[0] if with_picture else None
    sentence = SENTENCE.get(
        reason, "The frame never arrived; check the camera's link, or lower its frame rate."
    )
    return inspection(part, Verdict.undecided(reason, sentence), pixels, **more)


def status(
    state: StationState = StationState.RUNNING,
    counters: Counters | None = None,
    bad: tuple[Health, ...] = (),
    detail: str = "",
) -> StationStatus:
    counters = counters or Counters(1204, 1182, 19, 3)
    return StationStatus(
        state=state,
        detail=detail,
        fault_in="",
        lot="tile-20250314-081502",
        recipe="tile",
        recipe_revision=3,
        camera_name="simulated",
        model="tile segmenter",
        provider="CPUExecutionProvider",
        camera=CameraStatus(CameraState.STREAMING),
        counters=counters,
        frames=counters.parts,
        rate_per_s=9.8,
        latency_p50_ms=21.4,
        latency_p99_ms=38.2,
        health=health(*bad),
    )


@dataclass
class FakeController:
    """Shows what it is given, and notes what it is asked."""

    station: StationStatus = field(default_factory=idle_status)
    shown: Inspection | None = None
    parts: tuple[tuple[Decision, float | None], ...] = ()
    rejected: tuple[Inspection, ...] = ()
    recipe_choices: tuple[RecipeChoice, ...] = (
        RecipeChoice("tile", "tile", 3, "Magnetic tile"),
        RecipeChoice("broken", "broken", 0, problem="Recipe broken.toml: engine: is missing."),
    )
    camera_choices: tuple[CameraChoice, ...] = (
        CameraChoice("simulated", "simulated"),
        CameraChoice("gentl:viky", "EMVA_D viky-0815 (gentl:viky)"),
    )
    choice: tuple[str, str] = ("tile", "simulated")
    found: tuple[CameraInfo, ...] | None = ()
    asked: list[str] = field(default_factory=list)
    folder: Path = Path("nowhere")
    session: Session | None = None
    offices: dict[Path, Office] = field(default_factory=dict)

    def recipes(self) -> Sequence[RecipeChoice]:
        return self.recipe_choices

    def cameras(self) -> Sequence[CameraChoice]:
        return self.camera_choices

    def devices(self) -> Sequence[CameraInfo] | None:
        return self.found

    def refresh(self) -> None:
        self.asked.append("refresh")

    def selected(self) -> tuple[str, str]:
        return self.choice

    def select(self, recipe: str, camera: str) -> None:
        self.choice = recipe, camera

    def start(self) -> None:
        self.asked.append("start")
        self.station = replace(self.station, state=StationState.STARTING)

    def stop(self) -> None:
        self.asked.append("stop")
        self.station = replace(self.station, state=StationState.STOPPING)

    def status(self) -> StationStatus:
        return self.station

    def latest(self) -> Inspection | None:
        return self.shown

    def trend(self) -> Sequence[tuple[Decision, float | None]]:
        return self.parts

    def rejects(self) -> Sequence[Inspection]:
        return self.rejected

    def records(self) -> Path:
        return self.folder

    def office(self, folder: Path) -> Office:
        return self.offices.setdefault(folder, Office(folder, partial(appended, folder)))

    def dispose(self, folder: Path, entry: DispositionEntry, session: Session | None) -> Receipt:
        return self.office(folder).review(session, entry)


def appended(folder: Path, entries: Sequence[Entry]) -> Receipt:
    store = RecordStore.open(folder)
    try:
        return store.append(entries)[-1]
    finally:
        store.close()
