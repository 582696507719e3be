"""Why a person agrees with the machine, or does not: codes for the record."""

from __future__ import annotations

from enum import StrEnum


class ReviewReason(StrEnum):
    """In the order of the digits that choose them."""

    DEFECT = "defect"
    WITHIN_SPECIFICATION = "within_specification"
    DIRT = "dirt"
    REFLECTION = "reflection"
    POSITION = "position"
    INSPECTED_BY_HAND = "inspected_by_hand"
    OTHER = "other"
