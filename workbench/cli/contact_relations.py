"""The commands about what contacts are for us: business relations and the records they are linked with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.contact_changes import Number
from workbench.cli.frames import print_frame, records
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.cli.worksheet import DryRun, would
from workbench.errors import ConfigError

if TYPE_CHECKING:
    from workbench.contacts import RowReceipt
    from workbench.relations import LinkReceipt

app = typer.Typer()
relation = typer.Typer(no_args_is_help=True, help="Business relations of a contact.")
app.add_typer(relation, name="relation")
Kind = Annotated[str, typer.Argument(metavar="KIND", help="customer, vendor, bank-account or employee.")]
RecordNo = Annotated[str, typer.Argument(metavar="RECORD_NO", help="The record's number.")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="The business relation.")]


@app.command()
def link(
    number: Number,
    kind: Kind,
    record_no: RecordNo,
    wins: Annotated[str, typer.Option(help="Whose values stay: contact or record.")] = "contact",
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Link a contact with a record that there is already."""
    bench = bench_on(db)
    day = day_of(bench, as_of)
    print_link(bench.relations.link(number, kind, record_no, wins=wins, as_of=day, dry_run=dry_run), json)


@app.command()
def unlink(
    number: Number, kind: Kind, dry_run: DryRun = False, as_of: AsOf = None, db: Db = None, json: Json = False
) -> None:
    """Take the link between a contact and its record away; both stay."""
    bench = bench_on(db)
    print_link(bench.relations.unlink(number, kind, as_of=day_of(bench, as_of), dry_run=dry_run), json)


@app.command("create-as")
def create_as(
    number: Number,
    kind: Kind,
    record_no: Annotated[str | None, typer.Option("--no", help="The record's number; else the contact's.")] = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Create a customer, vendor, bank account or employee of a contact."""
    bench = bench_on(db)
    day = day_of(bench, as_of)
    print_link(bench.relations.create_as(number, kind, record_no=record_no, as_of=day, dry_run=dry_run), json)


@app.command("create-from")
def create_from(
    kind: Kind,
    record_nos: Annotated[list[str] | None, typer.Argument(metavar="RECORD_NO", help="The records.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All records that no contact is linked with.")] = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Create contacts from customers, vendors, bank accounts or employees."""
    if everything == bool(record_nos):
        raise ConfigError("It is not clear which records are meant.", "Give their numbers, or --all.")
    bench = bench_on(db)
    receipt = bench.relations.create_from(kind, record_nos, as_of=day_of(bench, as_of), dry_run=dry_run)
    if json:
        print_json({**receipt.to_dict(), "contacts": records(receipt.contacts)})
        return
    if len(receipt.contacts):
        print_frame(receipt.contacts.head(20))
    counts = f"{len(receipt.contacts):,} contacts and {receipt.person_count:,} people"
    print(f"{counts} {would(dry_run, 'created')}; {receipt.skipped_count:,} records were linked already.")
    if receipt.duplicate_count:
        print(f"{receipt.duplicate_count:,} of them may be duplicates. Go through them: workbench duplicates review.")


@relation.command()
def add(number: Number, code: Code, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Give a contact a business relation."""
    _print_row(bench_on(db).relations.add(number, code, dry_run=dry_run), "added", json)


@relation.command()
def remove(number: Number, code: Code, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Take a business relation from a contact."""
    _print_row(bench_on(db).relations.remove(number, code, dry_run=dry_run), "removed", json)


@relation.command("list")
def list_(number: Number, db: Db = None, json: Json = False) -> None:
    """List the business relations of a contact and its company."""
    found = bench_on(db).relations.list(number)
    if json:
        print_json({"contact_no": number, "kind": found.kind, "relations": records(found.relations)})
        return
    print_frame(found.relations, title=f"{number}: {found.kind}")


def print_link(receipt: LinkReceipt, json: bool) -> None:
    """Print what was done about a record and its contact.

    Parameters
    ----------
    receipt : LinkReceipt
        What was done, or would be.
    json : bool
        Print JSON.
    """
    if json:
        print_json(receipt.to_dict())
        return
    if receipt.record_changes or receipt.contact_changes:
        print_frame(receipt.frame().astype({"before": "str", "after": "str"}).replace("None", None))
    for note in receipt.notes:
        print(note)
    contact = receipt.contact_no or "no contact"
    what = f"{receipt.kind.replace('_', ' ')} {receipt.record_no} ({contact})"
    print(f"{what} {would(not receipt.is_written, receipt.action)}.")


def _print_row(receipt: RowReceipt, participle: str, json: bool) -> None:
    if json:
        print_json(receipt.to_dict())
        return
    row = receipt.after or receipt.before or {}
    print(f"{receipt.contact_no} {row['business_relation_code']} {would(not receipt.is_written, participle)}.")
