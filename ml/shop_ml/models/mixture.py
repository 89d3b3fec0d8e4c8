"""EASE, ALS and transitions as one chance: an event follows the last one, or else the taste."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..interactions import Floats, Interactions, Ints
from .als import ALS, Factors
from .linear import EASE, ItemWeights
from .model import Arrays, Params
from .transitions import TRANSITIONS, Transitions, standard


@dataclass(frozen=True)
class Mixture:
    ease: ItemWeights
    als: Factors
    transitions: Transitions
    sharpness: float
    """How much likelier the better of two items is by taste."""
    share: float
    """Of events that follow the last one."""

    def scores(self, history: Interactions, users: Ints) -> Floats:
        taste = standard(self.ease.scores(history, users)) + standard(self.als.scores(history, users))
        taste = np.exp(np.float32(self.sharpness) * (taste - taste.max(1, keepdims=True)))
        taste /= taste.sum(1, keepdims=True)
        follows = self.transitions.scores(history, users)
        return np.asarray((1 - self.share) * taste + self.share * follows, dtype=np.float32)

    def arrays(self) -> Arrays:
        own = {"sharpness": np.array(self.sharpness), "share": np.array(self.share)}
        return {**self.ease.arrays(), **self.als.arrays(), **self.transitions.arrays(), **own}


@dataclass(frozen=True)
class MixtureKind:
    name: ClassVar[str] = "mixture"
    grid: ClassVar[tuple[Params, ...]] = tuple(
        {"sharpness": sharpness, "share": share} for sharpness in (0.3, 0.4) for share in (0.15, 0.25, 0.4)
    )
    ease: ClassVar[Params] = {"reg": 200}
    als: ClassVar[Params] = {"factors": 64, "alpha": 0.1, "reg": 0.03, "rounds": 10}
    transitions: ClassVar[Params] = {"shrink": 20, "decay": 0}

    def fit(self, data: Interactions, params: Params) -> Mixture:
        return Mixture(
            EASE.fit(data, self.ease),
            ALS.fit(data, self.als),
            TRANSITIONS.fit(data, self.transitions),
            params["sharpness"],
            params["share"],
        )

    def load(self, arrays: Arrays) -> Mixture:
        parts = EASE.load(arrays), ALS.load(arrays), TRANSITIONS.load(arrays)
        return Mixture(*parts, float(arrays["sharpness"]), float(arrays["share"]))


MIXTURE = MixtureKind()
