"""Drift, and how alike lists are."""

import numpy as np
import pytest

from shop_ml.drift import psi
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


def test_overlap() -> None:
    one = np.array([[1, 2, 3, 4]], dtype=np.int32)
    assert rank_biased_overlap(one, one) == pytest.approx(1)
    assert rank_biased_overlap(one, one + 10) == 0
    upper, lower = np.array([[1, 2, 8, 9]], np.int32), np.array([[8, 9, 3, 4]], np.int32)
    assert rank_biased_overlap(one, upper) > rank_biased_overlap(one, lower) > 0
