"""Whether the shares of today have drifted from those of the days before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

WARN, STOP = 0.1, 0.25
"""The usual thresholds of the PSI. No theory is behind them."""
MOST_CHANCE = 0.001
"""What chance alone brings about no less often than this is no drift: two tests a day are wrong once in 500 days."""
SHUFFLES = 1_999
AT_ONCE = 100

LEAST = 1e-4


@dataclass(frozen=True)
class Drift:
    psi: float
    chance: float
    """How probable at least this PSI is if today is like the days before. 1 where it is too small anyway."""

    @property
    def is_drift(self) -> bool:
        return self.psi > WARN and self.chance <= MOST_CHANCE


def psi(before: Mapping[str, float], now: Mapping[str, float]) -> float:
    """The population stability index, of counts by category; 0 if nothing is known of one of them."""
    names = sorted({*before, *now})
    counts = [np.array([[one.get(name, 0) for name in names]], dtype=np.float64) for one in (before, now)]
    return float(_psi(*counts)[0])


def drift(before: Sequence[Mapping[str, int]], now: Sequence[Mapping[str, int]], seed: int = 1) -> Drift:
    """
    A permutation test: if today is like the days before, it does not matter which visits are today's. Visits are
    shuffled and not events, because what is done in one visit goes together.
    :param before: of each visit of the days before, its events by category
    :param now: the same of today
    """
    names = sorted({name for visit in (*before, *now) for name in visit})
    counts = _counts([*before, *now], {name: column for column, name in enumerate(names)})
    total = np.asarray(counts.sum(0), dtype=np.float64)
    today = np.asarray(counts[len(before) :].sum(0), dtype=np.float64)
    found = float(_psi(total - today, today)[0])
    if found <= WARN:
        return Drift(found, 1.0)
    as_high = sum(int((_psi(total - one, one) >= found - 1e-12).sum()) for one in _shuffled(counts, len(now), seed))
    return Drift(found, (1 + as_high) / (1 + SHUFFLES))


def _shuffled(counts: sp.csr_matrix, size: int, seed: int) -> Iterator[NDArray[np.float64]]:
    """Portions of shuffles: the events by category of as many visits as there are today."""
    random = np.random.default_rng(seed)
    for start in range(0, SHUFFLES, AT_ONCE):
        rows = min(AT_ONCE, SHUFFLES - start)
        visits = np.concatenate(
            [random.choice(counts.shape[0], size, replace=False, shuffle=False) for _ in range(rows)]
        )
        chosen = sp.csr_matrix(
            (np.ones(len(visits)), visits, np.arange(rows + 1) * size), shape=(rows, counts.shape[0])
        )
        yield np.asarray((chosen @ counts).toarray(), dtype=np.float64)


def _counts(visits: Sequence[Mapping[str, int]], column_of: Mapping[str, int]) -> sp.csr_matrix:
    """Visits × categories."""
    values = [count for visit in visits for count in visit.values()]
    columns = [column_of[name] for visit in visits for name in visit]
    starts = np.cumsum([0, *(len(visit) for visit in visits)])
    return sp.csr_matrix((np.array(values, dtype=float), columns, starts), shape=(len(visits), len(column_of)))


def _psi(before: NDArray[np.float64], now: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each row."""
    sums = [one.sum(1, keepdims=True) for one in (before, now)]
    expected, found = (
        np.maximum(one / np.maximum(total, 1), LEAST) for one, total in zip((before, now), sums, strict=True)
    )
    index = ((found - expected) * np.log(found / expected)).sum(1)
    return np.where((sums[0][:, 0] > 0) & (sums[1][:, 0] > 0), index, 0.0)
