from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from inspector_gui import event_loop


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_was_made_before_is_not_gone_through_again() -> None:
    kept = [[n] for n in range(1000)]
    event_loop.settle()
    assert gc.get_freeze_count() >= len(kept)
    frozen = {id(one) for one in kept}
    assert not any(id(one) in frozen for one in gc.get_objects())
