"""Implicit alternating least squares, as tuned by Rendle et al., Revisiting the Performance of iALS (2021)."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import scipy.sparse as sp

from ..interactions import Floats, Interactions, Ints
from .model import Arrays, Params

STEP = 256
"""Rows whose systems are solved at once."""


def _solve(seen: sp.csr_matrix, factors: Floats, alpha: float, reg: float) -> Floats:
    """Rows × factors: the best answer to fixed factors of the other side. Where nothing was seen, zeros."""
    size = factors.shape[1]
    unseen = alpha * (factors.T @ factors)
    counts = np.diff(seen.indptr)
    found = np.zeros((seen.shape[0], size), dtype=np.float32)
    busy = np.flatnonzero(counts)
    busy = busy[np.argsort(counts[busy], kind="stable")]
    for start in range(0, len(busy), STEP):
        rows = busy[start : start + STEP]
        width = int(counts[rows].max())
        at = np.arange(width)[None]
        is_seen = at < counts[rows][:, None]
        of_row = np.where(is_seen, np.minimum(seen.indptr[rows][:, None] + at, len(seen.indices) - 1), 0)
        near = factors[seen.indices[of_row]] * is_seen[..., None]
        left = unseen + np.einsum("rij,rik->rjk", near, near, optimize=True)
        strength = reg * (counts[rows] + alpha * len(factors))
        left[:, np.arange(size), np.arange(size)] += strength[:, None]
        found[rows] = np.linalg.solve(left, near.sum(1)[..., None])[..., 0]
    return found


@dataclass(frozen=True)
class Factors:
    items: Floats
    alpha: float
    reg: float

    def scores(self, history: Interactions, users: Ints) -> Floats:
        """Solves for the users of the history, so a user who is new is like any other."""
        found: Floats = _solve(history.seen()[users], self.items, self.alpha, self.reg) @ self.items.T
        return found

    def arrays(self) -> Arrays:
        return {"items": self.items, "alpha": np.array(self.alpha), "reg": np.array(self.reg)}


@dataclass(frozen=True)
class AlsKind:
    """`alpha` weighs what was not seen; `reg` grows with what was."""

    name: ClassVar[str] = "ALS"
    grid: ClassVar[tuple[Params, ...]] = tuple(
        {"factors": 64, "alpha": alpha, "reg": reg, "rounds": 10} for alpha in (0.1, 0.3) for reg in (0.01, 0.03, 0.1)
    )

    def fit(self, data: Interactions, params: Params) -> Factors:
        seen = data.seen()
        by_item = seen.T.tocsr()
        size, alpha, reg = int(params["factors"]), params["alpha"], params["reg"]
        random = np.random.default_rng(int(params.get("seed", 0)))
        items = (random.normal(size=(data.item_count, size)) * 0.1 / np.sqrt(size)).astype(np.float32)
        for _ in range(int(params["rounds"])):
            users = _solve(seen, items, alpha, reg)
            items = _solve(by_item, users, alpha, reg)
        return Factors(items, alpha, reg)

    def load(self, arrays: Arrays) -> Factors:
        return Factors(arrays["items"], float(arrays["alpha"]), float(arrays["reg"]))


ALS = AlsKind()
