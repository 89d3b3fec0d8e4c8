"""Whether a candidate may replace the model in service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .evaluate.interval import Interval

MOST_LOSS = 0.02
"""Of the champion's NDCG@10: what a newer fit of the same kind may lose at worst, by its interval."""
LEAST_COVERAGE = 0.8
"""Of the champion's."""
MOST_STRATUM_LOSS = 0.05
LEAST_COMPLETE = 0.999
LEAST_OVERLAP = 0.3
"""Rank-biased overlap with the champion's lists: a list that changes all at once is looked at by a human."""
MOST_PSI = 0.25
MOST_LATENCY_MS = 5.0
"""An answer has 20 ms, with HTTP and with others before it."""


@dataclass(frozen=True)
class Champion:
    """The model in service, refitted on the candidate's data."""

    ndcg: float
    coverage: float
    difference: Interval
    """NDCG@10 of the candidate minus the champion's, paired by users."""
    strata: Mapping[str, float]
    """By group of users: the relative change of NDCG@10."""
    overlap: float
    is_same_kind: bool
    """With the same parameters: the candidate only knows newer events."""


@dataclass(frozen=True)
class Candidate:
    over_popular: Interval | None
    """NDCG@10 minus that of popularity, paired by users. None of a model without lists of users."""
    over_recent: Interval | None
    coverage: float = 0.0
    complete: float = 0.0
    """The share of active shoppers with a list."""
    dead_products: int = 0
    """In lists, but no longer sold."""
    psi: float = 0.0
    """Drift of the inputs: the highest of all."""
    latency_ms: float | None = None
    """p99 of the CPU time of answers from this model, without HTTP; None if it was not measured."""
    failed_checks: Sequence[str] = ()
    suspicions: Sequence[str] = ()
    champion: Champion | None = None
    is_older: bool = False
    """It knows less than the champion: a day that is run again does not bring an old model back."""
    approved: bool = False
    """By a person, who has seen what has drifted, or how much the lists change. Nothing else is overruled by it."""


@dataclass(frozen=True)
class Verdict:
    reasons: Sequence[str] = ()
    """Against it."""
    overruled: Sequence[str] = ()
    """Those that a person has overruled."""

    @property
    def is_promoted(self) -> bool:
        return not self.reasons


def decide(candidate: Candidate) -> Verdict:
    """A refusal is a normal end of a run. A model of another kind or with other parameters must be better than the
    champion. One that only knows newer events may not be worse, as otherwise no model would ever be newer."""
    beside = _beside(candidate, candidate.champion) if candidate.champion else []
    reasons = (*_alone(candidate), *_lists(candidate), *beside)
    questions = tuple(_questions(candidate))
    return Verdict(reasons, questions) if candidate.approved else Verdict((*reasons, *questions))


def _alone(one: Candidate) -> list[str]:
    reasons = [f"data: {check}" for check in one.failed_checks]
    if one.is_older:
        reasons.append("older than the champion")
    reasons += [f"suspicious: {what}" for what in one.suspicions]
    if one.dead_products:
        reasons.append(f"{one.dead_products} products in lists are no longer sold")
    if one.latency_ms is not None and one.latency_ms > MOST_LATENCY_MS:
        reasons.append(f"too slow: p99 {one.latency_ms:.1f} ms")
    return reasons


def _lists(one: Candidate) -> list[str]:
    """Of users."""
    if one.over_popular is None or one.over_recent is None:
        return []
    reasons = []
    if one.over_popular.low <= 0:
        reasons.append(f"not better than popularity: {one.over_popular}")
    if one.over_recent.low <= 0:
        reasons.append(f"not better than recent popularity: {one.over_recent}")
    if one.complete < LEAST_COMPLETE:
        reasons.append(f"only {one.complete:.1%} of the active shoppers have a list")
    return reasons


def _questions(one: Candidate) -> list[str]:
    """What a person may answer."""
    reasons = []
    if one.psi > MOST_PSI:
        reasons.append(f"the inputs have drifted: PSI {one.psi:.2f}")
    if one.champion and one.champion.overlap < LEAST_OVERLAP:
        reasons.append(f"changes the lists too much without approval: overlap {one.champion.overlap:.2f}")
    return reasons


def _beside(one: Candidate, champion: Champion) -> list[str]:
    reasons = []
    if champion.is_same_kind:
        if champion.difference.low <= -MOST_LOSS * champion.ndcg:
            reasons.append(f"may be worse than the champion: {champion.difference}")
    elif champion.difference.low <= 0:
        reasons.append(f"not better than the champion: {champion.difference}")
    if one.coverage < LEAST_COVERAGE * champion.coverage:
        reasons.append(f"covers less: {one.coverage:.0%} of the products, the champion {champion.coverage:.0%}")
    for group, change in champion.strata.items():
        if change < -MOST_STRATUM_LOSS:
            reasons.append(f"worse for users with {group}: {change:+.1%}")
    return reasons
