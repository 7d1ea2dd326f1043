"""A new opportunity: what, with whom, and whether it starts at once."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, opportunity_session, state
from workbench.app.language import _, date_input_format
from workbench.app.widgets import contact_chooser, opportunity_words, task_fields
from workbench.bench import Workbench

_NEW = "opportunity_new:"
_FIELDS = ("description", "salesperson_code", "sales_cycle_code", "contact_no")
_ESTIMATES = ("estimated_amount", "chances_rate", "estimated_close_on")


def draw(bench: Workbench) -> None:
    """Draw the fields.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    cycles = opportunity_words.cycles(bench)
    st.text_input(_("Description"), key=f"{_NEW}description", max_chars=100)
    contact_chooser.choose(bench, _("Contact"), f"{_NEW}contact_no")
    left, right = st.columns(2)
    left.selectbox(
        _("Sales cycle"), list(cycles), None, key=f"{_NEW}sales_cycle_code", placeholder=_("That of setup"),
        format_func=lambda code: cycles.get(code, code),
    )  # fmt: skip
    task_fields.choose_code(right, bench, "salesperson", _("Salesperson"), f"{_NEW}salesperson_code", _("By default"))
    if st.checkbox(_("Activate the first stage"), key=f"{_NEW}activates"):
        draw_estimates(_NEW)
    st.button(_("Create"), key="opportunity_create", type="primary", on_click=lambda: _create(bench))


def draw_estimates(prefix: str) -> None:
    """Draw the fields of what an opportunity is worth; what is left empty follows from the stage.

    Parameters
    ----------
    prefix : str
        What their keys begin with.
    """
    worth, chances, closes = st.columns(3)
    worth.number_input(_("Estimated value"), min_value=0.0, value=None, key=f"{prefix}estimated_amount")
    chances.number_input(
        _("Chances of success (%)"), min_value=0.0, max_value=100.0, value=None, step=5.0, key=f"{prefix}chances_rate",
        placeholder=_("By default"),
    )  # fmt: skip
    closes.date_input(
        _("Estimated closing date"), value=None, key=f"{prefix}estimated_close_on", format=date_input_format()
    )


def estimates(prefix: str) -> dict[str, object]:
    """Read the fields of what an opportunity is worth.

    Parameters
    ----------
    prefix : str
        What their keys begin with.

    Returns
    -------
    dict of str to object
        As steps take them; None for what was left empty.
    """
    held = {name: clicks.value(f"{prefix}{name}") for name in _ESTIMATES}
    chances = held["chances_rate"]
    return held | {"chances_rate": None if chances is None else float(chances) / 100}


def _create(bench: Workbench) -> None:
    fields = {name: clicks.value(f"{_NEW}{name}") for name in _FIELDS if clicks.value(f"{_NEW}{name}")}
    starts = bool(clicks.value(f"{_NEW}activates"))
    given = estimates(_NEW) if starts else {}
    made = clicks.attempt(
        lambda: bench.opportunities.create(state.as_of(), activates=starts, **given, **fields),  # type: ignore[arg-type]
        lambda made: _("Created {number}").format(number=made.opportunity_no),
    )
    if made is not None:
        clicks.forget_fields(_NEW)
        opportunity_session.open_opportunity(made.opportunity_no)
