"""The commands that create, show, change and delete campaigns, and comment on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.frames import print_fitting, print_frame, record, records
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.cli.worksheet import DryRun, would

if TYPE_CHECKING:
    from workbench.campaigns import CampaignDeletion, CampaignReceipt

app = typer.Typer()
Number = Annotated[str, typer.Argument(metavar="CAMPAIGN_NO", help="The campaign's number, such as CP0001.")]
Fields = Annotated[
    list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field; may be repeated, blank clears it.")
]
_SHORT = ["campaign_no", "description", "status_code", "starting_on", "ending_on", "salesperson_code", "is_activated"]


@app.command()
def new(
    description: Annotated[str | None, typer.Option(help="What it is.")] = None,
    number: Annotated[str | None, typer.Option("--no", help="Its number; else the next one.")] = None,
    fields: Fields = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Create a campaign."""
    bench = bench_on(db)
    given = {} if description is None else {"description": description}
    receipt = bench.campaigns.create(
        day_of(bench, as_of), campaign_no=number, dry_run=dry_run, **{**given, **_card(fields)}
    )
    _print_receipt(receipt, "created", json)


@app.command("set")
def set_(
    number: Number,
    values: Annotated[list[str] | None, typer.Argument(metavar="FIELD=VALUE", help="As with --set.")] = None,
    fields: Fields = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Change fields of a campaign: its status, its days, who is responsible."""
    given = _card([*(values or []), *(fields or [])])
    _print_receipt(bench_on(db).campaigns.change(number, dry_run=dry_run, **given), "changed", json)


@app.command("list")
def list_(db: Db = None, json: Json = False) -> None:
    """List the campaigns."""
    frame = bench_on(db).campaigns.list().frame()
    print_frame(frame if json else frame[_SHORT], json=json)


@app.command()
def show(number: Number, db: Db = None, json: Json = False) -> None:
    """Show a campaign: its card, how much belongs to it, and its comments."""
    bench = bench_on(db)
    campaign, comments = bench.campaigns.get(number), bench.campaigns.comments(number).frame()
    if json:
        print_json({**record(campaign.to_dict()), "comments": records(comments)})
        return
    for name, value in campaign.to_dict().items():
        print(f"{name:17} {'' if value is None else value}".rstrip())
    if len(comments):
        print_fitting(comments)


@app.command()
def delete(
    number: Number,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    keep_interactions: Annotated[
        bool, typer.Option("--keep-interactions", help="Leave the interactions that came of its entries.")
    ] = False,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete a campaign with its entries, their interactions, its targets, prices and comments."""
    campaigns = bench_on(db).campaigns
    receipt = campaigns.delete(number, keep_interactions=keep_interactions, dry_run=dry_run or not yes)
    if not dry_run and not yes:
        typer.confirm(f"Delete {_what_goes(receipt)}?", abort=True, err=True)
        receipt = campaigns.delete(number, keep_interactions=keep_interactions)
    if json:
        print_json(receipt.__dict__)
    else:
        print(f"{_what_goes(receipt)} {would(not receipt.is_written, 'deleted')}.")


@app.command()
def comment(
    number: Number,
    text: Annotated[str, typer.Argument(help="What is to be remembered.")],
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Add a comment on a campaign."""
    bench = bench_on(db)
    receipt = bench.campaigns.comment(number, text, day_of(bench, as_of), dry_run=dry_run)
    if json:
        print_json(receipt.__dict__)
    else:
        line_no = (receipt.after or {})["line_no"]
        print(f"{number}: comment {line_no} {would(dry_run, 'added')}.")


@app.command("delete-comment")
def delete_comment(
    number: Number,
    line_no: Annotated[int, typer.Argument(metavar="LINE_NO", help="The number of the comment, such as 10000.")],
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete a comment on a campaign."""
    receipt = bench_on(db).campaigns.delete_comment(number, line_no, dry_run=dry_run)
    if json:
        print_json(receipt.__dict__)
    else:
        print(f"{number}: comment {line_no} {would(dry_run, 'deleted')}.")


def _card(texts: list[str] | None) -> dict[str, Any]:
    """Read fields of a card; one of another name is refused before it could be taken for an option."""
    from workbench.campaigns import cards

    return cards.read(pairs(texts, "--set", str.partition))


def _what_goes(receipt: CampaignDeletion) -> str:
    return (
        f"{receipt.campaign_no} with {receipt.entry_count:,} entries, {receipt.interaction_count:,} interactions, "
        f"{receipt.target_count:,} targets, {receipt.price_count:,} prices and {receipt.comment_count:,} comments"
    )


def _print_receipt(receipt: CampaignReceipt, participle: str, json: bool) -> None:
    if json:
        print_json({**receipt.__dict__, "changed": {name: list(pair) for name, pair in receipt.changed.items()}})
        return
    for name, (before, after) in receipt.changed.items():
        print(f"{name}: {'' if before is None else before} -> {'' if after is None else after}")
    what = would(not receipt.is_written, participle) if receipt.changed or participle == "created" else "as it was"
    print(f"{receipt.campaign_no} {what}.")
