"""The best that is possible: an observer who knows the world, but of a shopper the history only."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from ..interactions import Floats, Interactions, Ints
from .world import Chances, World

MOST_EVENTS = 12


def type_chances(world: World, history: Interactions) -> Chances:
    """Users × types: the exact chances of each user's type after the history (Bayes)."""
    rules = world.rules
    by_taste = _taste_chances(world, history)
    starts = history.starts()
    counts = np.diff(starts)
    chances = np.tile(world.type_shares, (history.user_count, 1))
    for step in range(int(counts.max(initial=0))):
        users = np.flatnonzero(counts > step)
        now = starts[users] + step
        if step > 0 and rules.fickle:
            chances[users] = (1 - rules.fickle) * chances[users] + rules.fickle * world.type_shares
        likely = by_taste[now]
        if step > 0:
            likely = _with_last(world, history, now, starts[users], likely)
        chances[users] *= likely + 1e-300
        chances[users] /= chances[users].sum(1, keepdims=True)
    return chances


def _taste_chances(world: World, history: Interactions) -> Chances:
    """Events × types: the chance of the item by taste or crowd."""
    rules = world.rules
    days = history.times.astype(int)
    found = np.empty((len(history), rules.types))
    for day in np.unique(days):
        today = np.flatnonzero(days == day)
        offered, items = world.offered[day], history.items[today]
        tastes = world.tastes[:, items] / (world.tastes @ offered)[:, None]
        crowd = world.crowd[items] / (world.crowd @ offered)
        found[today] = (offered[items] * ((1 - rules.crowd) * tastes + rules.crowd * crowd)).T
    return found


def _with_last(
    world: World, history: Interactions, now: NDArray[np.int64], starts: NDArray[np.int64], by_taste: Chances
) -> Chances:
    """Adds what an event owes to the one before it, and to the user's habit."""
    rules = world.rules
    likely = by_taste
    if rules.complement:
        near = world.complements[history.items[now - 1]]
        offered = world.offered[history.times[now].astype(int)][np.arange(len(now))[:, None], near]
        total = offered.sum(1)
        follows = (offered * (near == history.items[now][:, None])).sum(1) / np.where(total > 0, total, 1)
        share = np.where(total > 0, rules.complement, 0)[:, None]
        likely = share * follows[:, None] + (1 - share) * likely
    if rules.habit:
        again = np.array(
            [np.mean(history.items[start:at] == history.items[at]) for start, at in zip(starts, now, strict=True)]
        )
        likely = rules.habit * again[:, None] + (1 - rules.habit) * likely
    return likely


class Observer:
    """A model that need not be fitted: it scores items by how often it expects the user to take them in the days after.
    It is the ceiling of all models that learn; with `knows_types`, of those that could ask for tastes."""

    def __init__(self, world: World, days: int, *, knows_types: bool = False) -> None:
        self._world = world
        self._days = days
        self._knows = knows_types

    def scores(self, history: Interactions, users: Ints) -> Floats:
        world, rules = self._world, self._world.rules
        chances = np.eye(rules.types)[world.types] if self._knows else type_chances(world, history)
        chances = chances[users]
        first = int(history.as_of)
        offered = world.offered[first : first + self._days].mean(0) * history.on_sale()
        tastes = world.tastes * offered
        tastes /= tastes.sum(1, keepdims=True)
        crowd = world.crowd * offered
        crowd /= crowd.sum()
        follows = _follows(world, offered)
        # How many events to expect, from the user's own rate.
        rate = np.diff(history.starts())[users] / history.as_of * self._days
        events = np.clip(np.round(rate), 1, MOST_EVENTS)
        last = history.last_items(1)[users, 0]
        step = np.zeros((len(users), rules.items))
        known = last >= 0
        step[known] = np.asarray(follows[last[known]].toarray())
        expected = np.zeros((len(users), rules.items))
        for number in range(int(events.max(initial=0))):
            base = (1 - rules.crowd) * chances @ tastes + rules.crowd * crowd
            step = rules.complement * step + (1 - rules.complement) * base
            expected += (1 - rules.habit) * step * (number < events)[:, None]
            step = np.asarray((follows.T @ step.T).T)
            chances = (1 - rules.fickle) * chances + rules.fickle * world.type_shares
        return expected.astype(np.float32)

    def arrays(self) -> dict[str, np.ndarray]:
        return {}


def _follows(world: World, offered: Chances) -> sp.csr_matrix:
    """Items × items: the chances of complements."""
    count, width = world.complements.shape
    weights = offered[world.complements]
    weights /= np.maximum(weights.sum(1, keepdims=True), 1e-12)
    rows = np.repeat(np.arange(count), width)
    return sp.csr_matrix((weights.ravel(), (rows, world.complements.ravel())), shape=(count, count))
