"""The lake as services/analytics/README.md describes it: `<lake>/event_type=…/day=…/*.parquet`."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.fs as pafs

CONTRACTS = Path(__file__).resolve().parents[3] / "contracts" / "lake"

TYPES: Mapping[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DECIMAL(18,4)": pa.decimal128(18, 4),
    "TIMESTAMPTZ": pa.timestamp("us", "UTC"),
}

EVERY = {
    "event_id": pa.string(),
    "event_version": pa.int32(),
    "recorded_at": pa.timestamp("us", "UTC"),
    "shopper": pa.string(),
}
"""What events of all types have."""


def contract_of(event_type: str) -> Mapping[str, Any]:
    """The newest version."""
    files = CONTRACTS.glob(f"{event_type}.v*.json")
    newest = max(files, key=lambda file: int(file.stem.rsplit(".v", 1)[1]))
    found: Mapping[str, Any] = json.loads(newest.read_text())
    return found


def schema_of(event_type: str) -> pa.Schema:
    columns = contract_of(event_type)["columns"]
    return pa.schema([*EVERY.items(), *((name, _type_of(one)) for name, one in columns.items())])


def _type_of(column: Any) -> pa.DataType:
    match column:
        case str():
            return TYPES[column]
        case [one]:
            return pa.list_(_type_of(one))
        case _:
            return pa.struct([(name, _type_of(one)) for name, one in column.items()])


class Bronze:
    def __init__(self, uri: str) -> None:
        """:param uri: a folder, or such as `s3://bucket/lake`"""
        self._fs, self._root = pafs.FileSystem.from_uri(uri if "://" in uri else Path(uri).resolve().as_uri())

    def read(self, event_type: str, days: Iterable[date]) -> pa.Table:
        """All rows of the days, in no particular order. What files of older versions lack is null."""
        schema = schema_of(event_type)
        files = [file for day in days for file in self._files(f"event_type={event_type}/day={day.isoformat()}")]
        if not files:
            return schema.empty_table()
        return ds.dataset(files, schema=schema, format="parquet", filesystem=self._fs).to_table()

    def days(self, event_type: str) -> list[date]:
        """Of which there are files."""
        found = self._list(f"event_type={event_type}", pafs.FileType.Directory)
        return sorted(date.fromisoformat(name.removeprefix("day=")) for name in found if name.startswith("day="))

    def _files(self, folder: str) -> list[str]:
        names = self._list(folder, pafs.FileType.File)
        return [f"{self._root}/{folder}/{name}" for name in sorted(names) if name.endswith(".parquet")]

    def _list(self, folder: str, kind: pafs.FileType) -> list[str]:
        selector = pafs.FileSelector(f"{self._root}/{folder}", allow_not_found=True)
        return [one.base_name for one in self._fs.get_file_info(selector) if one.type == kind]


def write_batch(lake: Path, event_type: str, batch: str, rows: list[dict[str, Any]]) -> None:
    """As the analytics service does, for simulated events: by the day of `recorded_at`."""
    import pyarrow.parquet as pq

    by_day: dict[date, list[dict[str, Any]]] = {}
    for row in rows:
        by_day.setdefault(row["recorded_at"].date(), []).append(row)
    for day, part in by_day.items():
        folder = lake / f"event_type={event_type}" / f"day={day.isoformat()}"
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist(part, schema_of(event_type)), folder / f"{batch}.parquet")
