"""What all models have in common."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..interactions import Floats, Interactions, Ints, blocks

Params = Mapping[str, float]
Arrays = Mapping[str, NDArray[Any]]

NEVER = np.float32(-np.inf)


class Model(Protocol):
    """Numbers in arrays, and how to score with them."""

    def scores(self, history: Interactions, users: Ints) -> Floats:
        """Users × items. Higher is better; only the order within a row matters. The history need not be the
        one that the model was fitted on."""
        ...

    def arrays(self) -> Arrays:
        """All that the model knows, for `Kind.load`."""
        ...


class Kind(Protocol):
    """A way to make models."""

    @property
    def name(self) -> str: ...

    @property
    def grid(self) -> tuple[Params, ...]:
        """What is tried when it is tuned. Each kind has the same number at most."""
        ...

    def fit(self, data: Interactions, params: Params) -> Model: ...

    def load(self, arrays: Arrays) -> Model: ...


def top(scores: Floats, most: int) -> Ints:
    """The best items of each row, best first; of equal ones the lower row. Filled up with -1 where a score is NEVER."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :most].astype(np.int32)
    order[np.take_along_axis(scores, order, 1) == NEVER] = -1
    return order


def allowed_scores(model: Model, history: Interactions, users: Ints, with_seen: bool) -> Floats:
    """Scores in which what is not on sale, and, unless it is wanted, what the user has had, is NEVER."""
    scores = np.array(model.scores(history, users), dtype=np.float32)
    scores[:, ~history.on_sale()] = NEVER
    if not with_seen:
        scores[history.seen()[users].toarray() > 0] = NEVER
    return scores


def recommend(model: Model, history: Interactions, users: Ints, most: int, *, with_seen: bool = False) -> Ints:
    """Users × most: items, best first, filled up with -1."""
    lists = [top(allowed_scores(model, history, part, with_seen), most) for part in blocks(users)]
    return np.concatenate(lists) if lists else np.empty((0, most), dtype=np.int32)


def save(model: Model, file: Path) -> None:
    np.savez(file, allow_pickle=False, **dict(model.arrays()))


def read_arrays(file: Path) -> Arrays:
    with np.load(file, allow_pickle=False) as found:
        return {name: found[name] for name in found.files}
