"""The service as a process."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from .artifact import ModelFolder, point, product

SERVICES = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


class Process:
    def __init__(self, folder: Path, env: Mapping[str, str] | None = None, *, channel: int | None = None) -> None:
        (folder / "keys.json").write_text(json.dumps({"keys": []}))
        settings = {
            "PYTHONPATH": str(SERVICES),
            "SERVICE_KEYS_FILE": str(folder / "keys.json"),
            "USER_URL": "http://127.0.0.1:1",
            "RECOMMENDATION_MODELS": str(folder / "models"),
            "RECOMMENDATION_STATE_FILE": str(folder / "state.sqlite"),
            "SHUTDOWN_DRAIN_MS": "0",
            **({} if channel is None else {"NODE_CHANNEL_FD": str(channel)}),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "recommendation.main.server"],
            env={"PATH": os.environ["PATH"], **settings, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=() if channel is None else (channel,),
            text=True,
        )

    def port(self) -> int:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("ready on port "):
                return int(line.split()[-1])
        raise AssertionError(f"it ended with {self._process.wait()}")

    def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        self._process.send_signal(by)
        return self.ended()

    def ended(self) -> int:
        return self._process.wait(PATIENCE_S)

    def output(self) -> str:
        return self._process.communicate(timeout=PATIENCE_S)[0]

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Any]:
    started: list[Process] = []

    def starting(**more: Any) -> Process:
        started.append(Process(tmp_path, **more))
        return started[-1]

    yield starting
    for process in started:
        process.close()


def get(port: int, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE_S) as response:
        return json.load(response)


def test_answers_with_its_model_and_ends_when_it_is_asked_to(start: Any, tmp_path: Path) -> None:
    models = tmp_path / "models"
    point(models, "v1", ModelFolder(categories={product(1): "Home"}, popular=[product(1)]).write(models))
    process = start()
    port = process.port()
    answer = get(port, "/api/v1/recommendations?list=popular")
    assert (answer["model_version"], [item["product_id"] for item in answer["items"]]) == ("v1", [product(1)])
    assert get(port, "/health/ready") == {"status": "ready"}
    assert process.end() == 0


def test_ends_with_the_process_that_started_it(start: Any) -> None:
    ours, theirs = socket.socketpair()
    process = start(channel=theirs.fileno())
    process.port()
    theirs.close()
    ours.close()
    assert process.ended() == 0


def test_says_in_a_line_what_is_wrong_with_its_settings(start: Any) -> None:
    process = start(env={"PORT": "many"})
    assert process.ended() == 1
    assert process.output() == "configuration: PORT: must be a number from 0 to 65535\n"
