"""The command that puts our figures beside published ones."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.options import CHECKS_FAILED, Json, print_json, print_rows, progress_bar

if TYPE_CHECKING:
    from workbench.selftest import Part, SelfTest

app = typer.Typer()
_VARIABLE = "WORKBENCH_SHARED_DATA"


@app.command()
def selftest(
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help=f"Where public data sets are; else {_VARIABLE}.")
    ] = None,
    json: Json = False,
) -> None:
    """Compute figures that others published, and print them beside ours; needs no store."""
    from workbench import selftest as published

    named = os.environ.get(_VARIABLE)
    with progress_bar() as bar:
        task = bar.add_task("computing", total=None)
        found = published.run(
            data or (Path(named) if named else None), lambda done, of: bar.update(task, completed=done, total=of)
        )
    if json:
        print_json(found.to_dict())
    else:
        _print(found)
    if not found.is_passed:
        raise typer.Exit(CHECKS_FAILED)


def _print(found: SelfTest) -> None:
    for part in found.parts:
        if part.figures:
            _print_part(part)
        else:
            state = "Could not be computed" if part.failure else "Left out"
            print(f"{part.subject}\n{state}: {part.failure or part.left_out}")
        print()
    print(found.sentence())


def _print_part(part: Part) -> None:
    rows = [
        [one.name, one.published, one.shown, f"{one.tolerance:.2g}", "yes" if one.agrees else "NO"]
        for one in part.figures
    ]
    print_rows(["figure", ">published", ">ours", ">tolerance", "agrees"], rows, part.subject)
    for source in dict.fromkeys(one.source for one in part.figures):
        print(f"Source: {source}")
