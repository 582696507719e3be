from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from training_cli.datasets.split import SplitRule
from training_cli.run import RECORD
from training_cli.segmenter.run import Method, RunRecord, Settings, read_run


def test_a_record_from_before_fractions_is_of_all_the_data(tmp_path: Path) -> None:
    settings = Settings(
        data=Path("tiles"),
        extra=None,
        split=SplitRule.TILE,
        method=Method.DLI,
        encoder="resnet18",
        weights="none",
        size=64,
        crop=64,
        epochs=1,
        batch=8,
        learning_rate=1e-3,
        seed=0,
        fraction=0.5,
    )
    RunRecord(
        command="inspector-train fit tile",
        settings=settings,
        classes=("crack",),
        data_fingerprint="0",
        extra_fingerprint=None,
        subsets={},
        code_version="0",
        created=datetime.now(UTC),
    ).write(tmp_path)
    assert read_run(tmp_path).settings.fraction == 0.5
    record = json.loads((tmp_path / RECORD).read_text())
    del record["settings"]["fraction"]
    (tmp_path / RECORD).write_text(json.dumps(record))
    assert read_run(tmp_path).settings.fraction == 1.0
