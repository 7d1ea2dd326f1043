"""The commands about what holds for a whole store: settings, marketing setup, code tables, custom fields."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from workbench.cli.frames import print_fitting, print_frame
from workbench.cli.loading import pairs
from workbench.cli.options import Db, Json, bench_on, print_json, print_rows

app = typer.Typer(no_args_is_help=True, help="Settings, marketing setup and code tables of the store.")
field = typer.Typer(no_args_is_help=True, help="Custom fields.")
_Values = Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A column; may be repeated.")]


@app.command()
def show(db: Db = None, json: Json = False) -> None:
    """Show the settings and the marketing setup."""
    setup = bench_on(db).setup
    settings, marketing = setup.settings(), setup.marketing()
    if json:
        print_json({**asdict(settings), **asdict(marketing)})
        return
    print_frame(settings.frame(), title="Settings")
    print_frame(marketing.frame(), title="Marketing setup")


@app.command("set")
def set_(
    name: Annotated[str, typer.Argument(help="A setting or field of marketing setup, as `setup show` lists them.")],
    value: Annotated[str, typer.Argument(help="What it becomes; '' empties it, or gives it its default back.")],
    db: Db = None,
    json: Json = False,
) -> None:
    """Set one setting, or one field of marketing setup."""
    setup = bench_on(db).setup
    if name in asdict(setup.settings()):
        settings = setup.set(name, value)
        if json:
            print_json(asdict(settings))
        else:
            print_frame(settings.frame())
        return
    change = setup.set_marketing(name, value)
    if json:
        print_json({**asdict(setup.marketing()), "notes": list(change.notes)})
        return
    print_frame(change.frame(), title="Changed" if change.changed else "Nothing has changed.")
    for note in change.notes:
        print(note)


@app.command()
def codes(
    table: Annotated[
        str | None, typer.Argument(help="A code table, such as mailing_group; else all are listed.")
    ] = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """List the code tables, or the rows of one with how many contacts have each code."""
    book = bench_on(db).codes
    if table is not None:
        rows = book.list(table).frame()
        if json:
            print_frame(rows, json=True)
        else:
            print_fitting(rows.dropna(axis="columns", how="all"))
    elif json:
        print_json([{"table": one.name, "meaning": one.meaning, "key": one.key} for one in book.tables()])
    else:
        print_rows(["table", "meaning", "key"], [[one.name, one.meaning, ", ".join(one.key)] for one in book.tables()])


@app.command()
def code(
    table: Annotated[str, typer.Argument(help="A code table, such as mailing_group.")],
    key: Annotated[list[str], typer.Argument(metavar="CODE…", help="The code; a value for each key column.")],
    values: _Values = None,
    rename: Annotated[str | None, typer.Option(help="The code's new name, wherever it stands.")] = None,
    delete: Annotated[bool, typer.Option("--delete", help="Delete the row.")] = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Add, change, rename or delete a row of a code table."""
    book = bench_on(db).codes
    if delete:
        change = book.delete(table, tuple(key))
    elif rename is not None:
        change = book.rename(table, key[0], rename)
    else:
        change = book.save(table, tuple(key), **pairs(values, "--set", str.partition))
    if json:
        print_json(asdict(change))
        return
    print(f"{change.table} {' '.join(change.key)}: {change.change}.")
    if change.elsewhere:
        print(f"In {change.elsewhere:,} other rows as well.")
    for note in change.notes:
        print(note)


@app.command()
def fill(
    table: Annotated[str, typer.Argument(help="country or language.")],
    locale: Annotated[str, typer.Option(help="Language of the names.")] = "en",
    db: Db = None,
) -> None:
    """Add all countries (ISO 3166) or languages (ISO 639) that are missing."""
    print(f"{bench_on(db).codes.fill(table, locale):,} added to {table}.")


@field.command("add")
def field_add(
    table: Annotated[str, typer.Argument(help="contact, interaction, opportunity or sales_entry.")],
    name: Annotated[str, typer.Argument(help="In snake case.")],
    type: Annotated[str, typer.Argument(help="text, number, amount, date, timestamp, boolean or many_valued.")],
    meaning: Annotated[str, typer.Option(help="One phrase for a person choosing it.")] = "",
    db: Db = None,
    json: Json = False,
) -> None:
    """Add a custom field to a table."""
    column = bench_on(db).setup.add_field(table, name, type, meaning)
    if json:
        print_json({"table": table, "name": column.name, "type": column.type.value, "meaning": column.meaning})
    else:
        print(f"{table} has the field {column.name} ({column.type.value}).")


@field.command("list")
def field_list(
    table: Annotated[str, typer.Argument(help="contact, interaction, campaign, …")], db: Db = None, json: Json = False
) -> None:
    """List the fields of a table, custom ones last."""
    columns = bench_on(db).setup.table(table).columns
    if json:
        print_json([{"name": one.name, "type": one.type.value, "meaning": one.meaning} for one in columns])
    else:
        print_rows(["field", "type", "meaning"], [[one.name, one.type.value, one.meaning] for one in columns])
