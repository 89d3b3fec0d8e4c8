"""Which model the service serves: one small file, replaced last and at once."""

import json
import os
from pathlib import Path

from ..lineage import sha256_of


class NotPublished(Exception):
    """Says why."""


def publish(models: Path, version: str) -> None:
    """Raises NotPublished."""
    manifest = models / version / "manifest.json"
    if not manifest.is_file():
        raise NotPublished(f"{version} has no manifest")
    _replace(models / "current.json", _pointer(version, sha256_of(manifest)))


def current(models: Path) -> str | None:
    """The version that is served."""
    try:
        return str(json.loads((models / "current.json").read_text())["model_version"])
    except FileNotFoundError:
        return None


def _pointer(version: str, manifest_sha256: str) -> str:
    return json.dumps({"schema_version": 1, "model_version": version, "manifest_sha256": manifest_sha256})


def _replace(file: Path, text: str) -> None:
    aside = file.with_name(f"{file.name}.new")
    with aside.open("w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(aside, file)
