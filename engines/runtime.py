"""Opens a model safely: what it is, where it runs, and that it computes what it did when made."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from pydantic import ValidationError

from engines import onnx_file
from engines.card import CARD_KEY, ModelCard
from engines.errors import (
    ForeignModel,
    HashMismatch,
    ModelError,
    NotAModel,
    ProviderMissing,
    SelfTestFailed,
    UnsafeModel,
)
from engines.selftest import seeded_input

MAX_OPSET = (
    23  # the newest one that the oldest onnxruntime this product may be installed with knows
)
CPU = "CPUExecutionProvider"
CUDA = "CUDAExecutionProvider"
_NO_PROVIDER = (
    "{} could not be started for it on this computer: install its driver and libraries "
    "(for CUDA the extra `cuda`), or release the recipe for another provider"
)


class Model:
    """An open model. `run` may be called from several threads at once."""

    def __init__(
        self, session: Any, card: ModelCard, path: Path, sha256: str, provider: str
    ) -> None:
        self._session = session
        self._outputs = [output.name for output in session.get_outputs()]
        self.card = card
        self.path = path
        self.sha256 = sha256
        self.provider = provider

    def run(self, image: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        """Run the network on one prepared image.

        Args:
            image: uint8 of `card.input.shape`, as `engines.preprocessing.prepare` returns it.

        Returns:
            The outputs by name.
        """
        values = self._session.run(self._outputs, {self.card.input.name: image})
        return dict(zip(self._outputs, values, strict=True))


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_card(path: Path) -> tuple[ModelCard, str]:
    """The card and the SHA-256 of a model file, after every check that needs no session.

    Raises:
        ModelError: The file is refused.
    """
    card, sha256, _ = _checked(path, None)
    return card, sha256


def open_model(
    path: Path, *, sha256: str | None = None, provider: str = CPU, threads: int = 1
) -> Model:
    """Open a model, or say in one sentence why not.

    The very bytes that were hashed are the ones that run.

    Args:
        path: A self-contained `.onnx` file with its card.
        sha256: What the recipe was released with; None accepts any.
        provider: onnxruntime's name of the execution provider; there is no fallback.
        threads: Intra-op threads. One, with one caller per core, gives the most parts a second.

    Raises:
        ModelError: The file is refused; see `engines.errors` for the kinds.
    """
    card, found, content = _checked(path, sha256)
    session = _session(path, content, provider, threads)
    model = Model(session, card, path, found, provider)
    _check_session(model, session)
    self_test(model)
    return model


def self_test(model: Model) -> None:
    """Run the card's self-test on the provider in use.

    Raises:
        SelfTestFailed: An output is missing, not finite, or differs by more than the tolerance.
    """
    test = model.card.self_test
    try:
        outputs = model.run(seeded_input(test.seed, model.card.input))
    except Exception as error:  # onnxruntime's exceptions share no base class
        reason = str(error).partition("\n")[0].rstrip(".")
        raise SelfTestFailed(_refused(model.path, f"it does not run ({reason})")) from error
    for name, positions in test.positions.items():
        if name not in outputs:
            raise SelfTestFailed(_refused(model.path, f"its self-test names no output {name!r}"))
        flat = outputs[name].ravel()
        if max(positions) >= flat.size or not np.isfinite(flat).all():
            raise SelfTestFailed(_refused(model.path, f"output {name!r} is damaged"))
        difference = float(np.abs(flat[positions] - np.asarray(test.expected[name])).max())
        if not difference <= test.tolerance:
            raise SelfTestFailed(
                _refused(
                    model.path,
                    f"on {model.provider} it computes something else than when it was made "
                    f"(output {name!r} differs by {difference:.2g}, allowed {test.tolerance:.2g}): "
                    "do not use it on this computer, and export it again",
                )
            )


def _checked(path: Path, sha256: str | None) -> tuple[ModelCard, str, bytes]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotAModel(_refused(path, f"it cannot be read ({error.strerror})")) from error
    found = hashlib.sha256(content).hexdigest()
    if sha256 is not None and found != sha256:
        raise HashMismatch(
            _refused(
                path,
                f"its SHA-256 is {found[:12]}…, the recipe was released with {sha256[:12]}…: "
                "put the released file back, or release the recipe again",
            )
        )
    try:
        file = onnx_file.read(content)
    except NotAModel as error:
        raise NotAModel(_refused(path, f"{error}: choose a file that was exported here")) from None
    _check_safe(path, file)
    return _card(path, file), found, content


def _check_safe(path: Path, file: onnx_file.OnnxFile) -> None:
    if file.has_external_data:
        raise UnsafeModel(_refused(path, "it keeps data in other files: export it as one file"))
    if unknown := sorted(file.domains - {""}):
        raise UnsafeModel(
            _refused(path, f"it uses operators of unknown origin ({', '.join(unknown)})")
        )
    if file.opset > MAX_OPSET:
        raise UnsafeModel(
            _refused(path, f"its opset {file.opset} is too new, export it with {MAX_OPSET} or less")
        )
    for tensor in (*file.inputs, *file.outputs):
        if not tensor.shape or None in tensor.shape:
            raise UnsafeModel(
                _refused(path, f"{tensor.name!r} has no fixed shape: export it with fixed shapes")
            )


def _card(path: Path, file: onnx_file.OnnxFile) -> ModelCard:
    if CARD_KEY not in file.metadata:
        raise ForeignModel(
            _refused(path, "it carries no model card: export it with `inspector-train export`")
        )
    try:
        card = ModelCard.model_validate_json(file.metadata[CARD_KEY])
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "card"
        raise ForeignModel(
            _refused(path, f"its model card does not hold ({key}: {first['msg']})")
        ) from None
    if [(t.name, t.shape) for t in file.inputs] != [(card.input.name, card.input.shape)]:
        raise ForeignModel(_refused(path, "its model card describes another input"))
    return card


def _session(path: Path, content: bytes, provider: str, threads: int) -> Any:
    available: list[str] = onnxruntime.get_available_providers()
    if provider not in available:
        raise ProviderMissing(
            _refused(
                path,
                f"{provider} is not to be had here (there is {', '.join(available)}): "
                "install it, or release the recipe for another provider",
            )
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if provider == CUDA:
        with contextlib.redirect_stdout(sys.stderr):  # it prints what it does not find
            onnxruntime.preload_dlls(directory="")  # those that extra `cuda` installs
    if provider != CPU:
        options.add_session_config_entry("session.disable_cpu_ep_fallback", "1")
    try:
        # Left to itself it goes on with the CPU, unasked, when a provider fails at some later part.
        session = onnxruntime.InferenceSession(
            content, options, providers=[provider], enable_fallback=0
        )
    except Exception as error:  # onnxruntime's exceptions share no base class
        if provider != CPU:
            raise ProviderMissing(_refused(path, _NO_PROVIDER.format(provider))) from error
        reason = str(error).partition("\n")[0].rstrip(".")
        raise NotAModel(_refused(path, f"onnxruntime does not open it ({reason})")) from error
    if session.get_providers()[0] != provider:
        raise ProviderMissing(_refused(path, _NO_PROVIDER.format(provider)))
    return session


def _check_session(model: Model, session: Any) -> None:
    (source,) = session.get_inputs()
    if source.type != "tensor(uint8)":
        raise ForeignModel(_refused(model.path, f"it takes {source.type}, not 8-bit pixels"))


def _refused(path: Path, why: str) -> str:
    return f"Model {path.name} is refused: {why}."


__all__ = ["CPU", "CUDA", "Model", "ModelError", "cores", "open_model", "read_card", "self_test"]
