"""The commands about target groups of campaigns and the prices they get."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.campaign_cards import Number
from workbench.cli.frames import print_fitting, print_frame, records
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.cli.worksheet import DryRun, would

if TYPE_CHECKING:
    from workbench.campaigns import ActivationReceipt, RowReceipt

app = typer.Typer()
Item = Annotated[str, typer.Argument(metavar="ITEM_NO", help="The item's number.")]
Quantity = Annotated[float | None, typer.Option("--minimum-quantity", help="The quantity the price begins with.")]
First = Annotated[
    dt.datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Its first day; else the campaign's."),
]
Last = Annotated[
    dt.datetime | None,
    typer.Option("--to", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Its last day; else the campaign's."),
]


@app.command("target-group")
def target_group(number: Number, db: Db = None, json: Json = False) -> None:
    """List whom the prices of a campaign are for, or would be once it is activated."""
    group = bench_on(db).campaigns.target_group(number)
    if json:
        print_json({**_plain(group.__dict__), "rows": records(group.rows)})
        return
    print_frame(group.rows)
    what = "is activated" if group.is_activated else "is not activated"
    print(f"{number} {what}; members: {len(group):,}, in Business Central: {group.product_count:,}.")
    for note in group.notes:
        print(note)


@app.command()
def activate(
    number: Number,
    require_prices: Annotated[
        bool, typer.Option("--require-prices", help="Refuse where there is neither a price nor a line discount.")
    ] = False,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Let the prices and line discounts of a campaign be for its target group."""
    receipt = bench_on(db).campaigns.activate(number, require_prices=require_prices, dry_run=dry_run)
    _print_activation(receipt, "activated", json)


@app.command()
def deactivate(number: Number, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Let the prices of a campaign be for nobody."""
    _print_activation(bench_on(db).campaigns.deactivate(number, dry_run=dry_run), "deactivated", json)


@app.command()
def prices(number: Number, db: Db = None, json: Json = False) -> None:
    """List the prices and line discounts of a campaign."""
    print_frame(bench_on(db).campaigns.prices(number).frame(), json=json)


@app.command()
def price(
    number: Number,
    item: Item,
    unit_price: Annotated[str | None, typer.Option("--price", help="Of one, in the store's currency.")] = None,
    discount: Annotated[str | None, typer.Option("--discount", help="On the line, 0 to 1.")] = None,
    minimum_quantity: Quantity = None,
    first: First = None,
    last: Last = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Save a price, a line discount or both for one item."""
    receipt = bench_on(db).campaigns.save_price(
        number, item, minimum_quantity=minimum_quantity, starting_on=_day(first), unit_price=unit_price,
        line_discount=discount, ending_on=_day(last), dry_run=dry_run,
    )  # fmt: skip
    _print_row(receipt, item, "saved", json)


@app.command("delete-price")
def delete_price(
    number: Number,
    item: Item,
    minimum_quantity: Quantity = None,
    first: First = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete a price, named by its item, quantity and first day."""
    receipt = bench_on(db).campaigns.delete_price(
        number, item, minimum_quantity=minimum_quantity, starting_on=_day(first), dry_run=dry_run
    )
    _print_row(receipt, item, "deleted", json)


@app.command()
def offers(
    contact_no: Annotated[str, typer.Argument(metavar="CONTACT_NO", help="The contact's number.")],
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """List the prices of activated campaigns that a contact gets on a day."""
    bench = bench_on(db)
    offered = bench.campaigns.offers(contact_no, day_of(bench, as_of))
    if json:
        print_json(records(offered))
    else:
        print_fitting(offered) if len(offered) else print(f"No campaign price is for {contact_no}.")


def _day(given: dt.datetime | None) -> dt.date | None:
    return None if given is None else given.date()


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name != "rows"}


def _print_activation(receipt: ActivationReceipt, participle: str, json: bool) -> None:
    if json:
        print_json(receipt.__dict__)
        return
    print(
        f"{receipt.campaign_no} {would(not receipt.is_written, participle)}; target group: {receipt.member_count:,} "
        f"members, {receipt.customer_count:,} of them customers; prices: {receipt.price_count:,}."
    )
    for note in receipt.notes:
        print(note)


def _print_row(receipt: RowReceipt, item: str, participle: str, json: bool) -> None:
    if json:
        print_json(receipt.__dict__)
    else:
        print(f"{receipt.campaign_no}: price of {item} {would(not receipt.is_written, participle)}.")
