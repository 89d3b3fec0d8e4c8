"""Models that multiply a history with items × items: ItemKNN and EASE."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ..interactions import Floats, Interactions, Ints
from .model import Arrays, Params

MOST_ITEMS = 10_000
"""An inverse of more takes minutes and gigabytes."""


@dataclass(frozen=True)
class ItemWeights:
    weights: Floats
    """Items × items: row of the history, column of the recommendation; the diagonal is 0."""

    def scores(self, history: Interactions, users: Ints) -> Floats:
        found: Floats = history.seen()[users] @ self.weights
        return found

    def arrays(self) -> Arrays:
        return {"weights": self.weights}


def _together(data: Interactions) -> NDArray[np.float64]:
    """Items × items: the number of users with both."""
    if data.item_count > MOST_ITEMS:
        raise ValueError(f"{data.item_count} items: at most {MOST_ITEMS} fit")
    seen = data.seen()
    return np.asarray((seen.T @ seen).toarray(), dtype=np.float64)


@dataclass(frozen=True)
class ItemKnnKind:
    """The cosine of items with `shrink`, of the `k` nearest."""

    name: ClassVar[str] = "ItemKNN"
    grid: ClassVar[tuple[Params, ...]] = tuple({"k": k, "shrink": shrink} for k in (50, 100, 200) for shrink in (5, 20))

    def fit(self, data: Interactions, params: Params) -> ItemWeights:
        both = _together(data)
        norms = np.sqrt(np.diag(both))
        weights = both / (np.outer(norms, norms) + params["shrink"])
        np.fill_diagonal(weights, 0)
        nearest = int(params["k"])
        if nearest < len(weights):
            least = -np.partition(-weights, nearest, axis=1)[:, nearest][:, None]
            weights[weights < least] = 0
        return ItemWeights(weights.astype(np.float32))

    def load(self, arrays: Arrays) -> ItemWeights:
        return ItemWeights(arrays["weights"])


@dataclass(frozen=True)
class EaseKind:
    """Steck, Embarrassingly Shallow Autoencoders (2019): ridge regression of each item on the others."""

    name: ClassVar[str] = "EASE"
    grid: ClassVar[tuple[Params, ...]] = tuple({"reg": reg} for reg in (30, 100, 200, 300, 600, 1200))

    def fit(self, data: Interactions, params: Params) -> ItemWeights:
        both = _together(data)
        both[np.diag_indices_from(both)] += params["reg"]
        inverse = np.linalg.inv(both)
        weights = -inverse / np.diag(inverse)[None]
        np.fill_diagonal(weights, 0)
        return ItemWeights(weights.astype(np.float32))

    def load(self, arrays: Arrays) -> ItemWeights:
        return ItemWeights(arrays["weights"])


ITEM_KNN = ItemKnnKind()
EASE = EaseKind()
