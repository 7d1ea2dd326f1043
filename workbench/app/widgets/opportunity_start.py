"""New opportunities where they begin: with a contact, an interaction, the lines of a worksheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from workbench.app import clicks, state
from workbench.app.language import _, core, date_input_format, number
from workbench.app.widgets import task_fields
from workbench.bench import Workbench
from workbench.opportunities import OpportunitiesReceipt, OpportunityReceipt

Receipt = TypeVar("Receipt")
_FIELDS = ("description", "sales_cycle_code", "salesperson_code")
_ESTIMATES = ("estimated_amount", "chances", "estimated_close_on")


def of_contact(bench: Workbench, contact_no: str) -> None:
    """Draw the form for a new opportunity with a contact.

    Parameters
    ----------
    bench : Workbench
        On the store.
    contact_no : str
        With whom.
    """

    def create(asked: dict[str, Any], dry_run: bool) -> OpportunityReceipt:
        return bench.opportunities.create(state.as_of(), contact_no=contact_no, dry_run=dry_run, **asked)

    with st.popover(_("New opportunity"), icon=":material/add:", key="opportunity_of_contact"):
        _form(bench, "opportunity_contact:", create, _one)


def of_interaction(bench: Workbench, entry_no: int) -> None:
    """Draw the form for a new opportunity of an interaction.

    Parameters
    ----------
    bench : Workbench
        On the store.
    entry_no : int
        Which, as the log numbers it.
    """

    def create(asked: dict[str, Any], dry_run: bool) -> OpportunityReceipt:
        return bench.opportunities.from_interaction(entry_no, state.as_of(), dry_run=dry_run, **asked)

    with st.popover(_("Create opportunity"), icon=":material/add:", key="opportunity_of_interaction"):
        st.caption(_("Contact, campaign, salesperson and comments come from the interaction."))
        _form(bench, "opportunity_interaction:", create, _one)


def of_worksheet(bench: Workbench, worksheet_no: str) -> None:
    """Draw the form for an opportunity with each contact on a worksheet.

    Parameters
    ----------
    bench : Workbench
        On the store.
    worksheet_no : str
        Which.
    """

    def create(asked: dict[str, Any], dry_run: bool) -> OpportunitiesReceipt:
        return bench.opportunities.from_worksheet(worksheet_no, state.as_of(), dry_run=dry_run, **asked)

    st.subheader(_("Opportunities"))
    st.caption(_("Creates one for each line; contacts whose privacy is blocked get none."))
    with st.popover(_("Create opportunities"), icon=":material/add:", key="opportunity_of_worksheet"):
        _form(bench, "opportunity_worksheet:", create, _several)


def _form(
    bench: Workbench,
    prefix: str,
    create: Callable[[dict[str, Any], bool], Receipt],
    say: Callable[[Receipt], str],
) -> None:
    """Draw what all of them ask for; the preview and the button that writes are the same work."""
    st.text_input(_("Description"), key=f"{prefix}description", help=_("Else where it comes from says it."))
    left, right = st.columns(2)
    cycles = _cycles(bench)
    left.selectbox(
        _("Sales cycle"), list(cycles), None, key=f"{prefix}sales_cycle_code", placeholder=_("As setup says"),
        format_func=lambda code: f"{code} · {cycles[code]}" if cycles[code] else code,
    )  # fmt: skip
    task_fields.choose_code(right, bench, "salesperson", _("Salesperson"), f"{prefix}salesperson_code")
    if st.toggle(_("Activate the first stage"), key=f"{prefix}activates"):
        _draw_estimates(prefix)

    def work(dry_run: bool) -> None:
        done = clicks.attempt(lambda: create(_asked(prefix), dry_run), say)
        if done is not None and not dry_run:
            clicks.forget_fields(prefix)

    with st.container(horizontal=True):
        st.button(_("Preview"), key=f"{prefix}preview", on_click=work, args=(True,))
        st.button(_("Create"), key=f"{prefix}create", type="primary", on_click=work, args=(False,))


def _draw_estimates(prefix: str) -> None:
    left, middle, right = st.columns(3)
    left.number_input(_("Estimated value"), min_value=0.0, value=None, key=f"{prefix}estimated_amount")
    middle.number_input(
        _("Chances of success, %"), min_value=0.0, max_value=100.0, value=None, key=f"{prefix}chances",
        help=_("Else those of the stage."),
    )  # fmt: skip
    right.date_input(
        _("Expected to close on"), value=None, key=f"{prefix}estimated_close_on", format=date_input_format()
    )


def _asked(prefix: str) -> dict[str, Any]:
    fields = {name: clicks.value(f"{prefix}{name}") for name in _FIELDS}
    asked: dict[str, Any] = {name: value for name, value in fields.items() if value}
    if not clicks.value(f"{prefix}activates"):
        return asked
    amount, chances, close_on = (clicks.value(f"{prefix}{name}") for name in _ESTIMATES)
    rate = None if chances is None else chances / 100
    return {**asked, "activates": True, "estimated_amount": amount, "chances_rate": rate,
            "estimated_close_on": close_on}  # fmt: skip


def _cycles(bench: Workbench) -> dict[str, str]:
    """List the sales cycles that take opportunities, with what they are called."""
    cycles = bench.reports.sales_cycle_analysis(state.as_of()).cycles
    taking = cycles[~cycles["is_blocked"]]
    return dict(zip(taking["sales_cycle_code"], taking["description"].fillna(""), strict=True))


def _one(receipt: OpportunityReceipt) -> str:
    text = _("Opportunity {number} created.") if receipt.is_written else _("Opportunity {number} would be created.")
    return " ".join([text.format(number=receipt.opportunity_no), *map(core, receipt.notes)])


def _several(receipt: OpportunitiesReceipt) -> str:
    text = _("Opportunities created: {count}") if receipt.is_written else _("Would be created: {count}")
    return ". ".join([text.format(count=number(len(receipt.opportunities))), *map(core, receipt.notes)])
