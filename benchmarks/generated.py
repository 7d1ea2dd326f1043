"""Data of any size for benchmarks, the same on every machine and every run: drawn by hash, not by dice."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass
from pathlib import Path

import workbench as wb

AS_OF = dt.date(2025, 1, 1)
BEGIN = "TIMESTAMP '2022-01-01'"
DAYS = 1_100  # a few days more than three years, so that some rows lie after AS_OF
CHUNK = 10_000_000  # rows of one unit of work, which bounds the memory that making a large store takes

# Shares of the interactions by template, and whether they go out or come in.
TEMPLATES = {
    "email_sent": (0.46, "outbound"),
    "email_open": (0.22, "inbound"),
    "web_visit": (0.14, "inbound"),
    "email_click": (0.09, "inbound"),
    "letter": (0.05, "outbound"),
    "call": (0.02, "outbound"),
    "store_event": (0.015, "inbound"),
    "complaint": (0.005, "inbound"),
}


@dataclass(frozen=True)
class Size:
    """How much to generate.

    Attributes
    ----------
    contacts, interactions, sales : int
        Rows of each table.
    """

    contacts: int = 1_000_000
    interactions: int = 20_000_000
    sales: int = 5_000_000

    @property
    def name(self) -> str:
        """The size in a file's name."""
        return f"{self.contacts}-{self.interactions}-{self.sales}"


def store(size: Size, path: Path | None = None) -> wb.Workbench:
    """Give a store of a size, generating it unless it is there from an earlier run.

    Parameters
    ----------
    size : Size
        Rows of each table.
    path : pathlib.Path, optional
        The store; by default one for each size in the folder for temporary files.

    Returns
    -------
    Workbench
        On the store.
    """
    folder = Path(tempfile.gettempdir()) / "workbench-benchmarks"
    folder.mkdir(exist_ok=True)
    bench = wb.open(path or folder / f"generated-{size.name}.duckdb")
    if bench.setup.settings().as_of is None:
        _fill(bench, size)
    return bench


def _fill(bench: wb.Workbench, size: Size) -> None:
    """Fill the store; the setting is written last, so an interrupted run is noticed by the next."""
    if bench.overview.figures(AS_OF).row_count("contact"):
        raise SystemExit(f"{bench.database.path} is half made; remove it and start again.")
    bench.setup.add_field("contact", "age_band", "text")
    bench.setup.add_field("contact", "loyalty_points", "number")
    bench.setup.add_field("contact", "joined_on", "date")
    bench.setup.add_field("sales_entry", "department", "text")
    _insert(bench, _CONTACTS, size.contacts, contacts=size.contacts)
    _interactions(bench, size)
    _insert(bench, _SALES, size.sales, contacts=size.contacts, days=DAYS, rows=size.sales)
    bench.setup.set("as_of", AS_OF)


def _interactions(bench: wb.Workbench, size: Size) -> None:
    """Insert template by template, each in order of time: the layout that a nightly load ordered by both has."""
    before = 0
    for template, (share, flow) in TEMPLATES.items():
        rows = round(size.interactions * share)
        _insert(bench, _INTERACTIONS, rows, template=template, flow=flow, rows=rows, first=before, days=DAYS,
                contacts=size.contacts)  # fmt: skip
        before += rows


def _insert(bench: wb.Workbench, statement: str, last: int, **values: object) -> None:
    """Insert the rows from 1 to the last, so many at a time."""
    for low in range(1, last + 1, CHUNK):
        with bench.database.writing() as con:
            con.execute(statement, {**values, "low": low, "high": min(low + CHUNK, last + 1)})


def _draw(salt: str) -> str:
    """A number from 0 to 1 (not 1 itself) that depends on the row and the salt only; fine enough for many contacts."""
    return f"CAST({_mixed(salt)} % {2**48} AS DOUBLE) / {2**48}.0"


def _one_of(values: int, salt: str) -> str:
    return f"({_mixed(salt)} % {values})"


def _mixed(salt: str) -> str:
    """Hash twice: DuckDB combines the hashes of two values so simply that draws with two salts would be related."""
    return f"hash(hash(i, '{salt}'))"


# One contact in twenty is a company; one person in five works at one.
_CONTACTS = f"""
INSERT INTO contact BY NAME
WITH drawn AS (
    SELECT CAST(i AS INTEGER) AS i, i % 20 = 0 AS is_company
    FROM range(CAST($low AS BIGINT), CAST($high AS BIGINT)) t(i)
)
SELECT
    i AS contact_id,
    format('CT{{:09d}}', i) AS contact_no,
    CASE WHEN is_company THEN 'company' ELSE 'person' END AS type,
    'Contact ' || i AS name,
    CASE WHEN is_company THEN format('CT{{:09d}}', i)
         WHEN {_draw("works")} < 0.2
         THEN format('CT{{:09d}}', 20 * (1 + {_one_of(7919, "company")} % greatest($contacts // 20, 1)))
    END AS company_no,
    CASE WHEN {_draw("address")} < 0.9 THEN 'Street ' || {_one_of(900, "street")} END AS address,
    CASE WHEN {_draw("has city")} < 0.95
         THEN 'City ' || CAST(floor(power({_draw("city")}, 2) * 300) AS INTEGER)
    END AS city,
    'P' || {_one_of(5000, "post code")} AS post_code,
    list_value('US', 'GB', 'DE', 'FR', 'ES', 'CZ', 'DK', 'NL')[1 + {_one_of(8, "country")}::INTEGER] AS country_code,
    CASE WHEN {_draw("email")} < 0.8 THEN 'contact' || i || '@example.com' END AS email,
    CASE WHEN {_draw("phone")} < 0.5 THEN format('+1 555 {{:07d}}', i) END AS phone_no,
    CASE WHEN {_draw("mobile")} < 0.6 THEN format('+1 666 {{:07d}}', i) END AS mobile_phone_no,
    'SP' || {_one_of(40, "salesperson")} AS salesperson_code,
    {_draw("excluded")} < 0.02 AS is_excluded_from_segments,
    {_draw("blocked")} < 0.01 AS is_privacy_blocked,
    CASE WHEN {_draw("has age")} < 0.8
         THEN list_value('18-24', '25-34', '35-44', '45-54', '55-64', '65+')[1 + {_one_of(6, "age")}::INTEGER]
    END AS age_band,
    CASE WHEN {_draw("has points")} < 0.7 THEN floor(power({_draw("points")}, 3) * 10000) END AS loyalty_points,
    DATE '2015-01-01' + {_one_of(3650, "joined")}::INTEGER AS joined_on
FROM drawn
"""

# Times rise evenly; who it is about is drawn, some contacts far more often than others.
_INTERACTIONS = f"""
INSERT INTO interaction BY NAME
SELECT
    $first + row_no AS entry_no,
    1 + CAST(floor(power({_draw("contact")}, 1.6) * $contacts) AS INTEGER) AS contact_id,
    {BEGIN} + to_microseconds(CAST(row_no * ($days * 86400000000.0 / $rows) AS BIGINT)) AS occurred_at,
    $template AS interaction_template_code,
    $flow AS information_flow,
    CASE WHEN $flow = 'outbound' THEN 'us' ELSE 'them' END AS initiated_by,
    CASE WHEN {_draw("has campaign")} < 0.5 THEN 'CP' || {_one_of(60, "campaign")} END AS campaign_no,
    {_draw("canceled")} < 0.01 AS is_canceled
FROM (SELECT n AS row_no, hash(n, $template) AS i FROM range(CAST($low AS BIGINT), CAST($high AS BIGINT)) t(n))
"""

_SALES = f"""
INSERT INTO sales_entry BY NAME
SELECT
    i AS entry_no,
    1 + CAST(floor(power({_draw("buyer")}, 1.4) * $contacts) AS INTEGER) AS contact_id,
    {BEGIN} + to_microseconds(CAST(i * ($days * 86400000000.0 / $rows) AS BIGINT)) AS posted_at,
    'B' || (i // 3) AS document_no,
    'I' || {_one_of(20000, "item")} AS item_no,
    1 + {_one_of(4, "quantity")} AS quantity,
    CAST(round(power({_draw("amount")}, 3) * 400 + 1, 2) AS DECIMAL(18, 4)) AS sales_amount,
    list_value('GROCERY', 'DRUG GM', 'PRODUCE', 'MEAT', 'DELI', 'PASTRY', 'NUTRITION', 'SEAFOOD')
        [1 + CAST(floor(power({_draw("department")}, 2) * 8) AS INTEGER)] AS department
FROM range(CAST($low AS BIGINT), CAST($high AS BIGINT)) t(i)
"""
