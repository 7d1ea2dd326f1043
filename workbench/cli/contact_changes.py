"""The commands that create, change and delete contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.frames import print_frame
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.cli.worksheet import DryRun, would

if TYPE_CHECKING:
    from workbench.contacts import ContactReceipt, DeletionReceipt

app = typer.Typer()
Number = Annotated[str, typer.Argument(metavar="CONTACT_NO", help="The contact's number.")]
Fields = Annotated[
    list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field; may be repeated, blank clears it.")
]


@app.command()
def new(
    type: Annotated[str, typer.Option("--type", help="person or company.")] = "person",
    name: Annotated[str | None, typer.Option(help="The full name.")] = None,
    number: Annotated[str | None, typer.Option("--no", help="Its number; else the next one.")] = None,
    fields: Fields = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Create a contact."""
    bench = bench_on(db)
    values = {"type": type, **({} if name is None else {"name": name}), **pairs(fields, "--set", str.partition)}
    receipt = bench.contacts.create(values, as_of=day_of(bench, as_of), contact_no=number, dry_run=dry_run)
    _print_receipt(receipt, "created", json)


@app.command("set")
def set_(
    number: Number,
    values: Annotated[list[str] | None, typer.Argument(metavar="FIELD=VALUE", help="As with --set.")] = None,
    fields: Fields = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Change fields of a contact, and what follows from them."""
    bench = bench_on(db)
    given = pairs([*(values or []), *(fields or [])], "--set", str.partition)
    receipt = bench.contacts.change(number, given, as_of=day_of(bench, as_of), dry_run=dry_run)
    _print_receipt(receipt, "changed", json)


@app.command()
def delete(
    number: Number,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete a contact; with a company, its people."""
    bench = bench_on(db)
    day = day_of(bench, as_of)
    receipt = bench.contacts.delete(number, as_of=day, dry_run=dry_run or not yes)
    if not dry_run and not yes:
        typer.confirm(_what_goes(receipt), abort=True, err=True)
        receipt = bench.contacts.delete(number, as_of=day)
    if json:
        print_json(receipt.to_dict())
        return
    print_frame(receipt.frame())
    kept = "" if not receipt.moved else f"; rows that outlive them are {receipt.moved_to or 'nobody'}'s"
    print(f"{', '.join(receipt.contact_nos)} {would(not receipt.is_written, 'deleted')}{kept}.")


def _what_goes(receipt: DeletionReceipt) -> str:
    return f"Delete {', '.join(receipt.contact_nos)} with {sum(receipt.removed.values()):,} rows?"


def _print_receipt(receipt: ContactReceipt, participle: str, json: bool) -> None:
    if json:
        print_json(receipt.to_dict())
        return
    if receipt.changes:
        print_frame(receipt.frame().map(_plain))
    for table, count in receipt.moved.items():
        print(f"{table}: {count:,} rows {would(not receipt.is_written, 'moved')} to {receipt.moved_to}.")
    for note in receipt.notes:
        print(note)
    what = would(not receipt.is_written, participle) if receipt.changes else "as it was"
    print(f"{receipt.contact_no} {what}.")


def _plain(value: Any) -> Any:
    """A value of any type as a cell among others of other types."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if value is None else str(value)
