"""The gate, as a table: what is changed of a good candidate, and the reason that refuses it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from shop_ml.evaluate.interval import Interval
from shop_ml.gate import Candidate, Champion, decide

BETTER = Interval(0.01, 0.002, 0.018)
UNSURE = Interval(0.01, -0.001, 0.021)
WORSE = Interval(-0.01, -0.018, -0.002)

CHAMPION = Champion(
    ndcg=0.1, coverage=0.5, difference=BETTER, strata={"1–4 events": 0.01}, overlap=0.6, is_same_kind=False
)
GOOD = Candidate(over_popular=BETTER, over_recent=BETTER, coverage=0.5, complete=1.0, champion=CHAMPION)

WITHOUT_USERS = {"over_popular": None, "over_recent": None, "coverage": 0.0, "complete": 0.0, "champion": None}

CASES: list[tuple[str, Mapping[str, Any], Mapping[str, Any], str | None]] = [
    ("a better one", {}, {}, None),
    ("the first one", {"champion": None}, {}, None),
    ("the first one, no better than popularity", {"champion": None, "over_popular": UNSURE}, {}, "than popularity"),
    ("perhaps not better than popularity", {"over_popular": UNSURE}, {}, "not better than popularity"),
    ("perhaps not better than recent popularity", {"over_recent": UNSURE}, {}, "not better than recent popularity"),
    ("worse than the champion", {}, {"difference": WORSE}, "not better than the champion"),
    ("perhaps better than the champion", {}, {"difference": UNSURE}, "not better than the champion"),
    ("as good, and only newer", {}, {"difference": UNSURE, "is_same_kind": True}, None),
    ("only newer, and worse", {}, {"difference": WORSE, "is_same_kind": True}, "may be worse"),
    ("exactly at the margin", {}, {"difference": Interval(0, -0.002, 0), "is_same_kind": True}, "may be worse"),
    ("covers less", {"coverage": 0.39}, {}, "covers less"),
    ("covers a little less", {"coverage": 0.4}, {}, None),
    ("worse for a group", {}, {"strata": {"1–4 events": -0.06}}, "worse for users with 1–4 events"),
    ("a little worse for a group", {}, {"strata": {"1–4 events": -0.05}}, None),
    ("lists for most", {"complete": 0.998}, {}, "99.8% of the active shoppers"),
    ("dead products", {"dead_products": 3}, {}, "3 products"),
    ("drift", {"psi": 0.26}, {}, "drifted"),
    ("some drift", {"psi": 0.25}, {}, None),
    ("too slow", {"latency_ms": 5.1}, {}, "too slow"),
    ("fast enough", {"latency_ms": 5.0}, {}, None),
    ("a failed check", {"failed_checks": ["no orders"]}, {}, "data: no orders"),
    ("a suspicion", {"suspicions": ["it knows the future"]}, {}, "suspicious: it knows the future"),
    ("an old day again", {"is_older": True}, {}, "older than the champion"),
    ("other lists", {}, {"overlap": 0.2}, "without approval"),
    ("other lists, approved", {"approved": True}, {"overlap": 0.2}, None),
    ("drift, approved", {"approved": True, "psi": 0.26}, {}, None),
    ("approved, but slow", {"approved": True, "latency_ms": 5.1}, {}, "too slow"),
    ("approved, but worse", {"approved": True}, {"difference": WORSE}, "not better than the champion"),
    ("without lists of users", {**WITHOUT_USERS}, {}, None),
    ("without lists of users, drift", {**WITHOUT_USERS, "psi": 0.26}, {}, "drifted"),
    ("without lists of users, slow", {**WITHOUT_USERS, "latency_ms": 5.1}, {}, "too slow"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "of_champion", "reason"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_the_table(changes: Mapping[str, Any], of_champion: Mapping[str, Any], reason: str | None) -> None:
    candidate = replace(GOOD, **changes)
    if candidate.champion is not None:
        candidate = replace(candidate, champion=replace(candidate.champion, **of_champion))
    verdict = decide(candidate)
    assert verdict.is_promoted == (reason is None)
    assert len(verdict.reasons) == (0 if reason is None else 1)
    assert reason is None or reason in verdict.reasons[0]


def test_all_reasons_are_told() -> None:
    verdict = decide(replace(GOOD, over_popular=WORSE, psi=1.0, dead_products=1))
    assert len(verdict.reasons) == 3


def test_what_a_person_has_overruled_is_told() -> None:
    beside = replace(CHAMPION, overlap=0.2)
    verdict = decide(replace(GOOD, psi=1.0, champion=beside, approved=True))
    assert (len(verdict.reasons), len(verdict.overruled)) == (0, 2)
    assert decide(GOOD).overruled == ()
