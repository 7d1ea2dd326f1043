"""How opportunities, what is done with them and what came of it are said."""

from __future__ import annotations

import pandas as pd

from workbench.app import cached, labels
from workbench.app.labels import N_
from workbench.app.language import _, core
from workbench.bench import Workbench
from workbench.opportunities import StepReceipt

ACTIONS = {
    "first": N_("First"), "next": N_("Next"), "previous": N_("Previous"), "skip": N_("Skip"), "update": N_("Update"),
    "jump": N_("Jump"),
}  # fmt: skip
"""What may be done with an opportunity, as the product names it."""


def word(value: str) -> str:
    """Name a status, a priority or a step that was taken.

    Parameters
    ----------
    value : str
        As it is stored.

    Returns
    -------
    str
        In the visitor's language, with a capital.
    """
    return labels.capital(labels.choice(value))


def said(done: StepReceipt) -> str:
    """Announce a step.

    Parameters
    ----------
    done : StepReceipt
        What was done.

    Returns
    -------
    str
        Where the opportunity is now, and what to know.
    """
    where = done.changed["stage"][1] if done.changed.get("stage", (None, None))[1] else word(done.status)
    told = [_("{number}: {stage}.").format(number=done.opportunity_no, stage=where)]
    if done.created_task_nos:
        told.append(_("New tasks: {numbers}.").format(numbers=", ".join(done.created_task_nos)))
    if done.canceled_task_nos:
        told.append(_("Canceled tasks: {numbers}.").format(numbers=", ".join(done.canceled_task_nos)))
    if done.customer_no:
        told.append(_("New customer: {number}.").format(number=done.customer_no))
    return " ".join([*told, *map(core, done.notes)])


def cycles(bench: Workbench) -> dict[str, str]:
    """List the sales cycles.

    Parameters
    ----------
    bench : Workbench
        On the store.

    Returns
    -------
    dict of str to str
        What they are called, by code.
    """
    return _named(cached.by_revision(bench, bench.sales_cycles.list, "sales cycles").rows)


def reasons(bench: Workbench, status: str) -> dict[str, str]:
    """List why opportunities are closed.

    Parameters
    ----------
    bench : Workbench
        On the store.
    status : {"won", "lost"}
        How they ended.

    Returns
    -------
    dict of str to str
        What the codes are called, by code.
    """
    rows = bench.sales_cycles.close_codes().rows
    return _named(rows[rows["type"] == status])


def _named(rows: pd.DataFrame) -> dict[str, str]:
    pairs = zip(rows["code"], rows["description"], strict=True)
    return {str(code): str(code) if pd.isna(name) else f"{code} · {name}" for code, name in pairs}
