"""What follows what: the last items decide."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..interactions import Floats, Interactions, Ints
from .linear import EASE, ItemWeights
from .model import Arrays, Params

LAST = 5
"""Events of a user that are looked at."""


@dataclass(frozen=True)
class Transitions:
    follows: Floats
    """Items × items: the share of the column in what follows the row, pulled towards 0 where little is known."""
    decay: float
    """What the event before the last counts for, and so on."""

    def scores(self, history: Interactions, users: Ints) -> Floats:
        last = history.last_items(LAST)[users]
        scores = np.zeros((len(users), len(self.follows)), dtype=np.float32)
        for back in range(LAST):
            known = last[:, back] >= 0
            scores[known] += self.decay**back * self.follows[last[known, back]]
        return scores

    def arrays(self) -> Arrays:
        return {"follows": self.follows, "decay": np.array(self.decay)}


@dataclass(frozen=True)
class TransitionsKind:
    name: ClassVar[str] = "transitions"
    grid: ClassVar[tuple[Params, ...]] = tuple(
        {"shrink": shrink, "decay": decay} for shrink in (5, 20) for decay in (0, 0.4, 0.8)
    )

    def fit(self, data: Interactions, params: Params) -> Transitions:
        same = data.users[:-1] == data.users[1:]
        follows = np.zeros((data.item_count, data.item_count), dtype=np.float32)
        np.add.at(follows, (data.items[:-1][same], data.items[1:][same]), 1)
        follows /= follows.sum(1, keepdims=True) + np.float32(params["shrink"])
        return Transitions(follows, params["decay"])

    def load(self, arrays: Arrays) -> Transitions:
        return Transitions(arrays["follows"], float(arrays["decay"]))


def standard(scores: Floats) -> Floats:
    """Each row with mean 0 and spread 1."""
    spread = scores.std(1, keepdims=True) + np.float32(1e-9)
    found: Floats = (scores - scores.mean(1, keepdims=True)) / spread
    return found


@dataclass(frozen=True)
class Blend:
    """The long term by EASE, the short term by transitions."""

    taste: ItemWeights
    transitions: Transitions
    share: float

    def scores(self, history: Interactions, users: Ints) -> Floats:
        follows = standard(self.transitions.scores(history, users))
        return standard(self.taste.scores(history, users)) + np.float32(self.share) * follows

    def arrays(self) -> Arrays:
        return {**self.taste.arrays(), **self.transitions.arrays(), "share": np.array(self.share)}


@dataclass(frozen=True)
class BlendKind:
    name: ClassVar[str] = "blend"
    grid: ClassVar[tuple[Params, ...]] = tuple(
        {"reg": reg, "shrink": 20, "decay": decay, "share": share}
        for reg, decay in ((200, 0), (300, 0.3))
        for share in (0.2, 0.4, 0.8)
    )

    def fit(self, data: Interactions, params: Params) -> Blend:
        return Blend(EASE.fit(data, params), TRANSITIONS.fit(data, params), params["share"])

    def load(self, arrays: Arrays) -> Blend:
        return Blend(EASE.load(arrays), TRANSITIONS.load(arrays), float(arrays["share"]))


TRANSITIONS = TransitionsKind()
BLEND = BlendKind()
