"""What shoppers did with products, as arrays."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Interactions:
    """Events in the order of users, then of time. Users and items are rows, from 0."""

    users: Ints
    items: Ints
    times: NDArray[np.float64]
    """Days since the epoch."""
    user_count: int
    item_count: int
    as_of: float
    """All that was known then: no event is at or after it."""
    first_sold: NDArray[np.float64]
    """Per item: since when it can be bought, in days since the epoch. An item of the future is after `as_of`."""
    propensities: NDArray[np.float32] | None = None
    """Per item: how much it was put before shoppers, relative to others; None if that is not known."""

    @staticmethod
    def of(
        users: NDArray[np.integer],
        items: NDArray[np.integer],
        times: NDArray[np.floating],
        user_count: int,
        item_count: int,
        as_of: float,
        first_sold: NDArray[np.float64] | None = None,
        propensities: NDArray[np.float32] | None = None,
    ) -> "Interactions":
        """Sorts the events, and leaves out those that are not before `as_of`."""
        known = times < as_of
        users, items, times = users[known], items[known], times[known]
        order = np.lexsort((items, times, users))
        return Interactions(
            users[order].astype(np.int32),
            items[order].astype(np.int32),
            times[order].astype(np.float64),
            user_count,
            item_count,
            as_of,
            np.zeros(item_count) if first_sold is None else first_sold,
            propensities,
        )

    def __len__(self) -> int:
        return len(self.users)

    def before(self, time: float) -> "Interactions":
        """What was known at `time`."""
        return self._where(self.times < time, min(time, self.as_of))

    def since(self, time: float) -> "Interactions":
        return self._where(self.times >= time, self.as_of)

    def _where(self, chosen: NDArray[np.bool_], as_of: float) -> "Interactions":
        return Interactions(
            self.users[chosen],
            self.items[chosen],
            self.times[chosen],
            self.user_count,
            self.item_count,
            as_of,
            self.first_sold,
            self.propensities,
        )

    def starts(self) -> NDArray[np.int64]:
        """Per user: the index of the first event; one more at the end."""
        return np.searchsorted(self.users, np.arange(self.user_count + 1))

    def counts(self) -> sp.csr_matrix:
        """Users × items: the number of events."""
        ones = np.ones(len(self), dtype=np.float32)
        shape = (self.user_count, self.item_count)
        matrix = sp.csr_matrix((ones, (self.users, self.items)), shape=shape)
        matrix.sum_duplicates()
        return matrix

    def seen(self) -> sp.csr_matrix:
        """Users × items: 1 where there is an event."""
        matrix = self.counts()
        matrix.data[:] = 1
        return matrix

    def on_sale(self) -> NDArray[np.bool_]:
        """Which items can be bought at `as_of`."""
        return self.first_sold < self.as_of

    def last_items(self, most: int) -> Ints:
        """Users × most: the newest events' items, newest first, filled up with -1."""
        found = np.full((self.user_count, most), -1, dtype=np.int32)
        back = self.starts()[self.users + 1] - 1 - np.arange(len(self))
        recent = back < most
        found[self.users[recent], back[recent]] = self.items[recent]
        return found


def blocks(rows: Ints, size: int = 1024) -> Iterator[Ints]:
    """Portions of users, so that their scores fit into memory."""
    return (rows[start : start + size] for start in range(0, len(rows), size))
