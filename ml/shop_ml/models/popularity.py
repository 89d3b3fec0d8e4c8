"""The same for everybody: what is bought most."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..interactions import Floats, Interactions, Ints
from .model import Arrays, Params


@dataclass(frozen=True)
class Popularity:
    weights: Floats

    def scores(self, history: Interactions, users: Ints) -> Floats:  # noqa: ARG002 - the same for all histories
        return np.tile(self.weights, (len(users), 1))

    def arrays(self) -> Arrays:
        return {"weights": self.weights}


@dataclass(frozen=True)
class PopularityKind:
    """`days`: how far back events count; 0 for all. `debias`: 1 to divide by how much items were pushed."""

    name: str = "popular"
    grid: tuple[Params, ...] = ({"days": 0},)

    def fit(self, data: Interactions, params: Params) -> Popularity:
        days = params.get("days", 0)
        recent = data.since(data.as_of - days) if days else data
        weights = np.bincount(recent.items, minlength=data.item_count).astype(np.float32)
        if params.get("debias") and data.propensities is not None:
            weights /= data.propensities
        return Popularity(weights)

    def load(self, arrays: Arrays) -> Popularity:
        return Popularity(arrays["weights"])


POPULAR = PopularityKind()
RECENT = PopularityKind("recent popular", tuple({"days": days} for days in (3, 7, 14, 28)))
DEBIASED = PopularityKind("debiased popular", ({"days": 0, "debias": 1},))


@dataclass(frozen=True)
class BuyAgain:
    """A user's own frequency, in which an event loses half of its weight in `half_life` days."""

    half_life: float

    def scores(self, history: Interactions, users: Ints) -> Floats:
        weights = 0.5 ** ((history.as_of - history.times) / self.half_life)
        scores = np.zeros((len(users), history.item_count), dtype=np.float64)
        row_of = np.full(history.user_count, -1)
        row_of[users] = np.arange(len(users))
        rows = row_of[history.users]
        chosen = rows >= 0
        np.add.at(scores, (rows[chosen], history.items[chosen]), weights[chosen])
        return scores.astype(np.float32)

    def arrays(self) -> Arrays:
        return {"half_life": np.array(self.half_life)}


@dataclass(frozen=True)
class BuyAgainKind:
    name: ClassVar[str] = "buy again"
    grid: ClassVar[tuple[Params, ...]] = tuple({"half_life": days} for days in (14, 30, 60, 120, 100_000))

    def fit(self, data: Interactions, params: Params) -> BuyAgain:  # noqa: ARG002 - nothing is learnt of others
        return BuyAgain(params["half_life"])

    def load(self, arrays: Arrays) -> BuyAgain:
        return BuyAgain(float(arrays["half_life"]))


BUY_AGAIN = BuyAgainKind()
