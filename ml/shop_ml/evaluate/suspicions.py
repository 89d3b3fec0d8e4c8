"""What is wrong with a result that looks like one. Reasons in words; none if nothing is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..interactions import Interactions, Ints
from ..models.model import Model
from .interval import interval
from .trial import Result, Window

LEAST_COMPLETE = 0.999
MOST_AGE = 1.0
"""Days."""


@dataclass(frozen=True)
class Fitted:
    """A model with what it was made of."""

    model: Model
    as_of: float
    """All events before were known, in days since the epoch."""
    users: Ints
    """Users with a list."""


def suspicions(
    found: Result, popular: Result, random: Result, ceiling: Result | None, view: Window, fitted: Fitted
) -> list[str]:
    """
    :param ceiling: of a simulated world, or None
    """
    return [
        *_of_scores(found, popular, random, ceiling),
        *_of_lists(found, popular),
        *_of_age(fitted, view.known),
        *_of_users(fitted, view.users),
    ]


def _of_scores(found: Result, popular: Result, random: Result, ceiling: Result | None) -> Sequence[str]:
    reasons = []
    ndcg = found.measures.ndcg
    if ceiling is not None and interval(ndcg - ceiling.measures.ndcg).low > 0:
        reasons.append("better than is possible: it knows the future")
    if interval(ndcg - random.measures.ndcg).low <= 0:
        reasons.append("no better than chance: labels or rows are mixed up")
    elif interval(ndcg - popular.measures.ndcg).high < 0:
        reasons.append("worse than popularity: rows may be mixed up, or it is not tuned")
    return reasons


def _of_lists(found: Result, popular: Result) -> Sequence[str]:
    """Popularity without what each user has seen differs from user to user as well: so it is compared with that."""
    if found.name == popular.name:
        return []
    shared = np.mean(
        [
            len(set(mine) & set(other)) / 10
            for mine, other in zip(found.lists[:, :10].tolist(), popular.lists[:, :10].tolist(), strict=True)
        ]
    )
    return ["popularity in disguise: the same lists"] if shared > 0.9 else []


def _of_age(fitted: Fitted, known: Interactions) -> Sequence[str]:
    age = known.as_of - fitted.as_of
    return [f"stale: it lacks the last {age:.0f} days"] if age > MOST_AGE else []


def _of_users(fitted: Fitted, users: Ints) -> Sequence[str]:
    share = float(np.isin(users, fitted.users).mean()) if len(users) else 1.0
    return [f"not complete: {share:.0%} of the active users"] if share < LEAST_COMPLETE else []


class Chance:
    """Scores that mean nothing."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    def scores(self, history: Interactions, users: Ints) -> np.ndarray:
        return np.random.default_rng(self._seed).random((len(users), history.item_count)).astype(np.float32)

    def arrays(self) -> dict[str, np.ndarray]:
        return {}
