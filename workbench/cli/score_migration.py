"""The command that tells who went from which name to which between two runs of a score."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from workbench.cli.frames import print_frame
from workbench.cli.options import Db, Json, bench_on, print_json
from workbench.cli.score_runs import Name

app = typer.Typer()


@app.command()
def migration(
    name: Name,
    from_on: Annotated[
        dt.datetime | None,
        typer.Option("--from", metavar="DATE", formats=["%Y-%m-%d"], help="The earlier run; else the one before."),
    ] = None,
    to_on: Annotated[
        dt.datetime | None,
        typer.Option("--to", metavar="DATE", formats=["%Y-%m-%d"], help="The later run; else the latest."),
    ] = None,
    field: Annotated[
        str | None, typer.Option(help="The field whose values are the names; else segment or cluster.")
    ] = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Tell who went from which name to which between two runs of a score."""
    days = [day.date() if day else None for day in (from_on, to_on)]
    found = bench_on(db).scores.migration(name, *days, field=field)
    if json:
        print_json(found.to_dict())
        return
    print(found.sentence)
    named = found.frame().replace({"from_name": {"": "(none)"}, "to_name": {"": "(none)"}})
    shares = {share: named[share].map("{:.1%}".format) for share in ("share_of_from", "share_of_to")}
    print_frame(named.assign(**shares))
