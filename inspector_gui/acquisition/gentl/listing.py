"""Which GenTL cameras there are, and what is wrong with a producer that shows none.

Producers are loaded in fresh processes only: one may crash or hang, and looking for devices anew
would close those in use.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_gui.acquisition.camera import CameraError, CameraLost
from inspector_gui.acquisition.gentl.messages import Feature
from inspector_gui.acquisition.gentl.processes import Call, ProcessDied
from inspector_gui.acquisition.gentl.producers import (
    SIMULATOR,
    ProducerError,
    find_producers,
    simulator,
)

TIMEOUT_S = 20.0
_USABLE = (0, 1, 2, 5, 6)  # GenTL DEVICE_ACCESS_STATUS, all but NOACCESS and BUSY


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera, or a producer in whose place there is a problem.

    Attributes:
        spec: What `open_camera` takes; "" for a producer.
        producer: The producer's file.
        problem: Why it cannot be used, one sentence; "" if it can.
    """

    spec: str
    id: str
    vendor: str
    model: str
    serial: str
    user_defined_name: str
    producer: str
    problem: str = ""


def list_cameras(producers: Sequence[str] = (), timeout_s: float = TIMEOUT_S) -> list[CameraInfo]:
    """Every GenTL device that can be seen now.

    Args:
        producers: Producer files besides those of the environment.
        timeout_s: For all producers together.
    """
    deadline = time.monotonic() + timeout_s
    calls = [(path, Call(_devices_of, str(path))) for path in find_producers(producers)]
    return [info for path, call in calls for info in _outcome(path, call, deadline)]


def describe(
    camera: str, producers: Sequence[str] = (), timeout_s: float = TIMEOUT_S
) -> list[Feature]:
    """A camera's features as they stand now. It must not be in use.

    Args:
        camera: `gentl:ID` or ID, as `open_camera` takes it.
        producers: Producer files besides those of the environment.

    Raises:
        CameraNotFound: There is no such camera.
        CameraLost: It cannot be opened, or its producer crashes or hangs.
    """
    device = camera.removeprefix("gentl:")
    found = simulator() if device.casefold() == SIMULATOR else find_producers(producers)
    call = Call(_features_of, device, [str(path) for path in found])
    try:
        features: list[Feature] = call.result(time.monotonic() + timeout_s)
    except TimeoutError:
        raise CameraLost(f"The producer of {camera} hangs; restart the camera.") from None
    except ProcessDied as error:
        raise CameraLost(f"The process that reads {camera} {error}.") from None
    return features


def _outcome(path: Path, call: Call, deadline: float) -> list[CameraInfo]:
    try:
        found: list[CameraInfo] = call.result(deadline)
        if found:
            return found
        problem: CameraError = ProducerError(
            str(path), "finds no camera; check its cable and power"
        )
    except TimeoutError:
        problem = ProducerError(str(path), "hangs while it is loaded")
    except ProcessDied as error:
        problem = ProducerError(str(path), f"crashed: its process {error}")
    except CameraError as error:
        problem = error
    return [CameraInfo("", "", "", "", "", "", str(path), str(problem))]


def _devices_of(path: str) -> list[CameraInfo]:
    from inspector_gui.acquisition.gentl.buffer import attribute
    from inspector_gui.acquisition.gentl.device import load_producer

    harvester = load_producer(path)
    found = []
    for device in harvester.device_info_list:
        device_id = str(device.id_)
        is_usable = attribute(device, "access_status", 0) in _USABLE
        found.append(
            CameraInfo(
                spec=f"gentl:{device_id}",
                id=device_id,
                vendor=str(attribute(device, "vendor")),
                model=str(attribute(device, "model")),
                serial=str(attribute(device, "serial_number")),
                user_defined_name=str(attribute(device, "user_defined_name")),
                producer=path,
                problem="" if is_usable else "Another program uses it; close that.",
            )
        )
    harvester.reset()
    return found


def _features_of(device_id: str, producers: Sequence[str]) -> list[Feature]:
    from inspector_gui.acquisition.gentl.device import Device
    from inspector_gui.acquisition.gentl.features import list_features

    device = Device.open(device_id, producers)
    features = list_features(device.node_map)
    device.close()
    return features
