"""The commands that log a worksheet, and those on the segments that were logged."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json, print_rows
from workbench.cli.worksheet import DryRun, Number, would
from workbench.cli.worksheet_actions import Append, print_receipt

app = typer.Typer()
EntryNo = Annotated[int, typer.Argument(metavar="ENTRY_NO", help="The number of a logged segment.")]
EntryNos = Annotated[list[int], typer.Argument(metavar="ENTRY_NO...", help="The numbers of logged segments.")]


@app.command("log")
def log_(
    number: Number,
    deliver: Annotated[
        bool, typer.Option("--deliver", help="Letters and e-mails are to be delivered; `letter` does so.")
    ] = False,
    follow_up: Annotated[bool, typer.Option("--follow-up", help="Make a worksheet to follow up with.")] = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Write an interaction for each line and delete the worksheet."""
    bench = bench_on(db)
    receipt = bench.worksheets.log(
        number, day_of(bench, as_of), deliver=deliver, follow_up=follow_up, dry_run=dry_run
    )  # fmt: skip
    if json:
        print_json(receipt.__dict__)
        return
    print(f"Logged segment {receipt.entry_no} of {number}: {receipt.interaction_count:,} interactions and "
          f"{receipt.campaign_entry_count:,} campaign entries {would(dry_run, 'written')}.")  # fmt: skip
    if deliver:
        print(f"To deliver: {receipt.to_deliver_count:,}; see `workbench letter status {receipt.entry_no}`.")
    if receipt.follow_up_no:
        print(f"To follow up: {receipt.follow_up_no}.")
    for note in receipt.notes:
        print(note)


@app.command()
def logged(db: Db = None, json: Json = False) -> None:
    """List the segments that were logged."""
    entries = bench_on(db).worksheets.logged()
    if json:
        print_json([entry.__dict__ for entry in entries])
        return
    print_rows(
        ["entry", "segment", "description", "on", "by", "canceled", ">interactions", ">campaign entries"],
        [
            [str(e.entry_no), e.segment_no, e.description or "", e.created_on, e.logged_by or "",
             "yes" if e.is_canceled else "no", e.interaction_count, e.campaign_entry_count]
            for e in entries
        ],
    )  # fmt: skip


@app.command("reuse-logged")
def reuse_logged(
    number: Number,
    entry_no: EntryNo,
    append: Append = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Add the contacts of a logged segment, a line for each interaction that was logged."""
    bench = bench_on(db)
    receipt = bench.worksheets.reuse_logged(number, entry_no, day_of(bench, as_of), append=append, dry_run=dry_run)
    print_receipt(receipt, json)


@app.command("cancel-logged")
def cancel_logged(entry_nos: EntryNos, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Cancel logged segments with their interactions and campaign entries; once more takes it back."""
    receipt = bench_on(db).worksheets.cancel_logged(entry_nos, dry_run=dry_run)
    if json:
        print_json(receipt.__dict__)
        return
    done = would(dry_run, "canceled" if receipt.is_canceled else "taken back from being canceled")
    print(f"Logged segments {done}: {len(receipt.entry_nos):,}, interactions: {receipt.interaction_count:,}, "
          f"campaign entries: {receipt.campaign_entry_count:,}.")  # fmt: skip


@app.command("delete-logged")
def delete_logged(
    entry_nos: Annotated[
        list[int] | None, typer.Argument(metavar="[ENTRY_NO]...", help="Their numbers; else all that are canceled.")
    ] = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete canceled logged segments; interactions and campaign entries stay without their number."""
    receipt = bench_on(db).worksheets.delete_logged(entry_nos or None, dry_run=dry_run)
    if json:
        print_json(receipt.__dict__)
        return
    print(f"Logged segments {would(dry_run, 'deleted')}: {len(receipt.entry_nos):,}; interactions that stay: "
          f"{receipt.interaction_count:,}, campaign entries: {receipt.campaign_entry_count:,}.")  # fmt: skip
