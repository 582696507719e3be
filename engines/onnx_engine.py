"""What every engine says of the model that it judges with."""

from __future__ import annotations

from engines.card import ModelCard
from engines.runtime import Model


class OnnxEngine:
    """An engine with one open model."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @property
    def card(self) -> ModelCard:
        return self._model.card

    @property
    def model_sha256(self) -> str:
        return self._model.sha256

    @property
    def provider(self) -> str:
        """The execution provider in use, as onnxruntime names it."""
        return self._model.provider
