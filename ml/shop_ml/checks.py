"""What must be true of the data before anything is learnt of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .drift import STOP, WARN, psi
from .lake.silver import Silver

TRAILING_DAYS = 28
LEAST_ROWS = 1_000
"""With fewer, chance alone comes near the threshold."""
MOST_UNKNOWN = 0.05


class Stopped(Exception):
    """The pipeline stops, with the reason."""


@dataclass(frozen=True)
class Checked:
    warnings: Sequence[str]
    psi: float


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
        past, now = Counter(key(row) for rows in before for row in rows), Counter(key(row) for row in today)
        if min(past.total(), now.total()) < LEAST_ROWS:
            continue
        found = psi(past, now)
        highest = max(highest, found)
        if found > WARN:
            warnings.append(
                f"{name} have drifted: PSI {found:.2f}" + (", no model is promoted" if found > STOP else "")
            )
    return Checked(warnings, highest)


def _kind(row: Mapping[str, str]) -> str:
    return row["kind"]
