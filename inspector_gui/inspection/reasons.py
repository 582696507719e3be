"""Why a part is undecided: codes for the record, sentences for people."""

from __future__ import annotations

from enum import StrEnum

from inspector_gui.acquisition.frame import FrameStatus


class Reason(StrEnum):
    OVERRUN = "overrun"
    FRAME_LOST = "frame_lost"
    FRAME_INCOMPLETE = "frame_incomplete"
    FRAME_UNREADABLE = "frame_unreadable"
    FRAME_STALE = "frame_stale"
    PART_INCOMPLETE = "part_incomplete"
    ENGINE_ERROR = "engine_error"
    ENGINE_TIMEOUT = "engine_timeout"
    RECORD_NOT_WRITTEN = "record_not_written"


OF_FRAME = {
    FrameStatus.LOST: Reason.FRAME_LOST,
    FrameStatus.INCOMPLETE: Reason.FRAME_INCOMPLETE,
    FrameStatus.UNREADABLE: Reason.FRAME_UNREADABLE,
}

SENTENCE = {
    Reason.OVERRUN: "Parts came faster than they can be judged: slow the line down.",
    Reason.FRAME_STALE: "The camera delivered an old frame again: check the camera.",
    Reason.PART_INCOMPLETE: "The line stopped before all frames of the part were taken.",
    Reason.ENGINE_TIMEOUT: "The engine did not answer in time: stop and start the line.",
    Reason.RECORD_NOT_WRITTEN: "The verdict could not be written to the record.",
}
