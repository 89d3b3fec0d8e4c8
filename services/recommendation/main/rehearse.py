"""`python -m recommendation.main.rehearse MODELS VERSION < SHOPPERS`: loads a model as the service does, and asks it,
before it is in service. `SHOPPERS` are pseudonyms, one a line. Prints one line of JSON: `{"refused": "why"}`, or
`{"answers": 3000, "p99_ms": 0.4}`."""

import gc
import hashlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import get_args

import numpy as np

from ..adapters.files.artifact import BadArtifact, Checked, Pointer, load_model
from ..adapters.memory.exposures import NoExposures
from ..core.application.answer import Models, Recommending
from ..core.application.learn import Learning
from ..core.application.state import State
from ..core.domain.ids import Id, id_of, text_of
from ..core.domain.ladder import ListName, Question
from ..core.domain.shoppers import Deed, session_name
from .ids import next_id

ROUNDS = 3
ANSWERS = 1_000
WARM_UP = 200
SESSIONS = 100
DEEDS = 5
MOST = 24
"""Products of a list, as in the OpenAPI file."""


def rehearse(models: Path, version: str, shoppers: Sequence[str]) -> dict[str, object]:
    """The 99th percentile of the CPU time of answers without HTTP, in the best of some rounds: it is not alone here."""
    folder = models / version
    try:
        sha256 = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
        in_service = Models()
        in_service.current = load_model(models, Pointer(version, sha256), Checked())
    except (BadArtifact, OSError) as error:
        return {"refused": str(error)}
    state = State()
    products = _listed(folder, Learning(state))
    if not products:
        return {"refused": "it has no products"}
    random = Random(version)
    now = time.time()
    sessions = [text_of(random.randbytes(16)) for _ in range(SESSIONS)]
    for session in sessions:
        for _ in range(DEEDS):
            state.shoppers.note(session_name(session), Deed("viewed", random.choice(products), now))
    recommending = Recommending(state, in_service, NoExposures(), next_id, version)
    known = [id_of(one) for one in shoppers]

    def took() -> Iterator[float]:
        for _ in range(WARM_UP + ANSWERS):
            question = _question(random, products, known, now)
            session = random.choice([None, *sessions])
            begun = time.thread_time()
            recommending.answer(question, session)
            yield (time.thread_time() - begun) * 1_000

    gc.freeze()  # as in service
    rounds = [float(np.percentile(list(took())[WARM_UP:], 99)) for _ in range(ROUNDS)]
    return {"answers": ROUNDS * ANSWERS, "p99_ms": round(min(rounds), 3)}


def _listed(folder: Path, learning: Learning) -> Sequence[Id]:
    """All products of the model are on sale, in their categories."""
    names = json.loads((folder / "manifest.json").read_text())["categories"]
    categories = [names[row] if row >= 0 else "" for row in np.load(folder / "product_category.npy").tolist()]
    products = [row.tobytes() for row in np.load(folder / "product_ids.npy")]
    for product_id, category in zip(products, categories, strict=True):
        learning.listed(text_of(product_id), category, category, is_in_stock=True)
    return products


def _question(random: Random, products: Sequence[Id], shoppers: Sequence[Id], now: float) -> Question:
    name: ListName = random.choice(get_args(ListName))
    shopper_id = random.choice(shoppers) if shoppers else None
    # Which user it is makes no difference: nobody has done anything yet.
    return Question(name, MOST, now, shopper_id, shopper_id, random.choice(products))


def main() -> None:
    models, version = sys.argv[1:]
    sys.stdout.write(json.dumps(rehearse(Path(models), version, sys.stdin.read().split())) + "\n")


if __name__ == "__main__":
    main()
