"""EASE and ALS are as good as irspack's, on MovieLens 100k with users held out."""

from functools import cache

import numpy as np
import pytest
import scipy.sparse as sp

from shop_ml.evaluate.metrics import measure
from shop_ml.interactions import Interactions
from shop_ml.models.als import ALS
from shop_ml.models.linear import EASE
from shop_ml.models.model import Model, top
from shop_ml.real.ml100k import likes

pytestmark = pytest.mark.filterwarnings("ignore")


@cache
def fold() -> tuple[sp.csr_matrix, sp.csr_matrix, sp.csr_matrix]:
    """Users to learn from; 80 % of what a fifth likes; the rest of it."""
    matrix = likes()
    random = np.random.default_rng(0)
    held = np.sort(random.permutation(matrix.shape[0])[::5])
    kept = matrix[held].tolil()
    for row in range(len(held)):
        films = matrix[held[row]].indices
        for film in random.permutation(films)[: max(1, len(films) // 5)]:
            kept[row, film] = 0
    shown = sp.csr_matrix(kept)
    shown.eliminate_zeros()
    return matrix[np.setdiff1d(np.arange(matrix.shape[0]), held)], shown, sp.csr_matrix(matrix[held] - shown)


def interactions(matrix: sp.csr_matrix) -> Interactions:
    users, items = matrix.nonzero()
    return Interactions.of(users, items, np.zeros(len(users)), *matrix.shape, 1.0)


def ndcg(scores: np.ndarray) -> float:
    learnt, shown, hidden = fold()
    scores = np.array(scores, dtype=np.float32)
    scores[shown.toarray() > 0] = -np.inf
    hidden.eliminate_zeros()
    counts = np.asarray(learnt.sum(0)).ravel().astype(int)
    return float(measure(top(scores, 20), hidden, counts, np.ones(len(counts), bool)).ndcg.mean())


def own(model: Model) -> np.ndarray:
    shown = interactions(fold()[1])
    return model.scores(shown, np.arange(shown.user_count, dtype=np.int32))


def test_ease() -> None:
    from irspack import DenseSLIMRecommender

    learnt, shown, _ = fold()
    theirs = DenseSLIMRecommender(learnt.astype(np.float64), reg=300.0)
    theirs.learn()
    found = ndcg(own(EASE.fit(interactions(learnt), {"reg": 300})))
    assert found == pytest.approx(ndcg(theirs.get_score_cold_user(shown)), abs=1e-4)
    assert found > 0.25


def test_als() -> None:
    from irspack import IALSRecommender

    learnt, shown, _ = fold()
    theirs = IALSRecommender(
        learnt.astype(np.float64), n_components=64, alpha0=0.2, reg=0.02, train_epochs=16, n_threads=1
    )
    theirs.learn()
    found = ndcg(own(ALS.fit(interactions(learnt), {"factors": 64, "alpha": 0.2, "reg": 0.02, "rounds": 16})))
    assert found >= 0.97 * ndcg(theirs.get_score_cold_user(shown))
