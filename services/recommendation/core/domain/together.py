"""What was in one order, counted here until a model knows it better."""

from collections.abc import Sequence
from itertools import permutations

from .ids import Id

MOST_LINES = 30
"""Of an order: pairs grow with the square of its lines."""
MOST_PARTNERS = 50


class Together:
    def __init__(self) -> None:
        self._partners: dict[Id, dict[Id, int]] = {}

    def add(self, product_ids: Sequence[Id]) -> Sequence[Id]:
        """Returns the products whose partners changed."""
        distinct = list(dict.fromkeys(product_ids))[:MOST_LINES]
        for one, other in permutations(distinct, 2):
            partners = self._partners.setdefault(one, {})
            partners[other] = partners.get(other, 0) + 1
            if len(partners) > MOST_PARTNERS:
                del partners[min(partners, key=lambda partner: partners[partner])]
        return distinct if len(distinct) > 1 else ()

    def partners(self, product_id: Id) -> dict[Id, int]:
        return self._partners.get(product_id, {})

    def put(self, product_id: Id, partners: dict[Id, int]) -> None:
        self._partners[product_id] = partners

    def of(self, product_id: Id) -> Sequence[Id]:
        """The most frequent first."""
        partners = self._partners.get(product_id, {})
        return sorted(partners, key=lambda one: (-partners[one], one))
