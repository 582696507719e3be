"""Exports a run's network to ONNX with its model card, and proves that it computes the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engines.card import ModelCard, Provenance
from engines.defect_segmenter import OUTPUT, DefectSegmenter
from training_cli.limits import limits_of
from training_cli.onnx_export import bare_session, to_onnx, with_card
from training_cli.run import RECORD, code_version
from training_cli.segmenter.calibration import OFFSETS, Calibration
from training_cli.segmenter.evaluation import AT_THRESHOLDS, LASTING, load_subset
from training_cli.segmenter.parity import check_parity
from training_cli.segmenter.prediction import load_network, torch_prediction
from training_cli.segmenter.products import PRODUCTS, layout_of
from training_cli.segmenter.report import calibration_of
from training_cli.segmenter.run import RunRecord, read_run
from training_cli.self_test import make_self_test
from training_cli.whole_file import replacing


class Served(nn.Module):
    """The network as the station runs it: uint8 NHWC in, calibrated probabilities out."""

    offsets: Tensor

    def __init__(self, network: nn.Module, offsets: NDArray[np.float32]) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("offsets", torch.from_numpy(offsets).view(1, -1, 1, 1))

    def forward(self, image: Tensor) -> Tensor:
        logits: Tensor = self.network(image.permute(0, 3, 1, 2))
        return (logits - self.offsets).sigmoid()


def export_model(
    run: Path, out: Path, *, name: str | None, version: str, data: Path | None, false_rejects: float
) -> ModelCard:
    """Write `out` if it holds what it should; an existing file stays as it is otherwise.

    Args:
        run: The run's folder.
        out: The `.onnx` file.
        name, version: For the card; no name means the product's.
        data: Where the run's data is now; None means where it was.
        false_rejects: Share of defect-free validation images that the thresholds may reject.

    Raises:
        UserError: Run or data are at fault.
        ParityError: Torch and onnxruntime disagree on a golden image.
    """
    record = read_run(run)
    network = load_network(run, record)
    calibration = calibration_of(network, record, data, false_rejects)
    served = Served(network, calibration.offsets).eval()
    card = ModelCard(
        engine=DefectSegmenter.engine,
        name=name or record.product,
        version=version,
        title=PRODUCTS[record.product].title,
        intended_use=layout_of(record.product, record.settings).intended_use,
        input=record.settings.input,
        labels=record.labels,
        thresholds=calibration.thresholds,
        provenance=_provenance(run, record, calibration, false_rejects),
        self_test=make_self_test(_running(served), record.settings.input),
    )
    model = with_card(to_onnx(served, card.input, (OUTPUT,)), card)
    golden = load_subset(record, "validation", data)
    card = _with_limits(model, card)
    predict = torch_prediction(network, calibration.offsets, card.input)
    with replacing(out) as temporary:
        temporary.write_bytes(with_card(model, card))
        check_parity(temporary, predict, golden)
    return card


def _with_limits(model: bytes, card: ModelCard) -> ModelCard:
    session = bare_session(model)
    limits = limits_of(lambda x: session.run(None, {card.input.name: x})[0], card)
    return card.model_copy(update={"limits": limits})


def _running(served: nn.Module) -> Callable[[NDArray[np.uint8]], NDArray[np.float32]]:
    def run(image: NDArray[np.uint8]) -> NDArray[np.float32]:
        with torch.inference_mode():
            output: NDArray[np.float32] = served(torch.from_numpy(image)).numpy()
        return output

    return run


def _provenance(
    run: Path, record: RunRecord, calibration: Calibration, false_rejects: float
) -> Provenance:
    settings = record.settings
    shown = layout_of(record.product, settings).shown
    if record.extra_fingerprint:
        shown += f", and extra pictures with fingerprint {record.extra_fingerprint}"
    offsets = calibration.named_offsets()
    return Provenance(
        data=shown,
        data_fingerprint=record.data_fingerprint,
        split=_split(record),
        metrics={**record.metrics, OFFSETS: offsets, **_evaluations(run, record, offsets)},
        thresholds_from=(
            f"at most {false_rejects:.1%} of the defect-free validation images rejected, the same "
            "quantile for every class, shifted to 0.5 in the graph; "
            + PRODUCTS[record.product].area_rule
        ),
        command=" && ".join(_commands(record)),
        code_version=f"{record.code_version}, exported by {code_version()}",
        created=datetime.now(UTC),
    )


def _split(record: RunRecord) -> str:
    settings = record.settings
    parts = {name: f"{len(names)} {name}" for name, names in record.subsets.items()}
    rule = str(settings.split)
    if settings.folds is not None:
        rule = f"fold {settings.fold} of {settings.folds}"
    if settings.is_ensemble:
        rule = f"all of {settings.folds} folds"
        parts = {"validation": parts["validation"] + " out of fold", "test": parts["test"]}
    return f"{rule}, seed {settings.seed}: {', '.join(parts.values())}"


def _commands(record: RunRecord) -> list[str]:
    """This run's command, after those of the runs that it started from."""
    start = Path(record.settings.weights).parent
    before = _commands(read_run(start)) if (start / RECORD).is_file() else []
    return [*before, record.command]


def _evaluations(run: Path, record: RunRecord, offsets: Mapping[str, float]) -> Mapping[str, Any]:
    """What `evaluate` found for this run, as far as it holds at these offsets."""
    found = {}
    for subset in ("validation", "test"):
        path = run / f"evaluation-{subset}.json"
        if path.is_file():
            report = json.loads(path.read_text(encoding="utf-8"))
            if report.get("data_fingerprint") != record.data_fingerprint:
                continue
            keys = LASTING + (AT_THRESHOLDS if _same(report.get(OFFSETS), offsets) else ())
            found[subset] = {key: report[key] for key in keys if key in report}
    return found


def _same(before: Mapping[str, float] | None, now: Mapping[str, float]) -> bool:
    """As good as the same: another processor gives other last places."""
    return before is not None and all(abs(before[name] - now[name]) < 0.01 for name in now)
