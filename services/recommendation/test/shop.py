"""A small shop for tests: products, events and what is known of them."""

from collections.abc import Sequence
from itertools import count
from random import Random
from typing import Any

from recommendation.core.application.learn import Event, Learning
from recommendation.core.application.state import State
from recommendation.core.domain.ids import id_of, text_of
from recommendation.core.domain.ladder import Answer, Knowledge, ListName, Question, recommend
from recommendation.core.domain.model import Model
from recommendation.core.domain.shoppers import session_name, user_name

from .artifact import product, user_key

NOW = 1_775_000_000.0
USER = "0190a000-0000-7000-8000-00000000aaaa"
OTHER = "0190a000-0000-7000-8000-00000000bbbb"
SESSION = "0190a000-0000-7000-8000-00000000cccc"
SHOPPER = "7d4e1f7a-5b0c-4c8e-9a53-2f1d0c9b8a76"
"""The pseudonym of USER."""

_numbers = count(1)


def event(event_type: str, payload: dict[str, Any], at: float = NOW) -> Event:
    return Event(f"event-{next(_numbers)}", event_type, at, payload)


def moment(at: float) -> str:
    from datetime import datetime, timezone

    return datetime.fromtimestamp(at, timezone.utc).isoformat().replace("+00:00", "Z")


def created(number: int, category: str = "Home", subcategory: str = "Lamps", **changes: Any) -> Event:
    payload = {
        "product_id": product(number),
        "version": 1,
        "category": category,
        "subcategory": subcategory,
        "variants": [{"sku": f"SKU-{number}"}],
        "created_at": moment(NOW - 100 * 24 * 3600 + number),
        **changes,
    }
    return event("product.created", payload)


def stocked(number: int, version: int = 1, is_available: bool = True) -> Event:
    payload = {"sku": f"SKU-{number}", "version": version, "is_available": is_available}
    return event("inventory.availability_changed", payload)


def viewed(number: int, at: float = NOW, session: str | None = SESSION, user: str | None = None) -> Event:
    view = {"product_id": product(number), "views": 1, "viewed_at": moment(at), "source": {"kind": "direct"}}
    owners = {"session_id": session, "user_id": user}
    return event("product.viewed", {**view, **{name: one for name, one in owners.items() if one}}, at)


def ordered(*numbers: int, user: str = USER, at: float = NOW, order: str | None = None) -> Event:
    payload = {
        "order_id": order or OTHER,
        "customer": {"user_id": user},
        "items": [{"product_id": product(number)} for number in numbers],
        "placed_at": moment(at),
    }
    return event("order.placed", payload, at)


class Shop:
    """What events make of the state, and what is then recommended."""

    def __init__(self, model: Model | None = None) -> None:
        self.state = State()
        self.learning = Learning(self.state)
        self.model = model

    def hears(self, *events: Event) -> None:
        for one in events:
            self.learning.take(one)

    def sells(self, *numbers: int, category: str = "Home", subcategory: str = "Lamps") -> None:
        for number in numbers:
            self.hears(created(number, category, subcategory), stocked(number))

    def asked(
        self,
        name: ListName,
        *,
        limit: int = 12,
        user: str | None = None,
        shopper: str | None = None,
        session: str | None = None,
        about: int | None = None,
        category: str | None = None,
        in_stock: bool = True,
        now: float = NOW,
        seed: int = 1,
    ) -> Answer:
        question = Question(
            list=name,
            limit=limit,
            now=now,
            user_id=None if user is None else id_of(user),
            shopper_id=None if shopper is None else id_of(shopper),
            product_id=None if about is None else id_of(product(about)),
            category=category,
            in_stock=in_stock,
        )
        names = [*([user_name(user)] if user else []), *([session_name(session)] if session else [])]
        shoppers = [found for name in names if (found := self.state.shoppers.get(name))]
        state = self.state
        known = Knowledge(state.catalogue, state.popularity, state.together, self.model, shoppers)
        return recommend(question, known, Random(seed))


def numbers(answer: Answer) -> Sequence[int]:
    """The products of an answer, by the numbers of `product`."""
    base = int.from_bytes(id_of(product(0)), "big")
    return [int.from_bytes(item.product_id, "big") - base for item in answer.items]


def reasons(answer: Answer) -> Sequence[tuple[str, str | None]]:
    return [
        (item.reason.code, None if item.reason.product_id is None else text_of(item.reason.product_id))
        for item in answer.items
    ]


__all__ = ["NOW", "OTHER", "SESSION", "SHOPPER", "USER", "Shop", "product", "user_key"]
