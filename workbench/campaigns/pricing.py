"""Prices and line discounts that the target groups of campaigns get."""

# Names of columns come from the list below, values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd

from workbench.campaigns import cards
from workbench.campaigns.receipts import RowReceipt
from workbench.campaigns.results import Campaign, CampaignRows
from workbench.campaigns.work import CampaignWork
from workbench.contact_rows import finding, target_groups
from workbench.errors import ConfigError, NotFoundError, RuleError
from workbench.store import Connection, tables
from workbench.store.connection import first_row

_COLUMNS = (
    "item_no", "minimum_quantity", "starting_on", "unit_price_amount", "line_discount_rate", "ending_on",
)  # fmt: skip
_SHOWN = f"SELECT {', '.join(_COLUMNS)} FROM campaign_price WHERE campaign_no = ?"
_ORDER = " ORDER BY item_no, starting_on NULLS FIRST, minimum_quantity NULLS FIRST"
_THIS = """
    campaign_no = ? AND item_no = ? AND coalesce(minimum_quantity, 0) = coalesce(?, 0)
    AND starting_on IS NOT DISTINCT FROM ?
"""
_OFFERED = """
    SELECT p.campaign_no, c.description, p.item_no, p.minimum_quantity, p.unit_price_amount, p.line_discount_rate,
        coalesce(p.starting_on, c.starting_on) AS starting_on, coalesce(p.ending_on, c.ending_on) AS ending_on
    FROM campaign_price p JOIN campaign c USING (campaign_no) JOIN campaign_activation a USING (campaign_no)
    WHERE coalesce(p.starting_on, c.starting_on, $1) <= $1 AND coalesce(p.ending_on, c.ending_on, $1) >= $1
    ORDER BY p.item_no, p.minimum_quantity NULLS FIRST, p.campaign_no
"""


class Pricing(CampaignWork):
    """What target groups pay."""

    def prices(self, campaign_no: str) -> CampaignRows:
        """List the prices and line discounts of a campaign.

        Parameters
        ----------
        campaign_no : str
            Which campaign.

        Returns
        -------
        CampaignRows
            One row for each, by item: item_no, minimum_quantity, starting_on, unit_price_amount, line_discount_rate (0
            to 1), ending_on.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        """
        with self._database.reading() as con:
            cards.found(con, campaign_no)
            return CampaignRows(campaign_no, tables.frame(con, _SHOWN + _ORDER, [campaign_no]))

    def save_price(
        self,
        campaign_no: str,
        item_no: str,
        *,
        minimum_quantity: float | None = None,
        starting_on: dt.date | None = None,
        unit_price: object = None,
        line_discount: object = None,
        ending_on: dt.date | None = None,
        dry_run: bool = False,
    ) -> RowReceipt:
        """Save a price, a line discount or both for one item.

        Parameters
        ----------
        campaign_no : str
            Which campaign.
        item_no : str
            Which item.
        minimum_quantity : float, optional
            The quantity it begins with; with the item and the first day it tells prices apart.
        starting_on : datetime.date, optional
            Its first day; that of the campaign where absent.
        unit_price : object, optional
            Of one, in the store's currency.
        line_discount : object, optional
            As a share, 0 to 1.
        ending_on : datetime.date, optional
            Its last day; that of the campaign where absent.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The row before and now.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        ConfigError
            When the item is blank, there is neither price nor discount, or one of them is out of its range.
        RuleError
            When it would end before it starts, or lie outside the days of the campaign.
        """
        values = {
            "item_no": item_no.strip(), "minimum_quantity": minimum_quantity, "starting_on": starting_on,
            "unit_price_amount": _amount(unit_price), "line_discount_rate": _rate(line_discount),
            "ending_on": ending_on,
        }  # fmt: skip
        _check(values)
        with self._unit(dry_run) as con:
            _check_days(cards.found(con, campaign_no), starting_on, ending_on)
            key = [campaign_no, values["item_no"], minimum_quantity, starting_on]
            before = _found(con, key)
            if not dry_run:
                con.execute(f"DELETE FROM campaign_price WHERE {_THIS}", key)
                _insert(con, campaign_no, values)
        return RowReceipt(campaign_no, before, values, not dry_run)

    def delete_price(
        self,
        campaign_no: str,
        item_no: str,
        *,
        minimum_quantity: float | None = None,
        starting_on: dt.date | None = None,
        dry_run: bool = False,
    ) -> RowReceipt:
        """Delete a price.

        Parameters
        ----------
        campaign_no : str
            Which campaign.
        item_no : str
            Which item.
        minimum_quantity : float, optional
            The quantity it begins with.
        starting_on : datetime.date, optional
            Its first day.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The row that is gone.

        Raises
        ------
        NotFoundError
            When there is no such campaign, or it has no such price.
        """
        with self._unit(dry_run) as con:
            cards.found(con, campaign_no)
            key = [campaign_no, item_no.strip(), minimum_quantity, starting_on]
            before = _found(con, key)
            if before is None:
                raise NotFoundError(
                    f'{campaign_no} has no such price of "{item_no}".',
                    "Name the item, the quantity it begins with and its first day as the list of prices has them.",
                )
            if not dry_run:
                con.execute(f"DELETE FROM campaign_price WHERE {_THIS}", key)
        return RowReceipt(campaign_no, before, None, not dry_run)

    def offers(self, contact_no: str, as_of: dt.date) -> pd.DataFrame:
        """List the prices of activated campaigns that a contact gets on a day.

        Parameters
        ----------
        contact_no : str
            The contact; a person gets what its company gets.
        as_of : datetime.date
            The day.

        Returns
        -------
        pandas.DataFrame
            One row for each price, by item and quantity: campaign_no, description, item_no, minimum_quantity,
            unit_price_amount, line_discount_rate, starting_on, ending_on.

        Raises
        ------
        NotFoundError
            When no contact has the number.
        """
        with self._database.reading() as con:
            member = _member(con, contact_no)
            offered = tables.frame(con, _OFFERED, [as_of])
            mine = [
                no for no in offered["campaign_no"].unique()
                if target_groups.members(con, no)["contact_no"].eq(member).any()
            ]  # fmt: skip
        return offered[offered["campaign_no"].isin(mine)].reset_index(drop=True)


def _member(con: Connection, contact_no: str) -> str:
    query = "SELECT CASE WHEN type = 'company' THEN contact_no ELSE coalesce(company_no, contact_no) END FROM contact"
    (member,) = first_row(con, f"{query} WHERE contact_id = ?", [finding.id_of(con, contact_no)]) or (contact_no,)
    return str(member)


def _found(con: Connection, key: list[Any]) -> dict[str, Any] | None:
    row = first_row(con, f"SELECT {', '.join(_COLUMNS)} FROM campaign_price WHERE {_THIS}", key)
    return None if row is None else dict(zip(_COLUMNS, row, strict=True))


def _insert(con: Connection, campaign_no: str, values: Mapping[str, Any]) -> None:
    con.execute(
        f"INSERT INTO campaign_price (campaign_no, {', '.join(values)}) VALUES (?{', ?' * len(values)})",
        [campaign_no, *values.values()],
    )


def _check(values: Mapping[str, Any]) -> None:
    if not values["item_no"]:
        raise ConfigError("A price needs an item.", "Write the number of the item.")
    if values["unit_price_amount"] is None and values["line_discount_rate"] is None:
        raise ConfigError(
            f"There is neither a price nor a discount for {values['item_no']}.",
            "Give a price of one, a line discount from 0 to 1, or both.",
        )
    quantity = values["minimum_quantity"]
    if quantity is not None and not 0 <= quantity < float("inf"):
        raise ConfigError(f'"{quantity}" is no quantity.', "Write a number that is not negative.")


def _check_days(campaign: Campaign, starting_on: dt.date | None, ending_on: dt.date | None) -> None:
    """Refuse days on which the price could never count: it counts within the days of the campaign only."""
    first, last = starting_on or campaign.starting_on, ending_on or campaign.ending_on
    if first and last and last < first:
        raise RuleError(f"The price would end on {last}, before it starts on {first}.", "Change one of the days.")


def _amount(value: object) -> Decimal | None:
    number = _decimal(value)
    if number is not None and not 0 <= number < Decimal(10) ** 14:
        raise ConfigError(f'"{value}" is no price.', "Write a number that is not negative.")
    return None if number is None else number.quantize(Decimal("0.0001"))


def _rate(value: object) -> float | None:
    number = _decimal(value)
    if number is not None and not 0 <= number <= 1:
        raise ConfigError(f'"{value}" is no line discount.', "Write a share from 0 to 1, such as 0.15.")
    return None if number is None else float(number)


def _decimal(value: object) -> Decimal | None:
    text = "" if value is None else str(value).strip()
    try:
        number = Decimal(text) if text else None
    except InvalidOperation:
        return Decimal(-1)
    return number if number is None or number.is_finite() else Decimal(-1)
