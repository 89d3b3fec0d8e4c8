"""Chooses a model, judges it beside the one in service, and fits it on all that is known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .dataset import Dataset
from .evaluate.suspicions import Chance, Fitted, suspicions
from .evaluate.trial import Result, difference, result, tune, window
from .gate import Candidate, Champion
from .interactions import Ints
from .models.als import ALS
from .models.kinds import kind
from .models.linear import EASE, ITEM_KNN
from .models.mixture import MIXTURE
from .models.model import Kind, Model, Params, recommend
from .models.popularity import POPULAR, RECENT
from .models.transitions import BLEND

CONTENDERS: tuple[Kind, ...] = (ITEM_KNN, EASE, ALS, BLEND, MIXTURE)
MOST_DAYS = 14.0
"""Of the window by which models are judged."""


@dataclass(frozen=True)
class Trained:
    kind: str
    params: Params
    model: Model
    """Fitted on everything."""
    candidate: Candidate
    results: Sequence[Result]
    """Of the test window: the chosen one first."""


def train(data: Dataset, champion: tuple[str, Params] | None, psi: float = 0.0) -> Trained:
    """
    The best contender, if it is better than the champion; else the champion, on newer events. While there is neither a
    contender that is better than popularity nor a champion that was, or no user at all, a model without lists of users.
    :param champion: kind and parameters of the model in service
    """
    if champion and champion[0] == POPULAR.name:
        champion = None  # it has no lists of users to compare
    if not len(data.acted):
        return _without_users(data, psi, [])
    days = _window_days(data)
    acted = data.acted
    cut = acted.as_of - days
    validation, test = window(acted, cut - days, days), window(acted, cut, days)
    tuned = {one.name: tune(one, validation) for one in CONTENDERS}
    name = max(tuned, key=lambda one: tuned[one].ndcg)
    params = tuned[name].params

    def tried(label: str, of: Kind, with_params: Params) -> Result:
        return result(label, with_params, of.fit(test.known, with_params), test)

    chosen = tried(name, kind(name), params)
    popular = tried(POPULAR.name, POPULAR, {})
    recent = tried(RECENT.name, RECENT, tune(RECENT, validation).params)
    chance = result("chance", {}, Chance(), test)
    former = tried("champion", kind(champion[0]), champion[1]) if champion else None
    tried_too = [former] if former else []
    if champion and former and champion != (name, params) and difference(chosen, former).low <= 0:
        # No better: refit the champion, so that it does not go stale.
        (name, params), chosen, tried_too = champion, former, [chosen]
    over_popular, over_recent = difference(chosen, popular), difference(chosen, recent)
    if champion is None and min(over_popular.low, over_recent.low) <= 0:
        return _without_users(data, psi, [popular, chosen, recent, chance])
    model = kind(name).fit(acted, params)
    users = np.flatnonzero(np.diff(acted.starts())).astype(np.int32)
    lists = recommend(model, acted, users, 10)
    has_list = lists[:, 0] >= 0 if len(lists) else np.ones(0, dtype=bool)
    fitted = Fitted(model, acted.as_of, users[has_list])
    candidate = Candidate(
        over_popular=over_popular,
        over_recent=over_recent,
        coverage=chosen.measures.coverage,
        complete=float(has_list.mean()) if len(users) else 0.0,
        psi=psi,
        suspicions=suspicions(chosen, popular, chance, None, replace(test, known=acted, users=users), fitted),
        champion=_beside(chosen, former, is_same_kind=champion == (name, params)) if former else None,
    )
    return Trained(name, params, model, candidate, [chosen, *tried_too, popular, recent, chance])


def _without_users(data: Dataset, psi: float, results: Sequence[Result]) -> Trained:
    """Of nobody's taste; what products go together, and what is popular, is known all the same."""
    candidate = Candidate(over_popular=None, over_recent=None, psi=psi)
    return Trained(POPULAR.name, {}, POPULAR.fit(data.visits, {}), candidate, results)


def _window_days(data: Dataset) -> float:
    """A quarter of a history that is short."""
    times = data.acted.times
    span = data.as_of - float(times.min()) if len(times) else 0.0
    return min(MOST_DAYS, max(1.0, float(span // 4)))


def _beside(chosen: Result, champion: Result, *, is_same_kind: bool) -> Champion:
    return Champion(
        ndcg=champion.ndcg.mean,
        coverage=champion.measures.coverage,
        difference=difference(chosen, champion),
        strata={
            group: chosen.strata[group].mean / champion.strata[group].mean - 1
            for group in champion.strata
            if champion.strata[group].mean > 0
        },
        overlap=rank_biased_overlap(chosen.lists[:, :10], champion.lists[:, :10]),
        is_same_kind=is_same_kind,
    )


def rank_biased_overlap(lists: Ints, others: Ints, persistence: float = 0.9) -> float:
    """Mean over users: 1 if the lists are the same, 0 if they share nothing. The upper places count most."""
    if not len(lists):
        return 1.0
    width = lists.shape[1]
    weights = persistence ** np.arange(width)
    shared = np.stack(
        [(lists[:, :depth, None] == others[:, None, :depth]).any(2).sum(1) / depth for depth in range(1, width + 1)],
        axis=1,
    )
    return float((shared @ weights / weights.sum()).mean())
