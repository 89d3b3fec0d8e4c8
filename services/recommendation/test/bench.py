"""
Measures the service as a process: `python -m recommendation.test.bench [--rate 500] [--seconds 20] …`.

Requests come at a constant rate, whether or not earlier ones were answered, while the model is swapped and events
come in. A latency counts from when the request was due. With two cores or more, the service and the load have one each.
"""

import argparse
import asyncio
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np

from .artifact import SALT, npy, point, product, user_key
from .shop import moment
from .tokens import GATEWAY, service_token

SERVICES = Path(__file__).resolve().parents[2]
CATEGORIES = 50
CONNECTIONS = 64
WIDTH = {"user": 100, "buy_again": 10}
NEIGHBOURS = 50
POST = "POST /internal/v1/events HTTP/1.1\r\ncontent-type: application/json\r\n"
TABLES = ("similar", "together", "next", "content")


def write_model(models: Path, version: str, products: int, users: int, seed: int) -> str:
    """A folder of any size, made of random rows; returns the hash of its manifest."""
    draw = np.random.default_rng(seed)
    folder = models / version
    folder.mkdir(parents=True)
    ids = np.frombuffer(b"".join(UUID(product(number)).bytes for number in range(products)), dtype="|u1")
    names = [f"Category {number}" for number in range(CATEGORIES)]

    def ranked(rows: int, width: int) -> tuple[Any, Any]:
        start = draw.integers(0, products, size=(rows, 1))
        items = (start + 1 + 7 * np.arange(width)) % products  # no row names a product twice
        return items.astype("<i4"), np.tile(1 / (1 + np.arange(width, dtype="<f4")), (rows, 1))

    keys = np.unique(np.array([user_key(str(UUID(int=number))) for number in range(users)], dtype="<u8"))
    arrays: dict[str, Any] = {
        "product_ids": ids.reshape(-1, 16),
        "product_category": (np.arange(products) % CATEGORIES).astype("<i4"),
        "user_keys": keys,
    }
    sizes = {table: (users, width) for table, width in WIDTH.items()}
    sizes |= dict.fromkeys(TABLES, (products, NEIGHBOURS))
    sizes |= {"category_popular": (CATEGORIES, NEIGHBOURS), "popular": (1, 500)}
    for table, (rows, width) in sizes.items():
        items, scores = ranked(rows, width)
        is_flat = table == "popular"
        arrays[f"{table}_items"], arrays[f"{table}_scores"] = (items[0], scores[0]) if is_flat else (items, scores)
    files = {}
    for name, array in arrays.items():
        content = npy(array)
        (folder / f"{name}.npy").write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        files[name] = {"dtype": array.dtype.str, "shape": list(array.shape), "sha256": sha256}
    golden = [product(int(row)) for row in arrays["popular_items"][:10]]
    manifest = json.dumps(
        {
            "schema_version": 1,
            "model_version": version,
            "created_at": "2026-03-01T02:00:00Z",
            "user_salt": SALT.hex(),
            "categories": names,
            "files": files,
            "golden": [{"question": {"table": "popular"}, "answer": golden}],
            "lineage": {"run_id": "bench", "code": "bench", "inputs": [], "locks": []},
        }
    ).encode()
    (folder / "manifest.json").write_bytes(manifest)
    return hashlib.sha256(manifest).hexdigest()


class Connection:
    """Keep-alive HTTP with one request at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, head: str, body: bytes = b"") -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(f"{head}\r\nhost: bench\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        status = int(answer[9:12])
        length = next(
            (int(line[16:]) for line in answer.split(b"\r\n") if line.lower().startswith(b"content-length: ")), 0
        )
        await reader.readexactly(length)
        return status


async def at_rate(rate: float, seconds: float, work: Callable[[], Any]) -> None:
    """Starts work at a constant rate, however long it takes."""
    began = time.perf_counter()
    running: set[asyncio.Task[Any]] = set()
    for number in range(int(rate * seconds)):
        due = began + number / rate
        await asyncio.sleep(max(0, due - time.perf_counter()))
        task = asyncio.create_task(work())
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)


class Load:
    def __init__(self, port: int, products: int) -> None:
        self._free: asyncio.Queue[Connection] = asyncio.Queue()
        for _ in range(CONNECTIONS):
            self._free.put_nowait(Connection(port))
        self._events = Connection(port)
        self._telling = asyncio.Lock()
        self._products = products
        self._random = random.Random(1)
        self._visits = [str(uuid4()) for _ in range(500)]
        self.took: list[float] = []
        self.failed = 0
        self.events = 0

    async def ask(self) -> None:
        due = time.perf_counter()
        connection = await self._free.get()
        draw = self._random
        path = draw.choice(
            (
                "list=for_you&limit=10",
                "list=for_you&limit=10",
                f"list=similar&limit=10&product_id={product(draw.randrange(self._products))}",
                "list=popular&limit=10",
            )
        )
        head = f"GET /api/v1/recommendations?{path} HTTP/1.1\r\nvisit-session: {draw.choice(self._visits)}"
        status = await connection.send(head)
        self._free.put_nowait(connection)
        self.took.append(time.perf_counter() - due)
        self.failed += status != 200

    async def tell(self, count: int) -> None:
        now = time.time()
        draw = self._random
        events = [
            {
                "event_id": str(uuid4()),
                "event_type": "product.viewed",
                "event_version": "2.0",
                "timestamp": moment(now),
                "payload": {
                    "product_id": product(draw.randrange(self._products)),
                    "views": 1,
                    "viewed_at": moment(now),
                    "session_id": draw.choice(self._visits),
                },
            }
            for _ in range(count)
        ]
        head = f"{POST}authorization: Bearer {service_token()}"
        body = json.dumps({"events": events}).encode()
        async with self._telling:
            self.failed += await self._events.send(head, body) != 204
        self.events += count


def quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(pid: int) -> dict[str, int]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {
        line.split()[0][:-1]: int(line.split()[1]) // 1024 for line in lines if line.startswith(("VmRSS", "RssAnon"))
    }


async def measure(options: argparse.Namespace, models: Path, pid: int, port: int) -> None:
    hashes: dict[str, str] = json.loads((models / "hashes.json").read_text())
    load = Load(port, options.products)
    swaps = 0

    async def swap() -> None:
        nonlocal swaps
        version = ("a", "b")[swaps % 2]
        point(models, version, hashes[version])
        swaps += 1

    await at_rate(options.rate / 2, 2, load.ask)  # warms up
    load.took.clear()
    before, began = cpu_of(pid), time.perf_counter()
    batch = 25
    await asyncio.gather(
        at_rate(options.rate, options.seconds, load.ask),
        *([at_rate(options.events / batch, options.seconds, lambda: load.tell(batch))] if options.events else []),
        *([at_rate(1 / options.swap, options.seconds, swap)] if options.swap else []),
    )
    spent, took = cpu_of(pid) - before, time.perf_counter() - began
    p50, p95, p99, most = (1_000 * quantile(load.took, share) for share in (0.5, 0.95, 0.99, 1))
    print(f"{len(load.took)} requests in {took:.1f} s, {load.failed} failed; {load.events} events, {swaps} swaps")
    print(f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms, max {most:.1f} ms")
    print(f"{1_000 * spent / len(load.took):.2f} ms of processor time per request, with events and swaps")
    print(f"memory in MiB: {memory_of(pid)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (("rate", 500.0), ("seconds", 20.0), ("events", 500.0), ("swap", 2.0)):
        parser.add_argument(f"--{name}", type=float, default=value)
    for name, number in (("products", 100_000), ("users", 200_000)):
        parser.add_argument(f"--{name}", type=int, default=number)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder) / "models"
        hashes = {
            version: write_model(models, version, options.products, options.users, seed)
            for seed, version in enumerate("ab")
        }
        (models / "hashes.json").write_text(json.dumps(hashes))
        point(models, "a", hashes["a"])
        (Path(folder) / "keys.json").write_text(json.dumps({"keys": [GATEWAY.public]}))
        env = {
            **os.environ,
            "PYTHONPATH": str(SERVICES),
            "SERVICE_KEYS_FILE": f"{folder}/keys.json",
            "USER_URL": "http://127.0.0.1:1",
            "RECOMMENDATION_MODELS": str(models),
            "RECOMMENDATION_STATE_FILE": f"{folder}/state.sqlite",
            "RECOMMENDATION_EXPOSURES": f"{folder}/exposures",
            "SHUTDOWN_DRAIN_MS": "0",
        }
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "recommendation.main.server"], env=env, stdout=subprocess.PIPE, text=True
        )
        cores = sorted(os.sched_getaffinity(0))
        if len(cores) > 1:
            os.sched_setaffinity(process.pid, cores[:1])
            os.sched_setaffinity(0, cores[1:2])
        assert process.stdout is not None
        port = next(int(line.split()[-1]) for line in process.stdout if line.startswith("ready on port"))
        print(f"ready in {time.perf_counter() - began:.1f} s; load average {os.getloadavg()[0]:.1f}")
        try:
            asyncio.run(measure(options, models, process.pid, port))
        finally:
            process.terminate()
            process.communicate()


if __name__ == "__main__":
    main()
