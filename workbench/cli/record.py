"""The commands about customers, vendors, bank accounts and employees."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.contact_changes import Fields
from workbench.cli.contact_relations import Kind, RecordNo, print_link
from workbench.cli.frames import print_frame, records
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.cli.worksheet import DryRun, would

app = typer.Typer(no_args_is_help=True, help="Show and change customers, vendors, bank accounts and employees.")


@app.command()
def show(kind: Kind, record_no: RecordNo, db: Db = None, json: Json = False) -> None:
    """Show a record and the contact it is linked with."""
    found = bench_on(db).relations.record(kind, record_no)
    if json:
        print_json(found.to_dict())
        return
    print_frame(found.frame(), title=f"{found.kind} {found.record_no}")


@app.command("list")
def list_(
    kind: Kind,
    text: Annotated[str, typer.Argument(help="A part of number, name, city, telephone or e-mail; else all.")] = "",
    unlinked: Annotated[bool, typer.Option("--unlinked", help="Only those that no contact is linked with.")] = False,
    rows: Annotated[int, typer.Option(min=1, help="How many to show.")] = 50,
    skip: Annotated[int, typer.Option(min=0, help="How many to pass over.")] = 0,
    db: Db = None,
    json: Json = False,
) -> None:
    """List records."""
    found = bench_on(db).relations.records(kind, text, only_unlinked=unlinked, limit=rows, skip=skip)
    if json:
        counts = {"total": found.total, "unlinked_count": found.unlinked_count}
        print_json({**counts, "records": records(found.records)})
        return
    print_frame(found.records)
    print(f"{len(found.records):,} of {found.total:,}; {found.unlinked_count:,} without a contact")


@app.command("set")
def set_(
    kind: Kind,
    record_no: RecordNo,
    values: Annotated[list[str] | None, typer.Argument(metavar="FIELD=VALUE", help="As with --set.")] = None,
    fields: Fields = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Change fields of a record, and of the contact it is linked with."""
    bench = bench_on(db)
    given = pairs([*(values or []), *(fields or [])], "--set", str.partition)
    receipt = bench.relations.change_record(kind, record_no, given, as_of=day_of(bench, as_of), dry_run=dry_run)
    print_link(receipt, json)


@app.command()
def synchronize(
    kind: Kind,
    wins: Annotated[str, typer.Option(help="Whose values stay: record or contact.")] = "record",
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Bring all linked records of a kind and their contacts together again, as after a load."""
    bench = bench_on(db)
    receipt = bench.relations.synchronize(kind, wins=wins, as_of=day_of(bench, as_of), dry_run=dry_run)
    if json:
        print_json({**receipt.to_dict(), "rejected": records(receipt.rejected)})
        return
    if len(receipt.changes):
        print_frame(receipt.changes.head(50).astype({"before": "str", "after": "str"}).replace("None", None))
    if len(receipt.rejected):
        print_frame(receipt.rejected, title="Refused")
    changed = f"{receipt.changed_count:,} {would(dry_run, 'changed')}"
    print(f"{receipt.compared_count:,} compared, {changed}, {len(receipt.rejected):,} refused.")
