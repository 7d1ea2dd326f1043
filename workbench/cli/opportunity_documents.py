"""The commands about quotes and orders of opportunities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import print_frame, records
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.cli.worksheet import DryRun, would

if TYPE_CHECKING:
    from workbench.opportunities import DocumentReceipt

app = typer.Typer()
Number = Annotated[str, typer.Argument(metavar="OPPORTUNITY_NO", help="Which opportunity.")]
QuoteNo = Annotated[str, typer.Argument(metavar="QUOTE_NO", help="Which quote.")]
Lines = Annotated[
    list[str] | None,
    typer.Option(
        "--line",
        metavar="FIELD=VALUE;…",
        help="A line, such as item_no=GTX Pro;quantity=2;line_discount_rate=0.1; may be repeated.",
    ),
]
OwnNumber = Annotated[str | None, typer.Option("--no", metavar="NO", help="Its number; else the next one.")]


@app.command()
def quote(
    number: Number, lines: Lines = None, document_no: OwnNumber = None, dry_run: DryRun = False, as_of: AsOf = None,
    db: Db = None, json: Json = False,
) -> None:  # fmt: skip
    """Make a sales quote from an opportunity; without lines it offers the item, or the estimated value."""
    bench = bench_on(db)
    receipt = bench.opportunities.quote(
        number, day_of(bench, as_of), _lines(lines), document_no=document_no, dry_run=dry_run
    )
    _print_receipt(receipt, json)


@app.command()
def order(
    number: Number,
    closes: Annotated[
        str | None, typer.Option("--close", help="won or lost: how an opportunity that is in progress ends.")
    ] = None,
    code: Annotated[str | None, typer.Option(help="The close opportunity code; else the only one there is.")] = None,
    keep_tasks: Annotated[bool, typer.Option("--keep-tasks", help="Call no open tasks off.")] = False,
    document_no: OwnNumber = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Make an order from the quote of an opportunity, which has to be closed before."""
    bench = bench_on(db)
    receipt = bench.opportunities.make_order(
        number, day_of(bench, as_of), closes=closes, code=code, cancels_tasks=not keep_tasks, document_no=document_no,
        dry_run=dry_run,
    )  # fmt: skip
    _print_receipt(receipt, json)


@app.command("change-quote")
def change_quote(
    number: QuoteNo, lines: Lines = None, dry_run: DryRun = False, db: Db = None, json: Json = False
) -> None:
    """Give a quote other lines in the place of all it had."""
    _print_receipt(bench_on(db).opportunities.change_quote(number, _lines(lines), dry_run=dry_run), json)


@app.command("delete-quote")
def delete_quote(number: QuoteNo, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Delete a quote, so that its opportunity may have another one."""
    _print_receipt(bench_on(db).opportunities.delete_quote(number, dry_run=dry_run), json)


@app.command()
def documents(
    number: Annotated[
        str | None, typer.Argument(metavar="OPPORTUNITY_NO", help="Only those of this opportunity.")
    ] = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """List quotes and orders."""
    print_frame(bench_on(db).opportunities.documents(number).frame(), json=json)


@app.command()
def document(
    number: Annotated[str, typer.Argument(metavar="DOCUMENT_NO", help="A quote or an order.")],
    db: Db = None,
    json: Json = False,
) -> None:
    """Show a quote or an order with its lines."""
    found = bench_on(db).opportunities.document(number)
    if json:
        print_json({**found.to_dict(), "lines": records(found.frame())})
        return
    title = f"{found.document_type} {found.document_no} of {found.opportunity_no}: {found.amount:,.2f}"
    print_frame(found.frame(), title=title)


def _lines(texts: list[str] | None) -> list[dict[str, object]]:
    """Read lines whose fields stand behind each other, apart by semicolons."""
    parts = ([part.strip() for part in text.split(";") if part.strip()] for text in texts or [])
    return [dict(pairs(part, "--line", str.partition)) for part in parts]


def _print_receipt(receipt: DocumentReceipt, json: bool) -> None:
    document = receipt.document
    if json:
        shown = {name: value for name, value in vars(receipt).items() if name != "document"}
        print_json({**shown, "document": {**document.to_dict(), "lines": records(document.frame())}})
        return
    done = would(not receipt.is_written, receipt.action)
    print(f"{document.document_type.capitalize()} {document.document_no} of {document.opportunity_no}: {done}, "
          f"worth {document.amount:,.2f}.")  # fmt: skip
    if receipt.closed:
        print(f"{document.opportunity_no} {would(not receipt.is_written, 'closed')}: {receipt.closed}.")
    if receipt.canceled_task_nos:
        print(f"Tasks {would(not receipt.is_written, 'canceled')}: {', '.join(receipt.canceled_task_nos)}.")
    if receipt.created_customer_no:
        print(f"Customer {would(not receipt.is_written, 'created')}: {receipt.created_customer_no}.")
    for note in receipt.notes:
        print(note)
    print_frame(document.frame())
