"""What the book of the language shows: each question that was asked of a scene, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Example:
    """One question and its answer.

    Attributes
    ----------
    module, test : str
        Where it was asked: the names of the module and of the function.
    given : str
        The scene as it was drawn, in JSON.
    definition : str or dict
        The question as it was written.
    answer : str
        The numbers of the members; or the words of the refusal.
    is_refused : bool
        Whether it was refused.
    """

    module: str
    test: str
    given: str
    definition: str | dict[str, Any]
    answer: str
    is_refused: bool = False


class Recorder:
    """Keeps examples while somebody wants them."""

    def __init__(self) -> None:
        self.examples: list[Example] | None = None

    def keep(self, example: Example) -> None:
        """Keep an example, if anybody wants it."""
        if self.examples is not None:
            self.examples.append(example)


recorder = Recorder()
