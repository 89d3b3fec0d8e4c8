"""`python -m shop_ml STEP --day D --lake URI`: one step, or `pipeline` for all of a day."""

import argparse
import shlex
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from .checks import Stopped
from .registry.files import FileRegistry
from .registry.port import Registry, Unknown
from .steps import DAILY, OF_VERSION, STEPS, Place

STOPPED = 3


def main(args: Sequence[str]) -> int:
    """0, or 3 if a step has stopped for a reason that it says."""
    options = _parser().parse_args(args)
    rehearsal = shlex.split(options.rehearsal) if options.rehearsal else None
    place = Place(options.lake, options.work, options.models, registry(options.registry, options.work), rehearsal)
    try:
        if options.step in OF_VERSION:
            OF_VERSION[options.step](place, options.version, print)
            return 0
        steps = DAILY if options.step == "pipeline" else {options.step: STEPS[options.step]}
        for number, (name, step) in enumerate(steps.items(), 1):
            begun = time.monotonic()
            print(f"[{number}/{len(steps)}] {name} {options.day}", flush=True)
            step(place, options.day, lambda line: print(f"  {line}".replace("\n", "\n  "), flush=True))
            print(f"  {time.monotonic() - begun:.1f} s", flush=True)
    except Stopped as reason:
        print(f"stopped: {reason}", flush=True)
        return STOPPED
    except Unknown as name:
        print(f"unknown: {name}", flush=True)
        return STOPPED
    return 0


def registry(uri: str | None, work: Path) -> Registry:
    """Files in the folder, or MLflow at a URI such as `sqlite:///mlflow.db`."""
    if uri is None:
        return FileRegistry(work / "registry")
    from .registry.mlflow import MlflowRegistry

    return MlflowRegistry(uri)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="shop_ml", description=__doc__)
    parser.add_argument("step", choices=["pipeline", *STEPS, *OF_VERSION])
    parser.add_argument("version", nargs="?", help="of `why` and `approve`")
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    parser.add_argument(
        "--day", type=date.fromisoformat, default=yesterday, help="yesterday, in UTC, if it is not given"
    )
    parser.add_argument("--lake", default=".data/lake", help="a folder, or s3://bucket/prefix")
    parser.add_argument("--work", type=Path, default=Path(".data/ml"), help="tables, runs and the registry")
    parser.add_argument("--models", type=Path, default=Path(".data/models"), help="what the service watches")
    parser.add_argument("--registry", help="MLflow, such as sqlite:///mlflow.db; files if it is not given")
    parser.add_argument("--rehearsal", help="the service's program that tries a model, as `npm run ml` gives it")
    return parser
