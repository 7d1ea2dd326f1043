"""The commands about sales cycles, their stages, and the reasons to close opportunities."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import print_fitting, print_frame, records
from workbench.cli.loading import pairs
from workbench.cli.options import Db, Json, bench_on, print_json

if TYPE_CHECKING:
    from workbench.setup.code_book import CodeChange

app = typer.Typer(no_args_is_help=True, help="Sales cycles, their stages, and what is in them.")
_Code = Annotated[str, typer.Argument(metavar="SALES_CYCLE", help="A sales cycle.")]
_StageNo = Annotated[int, typer.Argument(metavar="STAGE", help="The number of the stage, from 1.")]
_Values = Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A field; may be repeated.")]
_From = Annotated[
    dt.datetime | None,
    typer.Option("--from", metavar="DATE", formats=["%Y-%m-%d"], help="Count only what closes on that day or later."),
]
_Until = Annotated[
    dt.datetime | None,
    typer.Option("--until", metavar="DATE", formats=["%Y-%m-%d"], help="Count only what closes until that day."),
]


@app.command("list")
def list_(since: _From = None, until: _Until = None, db: Db = None, json: Json = False) -> None:
    """List the sales cycles with their open opportunities."""
    frame = bench_on(db).sales_cycles.list(closes_from=_date(since), closes_until=_date(until)).frame()
    if json:
        print_frame(frame, json=True)
    else:
        print_fitting(frame)


@app.command()
def show(code: _Code, since: _From = None, until: _Until = None, db: Db = None, json: Json = False) -> None:
    """Show a sales cycle with its stages, who is at them, and how long others were."""
    card = bench_on(db).sales_cycles.get(code, closes_from=_date(since), closes_until=_date(until))
    head = {"code": card.code, "description": card.description, "is_blocked": card.is_blocked}
    if json:
        way = {"probability_calculation": card.probability_calculation}
        print_json({**head, **way, "stages": records(card.stages)})
        return
    blocked = ", blocked" if card.is_blocked else ""
    print(f"{card.code} {card.description or ''}: {card.probability_calculation}{blocked}.")
    print_fitting(card.stages.dropna(axis="columns", how="all"))


@app.command("set")
def set_(code: _Code, values: _Values = None, db: Db = None, json: Json = False) -> None:
    """Add a sales cycle, or change it: description, probability_calculation, is_blocked."""
    _print(bench_on(db).codes.save("sales_cycle", code, **pairs(values, "--set", str.partition)), json)


@app.command()
def stage(
    code: _Code,
    number: _StageNo,
    values: _Values = None,
    delete: Annotated[bool, typer.Option("--delete", help="Delete the stage.")] = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Add, change or delete a stage: description, completed_rate, chances_rate, is_quote_required and the like."""
    book, key = bench_on(db).codes, (code, str(number))
    if delete:
        _print(book.delete("sales_cycle_stage", key), json)
    else:
        _print(book.save("sales_cycle_stage", key, **pairs(values, "--set", str.partition)), json)


@app.command()
def delete(code: _Code, db: Db = None, json: Json = False) -> None:
    """Delete a sales cycle with its stages."""
    _print(bench_on(db).codes.delete("sales_cycle", code), json)


@app.command("close-codes")
def close_codes(db: Db = None, json: Json = False) -> None:
    """List the reasons for which opportunities are won and lost."""
    frame = bench_on(db).sales_cycles.close_codes().frame()
    print_frame(frame, json=json)


def _date(value: dt.datetime | None) -> dt.date | None:
    return None if value is None else value.date()


def _print(change: CodeChange, json: bool) -> None:
    if json:
        print_json(asdict(change))
    else:
        print(f"{change.table} {' '.join(change.key)}: {change.change}.")
