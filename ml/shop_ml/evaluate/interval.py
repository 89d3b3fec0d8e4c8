"""Bootstrap over users."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Interval:
    """A mean with its 95 % interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.4f} [{self.low:.4f}, {self.high:.4f}]"


def interval(values: NDArray[np.float64], draws: int = 2000, seed: int = 1) -> Interval:
    """Of values per user. For the difference of two models give the differences, user by user: it is paired then."""
    if len(values) == 0:
        return Interval(0.0, 0.0, 0.0)
    random = np.random.default_rng(seed)
    means = np.empty(draws)
    for start in range(0, draws, 100):
        chosen = random.integers(0, len(values), (min(100, draws - start), len(values)))
        means[start : start + 100] = values[chosen].mean(1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(values.mean()), float(low), float(high))
