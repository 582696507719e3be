"""PaDiM and PatchCore of anomalib on a folder in MVTec AD layout, beside which the scorer stands.

anomalib pins other versions than this project: it needs a virtual environment of its own, with
this project's in it (`pip install anomalib==2.7.0 --editable .`). Then:

    python -m tests.benchmarks.anomaly_baselines DATA [padim] [patchcore]

Both take EfficientNet-Lite0 with the weights that `fit` calls lite0, at 256×256. PatchCore keeps
one place in a hundred; more take hours on two cores.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from anomalib.models.image.padim.torch_model import PadimModel  # type: ignore[import-not-found]
from anomalib.models.image.patchcore.torch_model import (  # type: ignore[import-not-found]
    PatchcoreModel,
)
from sklearn.metrics import average_precision_score, roc_auc_score

from training_cli.networks.weights import encoder_weights
from training_cli.scorer.sources import Part, read_parts

ENCODER, SIZE, BATCH = "tf_efficientnet_lite0", 256, 8
CORESET = 0.01
FEATURES = 100
"""That PaDiM keeps of each place, drawn at random."""


def padim() -> Any:
    layers = ["blocks.1", "blocks.2", "blocks.4"]
    return PadimModel(ENCODER, layers, pre_trained=False, n_features=FEATURES)


def patchcore() -> Any:
    return PatchcoreModel(["blocks.2", "blocks.4"], ENCODER, pre_trained=False)


MODELS: dict[str, Callable[[], Any]] = {"padim": padim, "patchcore": patchcore}


def pixels_of(parts: Sequence[Part]) -> torch.Tensor:
    """Float32 (n, 3, SIZE, SIZE), normalised as the encoder was taught."""
    shown = [
        cv2.resize(
            cv2.imread(str(part.frames[0]), cv2.IMREAD_COLOR_RGB),
            (SIZE, SIZE),
            interpolation=cv2.INTER_AREA,
        )
        for part in parts
    ]
    return (torch.from_numpy(np.stack(shown)).permute(0, 3, 1, 2).float() / 255 - 0.5) / 0.5


def scores(name: str, good: torch.Tensor, test: torch.Tensor) -> np.ndarray:
    torch.manual_seed(0)
    model = MODELS[name]()
    encoder = model.feature_extractor.feature_extractor
    weights = encoder_weights(ENCODER, "lite0")
    assert weights is not None
    encoder.load_state_dict({key: weights[key] for key in encoder.state_dict()})
    with torch.no_grad():
        model.train()
        for batch in good.split(BATCH):
            model(batch)
        model.fit() if name == "padim" else model.subsample_embedding(CORESET)
        model.eval()
        return torch.cat([model(batch).pred_score.flatten() for batch in test.split(BATCH)]).numpy()


def main(data: Path, names: Sequence[str]) -> None:
    test = read_parts(data, "test")
    defective = [not part.is_good for part in test]
    good, shown = pixels_of(read_parts(data, "train")), pixels_of(test)
    for name in names or MODELS:
        found = scores(name, good, shown)
        auroc = roc_auc_score(defective, found)
        precision = average_precision_score(defective, found)
        print(f"{name}: image AUROC {auroc:.3f}, average precision {precision:.3f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
