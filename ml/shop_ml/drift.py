"""The population stability index: how far the shares of today are from those before."""

from collections.abc import Mapping

import numpy as np

WARN, STOP = 0.1, 0.25
"""The usual thresholds. No theory is behind them."""

LEAST = 1e-4


def psi(before: Mapping[str, float], now: Mapping[str, float]) -> float:
    """Of counts by category; 0 if nothing is known of one of them."""
    names = sorted({*before, *now})
    counts = [np.array([one.get(name, 0) for name in names], dtype=float) for one in (before, now)]
    if not all(one.sum() > 0 for one in counts):
        return 0.0
    expected, found = (np.maximum(one / one.sum(), LEAST) for one in counts)
    return float(((found - expected) * np.log(found / expected)).sum())
