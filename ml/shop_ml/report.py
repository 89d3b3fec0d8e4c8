"""`python -m shop_ml.report`: how good the models are, as tables, with versions, seeds and times."""

import argparse
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import scipy

from .evaluate.table import aligned, strata_table, table
from .evaluate.trial import Result, compare, difference, result
from .lineage import code
from .models.kinds import KINDS
from .models.model import Kind
from .models.popularity import BUY_AGAIN, DEBIASED
from .simulate.ceiling import Observer
from .simulate.world import WORLDS, make_world, summary

CUT, DAYS = 76.0, 14.0
COMPLETE_JOURNEY = "complete-journey"
NAMES = ", ".join([*WORLDS, COMPLETE_JOURNEY])


def main(args: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="shop_ml.report", description=__doc__)
    parser.add_argument("data", nargs="*", metavar="DATA", help=f"{NAMES}; all worlds if none is named")
    parser.add_argument("--seeds", type=int, nargs="+", default=[7, 8, 9])
    parser.add_argument("--users", type=int, default=6000, help="of a simulated world")
    options = parser.parse_args(args)
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}"
    say(f"code {code()}, {versions}, seeds {options.seeds}, full ranking, 95 % intervals over users")
    for name in options.data or list(WORLDS):
        begun = time.monotonic()
        if name == COMPLETE_JOURNEY:
            for line in _complete_journey():
                say(line)
        else:
            for line in _worlds(name, options.seeds, options.users):
                say(line)
        say(f"{name}: {time.monotonic() - begun:.0f} s")
    return 0


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _worlds(name: str, seeds: Sequence[int], users: int) -> Iterator[str]:
    gaps: dict[str, list[float]] = {}
    rules = replace(WORLDS[name], users=users)
    kinds = [one for one in KINDS if one is not DEBIASED or rules.exposure_until]
    for seed in seeds:
        world = make_world(rules, seed)
        test, found = compare(kinds, world.interactions, CUT, DAYS)
        ceiling = result("ceiling (Bayes)", {}, Observer(world, int(DAYS)), test)
        oracle = result("oracle (knows tastes)", {}, Observer(world, int(DAYS), knows_types=True), test)
        results = [*found.values(), ceiling, oracle]
        yield f"\n{name}, seed {seed}: {summary(world)}, {len(test.users)} users judged"
        yield table(results)
        yield strata_table([*found.values(), ceiling])
        yield from _differences(found["mixture"], [one for one in found.values() if one.name != "mixture"])
        yield f"popular reaches {found['popular'].ndcg.mean / ceiling.ndcg.mean:.0%} of the ceiling"
        for one in results:
            share = (one.ndcg.mean - found["popular"].ndcg.mean) / (ceiling.ndcg.mean - found["popular"].ndcg.mean)
            gaps.setdefault(one.name, []).append(share)
    rows = [(one, f"{np.mean(shares):+.2f}", f"{np.std(shares):.2f}") for one, shares in gaps.items()]
    yield f"\n{name}: the share of the gap between popularity and the ceiling that is closed"
    yield aligned([("model", "mean", "sd over seeds"), *rows])


def _differences(best: Result, others: Sequence[Result]) -> Iterator[str]:
    yield from (f"{best.name} − {one.name}, paired: {difference(best, one)}" for one in others)


def _complete_journey() -> Iterator[str]:
    from .real.complete_journey import purchases

    data = purchases()
    yield f"\nComplete Journey: {len(data)} lines, {data.user_count} households, {data.item_count} products"
    kinds = [one for one in KINDS if one is not DEBIASED]
    for title, repeats_count in (("items new to the household", False), ("with repeats", True)):
        chosen: list[Kind] = kinds if repeats_count else [one for one in kinds if one is not BUY_AGAIN]
        test, found = compare(chosen, data, data.as_of - 28, 28.0, repeats_count=repeats_count)
        yield f"\nlast 28 days, {title}: {len(test.users)} households"
        yield table(list(found.values()))
        for one in found.values():
            yield f"{one.name} − recent popular, paired: {difference(one, found['recent popular'])}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
