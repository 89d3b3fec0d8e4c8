"""Measures of lists. Each ranks all items; nothing is sampled."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from ..interactions import Ints

PerUser = NDArray[np.float64]


@dataclass(frozen=True)
class Measures:
    ndcg: PerUser
    """NDCG@10 per user."""
    recall: PerUser
    """Recall@20 per user: hits by the number of targets, of which at most 20 count."""
    coverage: float
    """The share of the items on sale that are among anybody's first 10."""
    gini: float
    """Of how often items are among the first 10: 0 if all alike."""
    novelty: float
    """Bits of surprise per item of the first 10: −log2 of its share of events."""
    popularity: float
    """Popularity bias: the mean percentile of the first 10 by the number of events; 1 is the most popular."""
    diversity: float
    """The mean share of two users' first 10 that differ."""


def measure(lists: Ints, targets: sp.csr_matrix, counts: NDArray[np.integer], on_sale: NDArray[np.bool_]) -> Measures:
    """
    :param lists: users × 20 or more, best first, filled up with -1
    :param targets: the same users × items: what they took
    :param counts: per item: events before, for novelty and popularity
    """
    hits = _hits(lists[:, :20], targets)
    discounts = 1 / np.log2(np.arange(2, 12))
    sizes = np.diff(targets.indptr)
    ideal = np.concatenate([[1.0], np.cumsum(discounts)])[np.minimum(sizes, 10)]
    first = lists[:, :10]
    shown = first[first >= 0]
    times_shown = np.sort(np.bincount(shown, minlength=len(counts))[on_sale])
    ranks = np.arange(1, len(times_shown) + 1)
    total = max(1, times_shown.sum())
    percentiles = _percentiles(counts)
    surprise = -np.log2((counts + 1) / (counts.sum() + len(counts)))
    return Measures(
        ndcg=hits[:, :10] @ discounts / ideal,
        recall=hits.sum(1) / np.clip(sizes, 1, 20),
        coverage=float(np.count_nonzero(times_shown) / max(1, len(times_shown))),
        gini=float((2 * ranks - len(ranks) - 1) @ times_shown / (max(1, len(ranks)) * total)),
        novelty=float(surprise[shown].mean()) if len(shown) else 0.0,
        popularity=float(percentiles[shown].mean()) if len(shown) else 0.0,
        diversity=_diversity(first, len(counts)),
    )


def _hits(lists: Ints, targets: sp.csr_matrix) -> NDArray[np.float64]:
    wanted = targets.toarray() > 0
    found = np.take_along_axis(wanted, np.maximum(lists, 0), axis=1) & (lists >= 0)
    return found.astype(np.float64)


def _percentiles(counts: NDArray[np.integer]) -> PerUser:
    order = np.sort(counts)
    return np.searchsorted(order, counts, side="right") / max(1, len(counts))


def _diversity(first: Ints, items: int) -> float:
    """Of all pairs of users, from how often each item is shown."""
    users = len(first)
    if users < 2:
        return 0.0
    shown = np.bincount(first[first >= 0], minlength=items).astype(np.float64)
    shared = (shown * (shown - 1)).sum() / (users * (users - 1))
    return float(1 - shared / first.shape[1])
