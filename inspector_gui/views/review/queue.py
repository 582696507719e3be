"""The order in which the parts of a lot are reviewed, and what is left of them."""

from __future__ import annotations

from collections.abc import Sequence

from inspector_gui.records.entries import CONFIRMED, OVERRULED


class ReviewQueue:
    """Parts by their place in the record; a part keeps its place in the queue once it has one.

    Undecided ones come first, oldest first; what is found later joins at the end.
    """

    def __init__(self, parts: Sequence[tuple[int, str]] = (), *, again: bool = False) -> None:
        """Begin a lot.

        Args:
            parts: Place in the record and last disposition ("" for none), oldest first.
            again: Whether those already decided come too, after the others.
        """
        self._given = dict(parts)
        self._again = again
        self.seqs = [seq for seq, given in parts if not given]
        if again:
            self.seqs += [seq for seq, given in parts if given]
        self.current: int | None = self.seqs[0] if self.seqs else None

    @property
    def total(self) -> int:
        return len(self._given)

    @property
    def left(self) -> int:
        return sum(not given for given in self._given.values())

    @property
    def confirmed(self) -> int:
        return sum(given == CONFIRMED for given in self._given.values())

    @property
    def overruled(self) -> int:
        return sum(given == OVERRULED for given in self._given.values())

    @property
    def last_seq(self) -> int:
        """Of the newest part that is known; 0 without one."""
        return max(self._given, default=0)

    @property
    def place(self) -> int:
        """Of the current part in the queue, from 1; 0 at its end."""
        return 0 if self.current is None else self.seqs.index(self.current) + 1

    def disposition(self, seq: int) -> str:
        return self._given.get(seq, "")

    def update(self, parts: Sequence[tuple[int, str]]) -> None:
        """Take in what the record says now; the current part stays."""
        known = set(self.seqs)
        self._given.update(parts)
        self.seqs += [s for s, given in parts if s not in known and (self._again or not given)]

    def decide(self, seq: int, disposition: str) -> None:
        """Note the disposition of a part; "" takes it back."""
        self._given[seq] = disposition

    def next_left(self) -> int | None:
        """The next undecided part after the current one, from the start again after the last."""
        at = self.place
        around = self.seqs[at:] + self.seqs[:at]
        return next((seq for seq in around if not self._given[seq]), None)

    def neighbour(self, step: int) -> int | None:
        """The part before (-1) or after (1) the current one; None where there is none."""
        if self.current is None:
            return self.seqs[-1] if self.seqs and step < 0 else None
        index = self.place - 1 + step
        return self.seqs[index] if 0 <= index < len(self.seqs) else None
