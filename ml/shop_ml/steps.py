"""The steps of the pipeline. Each may be repeated, and goes on from what the one before it left in the folder."""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from .checks import Stopped, check
from .conform import conform
from .evaluate.interval import Interval
from .evaluate.table import table
from .features import load_dataset
from .gate import Candidate, Champion, decide
from .lake.bronze import Bronze
from .lake.silver import Silver
from .lineage import Hashed, Lineage, code, locks
from .models.kinds import kind
from .models.model import read_arrays, save
from .publish.artifact import Keys, write_artifact
from .publish.lists import make_lists
from .publish.pointer import publish as point_to
from .registry.port import Registry, Version, why
from .train import train

Say = Callable[[str], None]


@dataclass(frozen=True)
class Place:
    """Where a run reads and writes."""

    lake: str
    work: Path
    models: Path
    """The folder that the service watches."""
    registry: Registry
    keys: Path | None = None
    """`{"salt": "…", "keys": {"<pseudonym>": "<key>"}}`. Without it no user has a list of their own."""
    code: str | None = None

    @property
    def silver(self) -> Silver:
        return Silver(self.work / "silver")

    def run(self, day: date) -> Path:
        folder = self.work / "runs" / day.isoformat()
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def conform_step(place: Place, day: date, say: Say) -> None:
    found = conform(Bronze(place.lake), place.silver, day)
    say(f"{found.rows} interactions, {found.rejected} rejected")


def check_step(place: Place, day: date, say: Say) -> None:
    """Raises Stopped."""
    found = check(place.silver, day)
    for warning in found.warnings:
        say(f"warning: {warning}")
    _write(place.run(day) / "check.json", asdict(found))
    say(f"data are good, PSI {found.psi:.3f}")


def train_step(place: Place, day: date, say: Say) -> None:
    data, inputs = load_dataset(place.silver, day)
    if not len(data.acted):
        raise Stopped("nothing has happened yet that could be learnt from")
    champion = place.registry.named("champion")
    drift = float(_read(place.run(day) / "check.json")["psi"])
    trained = train(data, (champion.kind, champion.params) if champion else None, drift)
    say(table(trained.results))
    save(trained.model, place.run(day) / "model.npz")
    metrics = {"ndcg_10": trained.results[0].ndcg.mean, "recall_20": trained.results[0].recall.mean}
    lineage = Lineage(f"day={day.isoformat()}", place.code or code(), inputs, locks(), metrics)
    found = {
        "kind": trained.kind,
        "params": dict(trained.params),
        "lineage": asdict(lineage),
    }
    candidate = replace(trained.candidate, is_older=champion is not None and champion.name[:10] > day.isoformat())
    of_version = {"version": _version(day, found), "candidate": asdict(candidate)}
    _write(place.run(day) / "trained.json", {**of_version, **found})
    say(f"candidate: {trained.kind} {dict(trained.params)}")


def gate_step(place: Place, day: date, say: Say) -> None:
    """Registers the candidate, as the champion if it passes. A refusal is a normal end."""
    found = _read(place.run(day) / "trained.json")
    verdict = decide(_candidate(found["candidate"]))
    version = Version(
        found["version"], found["kind"], found["params"], _lineage(found["lineage"]), list(verdict.reasons)
    )
    place.registry.add(version)
    place.registry.set_alias("champion" if verdict.is_promoted else "challenger", version.name)
    for reason in verdict.reasons:
        say(f"refused: {reason}")
    if verdict.is_promoted:
        say(f"{version.name} is the champion")


def publish_step(place: Place, day: date, say: Say) -> None:
    """Nothing is published if the gate has refused the candidate of the day."""
    found = _read(place.run(day) / "trained.json")
    champion = place.registry.named("champion")
    if champion is None or champion.name != found["version"]:
        say("nothing to publish")
        return
    data, _ = load_dataset(place.silver, day)
    model = kind(champion.kind).load(read_arrays(place.run(day) / "model.npz"))
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    made = at.isoformat().replace("+00:00", "Z")
    lists = make_lists(model, data)
    if not (place.models / champion.name).exists():
        write_artifact(place.models, champion.name, made, lists, data, _keys(place.keys), champion.lineage)
    point_to(place.models, champion.name)
    say(f"{champion.name} is published")


def rollback_step(place: Place, day: date, say: Say) -> None:
    """The champion before is the champion again, and is served."""
    del day
    version = place.registry.rollback()
    point_to(place.models, version.name)
    say(f"back to {version.name}")


def why_step(place: Place, name: str, say: Say) -> None:
    say(why(place.registry.get(name)))


DAILY: Mapping[str, Callable[[Place, date, Say], None]] = {
    "conform": conform_step,
    "check": check_step,
    "train": train_step,
    "gate": gate_step,
    "publish": publish_step,
}
STEPS = {**DAILY, "rollback": rollback_step}


def _version(day: date, found: Any) -> str:
    """The same for the same inputs, code and parameters."""
    digest = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
    return f"{day.isoformat()}-{digest[:8]}"


def _keys(file: Path | None) -> Keys:
    if file is None:
        return Keys(secrets.token_bytes(32), {})
    found = _read(file)
    return Keys(bytes.fromhex(found["salt"]), {name: int(key) for name, key in found["keys"].items()})


def _write(file: Path, found: Any) -> None:
    aside = file.with_suffix(".new")
    aside.write_text(json.dumps(found, indent=1, sort_keys=True))
    aside.replace(file)


def _read(file: Path) -> Any:
    if not file.is_file():
        raise Stopped(f"{file.name} of the step before is not there")
    return json.loads(file.read_text())


def _candidate(found: Any) -> Candidate:
    champion = found["champion"]
    of_champion = Champion(**{**champion, "difference": Interval(**champion["difference"])}) if champion else None
    parts = {name: Interval(**found[name]) for name in ("over_popular", "over_recent")}
    return Candidate(**{**found, **parts, "champion": of_champion})


def _lineage(found: Any) -> Lineage:
    parts = {name: [Hashed(**one) for one in found[name]] for name in ("inputs", "locks")}
    return Lineage(**{**found, **parts})
