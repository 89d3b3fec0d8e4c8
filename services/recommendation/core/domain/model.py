"""A trained model: lists and neighbours as arrays, which may lie in mapped files."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .ids import Id

Ranked: TypeAlias = Sequence[tuple[Id, float]]
"""Products with their scores, best first; the best has 1."""

NOTHING: Ranked = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of products with scores, filled up with -1."""

    items: NDArray[np.int32]
    scores: NDArray[np.float32]


class Model:
    """Arrays as services/recommendation/README.md describes them. Lookups copy one row, and nothing is kept of it."""

    def __init__(
        self,
        version: str,
        salt: bytes,
        categories: Sequence[str],
        product_ids: NDArray[np.uint8],
        user_keys: NDArray[np.uint64],
        tables: Mapping[str, Table],
        user_because: NDArray[np.int32] | None = None,
    ) -> None:
        self.version = version
        self._salt = salt
        self._category_rows = {name: row for row, name in enumerate(categories)}
        self._ids = product_ids
        self._sorted: NDArray[np.bytes_] = np.ascontiguousarray(product_ids).reshape(-1).view("S16")
        self._user_keys = user_keys
        self._tables = tables
        self._because = user_because

    def __len__(self) -> int:
        return len(self._ids)

    def key_of(self, shopper_id: Id) -> int:
        return int.from_bytes(hashlib.sha256(self._salt + shopper_id).digest()[:8], "big")

    def row_of(self, product_id: Id) -> int | None:
        row = int(np.searchsorted(self._sorted, np.array(product_id, dtype="S16")))
        return row if row < len(self._ids) and self._ids[row].tobytes() == product_id else None

    def user_row(self, key: int) -> int | None:
        # A number of Python's own would turn all keys into floats, which is slow, and wrong beyond 2^53.
        wanted = np.uint64(key)
        row = int(np.searchsorted(self._user_keys, wanted))
        return row if row < len(self._user_keys) and self._user_keys[row] == wanted else None

    def of_product(self, table: str, product_id: Id) -> Ranked:
        row = self.row_of(product_id)
        return NOTHING if row is None else self._ranked(table, row)

    def of_shopper(self, table: str, shopper_id: Id) -> Ranked:
        return self.of_key(table, self.key_of(shopper_id))

    def of_key(self, table: str, key: int) -> Ranked:
        row = self.user_row(key)
        return NOTHING if row is None else self._ranked(table, row)

    def reasons_of(self, shopper_id: Id) -> Mapping[Id, Id]:
        """Entry of the user's list → the product that it follows from most."""
        if self._because is None:
            return {}
        row = self.user_row(self.key_of(shopper_id))
        if row is None:
            return {}
        items: list[int] = self._tables["user"].items[row].tolist()
        because: list[int] = self._because[row].tolist()
        return {
            self._id_at(item): self._id_at(cause)
            for item, cause in zip(items, because, strict=True)
            if item >= 0 and cause >= 0
        }

    def of_category(self, category: str) -> Ranked:
        row = self._category_rows.get(category)
        return NOTHING if row is None else self._ranked("category_popular", row)

    def popular(self) -> Ranked:
        return self._ranked("popular", 0)

    def _ranked(self, table: str, row: int) -> Ranked:
        found = self._tables[table]
        items = found.items[row]
        count = int(np.count_nonzero(items >= 0))  # nothing follows a -1
        if count == 0:
            return NOTHING
        scores: list[float] = found.scores[row][:count].tolist()
        best = scores[0] if scores[0] > 0 else 1.0
        ids = self._ids[items[:count]].tobytes()
        return [(ids[16 * place : 16 * place + 16], score / best) for place, score in enumerate(scores)]

    def _id_at(self, row: int) -> Id:
        product_id: Id = self._ids[row].tobytes()
        return product_id
