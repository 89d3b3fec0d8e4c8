"""Tables of the pipeline: one Parquet file per table and day, replaced at once."""

import hashlib
import os
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..lineage import Hashed

INTERACTIONS = pa.schema(
    [
        ("event_id", pa.string()),
        ("line", pa.int32()),  # of an order
        ("shopper", pa.string()),
        ("session", pa.string()),
        ("product", pa.string()),
        ("kind", pa.string()),  # view, click, cart or order
        ("quantity", pa.int64()),
        ("source", pa.string()),
        ("order", pa.string()),
        ("occurred_at", pa.timestamp("us", "UTC")),
    ]
)
PRODUCTS = pa.schema(
    [
        ("product", pa.string()),
        ("is_sold", pa.bool_()),
        ("category", pa.string()),
        ("text", pa.string()),
        ("first_sold", pa.timestamp("us", "UTC")),
    ]
)
CANCELLED = pa.schema([("order", pa.string())])
"""Orders, by the day on which it was recorded that they are cancelled."""
SCHEMAS = {"interactions": INTERACTIONS, "products": PRODUCTS, "cancelled": CANCELLED}


class Silver:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, day: date, table: pa.Table) -> None:
        """Rows in an order of their own make the same table the same bytes."""
        file = self._file(name, day)
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_suffix(".new")
        pq.write_table(table.cast(SCHEMAS[name]), aside)
        os.replace(aside, file)

    def read(self, name: str, day: date) -> pa.Table:
        """Empty if the day was not made yet."""
        file = self._file(name, day)
        return pq.read_table(file, schema=SCHEMAS[name]) if file.is_file() else SCHEMAS[name].empty_table()

    def days(self, name: str) -> list[date]:
        found = (self._folder / name).glob("day=*")
        return sorted(date.fromisoformat(one.stem.removeprefix("day=")) for one in found if one.suffix == ".parquet")

    def hashed(self, name: str, day: date) -> Hashed:
        table = self.read(name, day)
        return Hashed(f"{name}/day={day.isoformat()}", rows_hash(table), table.num_rows)

    def _file(self, name: str, day: date) -> Path:
        return self._folder / name / f"day={day.isoformat()}.parquet"


def rows_hash(table: pa.Table) -> str:
    """Of the rows, in whatever order."""
    rows = sorted(repr(row) for row in table.to_pylist())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
