"""The commands about worksheets: made, looked at, changed, frozen, logged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.frames import print_frame, record, records
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, SegmentArgument, bench_on, day_of, print_json, print_rows, segment_of

if TYPE_CHECKING:
    from workbench.worksheets import Worksheet

app = typer.Typer(no_args_is_help=True, help="Segments as lists of contacts, worked on step by step.")
Number = Annotated[str, typer.Argument(metavar="WORKSHEET_NO", help="A worksheet's number, such as SM00001.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")]
Fields = Annotated[
    list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field of the header; may be repeated.")
]


@app.command()
def create(
    number: Annotated[str | None, typer.Option("--no", help="Its number; else the next one.")] = None,
    fields: Fields = None,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Create an empty worksheet."""
    bench = bench_on(db)
    made = bench.worksheets.create(day_of(bench, as_of), worksheet_no=number, **header_fields(fields))
    if json:
        print_json(record(made.to_dict()))
    else:
        print(f"Created {made.worksheet_no}.")


@app.command("list")
def list_(db: Db = None, json: Json = False) -> None:
    """List the worksheets."""
    print_frame(bench_on(db).worksheets.list().frame(), json=json)


@app.command()
def show(number: Number, db: Db = None, json: Json = False) -> None:
    """Show a worksheet: its header and figures."""
    worksheet = bench_on(db).worksheets.get(number)
    if json:
        print_json(record(worksheet.to_dict()))
    else:
        _print_worksheet(worksheet)


@app.command()
def lines(
    number: Number,
    rows: Annotated[int | None, typer.Option(min=1, help="How many at most; else all.")] = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """List the lines of a worksheet."""
    frame = bench_on(db).worksheets.lines(number, rows)
    if json:
        print_json(records(frame))
    else:
        shown = frame[["line_no", "contact_no", "type", "name", "company_no", "company_name", "salesperson_code"]]
        print_frame(shown.astype({"line_no": "str"}))


@app.command()
def criteria(number: Number, db: Db = None, json: Json = False) -> None:
    """List what was done to a worksheet: its actions with their filters."""
    log = bench_on(db).worksheets.criteria(number)
    if json:
        print_json(log.to_dict())
    else:
        print_frame(log.frame())


@app.command()
def delete(number: Number, db: Db = None, json: Json = False) -> None:
    """Delete a worksheet with its criteria, history and lines."""
    deleted = bench_on(db).worksheets.delete(number)
    if json:
        print_json({"deleted": number, "line_count": deleted.line_count})
    else:
        print(f"Deleted {number} with {deleted.line_count:,} lines.")


@app.command()
def change(
    number: Number,
    fields: Fields = None,
    keep_lines: Annotated[bool, typer.Option("--keep-lines", help="Lines do not follow.")] = False,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Change fields of the header, and of the lines that follow it."""
    worksheets = bench_on(db).worksheets
    receipt = worksheets.change(number, update_lines=not keep_lines, dry_run=dry_run, **header_fields(fields))
    if json:
        print_json({**receipt.__dict__, "changed": record(receipt.changed) if receipt.changed else {}})
        return
    print(f"{number}: {', '.join(receipt.changed) or 'nothing'} {would(dry_run, 'changed')}; "
          f"{receipt.updated_lines:,} lines follow, {receipt.other_lines:,} keep what they have.")  # fmt: skip


@app.command()
def definition(number: Number, db: Db = None, json: Json = False) -> None:
    """Print the definition that replays the criteria of a worksheet, as canonical YAML."""
    replayed = bench_on(db).worksheets.definition(number)
    if json:
        print_json({**replayed.to_dict(), "hash": replayed.hash, "sentence": replayed.sentence})
    else:
        print(replayed.to_yaml(), end="")


@app.command()
def freeze(
    segment: SegmentArgument,
    fields: Fields = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Make a worksheet with a line for each member that a segment has on a day."""
    bench = bench_on(db)
    day = day_of(bench, as_of)
    receipt = bench.worksheets.freeze(segment_of(bench, segment), day, dry_run=dry_run, **header_fields(fields))
    if json:
        print_json(receipt.to_dict())
    else:
        print(f"{receipt.worksheet_no}: {receipt.line_count:,} lines as of {day}, {would(dry_run, 'written')}.")


@app.command("apply-mailing-group")
def apply_mailing_group(
    number: Number,
    code: Annotated[str, typer.Argument(help="The mailing group.")],
    delete_old: Annotated[
        bool, typer.Option("--delete-old-assignments", help="First take it from everybody who has it.")
    ] = False,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Give every contact on the lines a mailing group."""
    worksheets = bench_on(db).worksheets
    receipt = worksheets.apply_mailing_group(number, code, delete_old_assignments=delete_old, dry_run=dry_run)
    if json:
        print_json(receipt.__dict__)
        return
    print(f"{receipt.assigned:,} contacts {would(dry_run, 'given')} {code}, {receipt.already:,} have it already, "
          f"{receipt.removed:,} lose it.")  # fmt: skip


def header_fields(texts: list[str] | None) -> dict[str, Any]:
    """Read the fields of a header.

    Parameters
    ----------
    texts : list of str or None
        Each ``FIELD=VALUE``.

    Returns
    -------
    dict of str to object
        By field, checked.
    """
    from workbench.worksheets import headers

    return headers.checked(pairs(texts, "--set", str.partition))


def would(dry_run: bool, participle: str) -> str:
    """Say whether something was done or would be.

    Parameters
    ----------
    dry_run : bool
        Whether it is a preview.
    participle : str
        What is done.

    Returns
    -------
    str
        In words.
    """
    return f"would be {participle}" if dry_run else participle


def _print_worksheet(worksheet: Worksheet) -> None:
    known = {name: value for name, value in worksheet.to_dict().items() if value not in (None, False)}
    print_rows(["field", "value"], [[name, "yes" if value is True else str(value)] for name, value in known.items()])
