"""Drift, and how alike lists are."""

from collections import Counter

import numpy as np
import pytest

from shop_ml.drift import STOP, drift, psi
from shop_ml.train import rank_biased_overlap


def test_the_same_shares_have_not_drifted() -> None:
    assert psi({"view": 900, "order": 100}, {"view": 90, "order": 10}) == pytest.approx(0)


def test_psi_by_hand() -> None:
    expected = (0.7 - 0.5) * np.log(0.7 / 0.5) + (0.3 - 0.5) * np.log(0.3 / 0.5)
    assert psi({"a": 50, "b": 50}, {"a": 70, "b": 30}) == pytest.approx(expected)


def test_what_is_new_has_drifted() -> None:
    assert psi({"a": 100}, {"a": 50, "b": 50}) > 0.25


def test_nothing_known_is_no_drift() -> None:
    assert psi({}, {"a": 1}) == 0


Visits = list[Counter[str]]


def visits(seed: int, count: int, shares: list[float], events: int = 8) -> Visits:
    """Each is about one category, as visits are."""
    random = np.random.default_rng(seed)
    return [Counter({f"C{one}": events}) for one in random.choice(len(shares), count, p=shares)]


ALIKE = [0.3, 0.25, 0.2, 0.15, 0.1]


def test_a_small_shop_whose_days_differ_by_chance_has_no_drift() -> None:
    days = [drift(visits(day, 28 * 8, ALIKE), visits(1_000 + day, 8, ALIKE)) for day in range(60)]
    assert sum(day.psi > STOP for day in days) > 30  # by the threshold alone, every other day would be stopped
    assert not [day for day in days if day.is_drift]


def test_a_small_shop_that_changes_has() -> None:
    found = drift(visits(1, 28 * 8, ALIKE), visits(2, 8, [0, 0, 0, 0, 1.0]))
    assert found.psi > STOP
    assert found.is_drift


def test_visits_are_compared_and_not_their_events() -> None:
    """As if each event were for itself, the same days would be drift."""
    before, now = visits(1, 28 * 8, ALIKE), visits(1_001, 8, ALIKE)
    apart = drift(events_of(before), events_of(now))
    assert drift(before, now).psi == pytest.approx(apart.psi)
    assert not drift(before, now).is_drift
    assert apart.is_drift


def events_of(day: Visits) -> Visits:
    return [Counter({name: 1}) for visit in day for name in visit.elements()]


def test_much_of_a_small_change_is_no_drift() -> None:
    found = drift(visits(1, 20_000, ALIKE), visits(2, 5_000, [0.32, 0.24, 0.19, 0.15, 0.1]))
    assert found.psi < 0.1
    assert found.chance == 1


def test_nothing_before_or_now_is_no_drift() -> None:
    some = visits(1, 10, ALIKE)
    assert not drift([], some).is_drift
    assert not drift(some, []).is_drift
    assert not drift([], []).is_drift


def test_the_same_question_has_the_same_answer() -> None:
    assert drift(visits(1, 50, ALIKE), visits(2, 5, ALIKE)) == drift(visits(1, 50, ALIKE), visits(2, 5, ALIKE))


def test_overlap() -> None:
    one = np.array([[1, 2, 3, 4]], dtype=np.int32)
    assert rank_biased_overlap(one, one) == pytest.approx(1)
    assert rank_biased_overlap(one, one + 10) == 0
    upper, lower = np.array([[1, 2, 8, 9]], np.int32), np.array([[8, 9, 3, 4]], np.int32)
    assert rank_biased_overlap(one, upper) > rank_biased_overlap(one, lower) > 0
