"""One GenTL device through harvesters. Imported only in a camera's own process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

from genicam import genapi, gentl
from harvesters.core import Harvester

from inspector_gui.acquisition.camera import (
    CameraError,
    CameraLost,
    CameraNotFound,
    CameraSettings,
    CameraSettingsError,
    Trigger,
)
from inspector_gui.acquisition.gentl import features
from inspector_gui.acquisition.gentl.buffer import Layout, attribute
from inspector_gui.acquisition.gentl.producers import SIMULATOR, ProducerError
from inspector_gui.acquisition.pixel_formats import PIXEL_FORMATS

BUFFERS = 16  # three lost frames without an error
SILENCE_S = 5.0
_DRAIN_MS = 20
_GONE = (gentl.GenericException, genapi.GenericException)


def load_producer(path: str) -> Harvester:
    """Load one producer and look for its devices.

    Raises:
        ProducerError: It is not there, is no producer, or fails.
    """
    producer = gentl.GenTLProducer.create_producer()
    try:
        producer.open(path)
        producer.close()
    except gentl.GenericException as error:
        raise ProducerError(path, f"cannot be loaded ({_first_line(error)})") from error
    harvester = Harvester()
    harvester.add_file(path)
    harvester.update()
    if not harvester.has_revised_device_info_list:
        harvester.reset()
        raise ProducerError(path, "cannot list its devices")
    return harvester


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")


def matching(devices: Sequence[Any], wanted: str) -> list[Any]:
    """The devices of this id, else of this user-defined name, serial number or model."""
    for name in ("id_", "user_defined_name", "serial_number", "model"):
        found = [each for each in devices if _is_called(each, name, wanted)]
        if found:
            return found
    return []


def _is_called(device: Any, name: str, wanted: str) -> bool:
    return str(attribute(device, name)).casefold() == wanted.casefold()


class Device:
    """An open device.

    Errors:
        Whatever the producer raises; the process ends with it and is started again.
    """

    def __init__(self, harvester: Harvester, acquirer: Any, producer: str, device_id: str) -> None:
        self._harvester = harvester
        self._acquirer = acquirer
        self.producer = producer
        self.device_id = device_id

    @classmethod
    def open(
        cls, wanted: str, producers: Iterable[str], loading: Callable[[str], None] = lambda _: None
    ) -> Self:
        """Open the device of this id, user-defined name, serial number or model.

        Args:
            producers: Tried in this order until one has it.
            loading: Told of each producer before it is loaded.

        Raises:
            CameraNotFound: No producer has it, or several devices go by this name.
            CameraLost: It is there but cannot be opened, say because another program has it.
        """
        seen: list[str] = []
        broken: list[str] = []
        for producer in producers:
            loading(producer)
            try:
                harvester = load_producer(producer)
            except ProducerError as error:
                broken.append(str(error))
                continue
            devices = harvester.device_info_list
            found = matching(devices, wanted)
            if found:
                return cls._open(harvester, only(found, wanted), producer)
            seen += [str(each.id_) for each in devices]
            harvester.reset()
        raise CameraNotFound(_nothing_found(wanted, seen, broken))

    @classmethod
    def _open(cls, harvester: Harvester, info: Any, producer: str) -> Self:
        device_id = str(info.id_)
        try:
            acquirer = harvester.create(info)
        except _GONE as error:
            raise CameraLost(
                f"The camera {device_id} cannot be opened ({_first_line(error)}); "
                "close other programs that use it."
            ) from error
        return cls(harvester, acquirer, producer, device_id)

    @property
    def node_map(self) -> Any:
        return self._acquirer.remote_device.node_map

    def configure(self, settings: CameraSettings) -> Layout:
        """Apply the settings and see that frames can be read.

        Raises:
            CameraSettingsError: Naming the feature that is lacking or refused.
        """
        features.apply_settings(self.node_map, settings)
        return self._layout()

    def _layout(self) -> Layout:
        node = features.find_feature(self.node_map, "PixelFormat")
        pixel_format = PIXEL_FORMATS.get(node.value)
        if pixel_format is None:
            usable = [name for name in features.choices(node) if name in PIXEL_FORMATS]
            advice = f"this camera has {', '.join(usable)} of those" if usable else "it has none"
            raise CameraSettingsError(
                f"PixelFormat {node.value} is not supported; set one of "
                f"{', '.join(PIXEL_FORMATS)} ({advice})."
            )
        width, height = (int(self.node_map.get_node(name).value) for name in ("Width", "Height"))
        try:
            pixel_format.row_bytes(width)
        except ValueError as error:
            raise CameraSettingsError(f"Width cannot be {width}: {error}.") from error
        return Layout(pixel_format, width, height)

    def longest_silence_s(self, settings: CameraSettings) -> float | None:
        """How long no frame may come before the camera counts as lost; None for triggers."""
        if settings.trigger is not Trigger.FREE_RUN:
            return None
        try:
            rate = float(self.node_map.get_node("AcquisitionFrameRate").value)
        except (*_GONE, AttributeError):
            return SILENCE_S
        return max(SILENCE_S, 3 / rate) if rate > 0 else SILENCE_S

    def start(self) -> None:
        self._acquirer.num_buffers = max(BUFFERS, self._acquirer.min_num_buffers)
        self._acquirer.start()

    def stop_and_drain(self) -> Iterable[Any]:
        """Stop taking frames; the buffers that were filled by then, each to be queued."""
        self.node_map.get_node("AcquisitionStop").execute()
        for _ in range(self._acquirer.num_buffers):
            buffer = self.next_buffer(_DRAIN_MS)
            if buffer is None:
                break
            yield buffer
        self._acquirer.stop()

    def trigger(self) -> None:
        self.node_map.get_node("TriggerSoftware").execute()

    def next_buffer(self, timeout_ms: int) -> Any:
        """The next filled buffer, whole or not, or None. Holds Python's global lock meanwhile."""
        # ImageAcquirer.fetch throws incomplete buffers away, and with them their frame ids.
        (monitor,) = self._acquirer._new_buffer_event_monitor_dict.values()
        try:
            monitor.update_event_data(timeout_ms)
        except gentl.TimeoutException:
            return None
        return monitor.buffer

    def close(self) -> None:
        self._acquirer.destroy()
        self._harvester.reset()


def only(found: Sequence[Any], wanted: str) -> Any:
    if len(found) > 1 and wanted.casefold() != SIMULATOR:
        ids = ", ".join(str(each.id_) for each in found)
        raise CameraNotFound(f"Several cameras are called {wanted!r}; use an id: {ids}.")
    return found[0]


def _nothing_found(wanted: str, seen: Sequence[str], broken: Sequence[str]) -> str:
    there = f"there are {', '.join(seen)}" if seen else "there is none at all"
    return " ".join([f"No GenTL camera is called {wanted!r}; {there}.", *broken])


def open_and_configure(
    wanted: str,
    producers: Iterable[str],
    settings: CameraSettings,
    loading: Callable[[str], None],
) -> tuple[Device, Layout]:
    """Open a device and apply its settings; it is closed again if they are refused."""
    device = Device.open(wanted, producers, loading)
    try:
        return device, device.configure(settings)
    except CameraError:
        device.close()
        raise
    except _GONE as error:
        raise CameraLost(
            f"The camera {device.device_id} failed while it was set up ({_first_line(error)}); "
            "check its cable and power."
        ) from error
