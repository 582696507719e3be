"""An acceptance run over a kit of rendered strips: every strip is judged so many times."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.engine import Region, View
from engines.errors import ModelError
from engines.runtime import open_model
from engines.synthetic.line import part_seed, renderer_of
from engines.synthetic.part import RenderedPart
from engines.synthetic.vial_files import geometry
from engines.verdict import Decision
from engines.vial_scorer import VialScorer
from training_cli.errors import UsageError, UserError
from training_cli.qualification.judgements import Judgement, Patch
from training_cli.qualification.kit import Kit, KitRow, Truth, kit_of

PRODUCT = "vial"


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip of the kit: its name, and what it is rendered from."""

    name: str
    seed: int
    label: str | None


def rendered_kit(defective: int, good: int, seed: int) -> tuple[Strip, ...]:
    """Strips of seeds of their own, the defects evenly over their kinds, mixed with good ones."""
    labels = renderer_of(PRODUCT).labels
    kinds: list[str | None] = [labels[i % len(labels)] for i in range(defective)] + [None] * good
    order = np.random.default_rng([seed, 5]).permutation(len(kinds))
    return tuple(
        Strip(f"{number + 1:04d}", part_seed(seed, number), kinds[place])
        for number, place in enumerate(order)
    )


def truth_of(strips: tuple[Strip, ...]) -> Kit:
    """What is known of the strips: a row for each place of a defect."""
    rows = []
    for strip in strips:
        if strip.label is None:
            rows.append(KitRow(part=strip.name, truth=Truth.GOOD))
            continue
        part = renderer_of(PRODUCT).render(strip.seed, strip.label, frames=(0,))
        rows += [
            KitRow(
                part=strip.name,
                truth=Truth.DEFECTIVE,
                label=place.label,
                vial=place.vial,
                region=place.region,
            )
            for place in part.places
        ] or [KitRow(part=strip.name, truth=Truth.DEFECTIVE, label=strip.label)]
    return kit_of(rows)


def open_scorer(model: Path, frames: tuple[int, ...]) -> VialScorer:
    """The station's engine over the rendered strips' patches.

    Raises:
        UserError: The model is refused, or is not one of rendered strips.
    """
    try:
        opened = open_model(model)
    except ModelError as error:
        raise UserError(str(error)) from error
    card = opened.card
    if card.engine != VialScorer.engine:
        raise UsageError(f"{model} is for engine {card.engine!r}: name a scorer of strips.")
    first = renderer_of(PRODUCT).render(0, None, frames=(0,)).pixels
    height, width = first.shape
    try:
        regions = [
            Region(
                str(place["vial"]),
                {place["region"]: card.thresholds[place["region"]]},
                place["x"] / width,
                place["y"] / height,
                place["width"] / width,
                place["height"] / height,
            )
            for place in geometry()["regions"]  # type: ignore[attr-defined]
        ]
        return VialScorer(opened, regions, View(frames, (height, width)))
    except KeyError as error:
        raise UsageError(f"{model} has no label {error}: name a scorer of strips.") from error
    except (ModelError, ValueError) as error:
        raise UserError(f"{model} does not fit rendered strips: {error}.") from error


def judged(
    scorer: VialScorer, strips: tuple[Strip, ...], runs: int, workers: int
) -> Iterator[Judgement]:
    """Every strip, shown `runs` times anew: other light, place, noise and movement of the liquid.

    Args:
        workers: Threads that render and judge.
    """
    shown = ((strip, run) for strip in strips for run in range(runs))
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(lambda s: _judged(scorer, *s), shown)


def _judged(scorer: VialScorer, strip: Strip, run: int) -> Judgement:
    scored = scorer.score(_images(_rendered(strip, run, scorer), scorer))
    patches = tuple(
        Patch(
            vial=int(patch.region.name),
            region=patch.label,
            score=float(score),
            threshold=patch.threshold.score,
            decision=Decision.REJECT if score >= patch.threshold.score else Decision.PASS,
            frame=scored.frames[look],
        )
        for look, scores in enumerate(scored.scores)
        for patch, score in zip(scorer.patches, scores, strict=True)
    )
    rejects = any(patch.is_rejected for patch in patches)
    decision = Decision.REJECT if rejects else Decision.PASS
    return Judgement(part=strip.name, run=run + 1, decision=decision, patches=patches)


def write_picture(strip: Strip, scorer: VialScorer, folder: Path) -> None:
    """`NAME.png` of a strip, as it is shown first, with what the scorer found outlined."""
    part = _rendered(strip, 0, scorer)
    images = _images(part, scorer)
    verdict = scorer.judge(images)
    picture = cv2.cvtColor(images[verdict.frame], cv2.COLOR_GRAY2RGB)
    for mask in part.frame_masks[0].values():
        contours, _ = cv2.findContours(
            mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
        )
        cv2.drawContours(picture, contours, -1, (0, 114, 178), 2)
    for finding in verdict.findings:
        box = finding.box
        cv2.rectangle(
            picture, (box.x, box.y), (box.x + box.width, box.y + box.height), (213, 94, 0), 2
        )
    folder.mkdir(parents=True, exist_ok=True)
    _, png = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    (folder / f"{strip.name}.png").write_bytes(png.tobytes())


def _rendered(strip: Strip, run: int, scorer: VialScorer) -> RenderedPart:
    """In the frames in use alone."""
    return renderer_of(PRODUCT).render(strip.seed, strip.label, run, scorer.frames_in_use)


def _images(part: RenderedPart, scorer: VialScorer) -> list[NDArray[np.uint8]]:
    """A place for every frame up to the last one in use; what nobody looks at is the first."""
    images = [part.pixels] * (scorer.frames_in_use[-1] + 1)
    for number, pixels in zip(scorer.frames_in_use, part.frames, strict=True):
        images[number] = pixels
    return images
