"""Planted defects are found, and nothing is found where there are none."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from shop_ml.evaluate.suspicions import Chance, Fitted, suspicions
from shop_ml.evaluate.trial import Result, Window, result, window
from shop_ml.interactions import Floats, Interactions, Ints
from shop_ml.models.linear import EASE
from shop_ml.models.model import Model
from shop_ml.models.popularity import POPULAR
from shop_ml.simulate.ceiling import Observer

from .small import CUT, DAYS, small_world

PARAMS = {"reg": 100.0}


class Changed:
    """Another model, with a defect."""

    def __init__(self, model: Model, change: Callable[[Floats, Ints], Floats]) -> None:
        self._model = model
        self._change = change

    def scores(self, history: Interactions, users: Ints) -> Floats:
        return self._change(self._model.scores(history, users), users)

    def arrays(self) -> dict[str, np.ndarray]:
        return {}


@cache
def view() -> Window:
    return window(small_world().interactions, CUT, DAYS)


@cache
def marks() -> tuple[Result, Result, Result]:
    popular = POPULAR.fit(view().known, {})
    return (
        result("popular", {}, popular, view()),
        result("random", {}, Chance(), view()),
        result("ceiling", {}, Observer(small_world(), 14), view()),
    )


@cache
def ease() -> Model:
    return EASE.fit(view().known, PARAMS)


def everybody() -> Ints:
    return np.arange(600, dtype=np.int32)


def found(model: Model, as_of: float = CUT, users: Ints | None = None) -> str:
    popular, random, ceiling = marks()
    fitted = Fitted(model, as_of, everybody() if users is None else users)
    return "; ".join(suspicions(result("one", {}, model, view()), popular, random, ceiling, view(), fitted))


def test_an_honest_model_is_not_suspected() -> None:
    assert found(ease()) == ""


def test_a_leak_of_the_future() -> None:
    data = small_world().interactions
    later = data.since(CUT).before(CUT + DAYS).seen().toarray().astype(np.float32)
    peeking = Changed(ease(), lambda scores, users: scores + np.float32(0.3) * later[users])
    assert "knows the future" in found(peeking)


def test_shuffled_labels() -> None:
    known = view().known
    shuffled = np.random.default_rng(0).permutation(known.items)
    mixed = Interactions.of(known.users, shuffled, known.times, 600, 150, CUT, known.first_sold)
    order = np.random.default_rng(1).permutation(150)
    assert "mixed up" in found(Changed(EASE.fit(mixed, PARAMS), lambda scores, _: scores[:, order]))


def test_rows_that_are_off_by_one() -> None:
    assert "mixed up" in found(Changed(ease(), lambda scores, _: np.roll(scores, 1, axis=1)))


def test_popularity_in_disguise() -> None:
    popular = POPULAR.fit(view().known, {})
    assert "in disguise" in found(Changed(popular, lambda scores, _: np.sqrt(scores) + 1))


def test_a_stale_model() -> None:
    assert "stale: it lacks the last 30 days" in found(EASE.fit(view().known.before(CUT - 30), PARAMS), as_of=CUT - 30)


def test_half_of_the_users_missing() -> None:
    assert "not complete" in found(ease(), users=everybody()[::2])


@pytest.mark.parametrize("seed", range(5))
def test_chance_is_recognized(seed: int) -> None:
    assert "no better than chance" in found(Chance(seed + 1))
