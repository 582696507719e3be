"""What the user may call a camera."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from inspector_gui.acquisition.camera import (
    CameraNotFound,
    CameraSettings,
    CameraState,
    FolderUnusable,
)
from inspector_gui.acquisition.sources import open_camera


@pytest.mark.parametrize("spec", ["", "folder", "gentl:", "webcam:0", "Folder:x", "simulated:"])
def test_other_specs_name_the_three_forms(spec):
    with pytest.raises(CameraNotFound, match="gentl:ID, folder:PATH, simulated"):
        open_camera(spec, CameraSettings())


def test_relative_folder_starts_at_the_base(tmp_path):
    (tmp_path / "parts").mkdir()
    cv2.imwrite(str(tmp_path / "parts" / "part.png"), np.zeros((8, 8), np.uint8))
    camera = open_camera("folder:parts", CameraSettings(), base=tmp_path)
    assert camera.name == "folder:parts"
    assert camera.status.state is CameraState.READY
    camera.open()  # once more changes nothing
    camera.start()
    assert camera.fetch(1.0).pixels.shape == (8, 8)
    camera.close()
    camera.close()
    assert camera.status.state is CameraState.CLOSED


def test_a_folder_without_a_name_is_bad_input() -> None:
    with pytest.raises(FolderUnusable, match="write folder:PATH"):
        open_camera("folder:", CameraSettings())
