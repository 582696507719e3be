"""Features on GenApi's own nodes: set and read back, refused by name, listed."""

from __future__ import annotations

import pytest

from inspector_gui.acquisition.camera import CameraSettings, CameraSettingsError, Trigger
from inspector_gui.acquisition.gentl.features import apply_settings, list_features, set_feature


def test_order_is_features_then_rate_then_trigger(node_map):
    apply_settings(
        node_map, CameraSettings(features={"ExposureTime": 250, "Fixed": 8}, frame_rate=20.0)
    )
    assert node_map.ExposureTime.value == pytest.approx(250, abs=20)
    assert node_map.Fixed.value == 8
    assert node_map.AcquisitionFrameRateEnable.value is True
    assert node_map.AcquisitionFrameRate.value == 20.0


def test_free_run_turns_a_trigger_off_and_frames_continuous(node_map):
    apply_settings(node_map, CameraSettings())
    assert node_map.AcquisitionMode.value == "Continuous"
    assert node_map.TriggerSelector.value == "FrameStart"
    assert node_map.TriggerMode.value == "Off"


def test_software_trigger(node_map):
    apply_settings(node_map, CameraSettings(trigger=Trigger.SOFTWARE))
    assert (node_map.TriggerMode.value, node_map.TriggerSource.value) == ("On", "Software")


def test_hardware_trigger_on_the_named_line(node_map):
    apply_settings(node_map, CameraSettings(trigger=Trigger.HARDWARE, trigger_source="Line1"))
    assert (node_map.TriggerMode.value, node_map.TriggerSource.value) == ("On", "Line1")


def test_hardware_line_that_is_not_there(node_map):
    settings = CameraSettings(trigger=Trigger.HARDWARE, trigger_source="Line9")
    with pytest.raises(
        CameraSettingsError, match=r"TriggerSource cannot be Line9; allowed: Software, Line0, Line1"
    ):
        apply_settings(node_map, settings)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("GainRaw", 3, "The camera has no feature GainRaw"),
        ("Fixed", 64, r"Fixed cannot be 64; allowed: 4 to 16 by 4"),
        ("Fixed", 5, r"Fixed cannot be 5; allowed: 4 to 16 by 4"),
        ("Fixed", 8.0, r"Fixed is of type Integer and cannot be 8\.0"),
        ("Fixed", True, "Fixed is of type Integer and cannot be True"),
        ("Fixed", "8", "Fixed is of type Integer and cannot be '8'"),
        ("AcquisitionFrameRate", 1e9, r"AcquisitionFrameRate cannot be .* 1\.0 to 100\.0 Hz"),
        ("AcquisitionFrameRate", True, "AcquisitionFrameRate is of type Float"),
        ("AcquisitionFrameRateEnable", 1, "AcquisitionFrameRateEnable is of type Boolean"),
        ("AcquisitionMode", "Sometimes", "AcquisitionMode cannot be Sometimes; allowed: Cont"),
        ("Locked", 8, "Locked cannot be set now .its access is RO"),
        ("TriggerSoftware", True, "TriggerSoftware is of type Command"),
        ("Fixed", 2**80, "Fixed cannot be"),
    ],
)
def test_a_refusal_names_the_feature_and_what_is_allowed(node_map, name, value, reason):
    with pytest.raises(CameraSettingsError, match=reason):
        set_feature(node_map, name, value)


def test_a_value_that_is_not_taken_is_noticed(node_map):
    with pytest.raises(CameraSettingsError, match=r"Deaf was set to 8.* but the camera took 4"):
        set_feature(node_map, "Deaf", 8.0)


def test_a_device_may_round_to_its_step(node_map):
    set_feature(node_map, "ExposureTime", 111.0)
    assert node_map.ExposureTime.value == pytest.approx(111.0, abs=20.0)


def test_a_rate_the_device_lacks_is_named():
    genapi = pytest.importorskip("genicam.genapi")
    with pytest.raises(CameraSettingsError, match="no feature AcquisitionFrameRate"):
        apply_settings(genapi.NodeMap(), CameraSettings(frame_rate=10.0))


def test_features_are_listed_once_with_type_value_range_and_access(node_map):
    listed = {feature.name: feature for feature in list_features(node_map)}
    assert len(listed) == len(list_features(node_map))
    fixed = listed["Fixed"]
    assert (fixed.kind, fixed.value, fixed.range) == ("Integer", "4", "4 to 16 by 4")
    assert fixed.access == "RW"
    assert listed["Locked"].access == "RO"
    assert listed["Locked"].range == ""
    mode = listed["TriggerMode"]
    assert (mode.kind, mode.value, mode.range) == ("Enumeration", "On", "Off, On")
    assert mode.category == "AcquisitionControl/TriggerControl"
    assert listed["TriggerSoftware"].kind == "Command"
    assert "Fired" not in listed
