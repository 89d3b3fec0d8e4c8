"""Writes the folder of a model, as contracts/model/artifact.v1.json and the service's README describe it."""

import hashlib
import io
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from ..dataset import Dataset
from ..lineage import Lineage
from .lists import Lists, Table

GOLDEN = 10
"""Questions per table, and products per answer."""


@dataclass(frozen=True)
class Keys:
    """Who is meant by a pseudonym, without saying so: the key of the service's README, of all whose user is known."""

    salt: bytes
    """32 bytes, new for each artifact."""
    of_shopper: Mapping[str, int]


def user_key(salt: bytes, user: UUID) -> int:
    return int.from_bytes(hashlib.sha256(salt + user.bytes).digest()[:8], "big")


def write_artifact(
    models: Path, version: str, created_at: str, lists: Lists, data: Dataset, keys: Keys, lineage: Lineage
) -> Path:
    """Writes the folder beside its place, then renames it. No pointer may name one of the same version yet."""
    arrays, golden = _arrays(lists, data, keys)
    folder, aside = models / version, models / f".{version}.new"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    files = {}
    for name, array in arrays.items():
        content = _npy(array)
        (aside / f"{name}.npy").write_bytes(content)
        files[name] = {
            "dtype": array.dtype.str,
            "shape": list(array.shape),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    manifest = {
        "schema_version": 1,
        "model_version": version,
        "created_at": created_at,
        "user_salt": keys.salt.hex(),
        "categories": list(lists.categories),
        "files": files,
        "golden": golden,
        "lineage": {name: value for name, value in asdict(lineage).items() if value is not None},
    }
    (aside / "manifest.json").write_text(json.dumps(manifest, indent=1))
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(aside, folder)
    return folder


def _npy(array: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.ascontiguousarray(array), version=(1, 0), allow_pickle=False)
    return buffer.getvalue()


def _arrays(lists: Lists, data: Dataset, keys: Keys) -> tuple[Mapping[str, NDArray[Any]], list[Any]]:
    names = [data.shoppers[row] for row in lists.users]
    known = [(keys.of_shopper[name], at) for at, name in enumerate(names) if name in keys.of_shopper]
    known.sort()
    rows = np.array([at for _, at in known], dtype=np.int64)
    arrays: dict[str, NDArray[Any]] = {
        "product_ids": data.products.ids.astype("|u1"),
        "product_category": lists.product_category.astype("<i4"),
        "user_keys": np.array([key for key, _ in known], dtype="<u8"),
    }
    tables = {
        name: Table(table.items[rows], table.scores[rows]) if name in ("user", "buy_again") else table
        for name, table in lists.tables.items()
    }
    for name, table in tables.items():
        arrays[f"{name}_items"] = table.items.astype("<i4")
        arrays[f"{name}_scores"] = table.scores.astype("<f4")
    if lists.because is not None:
        arrays["user_because"] = lists.because[rows].astype("<i4")
    return arrays, _golden(tables, data, lists.categories, [key for key, _ in known])


def _golden(tables: Mapping[str, Table], data: Dataset, categories: Sequence[str], users: Sequence[int]) -> list[Any]:
    ids = [str(UUID(bytes=one.tobytes())) for one in data.products.ids]
    names: Mapping[str, tuple[str, Sequence[str]]] = {
        **dict.fromkeys(("user", "buy_again"), ("user_key", [str(key) for key in users])),
        **dict.fromkeys(("similar", "together", "next", "content"), ("product_id", ids)),
        "category_popular": ("category", categories),
    }

    def answer(row: NDArray[np.int32]) -> list[str]:
        return [ids[item] for item in row[:GOLDEN].tolist() if item >= 0]

    golden: list[Any] = [{"question": {"table": "popular"}, "answer": answer(tables["popular"].items)}]
    for table, (field, values) in names.items():
        # Spread over all rows, so that rows which are off by one cannot hide.
        asked = sorted(set(np.linspace(0, len(values) - 1, GOLDEN).astype(int).tolist())) if values else []
        golden += [
            {"question": {"table": table, field: values[row]}, "answer": answer(tables[table].items[row])}
            for row in asked
        ]
    return golden
