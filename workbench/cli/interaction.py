"""The commands about interactions: what was said and sent; created, looked up, finished later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.frames import print_frame, record, records
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.cli.worksheet import DryRun, would

if TYPE_CHECKING:
    from workbench.interactions import InteractionReceipt

app = typer.Typer(no_args_is_help=True, help="Interactions with contacts, their kinds, and what is sent with them.")
EntryNo = Annotated[int, typer.Argument(metavar="ENTRY_NO", help="The number of an interaction in the log.")]
Values = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="A field other than its default; may be repeated."),
]
File = Annotated[Path | None, typer.Option(help="A file that goes with it.")]
Comments = Annotated[list[str] | None, typer.Option("--comment", help="A comment on it; may be repeated.")]
Later = Annotated[bool, typer.Option("--later", help="Finish it later: it is postponed.")]
Filters = Annotated[
    list[str] | None,
    typer.Option("--filter", metavar="FIELD=EXPRESSION", help="Such as 'occurred_at=-1M..t'; may be repeated."),
]
_LISTED = [
    "entry_no", "occurred_at", "contact_no", "contact_name", "interaction_template_code", "description",
    "information_flow", "salesperson_code", "campaign_no", "evaluation", "state",
]  # fmt: skip


@app.command()
def new(
    contact_no: Annotated[str, typer.Argument(metavar="CONTACT_NO", help="With whom.")],
    template: Annotated[str, typer.Argument(metavar="TEMPLATE", help="The interaction template.")],
    fields: Values = None,
    file: File = None,
    comments: Comments = None,
    later: Later = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Write an interaction into the log; --dry-run shows what it would begin with."""
    bench = bench_on(db)
    given = {**_fields(fields), "contact_no": contact_no, "interaction_template_code": template}
    receipt = bench.interactions.create(
        given, day_of(bench, as_of), file=file, comments=comments or (), finish_later=later, dry_run=dry_run
    )
    _print_receipt(receipt, "postponed" if later else "created", json)


@app.command()
def resume(
    entry_no: EntryNo,
    fields: Values = None,
    file: File = None,
    comments: Annotated[
        list[str] | None, typer.Option("--comment", help="A comment instead of those it has; may be repeated.")
    ] = None,
    later: Later = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Finish an interaction that was postponed."""
    bench = bench_on(db)
    receipt = bench.interactions.resume(
        entry_no, _fields(fields), day_of(bench, as_of), file=file, comments=comments, finish_later=later,
        dry_run=dry_run,
    )  # fmt: skip
    _print_receipt(receipt, "postponed" if later else "finished", json)


@app.command("list")
def list_interactions(
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="Words in description, subject or contact.")] = "",
    filters: Filters = None,
    sort: Annotated[str, typer.Option(help="The field to order by; -FIELD from the highest down.")] = "-occurred_at",
    rows: Annotated[int, typer.Option(min=1, help="How many to show.")] = 50,
    skip: Annotated[int, typer.Option(min=0, help="How many to pass over.")] = 0,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """List the log, the newest first."""
    from workbench.interactions import InteractionQuery

    bench = bench_on(db)
    query = InteractionQuery(text, pairs(filters, "--filter", str.partition), sort)
    page = bench.interactions.list(query, rows, skip, as_of=day_of(bench, as_of))
    if json:
        print_json({"total": page.total, "interactions": records(page.frame())})
        return
    shown = page.frame().assign(state=page.frame()["is_canceled"].map({True: "canceled", False: ""}))
    shown.loc[shown["is_postponed"], "state"] = "postponed"
    shown["occurred_at"] = shown["occurred_at"].dt.tz_convert(bench.setup.settings().time_zone).dt.tz_localize(None)
    print_frame(shown[_LISTED], title=f"{len(shown):,} of {page.total:,} interactions")


@app.command()
def show(entry_no: EntryNo, db: Db = None, json: Json = False) -> None:
    """Show one interaction with its comments."""
    card = bench_on(db).interactions.show(entry_no)
    if json:
        print_json({**record(card.to_dict()), "values": record(card.values), "comments": records(card.comments)})
        return
    print_frame(card.frame(), title=f"{card.entry_no}: {card.title}")
    if card.file_name:
        print(f"File: {card.file_name}")
    if len(card.comments):
        print_frame(card.comments, title="Comments")


@app.command()
def document(
    document_type: Annotated[str, typer.Argument(metavar="DOCUMENT", help="A kind, such as sales_invoice.")],
    document_no: Annotated[str, typer.Argument(metavar="NUMBER", help="The document's number.")],
    contact: Annotated[str | None, typer.Option(help="The contact whose document it is.")] = None,
    customer: Annotated[str | None, typer.Option(help="The customer whose document it is.")] = None,
    vendor: Annotated[str | None, typer.Option(help="The vendor whose document it is.")] = None,
    fields: Values = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Record that a document was sent or came, with the template that setup names for its kind."""
    bench = bench_on(db)
    receipt = bench.interactions.record_document(
        document_type, document_no, day_of(bench, as_of), contact_no=contact, customer_no=customer, vendor_no=vendor,
        values=_fields(fields), dry_run=dry_run,
    )  # fmt: skip
    if json:
        print_json(receipt.to_dict())
    elif receipt.reason:
        print(f"Nothing is recorded: there is {receipt.reason} for it.")
    else:
        head = "Interaction" if receipt.entry_no is None else f"Interaction {receipt.entry_no}"
        print(f"{head} with {receipt.contact_no} {would(dry_run, 'recorded')}.")


def _fields(texts: list[str] | None) -> dict[str, Any]:
    return dict(pairs(texts, "--set", str.partition))


def _print_receipt(receipt: InteractionReceipt, participle: str, json: bool) -> None:
    if json:
        print_json({**receipt.to_dict(), "values": record(receipt.draft.values)})
        return
    head = "Interaction" if receipt.entry_no is None else f"Interaction {receipt.entry_no}"
    print(f"{head} {would(not receipt.is_written, participle)}.")
    print_frame(receipt.frame())
    for note in receipt.notes:
        print(note)
