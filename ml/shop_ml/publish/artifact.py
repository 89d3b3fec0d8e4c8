"""Writes the folder of a model, as contracts/model/artifact.v1.json and the service's README describe it."""

import hashlib
import io
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
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


def user_key(salt: bytes, shopper: UUID) -> int:
    """The key of the service's README: by it alone nobody learns the pseudonym."""
    return int.from_bytes(hashlib.sha256(salt + shopper.bytes).digest()[:8], "big")


def salt_of(version: str) -> bytes:
    """Another for each version, so that keys of two folders cannot be matched; the same when it is made again."""
    return hashlib.sha256(f"user keys of {version}".encode()).digest()


def write_artifact(models: Path, version: str, created_at: str, lists: Lists, data: Dataset, lineage: Lineage) -> Path:
    """Writes the folder beside its place, then renames it. No pointer may name one of the same version yet."""
    salt = salt_of(version)
    arrays, golden = _arrays(lists, data, salt)
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
        "user_salt": salt.hex(),
        "categories": list(lists.categories),
        "files": files,
        "golden": golden,
        "lineage": {name: value for name, value in asdict(lineage).items() if value is not None},
    }
    (aside / "manifest.json").write_text(json.dumps(manifest, indent=1))
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(aside, folder)
    return folder


def put(folder: Path, models: Path) -> None:
    """Copies a version to where the service finds it, whole or not at all; one that is there already stays."""
    if (models / folder.name).exists():
        return
    aside = models / f".{folder.name}.new"
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(folder, aside)
    os.replace(aside, models / folder.name)


def _npy(array: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.ascontiguousarray(array), version=(1, 0), allow_pickle=False)
    return buffer.getvalue()


def _arrays(lists: Lists, data: Dataset, salt: bytes) -> tuple[Mapping[str, NDArray[Any]], list[Any]]:
    known = sorted((user_key(salt, UUID(data.shoppers[row])), at) for at, row in enumerate(lists.users))
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
