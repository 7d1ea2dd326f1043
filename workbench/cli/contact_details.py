"""The commands about what stands beside a contact: consents, addresses, comments, web sources, its salutation."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from workbench import clock
from workbench.cli.contact_changes import Fields, Number
from workbench.cli.frames import print_frame, records
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.cli.worksheet import DryRun, would

if TYPE_CHECKING:
    from workbench.contacts import RowReceipt

app = typer.Typer()
Code = Annotated[str, typer.Argument(metavar="ADDRESS_CODE", help="The code of an alternative address.")]
Source = Annotated[str, typer.Argument(metavar="WEB_SOURCE_CODE", help="The code of a web source.")]
_DAY = {"formats": ["%Y-%m-%d"], "metavar": "DATE"}
Ending = Annotated[dt.datetime | None, typer.Option(help="The last day; else until further notice.", **_DAY)]
Starting = Annotated[dt.datetime, typer.Option("--starting-on", help="The first day.", **_DAY)]


@app.command()
def consents(number: Number, db: Db = None, json: Json = False) -> None:
    """Show what a contact has agreed to, by channel and purpose."""
    found = bench_on(db).contacts.consents(number)
    if json:
        print_json({"current": records(found.current), "history": records(found.history)})
        return
    print_frame(found.current, title=f"Consents of {number} (UTC)")


@app.command()
def consent(
    number: Number,
    channel: Annotated[str, typer.Argument(help="email, phone, post or sms.")],
    purpose: Annotated[str | None, typer.Option(help="For which purpose.")] = None,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="It is a no.")] = False,
    given_at: Annotated[
        dt.datetime | None,
        typer.Option(help="When it was said; else now.", formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    ] = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Record that a contact agrees to a channel, or does so no more."""
    at = given_at or clock.now()
    receipt = bench_on(db).contacts.record_consent(number, channel, purpose, not withdrawn, at, dry_run=dry_run)
    _print_row(receipt, json)


@app.command()
def address(number: Number, as_of: AsOf = None, db: Db = None, json: Json = False) -> None:
    """Show the address of a contact to use on a day."""
    bench = bench_on(db)
    found = bench.contacts.address_on(number, day_of(bench, as_of))
    if json:
        print_json(found.to_dict())
        return
    print_frame(found.frame(), title=f"{found.address_code or 'Own address'} on {found.day}")


@app.command("save-address")
def save_address(
    number: Number, code: Code, fields: Fields = None, dry_run: DryRun = False, db: Db = None, json: Json = False
) -> None:
    """Save an alternative address of a contact."""
    values = pairs(fields, "--set", str.partition)
    _print_row(bench_on(db).contacts.save_address(number, code, values, dry_run=dry_run), json)


@app.command("delete-address")
def delete_address(number: Number, code: Code, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Delete an alternative address of a contact with its days."""
    _print_row(bench_on(db).contacts.delete_address(number, code, dry_run=dry_run), json)


@app.command("save-address-range")
def save_address_range(
    number: Number,
    code: Code,
    starting_on: Starting,
    ending_on: Annotated[
        dt.datetime | None, typer.Option(help="The last day; else until further notice.", **_DAY)
    ] = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Save days on which an alternative address is the one to use."""
    last = None if ending_on is None else ending_on.date()
    contacts = bench_on(db).contacts
    _print_row(contacts.save_address_range(number, code, starting_on.date(), last, dry_run=dry_run), json)


@app.command("delete-address-range")
def delete_address_range(
    number: Number, code: Code, starting_on: Starting, dry_run: DryRun = False, db: Db = None, json: Json = False
) -> None:
    """Delete days on which an alternative address is the one to use."""
    _print_row(bench_on(db).contacts.delete_address_range(number, code, starting_on.date(), dry_run=dry_run), json)


@app.command()
def comment(
    number: Number,
    text: Annotated[str, typer.Argument(help="The comment.")],
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Add a comment on a contact."""
    bench = bench_on(db)
    _print_row(bench.contacts.add_comment(number, text, day_of(bench, as_of), dry_run=dry_run), json)


@app.command("delete-comment")
def delete_comment(
    number: Number,
    entry_no: Annotated[int, typer.Argument(metavar="ENTRY_NO", help="The comment's number, from `contact show`.")],
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete a comment on a contact."""
    _print_row(bench_on(db).contacts.delete_comment(number, entry_no, dry_run=dry_run), json)


@app.command("save-web-source")
def save_web_source(
    number: Number,
    code: Source,
    search_word: Annotated[str, typer.Option(help="What is searched for there.")] = "",
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Save where on the web a company is looked for."""
    _print_row(bench_on(db).contacts.save_web_source(number, code, search_word, dry_run=dry_run), json)


@app.command("delete-web-source")
def delete_web_source(
    number: Number, code: Source, dry_run: DryRun = False, db: Db = None, json: Json = False
) -> None:  # fmt: skip
    """Delete where on the web a company is looked for."""
    _print_row(bench_on(db).contacts.delete_web_source(number, code, dry_run=dry_run), json)


@app.command()
def salutation(
    number: Number,
    type: Annotated[str, typer.Option("--type", help="formal or informal.")] = "formal",
    language: Annotated[str | None, typer.Option(help="A language code; else the contact's.")] = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Tell how a contact is addressed."""
    found = bench_on(db).contacts.salutation(number, type, language)
    if json:
        print_json(found.__dict__)
    else:
        print(found.text)


def _print_row(receipt: RowReceipt, json: bool) -> None:
    if json:
        print_json(receipt.to_dict())
        return
    verb = would(not receipt.is_written, "deleted" if receipt.after is None else "saved")
    row = receipt.after or receipt.before or {}
    known = ", ".join(f"{name}: {value}" for name, value in row.items() if value is not None)
    print(f"{receipt.contact_no} {receipt.table} {verb}: {known}")
