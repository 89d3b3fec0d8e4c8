"""A model in memory, as `artifact.py` would write it."""

from typing import Any

from recommendation.adapters.files.artifact import TABLES
from recommendation.core.domain.model import Model, Table

from .artifact import SALT, ModelFolder


def model_of(folder: ModelFolder) -> Model:
    arrays: dict[str, Any] = folder.arrays()

    def table(name: str) -> Table:
        items, scores = arrays[f"{name}_items"], arrays[f"{name}_scores"]
        return Table(items.reshape(1, -1), scores.reshape(1, -1)) if items.ndim == 1 else Table(items, scores)

    return Model(
        version=folder.version,
        salt=SALT,
        categories=sorted(set(folder.categories.values())),
        product_ids=arrays["product_ids"],
        user_keys=arrays["user_keys"],
        tables={name: table(name) for name in TABLES},
    )
