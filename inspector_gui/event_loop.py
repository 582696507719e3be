"""What keeps the event loop's thread from standing still while the station works beside it."""

from __future__ import annotations

import gc


def settle() -> None:
    """Call once the window stands, before the event loop runs.

    A full garbage collection goes through every object of every imported library, some tens of
    milliseconds; those live as long as the program and are left out from now on.
    """
    gc.collect()
    gc.freeze()
