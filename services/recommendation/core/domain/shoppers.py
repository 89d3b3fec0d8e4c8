"""What shoppers have just done, by session and by user."""

from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from .ids import Id

Kind: TypeAlias = Literal["viewed", "in_cart", "bought"]

MOST_DEEDS = 20
MOST_BOUGHT = 200
SESSION_S = 24 * 3600
"""A session without a deed for this long is over."""
USER_S = 400 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Deed:
    kind: Kind
    product_id: Id
    at: float
    """Seconds since the epoch."""


@dataclass(slots=True)
class Shopper:
    deeds: deque[Deed] = field(default_factory=lambda: deque[Deed](maxlen=MOST_DEEDS))
    """Oldest first."""
    bought: dict[Id, int] = field(default_factory=dict[Id, int])
    """Product → orders with it; those bought last are last."""

    @property
    def last_at(self) -> float:
        return self.deeds[-1].at if self.deeds else 0.0


def user_name(user_id: str) -> str:
    return f"user:{user_id}"


def session_name(session: str) -> str:
    return f"session:{session}"


class Shoppers:
    """Bounded: the one that did nothing for longest goes first."""

    def __init__(self, most: int = 200_000) -> None:
        self._most = most
        self._known: OrderedDict[str, Shopper] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, name: str) -> Shopper | None:
        return self._known.get(name)

    def note(self, name: str, deed: Deed) -> None:
        shopper = self._known.get(name)
        if shopper is None:
            shopper = self._known[name] = Shopper()
        self._known.move_to_end(name)
        if shopper.deeds and deed.at < shopper.deeds[-1].at:
            # Events may be late: they take their place, not the end.
            ordered = sorted([*shopper.deeds, deed], key=lambda one: one.at)[-MOST_DEEDS:]
            shopper.deeds = deque(ordered, maxlen=MOST_DEEDS)
        else:
            shopper.deeds.append(deed)
        if deed.kind == "bought":
            shopper.bought[deed.product_id] = shopper.bought.pop(deed.product_id, 0) + 1
            while len(shopper.bought) > MOST_BOUGHT:
                del shopper.bought[next(iter(shopper.bought))]
        while len(self._known) > self._most:
            self._known.popitem(last=False)

    def put(self, name: str, shopper: Shopper) -> None:
        self._known[name] = shopper

    def forget(self, name: str) -> bool:
        return self._known.pop(name, None) is not None


def latest(shoppers: Iterable[Shopper], count: int) -> Sequence[Deed]:
    """The last deeds of all of them together, one for each product, newest first."""
    ordered = sorted((deed for one in shoppers for deed in one.deeds), key=lambda deed: deed.at, reverse=True)
    found: dict[Id, Deed] = {}
    for deed in ordered:
        if deed.product_id not in found:
            found[deed.product_id] = deed
            if len(found) == count:
                break
    return list(found.values())
