"""Why a model cannot be used.

```
ModelError
├── NotAModel          unreadable, or not ONNX
├── UnsafeModel        external data, unknown operators, dynamic shapes, a too new opset
├── ForeignModel       no model card, a damaged one, or one of another engine
├── HashMismatch       not the file that the recipe was released with
├── ProviderMissing    the provider that the recipe asks for is not to be had
└── SelfTestFailed     opens, but computes something else than where it was made
```
"""

from __future__ import annotations


class ModelError(Exception):
    """A model is refused. The text is one sentence with cause and remedy."""


class NotAModel(ModelError):
    pass


class UnsafeModel(ModelError):
    pass


class ForeignModel(ModelError):
    pass


class HashMismatch(ModelError):
    pass


class ProviderMissing(ModelError):
    pass


class SelfTestFailed(ModelError):
    pass
