from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest

from inspector_gui import event_loop


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    switch_s = sys.getswitchinterval()
    yield
    sys.setswitchinterval(switch_s)
    gc.unfreeze()


def test_what_was_made_before_is_not_gone_through_again() -> None:
    kept = [[n] for n in range(1000)]
    event_loop.settle()
    assert gc.get_freeze_count() >= len(kept)
    frozen = {id(one) for one in kept}
    assert not any(id(one) in frozen for one in gc.get_objects())


def test_threads_that_compute_give_way_soon() -> None:
    event_loop.settle()
    assert sys.getswitchinterval() == pytest.approx(event_loop.SWITCH_S)
