"""The commands that create opportunities from worksheets and interactions."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from workbench.cli.frames import print_frame, records
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.cli.worksheet import DryRun, would

app = typer.Typer()
Fields = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="A field, such as sales_cycle_code=NEW; may be repeated."),
]
Activate = Annotated[bool, typer.Option("--activate", help="Start at the first stage.")]
Value = Annotated[float | None, typer.Option("--value", help="The estimated value, to activate with.")]
Chances = Annotated[float | None, typer.Option("--chances", help="Chances of success, 0 to 1; else the stage's.")]
CloseOn = Annotated[
    dt.datetime | None, typer.Option("--close-on", metavar="DATE", formats=["%Y-%m-%d"], help="When it may close.")
]


@app.command("from-worksheet")
def from_worksheet(
    number: Annotated[str, typer.Argument(metavar="WORKSHEET_NO", help="Which worksheet.")],
    fields: Fields = None,
    activate: Activate = False,
    value: Value = None,
    chances: Chances = None,
    close_on: CloseOn = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Create an opportunity for each line of a worksheet."""
    bench = bench_on(db)
    receipt = bench.opportunities.from_worksheet(
        number, day_of(bench, as_of), activates=activate, estimated_amount=value, chances_rate=chances,
        estimated_close_on=_day(close_on), dry_run=dry_run, **dict(pairs(fields, "--set", str.partition)),
    )  # fmt: skip
    if json:
        print_json({**vars(receipt), "opportunities": records(receipt.frame())})
        return
    print(f"Opportunities {would(dry_run, 'created')} from {number}: {len(receipt.frame()):,}.")
    print_frame(receipt.frame())
    for note in receipt.notes:
        print(note)


@app.command("from-interaction")
def from_interaction(
    number: Annotated[int, typer.Argument(metavar="ENTRY_NO", help="Which interaction of the log.")],
    fields: Fields = None,
    activate: Activate = False,
    value: Value = None,
    chances: Chances = None,
    close_on: CloseOn = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Create an opportunity of an interaction, with its comments."""
    bench = bench_on(db)
    receipt = bench.opportunities.from_interaction(
        number, day_of(bench, as_of), activates=activate, estimated_amount=value, chances_rate=chances,
        estimated_close_on=_day(close_on), dry_run=dry_run, **dict(pairs(fields, "--set", str.partition)),
    )  # fmt: skip
    if json:
        fields_now = {name: after for name, (_, after) in receipt.changed.items()}
        print_json({"opportunity_no": receipt.opportunity_no, **fields_now, "is_written": receipt.is_written})
        return
    print(f"{receipt.opportunity_no} {would(dry_run, 'created')} from interaction {number}.")
    print_frame(receipt.frame().astype("str"))


def _day(on: dt.datetime | None) -> dt.date | None:
    return None if on is None else on.date()
