"""All that was learned from events, in memory, with what changed since it was last saved."""

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any

from ..domain.catalogue import Catalogue, Product, Stock
from ..domain.ids import Id, id_of, text_of
from ..domain.popularity import Popularity
from ..domain.shoppers import MOST_DEEDS, SESSION_S, USER_S, Deed, Shopper, Shoppers, user_name
from ..domain.together import Together
from ..ports.state_store import Record

ERASED_S = 90 * 24 * 3600
"""Until then, no model contains an erased user."""


class State:
    def __init__(self) -> None:
        self.catalogue = Catalogue()
        self.shoppers = Shoppers()
        self.popularity = Popularity()
        self.together = Together()
        self.positions: dict[str, int] = {}
        """Kafka's topic and partition → the next offset."""
        self._erased: set[str] = set()
        """Hashes of users whose lists in a model are not used any more."""
        self._changed: dict[tuple[str, str], None] = {}

    def changed(self, kind: str, key: str) -> None:
        self._changed[kind, key] = None

    def erase(self, user_id: str) -> None:
        self.shoppers.forget(user_name(user_id))
        self._erased.add(_hash(user_id))
        self.changed("shopper", user_name(user_id))
        self.changed("erased", _hash(user_id))

    def is_erased(self, user_id: str) -> bool:
        return bool(self._erased) and _hash(user_id) in self._erased

    def changes(self) -> Sequence[Record]:
        """What is to be saved now. It counts as saved."""
        records = [self._record(kind, key) for kind, key in self._changed]
        self._changed.clear()
        return records

    def restore(self, records: Iterable[Record]) -> None:
        for record in records:
            if record.value is not None:
                self._restore(record.kind, record.key, json.loads(record.value))

    def _record(self, kind: str, key: str) -> Record:
        value: Any = None
        lasts_s: int | None = None
        match kind:
            case "product":
                value = _from_product(self.catalogue.product(id_of(key)))
            case "stock":
                stock = self.catalogue.stock(key)
                value = stock and [stock.version, stock.is_available]
            case "shopper":
                value = _from_shopper(self.shoppers.get(key))
                lasts_s = USER_S if key.startswith("user:") else SESSION_S
            case "popularity":
                value = self.popularity.count(id_of(key))
            case "together":
                value = {text_of(one): count for one, count in self.together.partners(id_of(key)).items()}
            case "erased":
                value, lasts_s = True, ERASED_S
            case "position":
                value = self.positions[key]
            case _:
                raise ValueError(f"no such kind: {kind}")
        return Record(kind, key, None if value is None else json.dumps(value, separators=(",", ":")), lasts_s)

    def _restore(self, kind: str, key: str, value: Any) -> None:
        match kind:
            case "product":
                self.catalogue.put(_to_product(id_of(key), value))
            case "stock":
                self.catalogue.set_stock(Stock(key, value[0], value[1]))
            case "shopper":
                self.shoppers.put(key, _to_shopper(value))
            case "popularity":
                product_id = id_of(key)
                self.popularity.put(product_id, self.catalogue.category_of(product_id), value)
            case "together":
                self.together.put(id_of(key), {id_of(one): count for one, count in value.items()})
            case "erased":
                self._erased.add(key)
            case "position":
                self.positions[key] = value
            case _:
                pass  # of another version of this service


KINDS = ("product", "stock", "shopper", "popularity", "together", "erased", "position")
"""In the order in which they are restored: popularity needs the categories of products."""


def _hash(user_id: str) -> str:
    """Their ID itself must not stay."""
    return hashlib.sha256(user_id.encode()).hexdigest()


def _from_product(product: Product | None) -> list[Any] | None:
    if product is None:
        return None
    return [
        product.version,
        product.category,
        product.subcategory,
        list(product.skus),
        product.created_at,
        product.is_shown,
        product.was_in_stock,
    ]


def _to_product(product_id: Id, value: list[Any]) -> Product:
    version, category, subcategory, skus, created_at, is_shown, was_in_stock = value
    return Product(product_id, version, category, subcategory, tuple(skus), created_at, is_shown, was_in_stock)


def _from_shopper(shopper: Shopper | None) -> list[Any] | None:
    if shopper is None:
        return None
    return [
        [[deed.kind, text_of(deed.product_id), deed.at] for deed in shopper.deeds],
        {text_of(one): count for one, count in shopper.bought.items()},
    ]


def _to_shopper(value: list[Any]) -> Shopper:
    deeds, bought = value
    return Shopper(
        deque((Deed(kind, id_of(one), at) for kind, one, at in deeds), maxlen=MOST_DEEDS),
        {id_of(one): count for one, count in bought.items()},
    )
