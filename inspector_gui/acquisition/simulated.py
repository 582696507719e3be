"""A line without a camera: parts rendered from a seed, with defects that are known."""

from __future__ import annotations

import time

from engines.synthetic.line import part_of, renderer_of
from inspector_gui.acquisition.camera import CameraNotFound, CameraSettings, CameraSettingsError
from inspector_gui.acquisition.frame import Frame, FrameStatus
from inspector_gui.acquisition.paced import PacedCamera

DEFAULT_PRODUCT = "tile"


class SimulatedCamera(PacedCamera):
    """Frame n shows part n of the lot `settings.seed`; a line of its own never ends.

    Of a product that takes k frames a part, frame n is frame n % k of part n // k.

    `Frame.truth` holds the labels of the part's defects, none for a good part.

    Errors:
        CameraNotFound: `open` found that there is no such product.
        CameraSettingsError: The seed or the defect rate is out of its range.
    """

    def __init__(self, name: str, product: str, settings: CameraSettings) -> None:
        super().__init__(name, settings)
        self._product = product

    def _connect(self) -> None:
        try:
            renderer_of(self._product)
        except ValueError as error:
            raise CameraNotFound(str(error)) from error
        seed, rate = self._settings.seed, self._settings.defect_rate
        if seed < 0:
            raise CameraSettingsError(f"The seed of the simulated line is {seed}; give 0 or more.")
        if not 0 <= rate <= 1:
            raise CameraSettingsError(f"The defect rate is {rate}; give one from 0 to 1.")

    def _frame(self, frame_id: int) -> Frame:
        settings = self._settings
        index, number = divmod(frame_id, renderer_of(self._product).frame_count)
        part = part_of(settings.seed, index, settings.defect_rate, self._product, [number])
        pixels = part.pixels
        return Frame(
            frame_id=frame_id,
            status=FrameStatus.COMPLETE,
            pixels=pixels,
            pixel_format="Mono8" if pixels.ndim == 2 else "RGB8",
            timestamp_ns=0,
            received_ns=time.monotonic_ns(),
            source=f"{self._product} {frame_id} of seed {settings.seed}",
            truth=part.labels,
        )
