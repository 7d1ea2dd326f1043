"""The commands about scores."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.frames import print_frame
from workbench.cli.loading import pairs, print_load
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json

app = typer.Typer(no_args_is_help=True, help="Scores: what was computed of contacts on a day.")
Name = Annotated[str, typer.Argument(help="The score, such as rfm.")]
_DAY = "%Y-%m-%d"


@app.command()
def load(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX or Parquet: contact_no, and a column for each field.")],
    name: Annotated[str, typer.Option(help="The score, such as rfm.")],
    scored_on: Annotated[
        dt.datetime | None,
        typer.Option(metavar="DATE", formats=[_DAY], help="The day it is of; else a column scored_on says it."),
    ] = None,
    maps: Annotated[
        list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="Repeatable; FIELD:TYPE says the type.")
    ] = None,
    rejects: Annotated[Path | None, typer.Option(help="Where rejected rows go; else beside the file.")] = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Load a run of a score; one of the same day is replaced."""
    day = scored_on.date() if scored_on is not None else None
    receipt = bench_on(db).scores.load(name, file, day, pairs(maps, "--map", str.rpartition))
    written = None
    if receipt.rejected:
        written = receipt.write_rejects(rejects or file.with_name(f"{file.stem}.rejects{file.suffix}"))
    if json:
        print_json({**receipt.summary(), "rejects": written})
        return
    print_load(receipt)
    if written is not None:
        print(f"Rejected rows with their problems: {written}")


@app.command("list")
def list_(as_of: AsOf = None, db: Db = None, json: Json = False) -> None:
    """List the scores with their fields, and how old and how good the runs are that count on a day."""
    bench = bench_on(db)
    scores, day = bench.scores.list(), day_of(bench, as_of)
    if json:
        print_json(scores.to_dict(day))
    else:
        print_frame(scores.frame(day))


@app.command()
def runs(name: Name, db: Db = None, json: Json = False) -> None:
    """List the runs of a score, the latest first."""
    found = bench_on(db).scores.runs(name)
    if json:
        print_json(found.to_dict())
    else:
        print_frame(found.frame().drop(columns="sha256"))


@app.command()
def delete(
    name: Name,
    scored_on: Annotated[dt.datetime, typer.Argument(metavar="DATE", formats=[_DAY], help="The day of the run.")],
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete one run of a score."""
    bench_on(db).scores.delete(name, scored_on.date())
    if json:
        print_json({"deleted": {"score": name, "scored_on": scored_on.date()}})
    else:
        print(f"Deleted the run of {scored_on.date()} of {name}.")
