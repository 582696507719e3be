"""A device's features by their SFNC names: set and read back, or listed.

Imported only in a camera's own process.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from genicam import genapi

from inspector_gui.acquisition.camera import CameraSettings, CameraSettingsError, Trigger
from inspector_gui.acquisition.gentl.messages import Feature

Value = bool | int | float | str

_ACCESS = ("NI", "NA", "WO", "RO", "RW")  # as GenApi abbreviates them
_BOUNDLESS = 2**63 - 1
_NOT_AVAILABLE, _WRITE_ONLY, _READ_ONLY, _READ_WRITE = 1, 2, 3, 4
_EXPECTED: dict[type, tuple[type[Value], ...]] = {
    genapi.IBoolean: (bool,),
    genapi.IInteger: (int,),
    genapi.IFloat: (int, float),
    genapi.IEnumeration: (str,),
    genapi.IString: (str,),
}


def apply_settings(node_map: Any, settings: CameraSettings) -> None:
    """Bring a device to what is asked of it, in this order: features, frame rate, trigger.

    Raises:
        CameraSettingsError: A feature is lacking, or its value is refused or not taken.
    """
    if _can_write(node_map, "AcquisitionMode"):
        set_feature(node_map, "AcquisitionMode", "Continuous")
    for name, value in settings.features.items():
        set_feature(node_map, name, value)
    if settings.frame_rate is not None:
        if _can_write(node_map, "AcquisitionFrameRateEnable"):
            set_feature(node_map, "AcquisitionFrameRateEnable", True)
        set_feature(node_map, "AcquisitionFrameRate", settings.frame_rate)
    _apply_trigger(node_map, settings)


def _apply_trigger(node_map: Any, settings: CameraSettings) -> None:
    if _can_write(node_map, "TriggerSelector"):
        set_feature(node_map, "TriggerSelector", "FrameStart")
    if settings.trigger is Trigger.FREE_RUN:
        if _can_write(node_map, "TriggerMode"):
            set_feature(node_map, "TriggerMode", "Off")
        return
    is_software = settings.trigger is Trigger.SOFTWARE
    if is_software:
        find_feature(node_map, "TriggerSoftware")
    set_feature(node_map, "TriggerMode", "On")
    source = "Software" if is_software else settings.trigger_source
    set_feature(node_map, "TriggerSource", source)


def find_feature(node_map: Any, name: str) -> Any:
    """The node of a feature.

    Raises:
        CameraSettingsError: The device has none of this name.
    """
    try:
        return node_map.get_node(name)
    except genapi.GenericException:
        raise CameraSettingsError(
            f"The camera has no feature {name}; take it out of the recipe or use another camera."
        ) from None


def set_feature(node_map: Any, name: str, value: Value) -> None:
    """Set a feature and read it back.

    A float may come back rounded to the device's step, or by up to 1 %.

    Raises:
        CameraSettingsError: It is lacking, cannot be set, or did not take the value.
    """
    node = find_feature(node_map, name)
    expected = _EXPECTED.get(type(node), ())
    if not isinstance(value, expected) or (isinstance(value, bool) and bool not in expected):
        raise CameraSettingsError(f"{name} is of type {_kind(node)} and cannot be {value!r}.")
    access = node.get_access_mode()
    if access not in (_WRITE_ONLY, _READ_WRITE):
        raise CameraSettingsError(f"{name} cannot be set now (its access is {_ACCESS[access]}).")
    try:
        node.value = float(value) if isinstance(node, genapi.IFloat) else value
        taken = node.value if access == _READ_WRITE else value
    except (genapi.GenericException, TypeError, OverflowError) as error:
        raise CameraSettingsError(_refusal(node, name, value, error)) from error
    if not _is_taken(node, value, taken):
        raise CameraSettingsError(f"{name} was set to {value} but the camera took {taken}.")


def _refusal(node: Any, name: str, value: Value, error: Exception) -> str:
    allowed = _range(node)
    if allowed:
        return f"{name} cannot be {value}; allowed: {allowed}."
    return f"{name} cannot be {value}: {str(error).partition(' : ')[0].rstrip('.')}."


def _is_taken(node: Any, value: Any, taken: Any) -> bool:
    if not isinstance(node, genapi.IFloat):
        return bool(taken == value)
    step = node.inc if node.has_inc() else 0.0
    return bool(abs(taken - value) <= max(step, abs(value) / 100))


def _can_write(node_map: Any, name: str) -> bool:
    try:
        return bool(node_map.get_node(name).get_access_mode() in (_WRITE_ONLY, _READ_WRITE))
    except genapi.GenericException:
        return False


def list_features(node_map: Any) -> list[Feature]:
    """Every feature of a device that it implements, in the order of its tree."""
    seen: set[str] = set()
    return [each for each in _walk(node_map.get_node("Root"), ()) if _is_new(each.name, seen)]


def _is_new(name: str, seen: set[str]) -> bool:
    is_new = name not in seen
    seen.add(name)
    return is_new


def _walk(category: Any, path: tuple[str, ...]) -> Iterator[Feature]:
    for node in category.features:
        name = node.node.name
        if isinstance(node, genapi.ICategory):
            yield from _walk(node, (*path, name))
        elif node.node.get_access_mode() > 0:
            yield _feature(node, name, "/".join(path))


def _feature(node: Any, name: str, category: str) -> Feature:
    access = node.node.get_access_mode()
    return Feature(
        name=name,
        kind=_kind(node),
        value=_text(node) if access in (_READ_ONLY, _READ_WRITE) else "",
        range=_range(node) if access > _NOT_AVAILABLE else "",
        access=_ACCESS[access],
        category=category,
    )


def _kind(node: Any) -> str:
    return type(node).__name__.removeprefix("I")


def _text(node: Any) -> str:
    try:
        return str(node.to_string())
    except (genapi.GenericException, AttributeError):
        return ""


def _range(node: Any) -> str:
    try:
        if isinstance(node, genapi.IEnumeration):
            return ", ".join(choices(node))
        if isinstance(node, genapi.IInteger | genapi.IFloat):
            if node.max >= _BOUNDLESS:
                return ""
            has_step = isinstance(node, genapi.IInteger) or node.has_inc()
            by = f" by {node.inc}" if has_step else ""
            return f"{node.min} to {node.max}{by} {node.unit}".strip()
    except genapi.GenericException:
        pass
    return ""


def choices(enumeration: Any) -> list[str]:
    """The entries of an enumeration that can be chosen now."""
    return [
        str(entry.symbolic)
        for entry in enumeration.entries
        if entry.node.get_access_mode() > _NOT_AVAILABLE
    ]
