"""Which products are recommended: rungs from the most personal to the most general, each filling up what is left."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Literal, TypeAlias

from .catalogue import Catalogue
from .ids import Id
from .model import Model
from .popularity import Popularity
from .shoppers import Deed, Kind, Shopper, latest
from .together import Together

ListName: TypeAlias = Literal["for_you", "similar", "bought_together", "popular", "because_you_viewed", "buy_again"]
Strategy: TypeAlias = Literal[
    "personal_session",
    "session",
    "personal",
    "buy_again",
    "similar",
    "content",
    "bought_together",
    "viewed",
    "popular_in_category",
    "popular",
    "none",
]
Code: TypeAlias = Literal[
    "for_you",
    "viewed",
    "in_cart",
    "bought",
    "similar",
    "bought_together",
    "buy_again",
    "popular",
    "popular_in_category",
    "new",
]

DECAY = 0.8
"""How much less each earlier deed counts than the one after it."""
SESSION_DEEDS = 5
WEIGHTS: dict[Kind, float] = {"viewed": 1.0, "in_cart": 1.5, "bought": 1.0}
PERSONAL_SHARE = 0.5
"""Of the list made beforehand, against a neighbour of the last deed."""
MOST_PER_CATEGORY = 3
NEIGHBOURS = 50
NEW_ITEMS = 20
NEW_FOR_S = 30 * 24 * 3600
LEAST_EXPLORED = 4
"""A shorter list has no place for a new product."""


@dataclass(frozen=True, slots=True)
class Reason:
    code: Code
    product_id: Id | None = None


@dataclass(frozen=True, slots=True)
class Item:
    product_id: Id
    reason: Reason
    propensity: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    list: ListName
    limit: int
    now: float
    """Seconds since the epoch."""
    user_id: Id | None = None
    shopper_id: Id | None = None
    """The user's pseudonym, by which models know them."""
    product_id: Id | None = None
    category: str | None = None
    in_stock: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    strategy: Strategy
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What an answer is made from."""

    catalogue: Catalogue
    popularity: Popularity
    together: Together
    model: Model | None
    shoppers: Sequence[Shopper]
    """The shopper, as user and as session."""


Candidates: TypeAlias = Iterable[tuple[Id, Reason]]
Rung: TypeAlias = tuple[Strategy, Candidates]


def recommend(question: Question, known: Knowledge, random: Random) -> Answer:
    rungs = _RUNGS[question.list](question, known)
    picked = _Picked(question, known)
    strategy: Strategy = "none"
    for name, candidates in rungs:
        if picked.take(candidates) and strategy == "none":
            strategy = name
        if picked.is_full:
            break
    if question.list == "for_you" and picked.is_full and question.limit >= LEAST_EXPLORED:
        picked.explore(random)
    return Answer(strategy, picked.items)


class _Picked:
    """Takes candidates that may be shown, each once."""

    def __init__(self, question: Question, known: Knowledge) -> None:
        self._question = question
        self._catalogue = known.catalogue
        self._left_out = {question.product_id}
        if question.list != "buy_again":
            self._left_out.update(product for shopper in known.shoppers for product in shopper.bought)
        if question.list in ("for_you", "because_you_viewed"):
            self._left_out.update(deed.product_id for shopper in known.shoppers for deed in shopper.deeds)
        self._is_mixed = question.category is None and question.list in ("for_you", "popular")
        self._of_category: dict[str, int] = {}
        self.items: list[Item] = []

    @property
    def is_full(self) -> bool:
        return len(self.items) >= self._question.limit

    def take(self, candidates: Candidates) -> bool:
        """Whether there was one to take."""
        before = len(self.items)
        for product_id, reason in candidates:
            if self.is_full:
                break
            if self._may_have(product_id):
                self._add(Item(product_id, reason))
        return len(self.items) > before

    def explore(self, random: Random) -> None:
        """Gives the last place to a new product, drawn from those that nobody knows yet."""
        last = self._remove_last()
        since = self._question.now - NEW_FOR_S
        fresh = (one for created_at, one in self._catalogue.newest() if created_at >= since)
        eligible = list(islice((one for one in fresh if self._may_have(one)), NEW_ITEMS))
        if eligible:
            last = Item(random.choice(eligible), Reason("new"), 1 / len(eligible))
        self._add(last)

    def _may_have(self, product_id: Id) -> bool:
        question = self._question
        if product_id in self._left_out or not self._catalogue.is_offered(product_id, question.in_stock):
            return False
        category = self._catalogue.category_of(product_id)
        if question.category is not None:
            return category == question.category
        return not self._is_mixed or category is None or self._of_category.get(category, 0) < MOST_PER_CATEGORY

    def _add(self, item: Item) -> None:
        self.items.append(item)
        self._left_out.add(item.product_id)
        category = self._catalogue.category_of(item.product_id)
        if category is not None:
            self._of_category[category] = self._of_category.get(category, 0) + 1

    def _remove_last(self) -> Item:
        item = self.items.pop()
        self._left_out.discard(item.product_id)
        category = self._catalogue.category_of(item.product_id)
        if category is not None:
            self._of_category[category] -= 1
        return item


def _for_you(question: Question, known: Knowledge) -> Iterator[Rung]:
    model = known.model
    own = () if model is None or question.shopper_id is None else model.of_shopper("user", question.shopper_id)
    deeds = latest(known.shoppers, SESSION_DEEDS)
    if own or deeds:
        ranked = list(_blend(question, known, own, deeds))
        followed = bool(deeds) and any(reason.code != "for_you" for _, reason in ranked)
        yield _personal_name(bool(own), followed), ranked
    yield from _general(question, known)


def _personal_name(has_list: bool, has_session: bool) -> Strategy:
    if has_list and has_session:
        return "personal_session"
    return "session" if has_session else "personal"


def _blend(question: Question, known: Knowledge, own: Iterable[tuple[Id, float]], deeds: Sequence[Deed]) -> Candidates:
    """The list made beforehand, lifted by what follows the last deeds; each product with its strongest reason."""
    scores: dict[Id, float] = {}
    strongest: dict[Id, tuple[float, Reason]] = {}
    plain = Reason("for_you")
    for product_id, score in own:
        scores[product_id] = score * PERSONAL_SHARE
        strongest[product_id] = (score * PERSONAL_SHARE, plain)
    for age, deed in enumerate(deeds):
        weight = WEIGHTS[deed.kind] * DECAY**age
        reason = Reason(deed.kind, deed.product_id)
        for product_id, score in _followers(known, deed.product_id, question.now):
            part = weight * score
            scores[product_id] = scores.get(product_id, 0.0) + part
            if product_id not in strongest or strongest[product_id][0] < part:
                strongest[product_id] = (part, reason)
    because = {} if known.model is None or question.shopper_id is None else known.model.reasons_of(question.shopper_id)
    for product_id in sorted(scores, key=lambda one: (-scores[one], one)):
        reason = strongest[product_id][1]
        cause = because.get(product_id) if reason is plain else None
        yield product_id, reason if cause is None else Reason("bought", cause)


def _followers(known: Knowledge, product_id: Id, now: float) -> Iterator[tuple[Id, float]]:
    """What shoppers turn to after this product, with scores from 1 down; by its category, if no model knows it."""
    model = known.model
    if model is not None:
        found = [*model.of_product("next", product_id), *model.of_product("similar", product_id)]
        if found or (found := list(model.of_product("content", product_id))):
            yield from found
            return
    for place, one in enumerate(islice(_like(known, product_id, now), NEIGHBOURS)):
        yield one, 1 / (place + 2)


def _like(known: Knowledge, product_id: Id, now: float) -> Iterator[Id]:
    """Products of the same subcategory, then category, popular ones first in each."""
    catalogue, popularity = known.catalogue, known.popularity
    product = catalogue.product(product_id)
    if product is None:
        return
    top = popularity.top(product.category, now)
    known_well = [one for one in top if (kin := catalogue.product(one)) and kin.subcategory == product.subcategory]
    yield from (one for one in known_well if one != product_id)
    seen = {product_id, *known_well}
    yield from (one for one in catalogue.like(product_id) if one not in seen)


def _similar(question: Question, known: Knowledge) -> Iterator[Rung]:
    product_id = question.product_id
    if product_id is None:
        return
    reason = Reason("similar", product_id)
    if known.model is not None:
        yield "similar", _with(reason, known.model.of_product("similar", product_id))
        yield "content", _with(reason, known.model.of_product("content", product_id))
    yield "content", ((one, reason) for one in _like(known, product_id, question.now))


def _bought_together(question: Question, known: Knowledge) -> Iterator[Rung]:
    product_id = question.product_id
    if product_id is None:
        return
    reason = Reason("bought_together", product_id)
    if known.model is not None:
        yield "bought_together", _with(reason, known.model.of_product("together", product_id))
    yield "bought_together", ((one, reason) for one in known.together.of(product_id))


def _because_you_viewed(question: Question, known: Knowledge) -> Iterator[Rung]:
    anchor = question.product_id or next(
        (deed.product_id for deed in latest(known.shoppers, SESSION_DEEDS) if deed.kind == "viewed"), None
    )
    if anchor is None:
        return
    reason = Reason("viewed", anchor)
    yield "viewed", ((one, reason) for one, _ in _followers(known, anchor, question.now) if one != anchor)


def _buy_again(question: Question, known: Knowledge) -> Iterator[Rung]:
    reason = Reason("buy_again")
    if question.user_id is None:
        return
    if known.model is not None and question.shopper_id is not None:
        yield "buy_again", _with(reason, known.model.of_shopper("buy_again", question.shopper_id))
    orders: dict[Id, int] = {}
    for shopper in known.shoppers:
        for product_id, count in reversed(shopper.bought.items()):
            orders[product_id] = orders.get(product_id, 0) + count
    yield "buy_again", ((one, reason) for one in sorted(orders, key=lambda one: -orders[one]))


def _general(question: Question, known: Knowledge) -> Iterator[Rung]:
    """Popular products, then any."""
    model, popularity, category, now = known.model, known.popularity, question.category, question.now
    if category is not None:
        reason = Reason("popular_in_category")
        if model is not None:
            yield "popular_in_category", _with(reason, model.of_category(category))
        yield "popular_in_category", ((one, reason) for one in popularity.top(category, now))
        yield "popular_in_category", ((one, reason) for one in known.catalogue.in_category(category))
        return
    reason = Reason("popular")
    if model is not None:
        yield "popular", _with(reason, model.popular())
    yield "popular", ((one, reason) for one in popularity.top(None, now))
    yield "popular", ((one, Reason("new")) for _, one in known.catalogue.newest())


def _with(reason: Reason, ranked: Iterable[tuple[Id, float]]) -> Candidates:
    return ((product_id, reason) for product_id, _ in ranked)


_RUNGS = {
    "for_you": _for_you,
    "similar": _similar,
    "bought_together": _bought_together,
    "popular": _general,
    "because_you_viewed": _because_you_viewed,
    "buy_again": _buy_again,
}
