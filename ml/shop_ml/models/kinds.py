"""All kinds of models."""

from .als import ALS
from .linear import EASE, ITEM_KNN
from .mixture import MIXTURE
from .model import Kind
from .popularity import BUY_AGAIN, DEBIASED, POPULAR, RECENT
from .transitions import BLEND, TRANSITIONS

KINDS: tuple[Kind, ...] = (POPULAR, RECENT, DEBIASED, BUY_AGAIN, ITEM_KNN, EASE, ALS, TRANSITIONS, BLEND, MIXTURE)


def kind(name: str) -> Kind:
    """Raises KeyError."""
    return {one.name: one for one in KINDS}[name]
