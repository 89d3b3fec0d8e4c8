"""What was recommended to whom, for experiments and for the next model."""

from dataclasses import dataclass
from typing import Protocol

from ..domain.ladder import Answer, Question


@dataclass(frozen=True, slots=True)
class Exposure:
    list_id: str
    question: Question
    answer: Answer
    model_version: str | None
    bucket: int | None


class Exposures(Protocol):
    def note(self, exposure: Exposure) -> None:
        """Must not block; may lose exposures rather than hold up an answer."""
        ...

    def close(self) -> None: ...
