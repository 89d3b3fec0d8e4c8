"""A world that is made in a moment."""

from dataclasses import replace
from functools import cache

from shop_ml.simulate.world import WORLDS, World, make_world

CUT, DAYS = 76.0, 14.0


@cache
def small_world(name: str = "complements", seed: int = 3) -> World:
    return make_world(replace(WORLDS[name], users=600, items=150, types=6), seed)
