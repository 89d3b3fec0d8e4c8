"""The simulated worlds test something, and their ceiling is one."""

from dataclasses import replace

import numpy as np
import pytest

from shop_ml.evaluate.interval import interval
from shop_ml.evaluate.trial import judge, window
from shop_ml.models.popularity import DEBIASED, POPULAR
from shop_ml.simulate.ceiling import Observer, type_chances
from shop_ml.simulate.world import WORLDS, make_world, summary

from .small import CUT, DAYS, small_world


@pytest.mark.parametrize("name", [name for name in WORLDS if name != "habits"])
def test_popularity_reaches_at_most_40_percent_of_the_ceiling(name: str) -> None:
    world = make_world(replace(WORLDS[name], users=1500), seed=7)
    view = window(world.interactions, CUT, DAYS)
    popular, _ = judge(POPULAR.fit(view.known, {}), view)
    ceiling, _ = judge(Observer(world, 14), view)
    assert popular.ndcg.mean() <= 0.4 * ceiling.ndcg.mean()


def test_the_same_seed_makes_the_same_world() -> None:
    one, same = (make_world(small_world().rules, 5).interactions for _ in range(2))
    assert one.items.tobytes() + one.times.tobytes() == same.items.tobytes() + same.times.tobytes()
    other = make_world(small_world().rules, 6).interactions
    assert one.items.tobytes() != other.items.tobytes()


@pytest.mark.parametrize("name", WORLDS)
def test_nothing_is_bought_before_it_is_sold(name: str) -> None:
    world = small_world(name)
    data = world.interactions
    assert (data.times >= world.first_sold[data.items]).all()
    assert len(data) > 10_000


@pytest.mark.parametrize("name", WORLDS)
def test_chances_of_types_are_true(name: str) -> None:
    """Of those that are said to be of a type by 80 %, 80 % are: calibrated, as only the exact posterior is."""
    world = small_world(name)
    known = world.interactions.before(20.0)
    chances = type_chances(world, known)
    assert np.allclose(chances.sum(1), 1)
    if world.rules.fickle:
        return
    likely = chances.max(1)
    is_right = chances.argmax(1) == world.types
    for low, high in ((0.5, 0.8), (0.8, 0.95), (0.95, 1.01)):
        chosen = (likely >= low) & (likely < high)
        if chosen.sum() >= 40:
            expected, spread = likely[chosen].mean(), 3 / np.sqrt(4 * chosen.sum())
            assert abs(is_right[chosen].mean() - expected) < spread


def test_knowing_tastes_is_better_than_seeing_histories() -> None:
    world = small_world()
    view = window(world.interactions, CUT, DAYS)
    by_history, _ = judge(Observer(world, 14), view)
    by_taste, _ = judge(Observer(world, 14, knows_types=True), view)
    assert by_taste.ndcg.mean() > by_history.ndcg.mean() - 0.01


def test_where_the_shop_pushed_items_their_count_misleads() -> None:
    world = make_world(WORLDS["exposure"], seed=7)
    view = window(world.interactions, CUT, DAYS)
    naive, _ = judge(POPULAR.fit(view.known, {}), view)
    debiased, _ = judge(DEBIASED.fit(view.known, {"debias": 1}), view)
    assert interval(debiased.ndcg - naive.ndcg).low > 0


def test_the_world_of_habits_repeats_as_shops_do() -> None:
    assert 0.35 < summary(make_world(WORLDS["habits"], seed=7))["repeats"] < 0.55
