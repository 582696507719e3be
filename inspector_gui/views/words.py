"""Codes and sentences of the core, in the words of the screen.

The core speaks English and codes; what can be foreseen of it is listed here for translation.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from engines.verdict import Decision, Finding, Verdict
from inspector_gui.inspection.reasons import Reason
from inspector_gui.inspection.status import Level, StationState

LABELS = (
    QT_TRANSLATE_NOOP("Label", "blowhole"),
    QT_TRANSLATE_NOOP("Label", "break"),
    QT_TRANSLATE_NOOP("Label", "crack"),
    QT_TRANSLATE_NOOP("Label", "fray"),
    QT_TRANSLATE_NOOP("Label", "uneven"),
    QT_TRANSLATE_NOOP("Label", "defect"),
    QT_TRANSLATE_NOOP("Label", "scratch"),
)

SENTENCES = (
    QT_TRANSLATE_NOOP("Station", "There is room for the record."),
    QT_TRANSLATE_NOOP(
        "Station",
        "The record's disk is filling up; images of passed parts are no longer kept.",
    ),
    QT_TRANSLATE_NOOP("Station", "Free some space or move the record to a larger disk."),
    QT_TRANSLATE_NOOP("Station", "The record's disk is almost full."),
    QT_TRANSLATE_NOOP(
        "Station", "Stop the line and free some space: without a record no part can pass."
    ),
    QT_TRANSLATE_NOOP("Station", "Mend the cause, then start the line again."),
    QT_TRANSLATE_NOOP("Station", "Check its cable and power; the station keeps trying."),
    QT_TRANSLATE_NOOP("Station", "The camera is lost."),
    QT_TRANSLATE_NOOP("Station", "{n} frames never arrived; their parts are undecided."),
    QT_TRANSLATE_NOOP("Station", "Lower the frame rate, or check the link."),
    QT_TRANSLATE_NOOP("Station", "The camera delivers every frame."),
    QT_TRANSLATE_NOOP(
        "Station", "{n} parts came faster than they can be judged and are undecided."
    ),
    QT_TRANSLATE_NOOP("Station", "Slow the line down."),
    QT_TRANSLATE_NOOP("Station", "The engine keeps up."),
    QT_TRANSLATE_NOOP("Station", "{n} images could not be kept; their verdicts are recorded."),
    QT_TRANSLATE_NOOP("Station", "Slow the line down or use a faster disk."),
    QT_TRANSLATE_NOOP("Station", "Every verdict is in the record."),
    QT_TRANSLATE_NOOP("Station", "Parts came faster than they can be judged: slow the line down."),
    QT_TRANSLATE_NOOP("Station", "The camera delivered an old frame again: check the camera."),
    QT_TRANSLATE_NOOP("Station", "The line stopped before all frames of the part were taken."),
    QT_TRANSLATE_NOOP("Station", "The engine did not answer in time: stop and start the line."),
    QT_TRANSLATE_NOOP("Station", "The verdict could not be written to the record."),
    QT_TRANSLATE_NOOP(
        "Station", "The frame never arrived; check the camera's link, or lower its frame rate."
    ),
    QT_TRANSLATE_NOOP("Station", "The camera delivered a frame with missing data."),
    QT_TRANSLATE_NOOP("Station", "The frame was overwritten while it was read."),
    QT_TRANSLATE_NOOP("Station", "Frame {n} was dropped, ring full: it was not fetched in time."),
)

_WHOLE_FRAME = "part"
translate = QCoreApplication.translate


def label(code: str) -> str:
    """A class's name; unknown ones as the model has them."""
    return translate("Label", code)


def sentence(text: str) -> str:
    """A sentence of the core's; unknown ones, which name files and devices, stay as they are."""
    numbers = re.findall(r"\b\d+\b", text)
    if len(numbers) == 1:
        pattern = text.replace(numbers[0], "{n}")
        translated = translate("Station", pattern)
        if translated != pattern:
            return translated.replace("{n}", QLocale().toString(int(numbers[0])))
    return translate("Station", text)


def decision(value: Decision) -> str:
    return {
        Decision.PASS: translate("Decision", "PASS"),
        Decision.REJECT: translate("Decision", "REJECT"),
        Decision.UNDECIDED: translate("Decision", "UNDECIDED"),
    }[value]


def state(value: StationState) -> str:
    return {
        StationState.STOPPED: translate("State", "Stopped"),
        StationState.STARTING: translate("State", "Starting…"),
        StationState.RUNNING: translate("State", "Running"),
        StationState.CAMERA_LOST: translate("State", "Camera lost"),
        StationState.STOPPING: translate("State", "Stopping…"),
        StationState.FAULT: translate("State", "Fault"),
    }[value]


def level(value: Level) -> str:
    return {
        Level.OK: translate("Level", "OK"),
        Level.ATTENTION: translate("Level", "Attention"),
        Level.ALARM: translate("Level", "Alarm"),
    }[value]


def health_line(name: str) -> str:
    """The name of one line of the station's health."""
    return {
        "camera": translate("Health", "Camera"),
        "engine": translate("Health", "Engine"),
        "record": translate("Health", "Record"),
        "disk": translate("Health", "Disk"),
    }.get(name, name)


def reason(code: str) -> str:
    """Why a part is undecided, in a few words."""
    return (
        {
            Reason.OVERRUN: translate("Reason", "Too fast"),
            Reason.FRAME_LOST: translate("Reason", "Picture lost"),
            Reason.FRAME_INCOMPLETE: translate("Reason", "Picture incomplete"),
            Reason.FRAME_UNREADABLE: translate("Reason", "Picture unreadable"),
            Reason.FRAME_STALE: translate("Reason", "Old picture"),
            Reason.PART_INCOMPLETE: translate("Reason", "Part incomplete"),
            Reason.ENGINE_ERROR: translate("Reason", "Engine failed"),
            Reason.ENGINE_TIMEOUT: translate("Reason", "Engine does not answer"),
            Reason.RECORD_NOT_WRITTEN: translate("Reason", "Not recorded"),
        }.get(Reason(code), code)
        if code in set(Reason)
        else code
    )


def provider(name: str) -> str:
    """An execution provider of onnxruntime, without the words that all of them share."""
    return name.removesuffix("ExecutionProvider")


def score(value: float) -> str:
    return QLocale().toString(value, "f", 2)


def finding(value: Finding) -> str:
    """What was found and where: `Crack, R2`."""
    name = label(value.label)
    name = name[:1].upper() + name[1:]
    if value.region == _WHOLE_FRAME:
        return name
    return translate("Finding", "{label}, {region}").format(label=name, region=value.region)


def chip(value: Finding) -> str:
    """A finding's label on the picture."""
    return f"{label(value.label)} {score(value.score)}"


def findings_line(verdict: Verdict) -> str:
    """The first finding in words, and how many more there are; why, if undecided."""
    if verdict.decision is Decision.UNDECIDED:
        return reason(verdict.reason)
    if not verdict.findings:
        return translate("Finding", "Nothing found")
    first, others = finding(verdict.findings[0]), len(verdict.findings) - 1
    if not others:
        return first
    more = QLocale().toString(others)
    return translate("Finding", "{first}, and {more} more").format(first=first, more=more)


def detail_line(verdict: Verdict) -> str:
    """What there is to add to `findings_line`."""
    if verdict.decision is Decision.UNDECIDED:
        return sentence(verdict.detail)
    if not verdict.findings:
        return ""
    area = QLocale().toString(verdict.findings[0].area_px)
    return translate("Finding", "{area} pixels").format(area=area)
