"""Exports a localizer to ONNX with its model card, and proves that it computes the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from engines.card import InputSpec, ModelCard, Provenance, SelfTest, Threshold
from engines.chip_localizer import CORNERS, LABELS, PRESENCE, THRESHOLD, ChipLocalizer
from engines.errors import ModelError
from engines.runtime import open_model
from engines.selftest import seeded_input
from training_cli.errors import ParityError
from training_cli.limits import median_ms
from training_cli.localizer.boards import TEST, VALIDATION, Boards
from training_cli.localizer.judging import figures_of, judge_boards
from training_cli.localizer.report import boards_of
from training_cli.localizer.run import LocalizerRun, read_localizer_run
from training_cli.localizer.serving import Run, load_served, running
from training_cli.onnx_export import bare_session, to_onnx, with_card
from training_cli.run import code_version, command_line
from training_cli.self_test import make_self_test
from training_cli.whole_file import replacing

TOLERANCES = {CORNERS: 2e-4, PRESENCE: 1e-3}
"""Largest difference between torch and onnxruntime: fractions of the picture, probability."""
GOLDEN = 24
INTENDED_USE = (
    "Whether a chip is there and lies where it belongs, on pictures of assembled boards from "
    "above. Which chip it is it knows by its size alone. It was fitted on boards that were "
    "rendered or made of photographs: before it decides about real ones it must be fitted and "
    "qualified on them."
)


def export_localizer(
    folder: Path, out: Path, *, name: str | None, version: str, data: Path | None
) -> ModelCard:
    """Write `out` if it holds what it should; an existing file stays as it is otherwise.

    Args:
        folder: The run's.
        out: The `.onnx` file.
        name, version: For the card; no name means the product's.
        data: Where the run's data is now; None means where it was.

    Raises:
        UserError: Run or data are at fault.
        ParityError: Torch and onnxruntime disagree on a golden picture.
    """
    record = read_localizer_run(folder)
    served = load_served(folder, record)
    run = running(served)
    subsets = {s: boards_of(record, s, data) for s in (VALIDATION, TEST)}
    spec = record.settings.input
    figures = {n: figures_of(judge_boards(run, b, spec.width)) for n, b in subsets.items()}
    card = ModelCard(
        engine=ChipLocalizer.engine,
        name=name or record.product,
        version=version,
        title="Chip localizer",
        intended_use=INTENDED_USE,
        input=spec,
        labels=LABELS,
        thresholds={label: Threshold(score=THRESHOLD) for label in LABELS},
        provenance=_provenance(record, figures),
        self_test=_self_test(run, spec),
    )
    model = to_onnx(served, card.input, (CORNERS, PRESENCE))
    card = card.model_copy(update={"limits": _limits(model, card, figures[TEST])})
    with replacing(out) as temporary:
        temporary.write_bytes(with_card(model, card))
        _check_parity(temporary, run, subsets[VALIDATION])
    return card


def _self_test(run: Run, spec: InputSpec) -> SelfTest:
    """Of corners and presence, on one seeded input."""
    corners = make_self_test(lambda x: run(x)[CORNERS], spec, output=CORNERS)
    presence = run(seeded_input(corners.seed, spec))[PRESENCE]
    return corners.model_copy(
        update={
            "positions": {**corners.positions, PRESENCE: [0]},
            "expected": {**corners.expected, PRESENCE: [round(float(presence[0]), 6)]},
        }
    )


def _check_parity(path: Path, run: Run, boards: Boards) -> None:
    """Judge golden pictures with both, the model opened as the station does."""
    try:
        model = open_model(path)
    except ModelError as error:
        raise ParityError(f"The export is refused: {error}") from error
    places = np.linspace(0, len(boards) - 1, min(GOLDEN, len(boards))).astype(int)
    for place in sorted(set(places.tolist())):
        image = np.ascontiguousarray(boards.pixels[place][None])
        trained, exported = run(image), model.run(image)
        for output, tolerance in TOLERANCES.items():
            difference = float(np.abs(trained[output] - exported[output]).max())
            if not difference <= tolerance:
                raise ParityError(
                    f"The export is refused: {output} differs by {difference:.2g} from what the "
                    "trained network gives. Export with the versions of torch and onnx that this "
                    "release names, and report it if it stays."
                )


def _provenance(record: LocalizerRun, figures: dict[str, Any]) -> Provenance:
    settings = record.settings
    made = "made of photographs" if settings.photos is not None else "with known corners"
    sizes = ", ".join(f"{len(boards)} {name}" for name, boards in record.subsets.items())
    return Provenance(
        data=f"boards with a chip, {made}",
        data_fingerprint=record.data_fingerprint,
        split=f"by board, seed {settings.seed}: {sizes}",
        metrics={**record.metrics, **figures},
        thresholds_from="0.5 of every score stands at the recipe's tolerance by definition",
        command=f"{record.command} && {command_line()}",
        code_version=f"{record.code_version}, exported by {code_version()}",
        created=datetime.now(UTC),
    )


def _limits(model: bytes, card: ModelCard, figures: dict[str, Any]) -> tuple[str, ...]:
    session = bare_session(model)
    taken_ms = median_ms(lambda x: session.run(None, {card.input.name: x}), card.input)
    centre = figures.get("centre_px", {})
    return (
        "It must be shown a chip with as much of the board around it as in its training pictures, "
        "turned by as little.",
        "A chip of another type, but of the same size, is none to it.",
        f"On boards that it was not fitted on the centre was off by {centre.get('mean', 0):.2g} of "
        f"{card.input.width} pixels in the mean, {centre.get('p95', 0):.2g} in 19 of 20 pictures.",
        f"A chip takes {taken_ms:.1f} ms on one CPU thread of the computer that exported it.",
    )
