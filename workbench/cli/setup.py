"""The commands about what holds for a whole store: settings and custom fields."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.frames import print_frame
from workbench.cli.options import Db, Json, bench_on, print_json, print_rows

app = typer.Typer(no_args_is_help=True, help="Settings of the store.")
field = typer.Typer(no_args_is_help=True, help="Custom fields.")


@app.command()
def show(db: Db = None, json: Json = False) -> None:
    """Show the settings."""
    settings = bench_on(db).setup.settings()
    if json:
        print_json(settings.__dict__)
    else:
        print_frame(settings.frame())


@app.command("set")
def set_(
    name: Annotated[
        str, typer.Argument(help="time_zone, week_starts_on, fiscal_year_starts_on, currency_code or as_of.")
    ],
    value: Annotated[str, typer.Argument(help="What it becomes; '' gives it its default back.")],
    db: Db = None,
    json: Json = False,
) -> None:
    """Set one setting."""
    settings = bench_on(db).setup.set(name, value)
    if json:
        print_json(settings.__dict__)
    else:
        print_frame(settings.frame())


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
