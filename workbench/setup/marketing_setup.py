"""Marketing Setup (table 5079): numbering, relations, inheritance, defaults, duplicates."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

import pandas as pd

from workbench.store import Connection


@dataclass(frozen=True)
class MarketingSetup:
    """What new contacts begin with, what people inherit from companies, and how numbers and duplicates are found.

    Attributes
    ----------
    contact_nos, campaign_nos, segment_nos, task_nos, opportunity_nos : str
        Codes of number series.
    customer_relation_code, vendor_relation_code, bank_account_relation_code, employee_relation_code : str
        Business relations that link contacts with such records.
    inherit_salesperson_code, inherit_territory_code, inherit_country_code, inherit_language_code, \
inherit_format_region, inherit_address_details, inherit_communication_details : bool
        What people take over from their company.
    default_salesperson_code, default_territory_code, default_country_code, default_language_code, \
default_format_region, default_sales_cycle_code, default_company_salutation_code, default_person_salutation_code : str
        What new contacts, and opportunities, begin with.
    default_correspondence_type : str
        ``"hard_copy"``, ``"email"`` or blank.
    default_task_date_formula : str
        When a new task is due, as a date formula.
    autosearch_duplicates, maintain_duplicates : bool
        Whether duplicates are looked for when a company changes, and whether pairs are kept up.
    search_hit_percent : int
        Share of the search strings that two companies must have in common, 1 to 100.
    attachment_storage : str
        ``"embedded"`` or ``"disk_file"``.
    attachment_folder : str
        Where files are kept on disk.
    """

    contact_nos: str = "CONT"
    campaign_nos: str = "CAMP"
    segment_nos: str = "SEGM"
    task_nos: str = "TASK"
    opportunity_nos: str = "OPP"
    customer_relation_code: str = ""
    vendor_relation_code: str = ""
    bank_account_relation_code: str = ""
    employee_relation_code: str = ""
    inherit_salesperson_code: bool = True
    inherit_territory_code: bool = True
    inherit_country_code: bool = True
    inherit_language_code: bool = True
    inherit_format_region: bool = True
    inherit_address_details: bool = True
    inherit_communication_details: bool = True
    default_salesperson_code: str = ""
    default_territory_code: str = ""
    default_country_code: str = ""
    default_language_code: str = ""
    default_format_region: str = ""
    default_sales_cycle_code: str = ""
    default_company_salutation_code: str = ""
    default_person_salutation_code: str = ""
    default_correspondence_type: str = ""
    default_task_date_formula: str = ""
    autosearch_duplicates: bool = True
    maintain_duplicates: bool = True
    search_hit_percent: int = 60
    attachment_storage: str = "embedded"
    attachment_folder: str = ""

    def frame(self) -> pd.DataFrame:
        """Give the marketing setup as a frame.

        Returns
        -------
        pandas.DataFrame
            A row for each field: `name` and `value` as text, empty when not set.
        """
        rows = [(name, str(value)) for name, value in asdict(self).items()]
        return pd.DataFrame(rows, columns=["name", "value"], dtype="str")

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False, border=0)


def read(con: Connection) -> MarketingSetup:
    """Read the marketing setup of a store.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    MarketingSetup
        With what was never set at its default.
    """
    kept = dict(con.execute("SELECT name, value FROM setting").fetchall())
    own = {item.name: item for item in fields(MarketingSetup)}
    return MarketingSetup(**{name: _typed(own[name].type, value) for name, value in kept.items() if name in own})


def _typed(type_: Any, value: str) -> Any:
    if type_ in (bool, "bool"):
        return value == "True"
    return int(value) if type_ in (int, "int") else value
