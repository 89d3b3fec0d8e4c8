"""What each event changes. An event that comes again changes nothing, and events may come in any order."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..domain.catalogue import UNKNOWN_VERSION, Product, Stock
from ..domain.ids import Id, id_of, text_of
from ..domain.shoppers import Deed, Kind, session_name, user_name
from .state import State

REMEMBERED = 20_000
"""Events that are recognised when they come again."""

POINTS: dict[Kind, float] = {"viewed": 1.0, "in_cart": 3.0, "bought": 5.0}


@dataclass(frozen=True, slots=True)
class Event:
    event_id: str
    event_type: str
    at: float
    """Seconds since the epoch."""
    payload: Mapping[str, Any]


def moment(text: str) -> float:
    """Seconds since the epoch of an RFC 3339 time."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Learning:
    def __init__(self, state: State) -> None:
        self._state = state
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._handlers: Mapping[str, Callable[[Event], None]] = {
            "product.created": self._product,
            "product.updated": self._product,
            "product.deleted": self._product_deleted,
            "inventory.availability_changed": self._availability,
            "product.viewed": self._viewed,
            "cart.item_added": self._in_cart,
            "order.placed": self._ordered,
            "user.forgotten": self._erased,
        }

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(self._handlers)

    def take(self, event: Event) -> bool:
        """Returns whether it was news. Raises KeyError, TypeError or ValueError if it is not such an event."""
        handle = self._handlers.get(event.event_type)
        if handle is None or event.event_id in self._seen:
            return False
        handle(event)
        self._seen[event.event_id] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return True

    def listed(self, product_id: str, category: str, subcategory: str, is_in_stock: bool) -> None:
        """A product that the shop lists; whatever events said of it is newer."""
        product = Product(id_of(product_id), UNKNOWN_VERSION, category, subcategory, (), 0.0, was_in_stock=is_in_stock)
        if self._state.catalogue.put(product):
            self._state.changed("product", product_id)

    def _product(self, event: Event) -> None:
        payload = event.payload
        product = Product(
            product_id=id_of(payload["product_id"]),
            version=int(payload["version"]),
            category=str(payload["category"]),
            subcategory=str(payload["subcategory"]),
            skus=tuple(str(variant["sku"]) for variant in payload["variants"]),
            created_at=moment(payload["created_at"]),
            is_shown=payload.get("visible", True) is True,
        )
        if self._state.catalogue.put(product):
            self._state.changed("product", payload["product_id"])

    def _product_deleted(self, event: Event) -> None:
        product_id = id_of(event.payload["product_id"])
        gone = Product(product_id, int(event.payload["version"]), "", "", (), 0.0, is_shown=False)
        if self._state.catalogue.put(gone):
            self._state.changed("product", event.payload["product_id"])

    def _availability(self, event: Event) -> None:
        payload = event.payload
        stock = Stock(str(payload["sku"]), int(payload["version"]), payload["is_available"] is True)
        if self._state.catalogue.set_stock(stock):
            self._state.changed("stock", stock.sku)

    def _viewed(self, event: Event) -> None:
        payload = event.payload
        product_id, at = id_of(payload["product_id"]), moment(payload["viewed_at"])
        user_id, session = payload.get("user_id"), payload.get("session_id")
        if user_id is None and session is None:  # several, of nobody
            self._count(product_id, "viewed", at, int(payload["views"]))
        else:
            self._did("viewed", product_id, at, user_id, session)

    def _in_cart(self, event: Event) -> None:
        payload = event.payload
        product_id = id_of(payload["product_id"])
        self._did("in_cart", product_id, event.at, payload.get("user_id"), payload.get("session_id"))

    def _ordered(self, event: Event) -> None:
        payload = event.payload
        at = moment(payload["placed_at"])
        products = list(dict.fromkeys(id_of(line["product_id"]) for line in payload["items"]))
        user_id = payload["customer"]["user_id"]
        # A guest's is the ID of the order: nobody comes back with it.
        buyer = None if user_id == payload["order_id"] else user_id
        for product_id in products:
            self._did("bought", product_id, at, buyer, payload.get("session_id"))
        for product_id in self._state.together.add(products):
            self._state.changed("together", text_of(product_id))

    def _erased(self, event: Event) -> None:
        self._state.erase(str(event.payload["user_id"]).lower())

    def _did(self, kind: Kind, product_id: Id, at: float, user_id: str | None, session: str | None) -> None:
        names = [
            *([] if user_id is None or self._state.is_erased(user_id) else [user_name(user_id)]),
            *([] if session is None else [session_name(session)]),
        ]
        for name in names:
            self._state.shoppers.note(name, Deed(kind, product_id, at))
            self._state.changed("shopper", name)
        self._count(product_id, kind, at, 1)

    def _count(self, product_id: Id, kind: Kind, at: float, times: int) -> None:
        category = self._state.catalogue.category_of(product_id)
        self._state.popularity.add(product_id, category, POINTS[kind] * times, at)
        self._state.changed("popularity", text_of(product_id))
