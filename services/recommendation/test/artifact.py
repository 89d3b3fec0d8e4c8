"""Makes model folders for tests: valid ones, and ones with a single fault."""

import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

SALT = bytes(range(32))

Ranked = Mapping[str, Sequence[str]]


def product(number: int) -> str:
    """The ID of a product for tests; a higher number comes later."""
    return str(UUID(int=0x0190A000_0000_7000_8000_000000000000 + number))


def user_key(shopper_id: str, salt: bytes = SALT) -> int:
    return int.from_bytes(hashlib.sha256(salt + UUID(shopper_id).bytes).digest()[:8], "big")


def npy(array: NDArray[np.generic]) -> bytes:
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.ascontiguousarray(array), version=(1, 0), allow_pickle=False)
    return buffer.getvalue()


@dataclass
class ModelFolder:
    """What a model says, by IDs. `write` makes the folder, `point` the pointer."""

    version: str = "v1"
    categories: Mapping[str, str] = field(default_factory=dict[str, str])
    """Product → category. All products of the model are here."""
    users: Ranked = field(default_factory=dict[str, Sequence[str]])
    buy_again: Ranked = field(default_factory=dict[str, Sequence[str]])
    similar: Ranked = field(default_factory=dict[str, Sequence[str]])
    together: Ranked = field(default_factory=dict[str, Sequence[str]])
    next: Ranked = field(default_factory=dict[str, Sequence[str]])
    content: Ranked = field(default_factory=dict[str, Sequence[str]])
    popular: Sequence[str] = ()

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        products = sorted(self.categories, key=lambda one: UUID(one).bytes)
        row_of = {one: row for row, one in enumerate(products)}
        names = sorted(set(self.categories.values()))
        users = sorted({*self.users, *self.buy_again}, key=user_key)
        ids = b"".join(UUID(one).bytes for one in products)
        in_category = [[one for one in self.popular if self.categories[one] == name] for name in names]

        def ranked(rows: Sequence[Sequence[str]]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
            width = max((len(row) for row in rows), default=0)
            items = np.full((len(rows), width), -1, dtype="<i4")
            scores = np.zeros((len(rows), width), dtype="<f4")
            for number, row in enumerate(rows):
                items[number, : len(row)] = [row_of[one] for one in row]
                scores[number, : len(row)] = [1 / (place + 1) for place in range(len(row))]
            return items, scores

        tables: dict[str, Sequence[Sequence[str]]] = {
            "user": [self.users.get(one, ()) for one in users],
            "buy_again": [self.buy_again.get(one, ()) for one in users],
            "similar": [self.similar.get(one, ()) for one in products],
            "together": [self.together.get(one, ()) for one in products],
            "next": [self.next.get(one, ()) for one in products],
            "content": [self.content.get(one, ()) for one in products],
            "category_popular": in_category,
        }
        arrays: dict[str, NDArray[np.generic]] = {
            "product_ids": np.frombuffer(ids, dtype="|u1").reshape(-1, 16),
            "product_category": np.array([names.index(self.categories[one]) for one in products], dtype="<i4"),
            "user_keys": np.array([user_key(one) for one in users], dtype="<u8"),
        }
        for name, rows in tables.items():
            arrays[f"{name}_items"], arrays[f"{name}_scores"] = ranked(rows)
        items, scores = ranked([self.popular])
        arrays["popular_items"], arrays["popular_scores"] = items[0], scores[0]
        return arrays

    def golden(self) -> list[object]:
        return [
            {"question": {"table": "popular"}, "answer": list(self.popular[:10])},
            *(
                {"question": {"table": table, "product_id": one}, "answer": list(rows[one][:10])}
                for table, rows in (("similar", self.similar), ("together", self.together))
                for one in rows
            ),
            *(
                {"question": {"table": "user", "user_key": str(user_key(one))}, "answer": list(row[:10])}
                for one, row in self.users.items()
            ),
        ]

    def manifest(self, files: Mapping[str, bytes]) -> dict[str, object]:
        arrays = self.arrays()
        return {
            "schema_version": 1,
            "model_version": self.version,
            "created_at": "2026-03-01T02:00:00Z",
            "user_salt": SALT.hex(),
            "categories": sorted(set(self.categories.values())),
            "files": {
                name: {
                    "dtype": arrays[name].dtype.str,
                    "shape": list(arrays[name].shape),
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
                for name, content in files.items()
            },
            "golden": self.golden(),
            "lineage": {"run_id": "test", "code": "test", "inputs": [], "locks": []},
        }

    def write(self, models: Path, changes: Mapping[str, object] | None = None) -> str:
        """Writes the folder; returns the hash of its manifest. `changes` replace parts of the manifest."""
        folder = models / self.version
        folder.mkdir(parents=True)
        files = {name: npy(array) for name, array in self.arrays().items()}
        for name, content in files.items():
            (folder / f"{name}.npy").write_bytes(content)
        manifest = json.dumps({**self.manifest(files), **(changes or {})}).encode()
        (folder / "manifest.json").write_bytes(manifest)
        return hashlib.sha256(manifest).hexdigest()


def point(models: Path, version: str, manifest_sha256: str) -> None:
    """Makes a version the current one."""
    pointer = {"schema_version": 1, "model_version": version, "manifest_sha256": manifest_sha256}
    (models / "current.json.new").write_text(json.dumps(pointer))
    os.replace(models / "current.json.new", models / "current.json")
