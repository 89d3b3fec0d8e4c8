"""What is there to be learnt is learnt: in three worlds of a kind, not in one."""

from dataclasses import replace

import numpy as np
import pytest

from shop_ml.evaluate.interval import interval
from shop_ml.evaluate.trial import judge, window
from shop_ml.models.linear import EASE
from shop_ml.models.popularity import POPULAR
from shop_ml.models.transitions import BLEND
from shop_ml.simulate.world import WORLDS, make_world

from .small import CUT, DAYS

PARAMS = {"reg": 200.0, "shrink": 20.0, "decay": 0.0, "share": 0.4}


@pytest.mark.parametrize("name", ["complements", "seasons"])
def test_the_blend_is_better_than_ease_and_popularity(name: str) -> None:
    found: dict[str, list[np.ndarray]] = {"blend": [], "EASE": [], "popular": []}
    for seed in (7, 8, 9):
        world = make_world(replace(WORLDS[name], users=1500, items=600), seed)
        view = window(world.interactions, CUT, DAYS)
        for kind in (BLEND, EASE, POPULAR):
            found[kind.name].append(judge(kind.fit(view.known, PARAMS), view)[0].ndcg)
    blend, ease, popular = (np.concatenate(found[one]) for one in ("blend", "EASE", "popular"))
    assert interval(blend - ease).low > 0
    assert interval(ease - popular).low > 0
