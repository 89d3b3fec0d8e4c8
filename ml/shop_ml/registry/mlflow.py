"""MLflow, with SQLite or a server."""

import json
from collections.abc import Sequence
from typing import Any

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

from .port import Alias, Unknown, Version
from .text import from_text, to_text

MODEL = "recommender"
EXPERIMENT = "recommendations"
FORMER = "former_champions"


class MlflowRegistry:
    """A version of ours is one of MLflow's registered model, with a run that has its parameters and metrics."""

    def __init__(self, uri: str) -> None:
        """:param uri: such as `sqlite:////folder/mlflow.db`"""
        self._client = MlflowClient(tracking_uri=uri, registry_uri=uri)
        if not self._client.search_registered_models(f"name = '{MODEL}'"):
            self._client.create_registered_model(MODEL)
        found = self._client.get_experiment_by_name(EXPERIMENT)
        self._experiment = found.experiment_id if found else self._client.create_experiment(EXPERIMENT)

    def add(self, version: Version) -> None:
        for former in self._numbers(version.name):
            self._client.delete_model_version(MODEL, former)
        run = self._client.create_run(self._experiment, run_name=version.name)
        self._client.log_param(run.info.run_id, "kind", version.kind)
        for name, value in version.params.items():
            self._client.log_param(run.info.run_id, name, value)
        for name, value in version.lineage.metrics.items():
            self._client.log_metric(run.info.run_id, name, value)
        self._client.log_dict(run.info.run_id, json.loads(to_text(version)), "version.json")
        self._client.set_terminated(run.info.run_id)
        self._client.create_model_version(
            MODEL,
            source=f"{run.info.artifact_uri}/version.json",
            run_id=run.info.run_id,
            tags={"version": version.name, "gate": "refused" if version.reasons else "passed", "all": to_text(version)},
        )

    def get(self, name: str) -> Version:
        return from_text(self._client.get_model_version(MODEL, self._number(name)).tags["all"])

    def named(self, alias: Alias) -> Version | None:
        try:
            found = self._client.get_model_version_by_alias(MODEL, alias)
        except MlflowException:
            return None
        return from_text(found.tags["all"])

    def set_alias(self, alias: Alias, name: str) -> None:
        number = self._number(name)
        if alias == "champion":
            champion = self.named("champion")
            former = [one for one in self._former() if one != name]
            if champion is not None and champion.name != name:
                former = [*former, champion.name]
            self._client.set_registered_model_tag(MODEL, FORMER, json.dumps(former))
        self._client.set_registered_model_alias(MODEL, alias, number)

    def rollback(self) -> Version:
        former = self._former()
        if not former:
            raise Unknown("there is no champion before")
        version = self.get(former[-1])
        self._client.set_registered_model_alias(MODEL, "champion", self._number(version.name))
        self._client.set_registered_model_tag(MODEL, FORMER, json.dumps(former[:-1]))
        return version

    def _former(self) -> Sequence[str]:
        tags: Any = self._client.get_registered_model(MODEL).tags
        found: Sequence[str] = json.loads(tags.get(FORMER, "[]"))
        return found

    def _numbers(self, name: str) -> Sequence[str]:
        found = self._client.search_model_versions(f"name = '{MODEL}'")
        return [str(one.version) for one in found if one.tags.get("version") == name]

    def _number(self, name: str) -> str:
        numbers = self._numbers(name)
        if not numbers:
            raise Unknown(name)
        return numbers[0]
