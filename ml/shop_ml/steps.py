"""The steps of the pipeline. Each may be repeated, and goes on from what the one before it left in the folder."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from .checks import Stopped, check
from .conform import conform
from .evaluate.interval import Interval
from .evaluate.table import table
from .features import load_dataset
from .gate import Candidate, Champion, Verdict, decide
from .lake.bronze import Bronze
from .lake.silver import Silver
from .lineage import Hashed, Lineage, code, locks
from .models.kinds import kind
from .models.model import read_arrays, save
from .models.popularity import POPULAR
from .publish.artifact import put, write_artifact
from .publish.lists import make_lists
from .publish.pointer import publish as point_to
from .registry.port import Registry, Version, why
from .rehearsal import Rehearsed, rehearse
from .train import train

Say = Callable[[str], None]

KEPT = 14
"""Runs whose lists are kept, to be approved."""


@dataclass(frozen=True)
class Place:
    """Where a run reads and writes."""

    lake: str
    work: Path
    models: Path
    """The folder that the service watches."""
    registry: Registry
    rehearsal: Sequence[str] | None = None
    """The program of the service that tries a model, with its arguments. Without it nobody knows how fast it is."""
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
    """Raises Stopped."""
    data, inputs = load_dataset(place.silver, day)
    if not len(data.visits):
        raise Stopped("nothing has happened yet that could be learnt from")
    champion = place.registry.named("champion")
    if not len(data.acted) and champion and champion.kind != POPULAR.name:
        raise Stopped("no user is known any more, and the champion has lists of users")
    drift = float(_read(place.run(day) / "check.json")["psi"])
    trained = train(data, (champion.kind, champion.params) if champion else None, drift)
    say(table(trained.results))
    save(trained.model, place.run(day) / "model.npz")
    metrics: dict[str, float] = {}
    for best in trained.results[:1]:
        metrics = {"ndcg_10": best.ndcg.mean, "recall_20": best.recall.mean}
    lineage = Lineage(f"day={day.isoformat()}", place.code or code(), inputs, locks(), metrics)
    found = {
        "kind": trained.kind,
        "params": dict(trained.params),
        "lineage": asdict(lineage),
    }
    candidate = replace(trained.candidate, is_older=champion is not None and champion.name[:10] > day.isoformat())
    of_version = {
        "version": _version(day, found),
        "candidate": asdict(candidate),
        "champion": champion.name if champion else None,
    }
    _write(place.run(day) / "trained.json", {**of_version, **found})
    say(f"candidate: {trained.kind} {dict(trained.params)}")


def rehearse_step(place: Place, day: date, say: Say) -> None:
    """Makes all lists, and lets the service's own program load and ask the folder: it says how fast answers are."""
    found = _read(place.run(day) / "trained.json")
    version = str(found["version"])
    data, _ = load_dataset(place.silver, day)
    model = kind(found["kind"]).load(read_arrays(place.run(day) / "model.npz"))
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    made = at.isoformat().replace("+00:00", "Z")
    folder = place.run(day) / "models"
    others = sorted(one for one in folder.parent.parent.glob("*/models") if one != folder)
    for old in (folder, *others[:-KEPT]):
        shutil.rmtree(old, ignore_errors=True)
    write_artifact(folder, version, made, make_lists(model, data), data, _lineage(found["lineage"]))
    if place.rehearsal is None:
        rehearsed = Rehearsed()
        say("not rehearsed: no program of the service is given")
    else:
        rehearsed = rehearse(place.rehearsal, folder, version, data.shoppers)
        say(f"refused: {rehearsed.refused}" if rehearsed.refused else f"p99 of an answer {rehearsed.p99_ms:.2f} ms")
    _write(place.run(day) / "rehearsed.json", {"version": version, **asdict(rehearsed)})


def gate_step(place: Place, day: date, say: Say) -> None:
    """Registers the candidate, as the champion if it passes. A refusal is a normal end."""
    found, candidate = _candidate(place, day)
    champion = place.registry.named("champion")
    if champion and champion.name == found["version"]:
        say(f"{champion.name} is the champion already")  # by approval, perhaps, which stays in the registry
        return
    verdict = decide(candidate)
    version = _version_of(found, verdict)
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
    put(_lists_of(place, day, champion.name), place.models)
    point_to(place.models, champion.name)
    say(f"{champion.name} is published")


def approve_step(place: Place, name: str, say: Say) -> None:
    """
    A person approves a version that the gate has refused: it becomes the champion, and is published. Only drift, and
    lists that change much, can be approved. Raises Stopped if anything else is against it, and Unknown.
    """
    day = date.fromisoformat(place.registry.get(name).name[:10])
    found, candidate = _candidate(place, day)
    champion = place.registry.named("champion")
    if found["version"] != name:
        raise Stopped(f"{day} has been trained again since: its version is {found['version']}")
    if champion and champion.name not in (found["champion"], name):
        raise Stopped(f"{name} was not compared with {champion.name}, which is the champion now: run {day} again")
    verdict = decide(replace(candidate, approved=True))
    if not verdict.is_promoted:
        raise Stopped("; ".join(verdict.reasons))
    _lists_of(place, day, name)  # before it is the champion
    place.registry.add(_version_of(found, verdict))
    place.registry.set_alias("champion", name)
    for reason in verdict.overruled:
        say(f"approved: {reason}")
    publish_step(place, day, say)


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
    "rehearse": rehearse_step,
    "gate": gate_step,
    "publish": publish_step,
}
STEPS = {**DAILY, "rollback": rollback_step}
OF_VERSION: Mapping[str, Callable[[Place, str, Say], None]] = {"why": why_step, "approve": approve_step}


def _version(day: date, found: Any) -> str:
    """The same for the same inputs, code and parameters."""
    digest = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
    return f"{day.isoformat()}-{digest[:8]}"


def _write(file: Path, found: Any) -> None:
    aside = file.with_suffix(".new")
    aside.write_text(json.dumps(found, indent=1, sort_keys=True))
    aside.replace(file)


def _read(file: Path) -> Any:
    if not file.is_file():
        raise Stopped(f"{file.name} of the step before is not there")
    return json.loads(file.read_text())


def _candidate(place: Place, day: date) -> tuple[Any, Candidate]:
    """What was trained, and what is known of it by now."""
    trained, rehearsed = (_read(place.run(day) / f"{name}.json") for name in ("trained", "rehearsed"))
    if rehearsed["version"] != trained["version"]:
        raise Stopped(f"{trained['version']} was not rehearsed")
    found = trained["candidate"]
    champion = found["champion"]
    of_champion = Champion(**{**champion, "difference": Interval(**champion["difference"])}) if champion else None
    parts = {name: found[name] and Interval(**found[name]) for name in ("over_popular", "over_recent")}
    failed = [f"the service refuses the folder: {rehearsed['refused']}"] if rehearsed["refused"] else []
    more = {"champion": of_champion, "latency_ms": rehearsed["p99_ms"], "failed_checks": failed}
    return trained, Candidate(**{**found, **parts, **more})


def _lists_of(place: Place, day: date, version: str) -> Path:
    folder = place.run(day) / "models" / version
    if not (folder.is_dir() or (place.models / version).is_dir()):
        raise Stopped(f"the lists of {version} are no longer kept: run {day} again")
    return folder


def _version_of(found: Any, verdict: Verdict) -> Version:
    lineage = _lineage(found["lineage"])
    return Version(found["version"], found["kind"], found["params"], lineage, list(verdict.reasons), verdict.overruled)


def _lineage(found: Any) -> Lineage:
    parts = {name: [Hashed(**one) for one in found[name]] for name in ("inputs", "locks")}
    return Lineage(**{**found, **parts})
