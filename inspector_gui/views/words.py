"""Codes and sentences of the core, in the words of the screen.

The core speaks English and codes; what can be foreseen of it is listed here for translation.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from engines.verdict import Decision, Finding, Verdict
from inspector_gui.inspection.reasons import Reason
from inspector_gui.inspection.status import Level, StationState
from inspector_gui.views.sentences import sentence as sentence

LABELS = (
    QT_TRANSLATE_NOOP("Label", "blowhole"),
    QT_TRANSLATE_NOOP("Label", "break"),
    QT_TRANSLATE_NOOP("Label", "crack"),
    QT_TRANSLATE_NOOP("Label", "fray"),
    QT_TRANSLATE_NOOP("Label", "uneven"),
    QT_TRANSLATE_NOOP("Label", "defect"),
    QT_TRANSLATE_NOOP("Label", "scratch"),
    QT_TRANSLATE_NOOP("Label", "bumps"),
    QT_TRANSLATE_NOOP("Label", "stains"),
    QT_TRANSLATE_NOOP("Label", "scratches"),
    QT_TRANSLATE_NOOP("Label", "cracks"),
    QT_TRANSLATE_NOOP("Label", "unusual"),
    QT_TRANSLATE_NOOP("Label", "displaced"),
    QT_TRANSLATE_NOOP("Label", "rotated"),
    QT_TRANSLATE_NOOP("Label", "shape"),
    QT_TRANSLATE_NOOP("Label", "missing"),
)

_WHOLE_FRAME = "part"
translate = QCoreApplication.translate


def label(code: str) -> str:
    """A class's name; unknown ones as the model has them."""
    return translate("Label", code)


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
