"""Bad data stop the pipeline, with the reason."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pytest

from shop_ml.checks import Stopped, check
from shop_ml.lake.silver import INTERACTIONS, PRODUCTS, Silver

DAY = date(2026, 3, 29)
KNOWN = [str(UUID(int=number)) for number in range(4)]


def given(folder: Path, days: Sequence[Sequence[tuple[str, str]]], products: Sequence[str] = KNOWN) -> Silver:
    """:param days: of each day, the last one last: product and kind of each interaction"""
    silver = Silver(folder)
    for back, rows in enumerate(reversed(days)):
        day = DAY - timedelta(days=back)
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        table = [
            {
                "event_id": f"{day}-{number}",
                "line": 0,
                "product": product,
                "kind": kind,
                "quantity": 1,
                "occurred_at": at,
            }
            for number, (product, kind) in enumerate(rows)
        ]
        silver.write("interactions", day, pa.Table.from_pylist(table, INTERACTIONS))
    sold = [
        {"product": one, "is_sold": True, "category": f"C{one[-1]}", "text": "", "first_sold": None} for one in products
    ]
    silver.write("products", DAY, pa.Table.from_pylist(sold, PRODUCTS))
    return silver


def events(views: int, orders: int = 0, products: Sequence[str] = KNOWN[:2]) -> list[tuple[str, str]]:
    return [
        (products[number % len(products)], "view" if number < views else "order") for number in range(views + orders)
    ]


def test_a_day_like_others_is_good(tmp_path: Path) -> None:
    found = check(given(tmp_path, [events(900, 100)] * 3), DAY)
    assert found.warnings == []
    assert found.psi == pytest.approx(0)


def test_a_day_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Stopped, match="nothing happened on 2026-03-29"):
        check(given(tmp_path, [events(10), []]), DAY)


def test_a_shop_that_is_new_is_no_trouble(tmp_path: Path) -> None:
    assert check(given(tmp_path, [[]]), DAY).psi == 0


def test_no_products(tmp_path: Path) -> None:
    with pytest.raises(Stopped, match="no products"):
        check(given(tmp_path, [events(10)], products=[]), DAY)


def test_unknown_products(tmp_path: Path) -> None:
    with pytest.raises(Stopped, match="50% of what happened on 2026-03-29 is about unknown products"):
        check(given(tmp_path, [events(100)], products=KNOWN[:1]), DAY)


def test_drift_warns_and_then_forbids_promotion(tmp_path: Path) -> None:
    some = check(given(tmp_path / "some", [events(900, 100), events(780, 220)]), DAY)
    assert 0.1 < some.psi < 0.25
    assert some.warnings == [f"kinds of events have drifted: PSI {some.psi:.2f}"]
    much = check(given(tmp_path / "much", [events(1000), events(1000, products=KNOWN[2:])]), DAY)
    assert much.psi > 0.25
    assert "categories have drifted" in much.warnings[0]
    assert "no model is promoted" in much.warnings[0]


def test_few_events_that_differ_by_chance_are_no_drift(tmp_path: Path) -> None:
    found = check(given(tmp_path, [*[events(4, 2)] * 5, events(3, 3)]), DAY)
    assert (found.psi, found.warnings) == (0, [])


def test_few_events_may_be_drift(tmp_path: Path) -> None:
    assert check(given(tmp_path, [events(1000), events(0, 50)]), DAY).psi > 0.25
