"""The station's colours, for plots and page."""

from __future__ import annotations

GROUND, RAISED = "#E6E8EA", "#FFFFFF"
TEXT, QUIET, LINE = "#1B1F23", "#5B6670", "#C3C9CE"
PASSED, REJECTED = "#009E73", "#D55E00"
INFORMATION = "#0072B2"
