"""Counts that fade: what was popular last week matters half as much as what is popular now."""

import math
from collections.abc import Sequence

from .ids import Id

HALF_LIFE_S = 7 * 24 * 3600
BEGAN_AT = 1_767_225_600
"""2026-01-01. Weights grow from here instead of shrinking, so that old counts need no change."""
LISTED = 500
RESORT_S = 1.0


def weight_at(at: float) -> float:
    return math.pow(2, (at - BEGAN_AT) / HALF_LIFE_S)


class Popularity:
    """Of products, in all and by category."""

    def __init__(self) -> None:
        self._counts: dict[Id, float] = {}
        self._listed: dict[str | None, dict[Id, float]] = {}
        self._sorted: dict[str | None, tuple[float, Sequence[Id]]] = {}
        self._dirty: set[str | None] = set()

    def add(self, product_id: Id, category: str | None, points: float, at: float) -> float:
        """Returns the count, for `put`."""
        count = self._counts.get(product_id, 0.0) + points * weight_at(at)
        self.put(product_id, category, count)
        return count

    def put(self, product_id: Id, category: str | None, count: float) -> None:
        self._counts[product_id] = count
        self._list(None, product_id, count)
        if category is not None:
            self._list(category, product_id, count)

    def count(self, product_id: Id) -> float:
        return self._counts.get(product_id, 0.0)

    def top(self, category: str | None, now: float) -> Sequence[Id]:
        """At most 500, the most popular first; up to a second old."""
        sorted_at, top = self._sorted.get(category, (0.0, ()))
        if category in self._dirty and not 0 <= now - sorted_at < RESORT_S:
            listed = self._listed.get(category, {})
            top = sorted(listed, key=lambda one: (-listed[one], one))[:LISTED]
            self._sorted[category] = (now, top)
            self._dirty.discard(category)
        return top

    def _list(self, name: str | None, product_id: Id, count: float) -> None:
        listed = self._listed.setdefault(name, {})
        listed[product_id] = count
        self._dirty.add(name)
        if len(listed) > 2 * LISTED:
            for one in sorted(listed, key=lambda one: listed[one])[:LISTED]:
                del listed[one]
