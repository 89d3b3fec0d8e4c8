"""A trial: models are fitted on what was known at a time, and judged by what came then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from ..interactions import Interactions, Ints
from ..models.model import Kind, Model, Params, recommend
from .interval import Interval, interval
from .metrics import Measures, measure

WIDTH = 20


@dataclass(frozen=True)
class Window:
    """What was known, and what came in the days after it."""

    known: Interactions
    users: Ints
    """With something known, and something to find."""
    targets: sp.csr_matrix
    """These users × items: what they took. New to them, unless repeats count."""
    repeats_count: bool

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Per user: the number of events that are known."""
        return np.diff(self.known.starts())[self.users]


def window(data: Interactions, cut: float, days: float, *, repeats_count: bool = False) -> Window:
    """Only items that are on sale at the cut can be found: nobody could recommend others."""
    known = data.before(cut)
    later = data.since(cut).before(cut + days)
    wanted = later.seen()
    if not repeats_count:
        wanted = wanted - wanted.multiply(known.seen())
    wanted = sp.csr_matrix(wanted.multiply(known.on_sale()[None]))
    wanted.eliminate_zeros()
    has_history = np.diff(known.starts()) > 0
    users = np.flatnonzero(has_history & (np.diff(wanted.indptr) > 0)).astype(np.int32)
    return Window(known, users, wanted[users], repeats_count)


def judge(model: Model, view: Window) -> tuple[Measures, Ints]:
    """The measures, and the lists that they are of."""
    lists = recommend(model, view.known, view.users, WIDTH, with_seen=view.repeats_count)
    counts = np.bincount(view.known.items, minlength=view.known.item_count)
    return measure(lists, view.targets, counts, view.known.on_sale()), lists


@dataclass(frozen=True)
class Tuned:
    params: Params
    ndcg: float
    """In the window of validation."""
    tries: int


def tune(kind: Kind, validation: Window, most: int = 6) -> Tuned:
    """The best of the kind's grid, which is not longer than `most`, so that no kind is tuned more than another."""
    if len(kind.grid) > most:
        raise ValueError(f"{kind.name} would be tuned more than others")
    found = [
        (float(judge(kind.fit(validation.known, params), validation)[0].ndcg.mean()), params) for params in kind.grid
    ]
    best = max(range(len(found)), key=lambda at: found[at][0])
    return Tuned(found[best][1], found[best][0], len(found))


STRATA = {"1–4 events": (1, 5), "5–19 events": (5, 20), "20 or more": (20, 10**9)}


@dataclass(frozen=True)
class Result:
    name: str
    params: Params
    measures: Measures
    lists: Ints
    ndcg: Interval
    recall: Interval
    strata: Mapping[str, Interval]
    """NDCG@10 of users by how much is known of them."""


def result(name: str, params: Params, model: Model, view: Window) -> Result:
    measures, lists = judge(model, view)
    sizes = view.sizes
    strata = {label: interval(measures.ndcg[(sizes >= low) & (sizes < high)]) for label, (low, high) in STRATA.items()}
    return Result(name, params, measures, lists, interval(measures.ndcg), interval(measures.recall), strata)


def compare(
    kinds: Sequence[Kind], data: Interactions, cut: float, days: float, *, repeats_count: bool = False
) -> tuple[Window, Mapping[str, Result]]:
    """Tunes each kind on the days before the cut, fits it on what was known at the cut, judges it by the days after."""
    validation = window(data, cut - days, days, repeats_count=repeats_count)
    test = window(data, cut, days, repeats_count=repeats_count)
    results = {}
    for kind in kinds:
        params = tune(kind, validation).params
        results[kind.name] = result(kind.name, params, kind.fit(test.known, params), test)
    return test, results


def difference(better: Result, than: Result) -> Interval:
    """Of NDCG@10, paired by users."""
    return interval(better.measures.ndcg - than.measures.ndcg)
