"""What commands that load files have in common: reading NAME=VALUE options, and saying what a load did."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from workbench.cli.options import print_rows

if TYPE_CHECKING:
    import pandas as pd

    from workbench.sources import LoadPlan


def pairs(texts: list[str] | None, option: str, divide: Callable[[str, str], tuple[str, str, str]]) -> dict[str, str]:
    """Read NAME=VALUE options.

    Parameters
    ----------
    texts : list of str or None
        As they were given.
    option : str
        The option, for complaints.
    divide : callable
        `str.partition` where the name never holds an equals sign, `str.rpartition` where the value never does.

    Returns
    -------
    dict of str to str
        The values by name.

    Notes
    -----
    One without an equals sign is a usage error, which names the option.
    """
    found = {}
    for text in texts or []:
        name, sign, value = divide(text, "=")
        if not sign:
            raise typer.BadParameter(f'"{text}" has no "=".', param_hint=option)
        found[name] = value
    return found


def print_load(result: LoadPlan, *, dry_run: bool = False) -> None:
    """Say what a load did.

    Parameters
    ----------
    result : LoadPlan
        The plan or receipt.
    dry_run : bool, optional
        Whether nothing was written.
    """
    verb = "would be" if dry_run else "are"
    print(f"{result.source} -> {result.table}: of {result.rows:,} rows, {result.new:,} {verb} new, "
          f"{result.changed:,} changed, {result.unchanged:,} unchanged, {result.rejected:,} rejected.")  # fmt: skip
    print_rows(
        ["column", "field", "type", "written as"],
        [
            [column.header, f"{column.field} (new)" if column.is_new else column.field, column.type, column.written_as]
            for column in result.columns
        ],
    )
    for note in (*result.notes, *result.questions):
        print(note)
    if len(result.problems):
        shown = result.problems.head(20)
        print_rows(["row", "column", "value", "reason"], shown.astype(str).to_numpy().tolist(), title="Problems")
        if len(result.problems) > len(shown):
            print(f"… and {len(result.problems) - len(shown):,} more.")
    if result.duplicates is not None and len(result.duplicates):
        _print_duplicates(result.duplicates)


def _print_duplicates(found: pd.DataFrame) -> None:
    shown = found.head(20)
    lines = [[row.row, row.contact_no, f"{row.score:.2f}", row.reasons] for row in shown.itertuples()]
    print_rows([">row", "contact_no", ">score", "reasons"], lines, title="Perhaps there already")
    if len(found) > len(shown):
        print(f"… and {len(found) - len(shown):,} more.")
