"""Runs `inspector-train` in this process."""

from __future__ import annotations

import sys

import pytest

from training_cli import app

QUICK = ("--size", "64", "--batch", "8", "--learning-rate", "1e-3", "--device", "cpu")


def run(*arguments: object) -> int:
    """The exit code of `inspector-train` with these arguments."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["inspector-train", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            app.main()
    return int(ended.value.code or 0)
