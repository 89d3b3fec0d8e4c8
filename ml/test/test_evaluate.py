"""Measures, windows and intervals, on examples that can be checked by hand."""

import numpy as np
import pytest
import scipy.sparse as sp

from shop_ml.evaluate.interval import interval
from shop_ml.evaluate.metrics import measure
from shop_ml.evaluate.trial import tune, window
from shop_ml.interactions import Interactions
from shop_ml.models.linear import EASE, EaseKind

from .small import CUT, DAYS, small_world


def made(*events: tuple[int, int, float], as_of: float = 10.0, first_sold: list[float] | None = None) -> Interactions:
    users, items, times = (np.array(part) for part in zip(*events, strict=True))
    return Interactions.of(users, items, times.astype(float), 3, 4, as_of, np.array(first_sold or [0.0] * 4))


def test_ndcg_and_recall_by_hand() -> None:
    lists = np.full((2, 20), -1, dtype=np.int32)
    lists[0, :3], lists[1, :2] = [2, 0, 1], [3, 1]
    targets = sp.csr_matrix(np.array([[1, 0, 0, 1], [0, 1, 0, 0]]))
    found = measure(lists, targets, np.array([4, 3, 2, 1]), np.ones(4, dtype=bool))
    second = 1 / np.log2(3)
    assert found.ndcg.tolist() == pytest.approx([second / (1 + second), second])
    assert found.recall.tolist() == [0.5, 1.0]
    assert found.coverage == 1.0


def test_an_empty_place_is_no_hit() -> None:
    found = measure(np.full((1, 20), -1, dtype=np.int32), sp.csr_matrix([[1, 0]]), np.ones(2, int), np.ones(2, bool))
    assert found.ndcg.tolist() == [0.0]


def test_a_window_asks_for_what_is_new_to_the_user_and_on_sale() -> None:
    data = made((0, 0, 1), (0, 0, 6), (0, 1, 7), (0, 3, 7), (1, 2, 8), (2, 1, 2), (2, 1, 9), first_sold=[0, 0, 0, 6])
    view = window(data, 5.0, 5.0)
    assert view.users.tolist() == [0]  # 1 has no history, 2 repeats itself
    assert view.targets.toarray().tolist() == [[1 * 0, 1, 0, 0]]
    repeats = window(data, 5.0, 5.0, repeats_count=True)
    assert repeats.users.tolist() == [0, 2]
    assert repeats.targets.toarray().tolist() == [[1, 1, 0, 0], [0, 1, 0, 0]]


def test_a_window_knows_nothing_of_its_future() -> None:
    view = window(small_world().interactions, CUT, DAYS)
    assert view.known.times.max() < CUT
    assert view.known.as_of == CUT


def test_an_interval_has_its_mean_and_covers_it_about_95_times_in_100() -> None:
    random = np.random.default_rng(0)
    covered = sum((one := interval(random.normal(1, 1, 200), 400, seed)).low <= 1 <= one.high for seed in range(100))
    assert 88 <= covered <= 100


def test_nobody_is_tuned_by_a_larger_budget() -> None:
    class Greedy(EaseKind):
        grid = tuple({"reg": float(reg)} for reg in range(1, 9))

    with pytest.raises(ValueError, match="tuned more"):
        tune(Greedy(), window(small_world().interactions, CUT, DAYS))


def test_tuning_takes_the_best_of_validation() -> None:
    tuned = tune(EASE, window(small_world().interactions, CUT - DAYS, DAYS))
    assert tuned.params in EASE.grid
    assert tuned.tries == len(EASE.grid)
