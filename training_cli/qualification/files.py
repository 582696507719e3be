"""Files that are there whole, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from training_cli.errors import UserError


def write_whole(texts: Mapping[Path, str]) -> None:
    """Write all beside their names, and rename them when the last one is complete.

    Raises:
        UserError: One cannot be written. None takes its name before all are complete.
    """
    partial = {path: path.with_name(f"{path.name}.partial") for path in texts}
    path = Path()
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            partial[path].write_text(text, encoding="utf-8", newline="\n")
        for path, whole in partial.items():
            whole.replace(path)
    except OSError as error:
        raise UserError(
            f"{path} cannot be written ({error.strerror}): choose another folder."
        ) from error
    finally:
        for left in partial.values():
            if left.is_file():
                left.unlink()
