"""What must be true of the data before anything is learnt of them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .drift import STOP, drift
from .lake.silver import Silver

TRAILING_DAYS = 28
MOST_UNKNOWN = 0.05


class Stopped(Exception):
    """The pipeline stops, with the reason."""


@dataclass(frozen=True)
class Checked:
    warnings: Sequence[str]
    psi: float
    """The highest, of what is more than chance."""


def check(silver: Silver, day: date) -> Checked:
    """Raises Stopped."""
    today = silver.read("interactions", day).to_pylist()
    products = silver.read("products", day).to_pylist()
    if not products:
        raise Stopped(f"no products are known on {day}")
    before = [
        silver.read("interactions", day - timedelta(days=back)).to_pylist() for back in range(1, TRAILING_DAYS + 1)
    ]
    if not today and any(before):
        raise Stopped(f"nothing happened on {day}: the lake lacks the day")
    known = {row["product"] for row in products}
    unknown = sum(row["product"] not in known for row in today) / max(1, len(today))
    if unknown > MOST_UNKNOWN:
        raise Stopped(f"{unknown:.0%} of what happened on {day} is about unknown products")
    category_of = {row["product"]: row["category"] for row in products}
    warnings, highest = [], 0.0
    for name, key in (("kinds of events", _kind), ("categories", lambda row: category_of.get(row["product"], ""))):
        found = drift([visit for rows in before for visit in _visits(rows, key)], _visits(today, key))
        if not found.is_drift:
            continue
        highest = max(highest, found.psi)
        consequence = ", no model is promoted without approval" if found.psi > STOP else ""
        warnings.append(f"{name} have drifted: PSI {found.psi:.2f}{consequence}")
    return Checked(warnings, highest)


def _kind(row: Mapping[str, str]) -> str:
    return row["kind"]


def _visits(rows: Sequence[Mapping[str, str]], key: Callable[[Mapping[str, str]], str]) -> Sequence[Counter[str]]:
    """Of a day: the events of each visit, or of each shopper where there is none, by category."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(row["session"] or row["shopper"] or row["event_id"], Counter())[key(row)] += 1
    return list(found.values())
