"""Actions on worksheets with their filters, in the visitor's language."""

from __future__ import annotations

import pandas as pd

from pipelines.catalogue import Catalogue
from pipelines.criteria import FILTER_TABLES, CriteriaAction, TableFilter
from workbench.app import labels
from workbench.app.labels import N_
from workbench.app.language import _
from workbench.worksheets import CriteriaLog

KINDS = {"add": N_("Add contacts"), "reduce": N_("Reduce"), "refine": N_("Refine")}
OPTIONS = {
    "allow_existing": N_("Allow existing contacts"),
    "expand_companies": N_("Expand companies"),
    "allow_related_companies": N_("Allow related companies"),
    "ignore_exclusion": N_("Ignore exclusion"),
    "entire_companies": N_("Entire companies"),
    "keeps_contact": N_("One of several lines"),
    "reset_criteria": N_("Where no line is left, reset the criteria"),
}
_TABLES = {
    "contact": N_("Contacts"),
    "profile_answer": N_("Profile answers"),
    "mailing_group": N_("Mailing groups"),
    "interaction": N_("Interactions"),
    "job_responsibility": N_("Job responsibilities"),
    "industry_group": N_("Industry groups"),
    "business_relation": N_("Business relations"),
    "value_entry": N_("Sales entries"),
    "segment": N_("Saved segment"),
    "snapshot": N_("Snapshot"),
}
_OWN = {"code": N_("Code"), "name": N_("Name"), "id": N_("No.")}


def field(dotted: str, catalogue: Catalogue) -> str:
    """Name a field that filters can be on.

    Parameters
    ----------
    dotted : str
        A table of filters and one of its fields: ``"contact.city"``.
    catalogue : Catalogue
        The fields there are.

    Returns
    -------
    str
        Table and field.
    """
    table, _dot, name = dotted.partition(".")
    return f"{_(_TABLES[table])}: {_field(table, name, catalogue)}"


def action(done: CriteriaAction, catalogue: Catalogue) -> str:
    """Say an action in one line.

    Parameters
    ----------
    done : CriteriaAction
        The action.
    catalogue : Catalogue
        The fields there are.

    Returns
    -------
    str
        What it does, its options and its filters.
    """
    return "; ".join([_head(done), *(_filters(each, catalogue) for each in done.filters)])


def frame(log: CriteriaLog, catalogue: Catalogue) -> pd.DataFrame:
    """Lay a log out as the product does: a line for each action and for each filter.

    Parameters
    ----------
    log : CriteriaLog
        The actions.
    catalogue : Catalogue
        The fields there are.

    Returns
    -------
    pandas.DataFrame
        Columns line_no, text.
    """
    rows = [
        (entry.line_no + at, text)
        for entry in log.actions
        for at, text in enumerate([_head(entry.action), *(_filters(f, catalogue) for f in entry.action.filters)])
    ]
    return pd.DataFrame(rows, columns=["line_no", "text"])


def _head(done: CriteriaAction) -> str:
    options = ", ".join(_(OPTIONS[name]) for name in done.options)
    return f"{_(KINDS[done.kind])} ({options})" if options else _(KINDS[done.kind])


def _filters(each: TableFilter, catalogue: Catalogue) -> str:
    fields = (f"{_field(each.table, name, catalogue)}: {expression}" for name, expression in each.fields)
    return f"{_(_TABLES[each.table])}: {', '.join(fields)}"


def _field(table: str, name: str, catalogue: Catalogue) -> str:
    related = FILTER_TABLES[table].related if table in FILTER_TABLES else ""
    known = catalogue.row_fields(related) if related else catalogue.contact_fields() if table == "contact" else {}
    return labels.field(known[name]) if name in known else _(_OWN.get(name, name))
