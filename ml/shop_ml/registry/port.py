"""What a registry keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from ..lineage import Hashed, Lineage
from ..models.model import Params

Alias = Literal["champion", "challenger"]


@dataclass(frozen=True)
class Version:
    name: str
    """The name of its folder."""
    kind: str
    params: Params
    lineage: Lineage
    reasons: Sequence[str]
    """Why the gate refused it; empty if it did not."""
    approved: Sequence[str] = ()
    """What a person has overruled of the gate."""


class Unknown(Exception):
    """There is no such version."""


class Registry(Protocol):
    """Each method is done, or not done at all. A version that is added again replaces the former."""

    def add(self, version: Version) -> None: ...

    def get(self, name: str) -> Version:
        """Raises Unknown."""
        ...

    def named(self, alias: Alias) -> Version | None: ...

    def set_alias(self, alias: Alias, name: str) -> None:
        """The champion before is remembered, for `rollback`. Raises Unknown."""
        ...

    def rollback(self) -> Version:
        """Makes the champion before the champion again. Raises Unknown if there is none."""
        ...


def why(version: Version) -> str:
    """What a version comes from, as text."""

    def lines(title: str, found: Sequence[Hashed]) -> list[str]:
        return [f"{title}:", *(f"  {one.sha256[:12]}  {one.name}  {one.rows} rows" for one in found)]

    lineage = version.lineage
    params: Mapping[str, float] = version.params
    return "\n".join(
        [
            f"{version.name}: {version.kind} {dict(params)}",
            f"run {lineage.run_id}, code {lineage.code}",
            *lines("inputs", lineage.inputs),
            *lines("locks", lineage.locks),
            *(f"{name} {value:.4f}" for name, value in sorted(lineage.metrics.items())),
            *(["promoted"] if not version.reasons else ["refused:", *(f"  {reason}" for reason in version.reasons)]),
            *(f"approved by a person: {reason}" for reason in version.approved),
        ]
    )
