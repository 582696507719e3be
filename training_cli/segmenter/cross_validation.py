"""Fits fold after fold, and makes of all of them one run: the ensemble.

A run of folds is a folder with a run for every fold, `fold-0` and so on, and a record of its own
as soon as all of them are done. Its validation images are those of all folds: each is judged by
the one network that was not trained on it (out of fold). Its test images are judged by all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training_cli.errors import UsageError
from training_cli.run import LAST, RECORD
from training_cli.segmenter.fitting import fit
from training_cli.segmenter.run import ProductName, RunRecord, Settings, fold_folder, read_run


def fit_folds(
    product: ProductName, settings: Settings, out: Path, *, device: str, workers: int, resume: bool
) -> Iterator[RunRecord]:
    """Fit the fold that the settings name, or all; give each fold's record when it is done.

    With `resume` folds that are done are passed over.

    Raises:
        UserError: See `fit`.
    """
    assert settings.folds is not None
    if (out / RECORD).is_file():
        raise UsageError(f"{out} already holds a run of all folds: name another folder.")
    wanted = range(settings.folds) if settings.fold is None else [settings.fold]
    for number in wanted:
        folder = fold_folder(out, number)
        own = settings.model_copy(update={"fold": number})
        has_run = (folder / f"{LAST}.ckpt").is_file()
        if not (resume and has_run and read_run(folder).metrics):
            go_on = resume and (has_run or len(wanted) == 1)
            yield fit(product, own, folder, device=device, workers=workers, resume=go_on)
    folders = [fold_folder(out, number) for number in range(settings.folds)]
    records = [read_run(folder) for folder in folders if (folder / RECORD).is_file()]
    if len(records) == settings.folds and all(record.metrics for record in records):
        _combined(records).write(out)


def _combined(records: list[RunRecord]) -> RunRecord:
    first = records[0]
    same = first.settings.model_copy(update={"fold": None})
    for record in records:
        if (
            record.settings.model_copy(update={"fold": None}) != same
            or record.data_fingerprint != first.data_fingerprint
        ):
            raise UsageError(
                f"Fold {record.settings.fold} was fitted on other data or with other options than "
                "fold 0: fit it again like the others."
            )
    judged = tuple(sorted(n for record in records for n in record.subsets["validation"]))
    subsets = {"train": judged, "validation": judged, "test": first.subsets["test"]}
    commands = dict.fromkeys(record.command for record in records)
    return first.model_copy(
        update={
            "command": " && ".join(commands),
            "settings": same,
            "subsets": subsets,
            "metrics": {"folds": [record.metrics for record in records]},
        }
    )
