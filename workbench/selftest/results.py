"""What the selftest found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.selftest.figures import Figure

_COLUMNS = ["subject", "figure", "published", "ours", "tolerance", "agrees", "source"]


@dataclass(frozen=True)
class Part:
    """One part of the selftest.

    Attributes
    ----------
    subject : str
        What it checks.
    figures : tuple of Figure
        Published and ours; empty where it was left out.
    left_out : str
        Why it was left out; empty where it was not.
    failure : str
        Why it could not be computed although its data are there; empty where it could.
    """

    subject: str
    figures: tuple[Figure, ...]
    left_out: str = ""
    failure: str = ""


@dataclass(frozen=True)
class SelfTest:
    """The workbench's figures beside those that others published.

    Attributes
    ----------
    parts : tuple of Part
        In the order in which they were computed.
    """

    parts: tuple[Part, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures that were compared."""
        return tuple(figure for part in self.parts for figure in part.figures)

    @property
    def differing(self) -> tuple[Figure, ...]:
        """Those of ours that are not the published ones."""
        return tuple(figure for figure in self.figures if not figure.agrees)

    @property
    def left_out(self) -> tuple[Part, ...]:
        """Parts whose data are not there."""
        return tuple(part for part in self.parts if part.left_out)

    @property
    def failed(self) -> tuple[Part, ...]:
        """Parts that could not be computed although their data are there."""
        return tuple(part for part in self.parts if part.failure)

    @property
    def is_passed(self) -> bool:
        """Whether every part could be computed and every figure agrees."""
        return not self.differing and not self.failed

    def sentence(self) -> str:
        """Say in words what was found.

        Returns
        -------
        str
            How many figures agree and differ, and how many parts could not be computed or were left out.
        """
        said = f"{len(self.figures) - len(self.differing)} of {len(self.figures)} figures are as published"
        if self.differing:
            said += f", {len(self.differing)} differ"
        if self.failed:
            said += f"; {_parts(self.failed)} could not be computed"
        if self.left_out:
            said += f"; {_parts(self.left_out)} left out for want of data"
        return f"{said}."

    def frame(self) -> pd.DataFrame:
        """Show every figure.

        Returns
        -------
        pandas.DataFrame
            Columns subject, figure, published (as printed), ours, tolerance, agrees, source.
        """
        rows = [
            [part.subject, one.name, one.published, one.ours, one.tolerance, one.agrees, one.source]
            for part in self.parts
            for one in part.figures
        ]
        return pd.DataFrame(rows, columns=_COLUMNS)

    def to_dict(self) -> dict[str, Any]:
        """Write everything as plain JSON values.

        Returns
        -------
        dict
            is_passed, figures as rows, and failed and left_out with reasons.
        """
        failed = [{"subject": part.subject, "reason": part.failure} for part in self.failed]
        left_out = [{"subject": part.subject, "reason": part.left_out} for part in self.left_out]
        figures = self.frame().to_dict("records")
        return {"is_passed": self.is_passed, "figures": figures, "failed": failed, "left_out": left_out}

    def _repr_html_(self) -> str:
        return f"<p>{self.sentence()}</p>{self.frame().to_html(index=False)}"


def _parts(parts: tuple[Part, ...]) -> str:
    return f"{len(parts)} {'part' if len(parts) == 1 else 'parts'}"
