"""A version as JSON."""

import json
from dataclasses import asdict
from typing import Any

from ..lineage import Hashed, Lineage
from .port import Version


def to_text(version: Version) -> str:
    return json.dumps(asdict(version), indent=1, sort_keys=True)


def from_text(text: str) -> Version:
    found: dict[str, Any] = json.loads(text)
    lineage = found["lineage"]
    parts = {name: [Hashed(**one) for one in lineage[name]] for name in ("inputs", "locks")}
    approved = tuple(found.get("approved", ()))
    return Version(**{**found, "approved": approved, "lineage": Lineage(**{**lineage, **parts})})
