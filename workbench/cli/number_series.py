"""The commands about number series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.frames import print_fitting, print_frame
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.errors import ConfigError

if TYPE_CHECKING:
    from workbench.setup.series import Series
    from workbench.setup.series_book import NextNumber

app = typer.Typer(no_args_is_help=True, help="Number series, and the number that comes next.")
Code = Annotated[str, typer.Argument(metavar="SERIES", help="The code of a number series.")]
_LISTED = ["code", "description", "starting_on", "starting_no", "ending_no", "last_no", "is_open"]
Values = Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A field; may be repeated.")]


@app.command("list")
def list_(db: Db = None, json: Json = False) -> None:
    """List the number series with their lines."""
    frame = bench_on(db).number_series.list().frame()
    if json:
        print_frame(frame, json=True)
    else:
        print_fitting(frame[_LISTED].dropna(axis="columns", how="all"))


@app.command()
def show(code: Code, db: Db = None, json: Json = False) -> None:
    """Show one number series."""
    _show(bench_on(db).number_series.get(code), json)


@app.command("set")
def set_(code: Code, values: Values = None, db: Db = None, json: Json = False) -> None:
    """Add a number series, or change it: description, is_default, is_manual, is_date_order."""
    _show(bench_on(db).number_series.save(code, **_given(values)), json)


@app.command()
def line(
    code: Code,
    line_no: Annotated[int | None, typer.Argument(help="The line to change; else a new one.")] = None,
    values: Values = None,
    delete: Annotated[bool, typer.Option("--delete", help="Delete the line.")] = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Add, change or delete a line: starting_no, ending_no, warning_no, increment_by, starting_on, last_no."""
    series = bench_on(db).number_series
    if delete and line_no is None:
        raise ConfigError(
            "There is no line named to delete.", f"See which there are: workbench number-series show {code}."
        )
    if delete and line_no is not None:
        _show(series.delete_line(code, line_no), json)
    else:
        _show(series.save_line(code, line_no, **_given(values)), json)


@app.command()
def delete(code: Code, db: Db = None) -> None:
    """Delete a number series."""
    bench_on(db).number_series.delete(code)
    print(f"Deleted {code}.")


@app.command()
def relate(
    code: Code,
    related: Annotated[str, typer.Argument(help="The series that may be used in its place.")],
    remove: Annotated[bool, typer.Option("--remove", help="Take the relation away.")] = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Let another series be used in the place of a series."""
    _show(bench_on(db).number_series.relate(code, related, is_related=not remove), json)


@app.command()
def peek(code: Code, as_of: AsOf = None, db: Db = None, json: Json = False) -> None:
    """Tell the next number without using it."""
    bench = bench_on(db)
    _number(bench.number_series.peek(code, day_of(bench, as_of)), json)


@app.command("next")
def next_(code: Code, as_of: AsOf = None, db: Db = None, json: Json = False) -> None:
    """Take the next number."""
    bench = bench_on(db)
    _number(bench.number_series.next(code, day_of(bench, as_of)), json)


def _given(values: list[str] | None) -> dict[str, Any]:
    return dict(pairs(values, "--set", str.partition))


def _show(series: Series, json: bool) -> None:
    from workbench.setup.series_book import SeriesList

    frame = SeriesList((series,)).frame()
    if json:
        print_frame(frame, json=True)
        return
    print(_sentence(series))
    if series.lines:
        shown = frame.drop(columns=[*frame.columns[:5], "implementation"]).dropna(axis="columns", how="all")
        print_fitting(shown.astype({"line_no": "str"}))
    else:
        print(f"It has no lines yet: workbench number-series line {series.code} --set starting_no=…")


def _sentence(series: Series) -> str:
    said = [
        "automatic numbers" if series.is_default else "",
        "numbers typed by hand" if series.is_manual else "",
        "in the order of their dates" if series.is_date_order else "",
        f"may be replaced by {', '.join(series.related)}" if series.related else "",
    ]
    name = f"{series.code} ({series.description})" if series.description else series.code
    return f"{name}: {', '.join(filter(None, said))}."


def _number(given: NextNumber, json: bool) -> None:
    if json:
        print_json(vars(given))
        return
    print(given.number)
    if given.is_warned:
        print(f"The number series {given.code} ends soon.")
