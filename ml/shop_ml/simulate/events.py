"""A world as the events that a shop would publish, valid by contracts/events, and their rows in the lake."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from .dataset import category_of, uuid_of
from .world import World

START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Envelope:
    event_id: str
    event_type: str
    event_version: int
    recorded_at: datetime
    aggregate_id: str
    payload: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {
            "event_id": self.event_id,
            "event_type": self.event_type,
            "event_version": self.event_version,
            "timestamp": text(self.recorded_at),
            "correlation_id": self.event_id,
            "causation_id": None,
            "aggregate_id": self.aggregate_id,
            "aggregate_version": 1,
            "payload": self.payload,
        }


def text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(days: float) -> datetime:
    return START + timedelta(milliseconds=round(days * 86_400_000))


def events_of(world: World) -> Iterator[Envelope]:
    """Every visit, which is what a shopper did on one day, is views, additions to the cart and an order of it all."""
    number = 0

    def envelope(event_type: str, version: int, at: float, aggregate: str, payload: Mapping[str, Any]) -> Envelope:
        nonlocal number
        number += 1
        return Envelope(str(uuid_of(9, number)), event_type, version, moment(at), aggregate, payload)

    for item in range(world.rules.items):
        product = str(uuid_of(1, item))
        at = float(world.first_sold[item])
        yield envelope("product.created", 2, at, product, _product(world, item, at))
    data = world.interactions
    visits = np.flatnonzero(
        np.diff(data.users, prepend=-1).astype(bool) | np.diff(data.times.astype(int), prepend=-1).astype(bool)
    )
    for visit, (start, end) in enumerate(zip(visits, [*visits[1:], len(data)], strict=True)):
        user, cart, session = (
            str(uuid_of(kind, int(one))) for kind, one in ((2, data.users[start]), (3, visit), (4, visit))
        )
        for at in range(start, end):
            product, time = str(uuid_of(1, data.items[at])), float(data.times[at])
            view = {"product_id": product, "views": 1, "viewed_at": text(moment(time)), "session_id": session,
                    "user_id": user, "source": {"kind": "category"}}  # fmt: skip
            yield envelope("product.viewed", 2, time, product, view)
            yield envelope("cart.item_added", 1, time, cart, _added(int(data.items[at]), cart, user))
        time = float(data.times[end - 1])
        order = str(uuid_of(5, visit))
        items = [int(one) for one in data.items[start:end]]
        yield envelope("order.placed", 3, time, order, _order(order, cart, user, items, time))


def price_of(item: int) -> float:
    return 5 + item % 95 + 0.99


def _product(world: World, item: int, at: float) -> Mapping[str, Any]:
    category = category_of(world, item)
    variant = {"variant_id": str(uuid_of(6, item)), "sku": f"SKU-{item}", "attributes": {}, "price": price_of(item),
               "currency": "EUR", "images": [], "initial_stock": 100}  # fmt: skip
    words = " ".join(f"w{axis}" for axis in np.argsort(-np.abs(world.content[item]))[:4])
    return {
        "product_id": str(uuid_of(1, item)), "version": 1, "name": f"Product {item}", "description": words,
        "category": category, "subcategory": category, "tags": [], "brand": "", "specifications": {},
        "variants": [variant], "created_at": text(moment(at)), "updated_at": text(moment(at)),
    }  # fmt: skip


def _added(item: int, cart: str, user: str) -> Mapping[str, Any]:
    return {"cart_id": cart, "user_id": user, "product_id": str(uuid_of(1, item)), "variant_id": str(uuid_of(6, item)),
            "quantity": 1, "price": price_of(item), "currency": "EUR"}  # fmt: skip


def _order(order: str, cart: str, user: str, items: list[int], at: float) -> Mapping[str, Any]:
    total = round(sum(price_of(item) for item in items), 2)
    address = {"recipient": "Jo Doe", "line1": "Street 1", "city": "Town", "postal_code": "12345", "country": "DE"}
    lines = [
        {"product_id": str(uuid_of(1, item)), "variant_id": str(uuid_of(6, item)), "sku": f"SKU-{item}",
         "name": f"Product {item}", "quantity": 1, "price": price_of(item), "tax": 0, "total": price_of(item)}
        for item in items
    ]  # fmt: skip
    return {
        "order_id": order, "customer": {"user_id": user, "email": "jo@example.com", "name": "Jo Doe"},
        "cart_id": cart, "cart_version": 1, "currency": "EUR", "items": lines,
        "shipping": {"option_id": "standard", "carrier": "post", "service": "standard", "price": 0, "tax": 0},
        "shipping_address": address, "subtotal": total, "tax_total": 0, "total_amount": total,
        "prices_include_tax": True, "placed_at": text(moment(at)),
    }  # fmt: skip


def lake_row(envelope: Envelope, columns: Mapping[str, Any], shoppers: Mapping[str, str]) -> dict[str, Any]:
    """
    What the analytics service keeps of an event.
    :param columns: of the contract
    :param shoppers: user → pseudonym
    """
    payload = envelope.payload
    user = payload.get("user_id") or payload.get("customer", {}).get("user_id")
    return {
        "event_id": envelope.event_id,
        "event_version": envelope.event_version,
        "recorded_at": envelope.recorded_at,
        "shopper": shoppers.get(user) if user else None,
        **_kept(payload, columns),
    }


def _kept(found: Any, columns: Any) -> Any:
    if found is None:
        return None
    match columns:
        case str():
            return _value(found, columns)
        case [one]:
            return [_kept(part, one) for part in found]
        case _:
            return {name: _kept(found.get(name), one) for name, one in columns.items()}


def _value(found: Any, kind: str) -> Any:
    if kind == "TIMESTAMPTZ":
        return datetime.fromisoformat(found)
    if kind.startswith("DECIMAL"):
        return Decimal(str(found))
    return found
