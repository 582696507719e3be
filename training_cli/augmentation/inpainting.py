"""DIAG: a defect painted into a good picture from words (Capogrosso et al. 2024, section 3.2).

A text-conditioned SDXL inpainting pipeline fills a mask; nothing is trained. The settings that the
paper does not state are those of the authors' published program: 30 steps, guidance scale 20,
strength 0.99, and the mask's surroundings of 2 pixels brought to 1024×1024.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from training_cli.augmentation.region import MIN_PIXELS, is_seen
from training_cli.datasets.pictures import like
from training_cli.errors import UsageError, UserError

Pixels = NDArray[np.uint8]

LEAST_WINDOW = 64
"""Side in pixels of the smallest piece of a picture that is painted in."""
FEATHER = 3.0
"""Pixels inside a mask's edge over which the painted passes into the picture."""
UNIT = 64
"""Resolutions are multiples: the VAE divides by 8, and the U-Net's stages by 4 once more."""


@dataclass(frozen=True, slots=True)
class PaintSettings:
    """How the pipeline is called.

    Attributes:
        strength: Share of the noise that is put over what is there, above 0 to 1.
        guidance_scale: How closely the words are followed.
        steps: Of the denoising at strength 1.
        resolution: Side of the square that the pipeline sees, pixels; SDXL was made for 1024.
        padding: Pixels of the picture around the mask that it sees, at the least.
    """

    strength: float = 0.99
    guidance_scale: float = 20.0
    steps: int = 30
    resolution: int = 1024
    padding: int = 2

    def __post_init__(self) -> None:
        if self.resolution % UNIT:
            raise UsageError(f"--resolution {self.resolution} is no multiple of {UNIT}.")
        if int(self.steps * self.strength) < 1:
            raise UsageError(
                f"--strength {self.strength:g} of {self.steps} --steps leaves none: raise one."
            )


class Inpainter:
    """A diffusers SDXL inpainting pipeline.

    Attributes:
        name: As it was given.
        sha256: Over the names and contents of its files.
        settings: How it is called.

    Raises:
        UserError: There is no such pipeline, or no such device.
    """

    def __init__(self, name: str, settings: PaintSettings, device: str = "auto") -> None:
        """Load it.

        Args:
            name: A folder as `save_pretrained` writes it, or a name on the Hugging Face hub.
            settings: How it is called.
            device: auto, cpu or cuda; floats of 16 bits on cuda.
        """
        self.name, self.settings = name, settings
        folder = _folder_of(name)
        self.sha256 = _hash_of(folder)
        self._pipeline = _loaded(name, folder, device)

    def check(self, words: str) -> None:
        """Refuse words of which the pipeline would leave out the end.

        Raises:
            UserError: They are too many.
        """
        tokenizer = self._pipeline.tokenizer
        pieces = len(tokenizer(words, truncation=False, verbose=False).input_ids)
        if pieces > tokenizer.model_max_length:
            raise UserError(
                f"{self.name} reads {tokenizer.model_max_length} pieces of words, and "
                f"{words[:40]!r}… has {pieces}: shorten the description."
            )

    def paint(
        self, good: Pixels, mask: Pixels, prompt: str, negative_prompt: str, seed: int
    ) -> Pixels:
        """A good picture with what the words say inside the mask; every other pixel as it was.

        Args:
            good: uint8 (height, width), or (height, width, 3), RGB; of any size.
            mask: uint8 (height, width), 1 where the defect shall be.
            prompt: What the defect looks like.
            negative_prompt: What it does not look like.
            seed: Of the noise.

        Returns:
            Like `good`: a grey picture stays grey.

        Raises:
            UserError: The pipeline computed no numbers.
        """
        y, x = window_around(mask, self.settings.padding)
        painted = self._painted(good[y, x], mask[y, x], prompt, negative_prompt, seed)
        made = good.copy()
        made[y, x] = pasted(good[y, x], painted, mask[y, x])
        return made

    def _painted(
        self, piece: Pixels, mask: Pixels, prompt: str, negative_prompt: str, seed: int
    ) -> Pixels:
        import torch
        from PIL import Image

        side = self.settings.resolution
        square = (side, side)
        seen = cv2.resize(piece, square, interpolation=cv2.INTER_CUBIC)
        hole = cv2.resize(mask * np.uint8(255), square, interpolation=cv2.INTER_NEAREST)
        images = self._pipeline(
            prompt=prompt,
            negative_prompt=negative_prompt or None,
            image=Image.fromarray(seen).convert("RGB"),
            mask_image=Image.fromarray(hole),
            height=side,
            width=side,
            strength=self.settings.strength,
            guidance_scale=self.settings.guidance_scale,
            num_inference_steps=self.settings.steps,
            generator=torch.Generator("cpu").manual_seed(seed),
            output_type="np",
        ).images
        if not np.isfinite(images[0]).all():
            raise UserError(f"{self.name} computed pixels that are no numbers: try --device cpu.")
        return like(np.round(images[0] * 255).astype(np.uint8), piece)


def diag(
    good: Pixels,
    rng: np.random.Generator,
    inpainter: Inpainter,
    mask: Pixels,
    prompt: str,
    negative_prompt: str = "",
) -> tuple[Pixels, Pixels] | None:
    """A good picture with a defect painted from words; arguments as for `Inpainter.paint`.

    Returns:
        The picture, and the mask; None where the mask is too small or no change is seen in it.
    """
    seed = int(rng.integers(2**31))
    if mask.sum() < MIN_PIXELS:
        return None
    made = inpainter.paint(good, mask, prompt, negative_prompt, seed)
    return (made, mask) if is_seen(good, made, mask) else None


def window_around(mask: Pixels, padding: int) -> tuple[slice, slice]:
    """The piece of a picture that is painted in: the mask with some surroundings, square.

    No smaller than `LEAST_WINDOW`, and not square where the picture ends.

    Returns:
        Rows and columns.
    """
    x, y, width, height = cv2.boundingRect(mask)
    side = max(LEAST_WINDOW, width + 2 * padding, height + 2 * padding)
    rows, columns = mask.shape
    return _centred(y, height, side, rows), _centred(x, width, side, columns)


def pasted(good: Pixels, painted: Pixels, mask: Pixels) -> Pixels:
    """The painted inside a mask, passing into the good at its edge; the good outside, bit by bit.

    A mask thinner than twice the feather is painted in full along its middle.
    """
    inside = cv2.distanceTransform(np.pad(mask, 1, mode="edge"), cv2.DIST_L2, 5)[1:-1, 1:-1]
    reach = min(FEATHER, max(1.0, float(inside.max())))
    share = np.clip(inside / reach, 0, 1).astype(np.float32)
    if good.ndim == 3:
        share = share[:, :, None]
    blend = np.round(share * painted + (1 - share) * good).astype(np.uint8)
    return np.where(share > 0, blend, good)


def _centred(start: int, length: int, side: int, available: int) -> slice:
    side = min(side, available)
    first = min(max(0, start + (length - side) // 2), available - side)
    return slice(first, first + side)


def _folder_of(name: str) -> Path:
    folder = Path(name)
    if folder.is_dir():
        if not (folder / "model_index.json").is_file():
            raise UserError(
                f"{name} holds no model_index.json: name a folder that a diffusers pipeline was "
                "saved in."
            )
        return folder
    from diffusers import DiffusionPipeline

    try:
        return Path(DiffusionPipeline.download(name, use_safetensors=True))
    except (OSError, ValueError) as error:
        raise UserError(
            f"{name} is neither a folder nor a pipeline that can be had from the hub: name the "
            "folder of an SDXL inpainting pipeline."
        ) from error


def _loaded(name: str, folder: Path, device: str) -> Any:
    import torch
    from diffusers import StableDiffusionXLInpaintPipeline
    from diffusers.utils import logging
    from transformers.utils import logging as transformers_logging

    for each in (logging, transformers_logging):
        each.set_verbosity_error()
        each.disable_progress_bar()
    if device == "cuda" and not torch.cuda.is_available():
        raise UsageError("--device cuda: torch finds no such device here; use cpu or auto.")
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        pipeline = StableDiffusionXLInpaintPipeline.from_pretrained(
            folder,
            dtype=torch.float16 if device == "cuda" else torch.float32,
            use_safetensors=True,
            local_files_only=True,
            add_watermarker=False,
        ).to(device)
    except (OSError, ValueError, TypeError, AttributeError, RuntimeError, KeyError) as error:
        reason = str(error).split("\n")[0][:200]
        raise UserError(
            f"{name} is no SDXL inpainting pipeline that can be opened ({reason}): name another."
        ) from error
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def _hash_of(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256")
        total.update(f"{path.relative_to(folder).as_posix()}\0".encode() + content.digest())
    return total.hexdigest()
