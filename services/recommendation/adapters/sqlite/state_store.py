"""State in a file of one process."""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import time

from ...core.ports.state_store import Record

SCHEMA = """
create table if not exists state (
  kind text not null, key text not null, value text not null, ends_at real,
  primary key (kind, key)
) without rowid, strict
"""
UPSERT = "insert or replace into state values (?, ?, ?, ?)"


class SqliteStateStore:
    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))  # what shoppers did is nobody else's business
        # Its calls come from one thread at a time, not always the same.
        self._connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = normal")
        self._connection.execute("pragma secure_delete = on")
        self._connection.execute(SCHEMA)

    def load(self) -> Iterable[Record]:
        self._connection.execute("delete from state where ends_at <= ?", (time(),))
        rows: Iterable[tuple[str, str, str]] = self._connection.execute("select kind, key, value from state")
        return [Record(kind, key, value) for kind, key, value in rows]

    def save(self, records: Sequence[Record]) -> None:
        now = time()
        gone = [(one.kind, one.key) for one in records if one.value is None]
        kept = [
            (one.kind, one.key, one.value, None if one.lasts_s is None else now + one.lasts_s)
            for one in records
            if one.value is not None
        ]
        self._connection.execute("begin immediate")
        try:
            self._connection.executemany("delete from state where kind = ? and key = ?", gone)
            self._connection.executemany(UPSERT, kept)
            self._connection.execute("commit")
        except BaseException:
            self._connection.execute("rollback")
            raise
        if gone:
            self._connection.execute("pragma wal_checkpoint(truncate)")  # the log would keep it for a while

    def close(self) -> None:
        self._connection.close()
