"""Has the service's own program try a model. The pipeline imports nothing of the service: it runs a command."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PATIENCE_S = 900
MOST_SHOPPERS = 500


@dataclass(frozen=True)
class Rehearsed:
    refused: str | None = None
    """Why the service would not take it."""
    p99_ms: float | None = None
    """Of the CPU time of answers, without HTTP. None if it was not tried."""


def rehearse(command: Sequence[str], models: Path, version: str, shoppers: Sequence[str]) -> Rehearsed:
    """Raises CalledProcessError or TimeoutExpired if the program fails."""
    asked = shoppers[:: max(1, len(shoppers) // MOST_SHOPPERS)]
    run = subprocess.run(  # noqa: S603 - of the operator
        [*command, str(models), version],
        input="\n".join(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    found = json.loads(run.stdout)
    return Rehearsed(found.get("refused"), found.get("p99_ms"))
