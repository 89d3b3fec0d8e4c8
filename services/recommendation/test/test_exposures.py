"""What was recommended is kept for the pipeline."""

import json
import stat
from pathlib import Path

from recommendation.adapters.files.exposures import KEPT_DAYS, FileExposures
from recommendation.core.domain.ids import id_of
from recommendation.core.domain.ladder import Answer, Item, Question, Reason
from recommendation.core.ports.exposures import Exposure

from .artifact import product
from .shop import NOW

DAY_S = 24 * 3600


def exposure(at: float = NOW) -> Exposure:
    items = [Item(id_of(product(1)), Reason("popular")), Item(id_of(product(2)), Reason("new"), 0.05)]
    question = Question(list="for_you", limit=2, now=at, user_id=id_of(product(9)))
    return Exposure("list-1", question, Answer("personal", items), "v1", 42)


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines()]


def test_are_lines_without_the_shopper(tmp_path: Path) -> None:
    exposures = FileExposures(tmp_path)
    exposures.note(exposure())
    exposures.close()
    [line] = lines(tmp_path)
    assert line == {
        "list_id": "list-1",
        "at": NOW,
        "list": "for_you",
        "strategy": "personal",
        "model_version": "v1",
        "bucket": 42,
        "product_id": None,
        "category": None,
        "items": [[product(1), "popular", 1.0], [product(2), "new", 0.05]],
    }
    assert product(9) not in json.dumps(line)


def test_are_kept_for_days_and_their_owner_only(tmp_path: Path) -> None:
    exposures = FileExposures(tmp_path)
    for day in range(KEPT_DAYS + 5):
        exposures.note(exposure(NOW + day * DAY_S))
    exposures.close()
    files = sorted(tmp_path.glob("*.jsonl"))
    assert len(files) == KEPT_DAYS
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)


def test_are_lost_rather_than_in_the_way(tmp_path: Path) -> None:
    exposures = FileExposures(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    exposures.note(exposure())
    exposures.note(exposure(NOW + 2))
    exposures.close()
