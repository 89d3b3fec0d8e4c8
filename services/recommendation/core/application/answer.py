"""Answers questions with what is known now."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from ..domain.experiment import bucket_of
from ..domain.ids import text_of
from ..domain.ladder import Answer, Knowledge, Question, recommend
from ..domain.model import Model
from ..domain.shoppers import session_name, user_name
from ..ports.exposures import Exposure, Exposures
from .state import State


class Models:
    """The model in service. Requests read `current` once, so that each is answered by one model."""

    def __init__(self) -> None:
        self.current: Model | None = None
        self.refused: str | None = None
        """Why the model that should be in service is not."""


@dataclass(frozen=True, slots=True)
class Recommended:
    list_id: str
    answer: Answer
    model_version: str | None
    bucket: int | None


class Recommending:
    def __init__(
        self, state: State, models: Models, exposures: Exposures, next_id: Callable[[], str], salt: str
    ) -> None:
        self._state = state
        self._models = models
        self._exposures = exposures
        self._next_id = next_id
        self._salt = salt

    def answer(self, question: Question, session: str | None) -> Recommended:
        """`session` is the shopper's; the user is in the question."""
        state, model = self._state, self._models.current
        user = None if question.user_id is None else text_of(question.user_id)
        names = [
            *([] if user is None else [user_name(user)]),
            *([] if session is None else [session_name(session)]),
        ]
        shoppers = [shopper for name in names if (shopper := state.shoppers.get(name))]
        # The user's lists in the model are no longer theirs.
        is_erased = user is not None and state.is_erased(user)
        asked = replace(question, user_id=None, shopper_id=None) if is_erased else question
        known = Knowledge(state.catalogue, state.popularity, state.together, model, shoppers)
        list_id = self._next_id()
        answer = recommend(asked, known, Random(list_id))
        bucket = bucket_of(self._salt, names[0]) if names else None
        version = None if model is None else model.version
        self._exposures.note(Exposure(list_id, asked, answer, version, bucket))
        return Recommended(list_id, answer, version, bucket)
