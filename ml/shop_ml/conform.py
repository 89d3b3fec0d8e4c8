"""Events become interactions: each once, on the day on which it happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from .lake.bronze import Bronze
from .lake.silver import INTERACTIONS, PRODUCTS, Silver

LATE_DAYS = 3
"""An event that is recorded more days after it happened is left out."""

UUID = "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$"


@dataclass(frozen=True)
class Conformed:
    rows: int
    rejected: int
    """Without a product, or with times that cannot be."""


def conform(bronze: Bronze, silver: Silver, day: date) -> Conformed:
    """Makes the day, and again those before it to which an event may have come late. Each is made from all that the
    lake has of it, so that neither repetition nor order changes a day."""
    made = [_interactions(bronze, day - timedelta(days=back)) for back in range(LATE_DAYS, -1, -1)]
    for back, (table, _) in zip(range(LATE_DAYS, -1, -1), made, strict=True):
        silver.write("interactions", day - timedelta(days=back), table)
        silver.write("cancelled", day - timedelta(days=back), _cancelled(bronze, day - timedelta(days=back)))
    silver.write("products", day, products(bronze, day))
    return Conformed(made[-1][0].num_rows, made[-1][1])


def _interactions(bronze: Bronze, day: date) -> tuple[pa.Table, int]:
    recorded = [day + timedelta(days=late) for late in range(LATE_DAYS + 1)]
    parts = [read(bronze.read(event_type, recorded)) for event_type, read in READERS.items()]
    table = pa.concat_tables([part.select(INTERACTIONS.names).cast(INTERACTIONS) for part in parts])
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    begin, end = (pa.scalar(one, pa.timestamp("us", "UTC")) for one in (start, start + timedelta(days=1)))
    at = table["occurred_at"]
    table = table.filter(pc.and_(pc.greater_equal(at, begin), pc.less(at, end)))
    is_good = pc.and_(
        pc.fill_null(pc.match_substring_regex(table["product"], UUID), fill_value=False),
        pc.greater(pc.fill_null(table["quantity"], 0), 0),
    )
    good = table.filter(is_good)
    return _once(good), table.num_rows - good.num_rows


def _cancelled(bronze: Bronze, day: date) -> pa.Table:
    return bronze.read("order.cancelled", [day]).select(["order_id"]).rename_columns(["order"]).sort_by("order")


def _once(table: pa.Table) -> pa.Table:
    """Sorted; the first of rows with the same event and line."""
    keys = [(name, "ascending") for name in ("event_id", "line", "occurred_at")]
    table = table.sort_by(keys)
    if table.num_rows < 2:
        return table
    same = [pc.equal(table[name].slice(1), table[name].slice(0, table.num_rows - 1)) for name in ("event_id", "line")]
    return table.filter(pa.chunked_array([pa.array([True]), *pc.invert(pc.and_(*same)).chunks]))


def _columns(events: pa.Table, kind: str, at: str, **more: pa.ChunkedArray | pa.Array) -> pa.Table:
    count = events.num_rows
    nothing = pa.nulls(count, pa.string())
    columns = {
        "event_id": events["event_id"],
        "line": pa.array([0] * count, pa.int32()),
        "shopper": events["shopper"],
        "session": nothing,
        "product": nothing,
        "kind": pa.array([kind] * count, pa.string()),
        "quantity": pa.array([1] * count, pa.int64()),
        "source": nothing,
        "order": nothing,
        "occurred_at": events[at],
    }
    return pa.table({**columns, **more})


def _views(events: pa.Table) -> pa.Table:
    events = events.filter(pc.is_valid(events["session_id"]))  # sums of views tell of nobody
    source = pc.struct_field(events["source"], "kind")
    visited = events["session_id"]
    return _columns(events, "view", "viewed_at", session=visited, product=events["product_id"], source=source)


def _clicks(events: pa.Table) -> pa.Table:
    events = events.filter(pc.equal(events["kind"], "click"))
    return _columns(events, "click", "clicked_at", session=events["session_id"], product=events["product_id"])


def _carts(events: pa.Table) -> pa.Table:
    return _columns(events, "cart", "recorded_at", product=events["product_id"], quantity=events["quantity"])


def _orders(events: pa.Table) -> pa.Table:
    lines = events["items"].combine_chunks()
    parents = pc.list_parent_indices(lines)
    flat = pc.list_flatten(lines)
    firsts: dict[int, int] = {}
    numbers = []
    for at, parent in enumerate(parents.to_pylist()):
        numbers.append(at - firsts.setdefault(parent, at))
    orders = events.take(parents)
    return _columns(
        orders,
        "order",
        "placed_at",
        order=orders["order_id"],
        line=pa.array(numbers, pa.int32()),
        product=pc.struct_field(flat, "product_id"),
        quantity=pc.struct_field(flat, "quantity"),
    )


READERS: Mapping[str, Callable[[pa.Table], pa.Table]] = {
    "product.viewed": _views,
    "recommendation.clicked": _clicks,
    "cart.item_added": _carts,
    "order.placed": _orders,
}


def products(bronze: Bronze, day: date) -> pa.Table:
    """The newest version of each that was recorded by the end of the day, and since when it is sold."""
    newest: dict[str, tuple[int, dict[str, object]]] = {}
    first: dict[str, datetime] = {}
    for event_type in ("product.created", "product.updated", "product.deleted"):
        days = [one for one in bronze.days(event_type) if one <= day]
        for row in bronze.read(event_type, days).to_pylist():
            name = row["product_id"]
            if name not in newest or row["version"] > newest[name][0]:
                newest[name] = (row["version"], row)
            since = row.get("created_at") or row["recorded_at"]
            first[name] = min(since, first.get(name, since))
    rows = [
        {
            "product": name,
            "is_sold": "name" in row and row.get("visible") is not False,
            "category": row.get("category") or "",
            "text": _text(row),
            "first_sold": first[name],
        }
        for name, (_, row) in sorted(newest.items())
    ]
    return pa.Table.from_pylist(rows, PRODUCTS)


def _text(row: Mapping[str, object]) -> str:
    tags = row.get("tags") or []
    parts = [row.get(name) for name in ("name", "brand", "category", "subcategory", "description")]
    return " ".join(str(part) for part in [*parts, *(tags if isinstance(tags, list) else [])] if part)
