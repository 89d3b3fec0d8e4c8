"""Where a model comes from."""

import hashlib
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ML = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Hashed:
    name: str
    sha256: str
    rows: int = 0


@dataclass(frozen=True)
class Lineage:
    run_id: str
    code: str
    """The commit, with `+` if files differ from it."""
    inputs: Sequence[Hashed]
    locks: Sequence[Hashed]
    metrics: Mapping[str, float]


def sha256_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def code() -> str:
    try:
        commit = _git("rev-parse", "HEAD")
        return commit + ("+" if _git("status", "--porcelain", "--", str(ML)) else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*args: str) -> str:
    return subprocess.run(["git", *args], cwd=ML, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603, S607


def locks() -> list[Hashed]:
    file = ML / "requirements" / "ml.lock"
    return [Hashed(file.name, sha256_of(file), len(file.read_text().splitlines()))]
