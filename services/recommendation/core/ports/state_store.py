"""Where the service keeps what it has learned from events, to know it again after a restart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """A small piece of state. Without a value it is forgotten."""

    kind: str
    key: str
    value: str | None
    lasts_s: int | None = None
    """Seconds from now; for ever if absent."""


class StateStore(Protocol):
    """Calls may block, and come from one thread at a time."""

    def load(self) -> Iterable[Record]:
        """All that was saved, without what has expired."""
        ...

    def save(self, records: Sequence[Record]) -> None:
        """All or nothing. The last value of a kind and key counts."""
        ...

    def close(self) -> None: ...
