"""Where the commands write: results to stdout, all else to stderr."""

from __future__ import annotations

from rich.console import Console

output = Console(highlight=False, markup=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
