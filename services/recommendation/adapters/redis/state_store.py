"""State that instances share: each knows all of it, and writes what it changes."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from redis import Redis

from ...core.ports.state_store import Record

AT_ONCE = 1_000
TIMEOUT_S = 5.0


class RedisStateStore:
    """A string for each record: `<prefix>recommendation:<kind>:<key>`."""

    def __init__(self, url: str, prefix: str = "") -> None:
        self._redis: Redis = Redis.from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S)
        self._prefix = f"{prefix}recommendation:"

    def load(self) -> Iterable[Record]:
        found: list[bytes] = []
        for name in cast("Iterable[bytes]", self._redis.scan_iter(match=f"{self._prefix}*", count=AT_ONCE)):
            found.append(name)
            if len(found) == AT_ONCE:
                yield from self._read(found)
                found = []
        yield from self._read(found)

    def save(self, records: Sequence[Record]) -> None:
        for start in range(0, len(records), AT_ONCE):
            pipeline: Any = self._redis.pipeline(transaction=True)
            for one in records[start : start + AT_ONCE]:
                name = f"{self._prefix}{one.kind}:{one.key}"
                if one.value is None:
                    pipeline.delete(name)
                else:
                    pipeline.set(name, one.value, ex=one.lasts_s)
            pipeline.execute()

    def close(self) -> None:
        self._redis.close()

    def _read(self, names: Sequence[bytes]) -> Iterable[Record]:
        if not names:
            return
        values = cast("list[bytes | None]", self._redis.mget(list(names)))
        for name, value in zip(names, values, strict=True):
            if value is not None:
                kind, key = name.decode()[len(self._prefix) :].split(":", 1)
                yield Record(kind, key, value.decode())
