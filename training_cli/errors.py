"""The mistakes of a user, each one clear sentence and an exit code."""

from __future__ import annotations

USAGE = 2
BAD_INPUT = 3
INTEGRITY = 4


class UserError(Exception):
    """Something that the user can put right. The text says what is wrong and what to do."""

    exit_code = BAD_INPUT


class UsageError(UserError):
    """Options that do not go together."""

    exit_code = USAGE


class ParityError(UserError):
    """The exported model computes something else than the trained one."""

    exit_code = INTEGRITY


class WorseError(UserError):
    """A smaller or faster model that finds less than the engineer allows."""

    exit_code = INTEGRITY
