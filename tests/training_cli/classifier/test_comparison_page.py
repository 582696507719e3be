from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from training_cli.classifier.comparison import Cell, Grid
from training_cli.classifier.comparison_page import by_augmentation, table
from training_cli.classifier.run import ClassifierSettings

SETTINGS = ClassifierSettings(
    data=Path("data"),
    layout="kolektor",
    augmentation="memseg",
    added=4,
    real_defects=2,
    backbone="resnet18",
    weights="none",
    height=64,
    width=64,
    epochs=1,
    batch=2,
    learning_rate=1e-3,
)
GRID = Grid(SETTINGS, ("none", "memseg"), (0, 2), (0, 1), 2)


def cell(fold: int, seed: int, precision: float, logits: tuple[float, float]) -> Cell:
    """Of one good image and a defective one, in this order."""
    share = {"share": precision}
    return Cell(
        settings=SETTINGS.model_copy(update={"fold": fold, "seed": seed}),
        data_fingerprint="",
        trained_on={},
        figures={
            "average_precision": precision,
            "at_half": {"precision": None, "recall": share},
        },
        names=("a", "b"),
        logits=logits,
        defective=(False, True),
        elapsed_s=0.0,
        command="",
        code_version="",
        created=datetime.now(UTC),
    )


def test_precision_is_pooled_where_all_folds_are_done() -> None:
    """The defect of fold 0 stands below the good image of fold 1: 1 of 1, then 2 of 3."""
    cells = [cell(0, 0, 0.5, (0.0, 1.0)), cell(1, 0, 1.0, (2.0, 3.0)), cell(0, 1, 0.0, (1.0, 0.0))]
    heads, row = table(GRID, cells)
    assert dict(zip(heads, row, strict=True)) == {
        "augmentation": "memseg",
        "real defects": "2",
        "made": "4",
        "fits": "3",
        "AP": "0.500 ± 0.500",
        "AP pooled": "0.833",
        "precision": "–",
        "recall": "0.500 ± 0.500",
    }


def test_what_was_not_tried_stays_empty() -> None:
    assert by_augmentation(GRID, [cell(0, 0, 0.5, (0.0, 1.0))]) == [
        ["real defects", "none", "memseg"],
        ["0", "–", "–"],
        ["2", "–", "0.500"],
    ]
