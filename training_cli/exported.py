"""An exported model as something to change: its graph and its card."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx

from engines.card import CARD_KEY, ModelCard
from engines.errors import ModelError
from engines.runtime import Model, open_model
from training_cli.errors import UserError
from training_cli.whole_file import replacing


@dataclass(frozen=True, slots=True, eq=False)
class Exported:
    """A model in memory. Nothing here changes the file that it was read from."""

    graph: onnx.ModelProto
    card: ModelCard
    sha256: str

    def content(self) -> bytes:
        """The file, with its card."""
        copy = onnx.ModelProto()
        copy.CopyFrom(self.graph)
        onnx.helper.set_model_props(copy, {CARD_KEY: self.card.model_dump_json()})
        onnx.checker.check_model(copy, full_check=True)
        return bytes(copy.SerializeToString())

    def open(self) -> Model:
        """Open it as the station does, self-test included.

        Raises:
            UserError: The station would refuse it.
        """
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"{self.card.name}.onnx"
            path.write_bytes(self.content())
            try:
                return open_model(path)
            except ModelError as error:
                raise UserError(str(error)) from error


def write(model: Exported, out: Path) -> None:
    """Write a model that opens; a file that is there stays as it is otherwise."""
    model.open()
    with replacing(out) as temporary:
        temporary.write_bytes(model.content())
