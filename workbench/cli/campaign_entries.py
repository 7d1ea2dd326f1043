"""The commands about what was done for campaigns, and the product's statistics of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.campaign_cards import Number
from workbench.cli.frames import print_frame, record, records
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.cli.worksheet import DryRun, would

if TYPE_CHECKING:
    from workbench.campaigns import EntryReceipt

app = typer.Typer()
_SHORT = [
    "campaign_entry_no", "dated_on", "description", "segment_no", "interaction_count", "cost_amount",
    "duration_minutes", "is_canceled",
]  # fmt: skip


@app.command()
def entries(number: Number, db: Db = None, json: Json = False) -> None:
    """List what was done for a campaign, with the interactions that came of it."""
    frame = bench_on(db).campaigns.entries(number).frame()
    print_frame(frame if json else frame[_SHORT], json=json)


@app.command()
def cancel(
    number: Number,
    entry: Annotated[str | None, typer.Option("--entry", help="Only this one; else all.")] = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Cancel what was done for a campaign with its interactions; what is canceled is taken back."""
    receipt = bench_on(db).campaigns.cancel(number, entry, dry_run=dry_run)
    _print_receipt(receipt, "canceled" if receipt.is_canceled else "taken back", json)


@app.command("delete-canceled")
def delete_canceled(
    number: Annotated[str | None, typer.Argument(metavar="CAMPAIGN_NO", help="Only of this campaign.")] = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete canceled entries with their interactions."""
    _print_receipt(bench_on(db).campaigns.delete_canceled(number, dry_run=dry_run), "deleted", json)


@app.command("record-invoices")
def record_invoices(
    number: Number, dry_run: DryRun = False, as_of: AsOf = None, db: Db = None, json: Json = False
) -> None:
    """Record invoices to the target group of an activated campaign as its interactions, each once."""
    bench = bench_on(db)
    receipt = bench.campaigns.record_invoices(number, day_of(bench, as_of), dry_run=dry_run)
    if json:
        print_json(records(receipt.invoices))
        return
    if len(receipt):
        print_frame(receipt.invoices)
    print(f"Invoices {would(not receipt.is_written, 'recorded')} for {number}: {len(receipt):,}.")


@app.command()
def statistics(
    number: Number,
    first: Annotated[
        dt.datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="First day of entries that count."),
    ] = None,
    last: Annotated[
        dt.datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Last day of entries that count."),
    ] = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Compute the statistics of a campaign exactly as Business Central does: of log entries, not of contacts."""
    figures = bench_on(db).campaigns.statistics(
        number, starting_on=first.date() if first else None, ending_on=last.date() if last else None
    )
    if json:
        print_json(record(figures.to_dict()))
        return
    for name, value in figures.to_dict().items():
        print(f"{name:29} {'' if value is None else value}".rstrip())


def _print_receipt(receipt: EntryReceipt, participle: str, json: bool) -> None:
    if json:
        print_json(receipt.__dict__)
        return
    what = would(not receipt.is_written, participle)
    print(f"Entries {what}: {len(receipt.entry_nos):,}, with {receipt.interaction_count:,} interactions.")
