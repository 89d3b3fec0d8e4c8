"""A world: who likes what, what goes with what, and what can be bought when."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..interactions import Interactions, Ints

Chances = NDArray[np.float64]


@dataclass(frozen=True)
class Rules:
    """How a world is made. An event follows an earlier one of the same shopper (by the chance `habit`), else a
    complement of the last item (`complement`), else the crowd (`crowd`), else the taste of the shopper's type."""

    users: int = 6000
    items: int = 1500
    types: int = 24
    """Finite, so that what can be known of a shopper's type is exact."""
    days: int = 90
    events: float = 25.0
    """Of a shopper, on average."""
    sharpness: float = 7.0
    popularity: float = 0.6
    crowd: float = 0.15
    complement: float = 0.0
    habit: float = 0.0
    fickle: float = 0.0
    """The chance that a shopper has another type at the next event."""
    season: float = 0.0
    """0 to 1: how much less of an item is bought out of its season."""
    new_items: float = 0.1
    exposure_until: int = 0
    """Before that day shoppers see what the shop pushes; from then on all items alike."""


WORLDS = {
    "tastes": Rules(),
    "complements": Rules(complement=0.25),
    "seasons": Rules(complement=0.25, fickle=0.01, season=0.6),
    "exposure": Rules(exposure_until=76),
    "habits": Rules(complement=0.25, habit=0.4),
}


@dataclass(frozen=True)
class World:
    rules: Rules
    tastes: Chances
    """Types × items: chances by taste alone."""
    type_shares: Chances
    crowd: Chances
    """Items: chances with the crowd."""
    offered: Chances
    """Days × items, 0 to 1: the factor of all chances on that day. 0 before an item is sold."""
    complements: Ints
    """Items × any."""
    first_sold: NDArray[np.float64]
    pushed: NDArray[np.float32] | None
    """Items: what the shop pushes, relative; None if it pushes nothing."""
    content: NDArray[np.float32]
    """Items × any: what texts tell of an item, with noise."""
    types: Ints
    """Of users at their first event. No model sees it."""
    interactions: Interactions


def make_world(rules: Rules, seed: int) -> World:
    """The same for the same rules and seed."""
    random = np.random.default_rng(seed)
    features = _directions(random, rules.items)
    sizes = -0.9 * np.log(1 + random.permutation(rules.items))
    logits = rules.sharpness * (_directions(random, rules.types) @ features.T) + rules.popularity * sizes
    tastes = np.exp(logits - logits.max(1, keepdims=True))
    tastes /= tastes.sum(1, keepdims=True)
    is_new = random.random(rules.items) < rules.new_items
    first_sold = np.where(is_new, random.integers(rules.days * 2 // 9, rules.days, rules.items), 0).astype(np.float64)
    # Another space, so that what is alike and what goes together differ.
    space = random.normal(size=(rules.items, features.shape[1]))
    complements = np.argsort(-(space @ space.T) + 1e9 * np.eye(rules.items), axis=1)[:, :8].astype(np.int32)
    shares = random.dirichlet(np.full(rules.types, 3.0))
    types = random.choice(rules.types, rules.users, p=shares).astype(np.int32)
    crowd = shares @ tastes
    pushed = (0.03 + 0.97 * random.random(rules.items) ** 4).astype(np.float32) if rules.exposure_until else None
    offered = _offered(rules, first_sold, pushed, random.random(rules.items))
    users, days = _visits(rules, random)
    items = _choices(rules, random, users, days, types, shares, tastes, crowd, offered, complements)
    times = days + random.random(len(days))
    # Within a day the order of the draws is the order of the events.
    same_day = np.lexsort((times, days, users))
    interactions = Interactions.of(
        users, items, times[same_day], rules.users, rules.items, float(rules.days), first_sold, pushed
    )
    content = (features + 0.35 * random.normal(size=features.shape)).astype(np.float32)
    return World(rules, tastes, shares, crowd, offered, complements, first_sold, pushed, content, types, interactions)


def _directions(random: np.random.Generator, count: int) -> Chances:
    found = random.normal(size=(count, 16))
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found


def _offered(rules: Rules, first_sold: Chances, pushed: NDArray[np.float32] | None, phases: Chances) -> Chances:
    days = np.arange(rules.days)[:, None]
    offered = (first_sold[None] <= days).astype(np.float64)
    offered *= 1 - rules.season * (0.5 + 0.5 * np.cos(2 * np.pi * (days / rules.days - phases[None])))
    if pushed is not None:
        offered[: rules.exposure_until] *= pushed
    return offered


def _visits(rules: Rules, random: np.random.Generator) -> tuple[Ints, NDArray[np.int64]]:
    """The user and the day of each event."""
    counts = np.maximum(2, random.lognormal(np.log(rules.events) - 0.32, 0.8, rules.users)).astype(int)
    users = np.repeat(np.arange(rules.users, dtype=np.int32), counts)
    days = random.integers(0, rules.days, len(users))
    order = np.lexsort((days, users))
    return users, days[order]


def _choices(
    rules: Rules,
    random: np.random.Generator,
    users: Ints,
    days: NDArray[np.int64],
    first_types: Ints,
    shares: Chances,
    tastes: Chances,
    crowd: Chances,
    offered: Chances,
    complements: Ints,
) -> Ints:
    starts = np.searchsorted(users, np.arange(rules.users + 1))
    types = first_types[users]
    changes = random.random(len(users)) < rules.fickle
    drawn = random.choice(rules.types, len(users), p=shares)
    for at in np.flatnonzero(changes):
        types[at : starts[users[at] + 1]] = drawn[at]
    branch = random.random((len(users), 3))
    types = np.where(branch[:, 2] < rules.crowd, rules.types, types)
    items = np.empty(len(users), dtype=np.int32)
    draws = random.random((len(users), 2))
    both = np.vstack([tastes, crowd])
    for day in range(rules.days):
        today = np.flatnonzero(days == day)
        sums = np.cumsum(both * offered[day], axis=1)
        for one in np.unique(types[today]):
            chosen = today[types[today] == one]
            items[chosen] = np.searchsorted(sums[one], draws[chosen, 0] * sums[one, -1], side="right")
    if rules.complement == 0 and rules.habit == 0:
        return items
    place = np.arange(len(users)) - starts[users]
    for step in range(1, int(place.max()) + 1):
        now = np.flatnonzero(place == step)
        near = complements[items[now - 1]]
        sums = np.cumsum(offered[days[now]][np.arange(len(now))[:, None], near], axis=1)
        follows = (branch[now, 1] < rules.complement) & (sums[:, -1] > 0)
        which = (sums <= draws[now, 1:] * sums[:, -1:]).sum(1)
        items[now[follows]] = near[follows, which[follows]]
        again = branch[now, 0] < rules.habit
        before = starts[users[now]] + (draws[now, 1] * step).astype(int)
        items[now[again]] = items[before[again]]
    return items


def summary(world: World) -> dict[str, Any]:
    """Marginals, to be compared with those of shops."""
    data = world.interactions
    sold = np.sort(np.bincount(data.items, minlength=data.item_count))
    ranks = np.arange(1, len(sold) + 1)
    return {
        "events": len(data),
        "events_per_user": round(len(data) / data.user_count, 1),
        "gini": round(float((2 * ranks - len(sold) - 1) @ sold / (len(sold) * sold.sum())), 3),
        "repeats": round(1 - data.seen().nnz / len(data), 3),
    }
