"""State that is gone with the process."""

from collections.abc import Iterable, Sequence
from time import time

from ...core.ports.state_store import Record


class MemoryStateStore:
    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[Record, float]] = {}

    def load(self) -> Iterable[Record]:
        now = time()
        return [record for record, ends_at in self._kept.values() if ends_at > now]

    def save(self, records: Sequence[Record]) -> None:
        now = time()
        for record in records:
            if record.value is None:
                self._kept.pop((record.kind, record.key), None)
            else:
                ends_at = float("inf") if record.lasts_s is None else now + record.lasts_s
                self._kept[record.kind, record.key] = (record, ends_at)

    def close(self) -> None:
        pass
