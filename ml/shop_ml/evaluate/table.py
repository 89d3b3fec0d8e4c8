"""Results as text."""

from collections.abc import Sequence

from .trial import Result

HEAD = ("model", "NDCG@10", "Recall@20", "coverage", "novelty", "pop. bias", "gini")


def table(results: Sequence[Result]) -> str:
    rows = [
        (
            one.name,
            str(one.ndcg),
            str(one.recall),
            f"{one.measures.coverage:.0%}",
            f"{one.measures.novelty:.1f}",
            f"{one.measures.popularity:.2f}",
            f"{one.measures.gini:.2f}",
        )
        for one in results
    ]
    return aligned([HEAD, *rows])


def strata_table(results: Sequence[Result]) -> str:
    """NDCG@10 by how much is known of users."""
    groups = list(results[0].strata) if results else []
    return aligned(
        [("model", *groups), *((one.name, *(str(one.strata[group]) for group in groups)) for one in results)]
    )


def aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
