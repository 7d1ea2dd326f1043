"""Opportunities and their entries as frames, written down shortly."""

from __future__ import annotations

import pandas as pd

_DATES = ("created_on", "closed_on", "estimated_close_on", "changed_on")
_OPPORTUNITY = {
    "opportunity_no": None, "sales_cycle_code": "NEW", "status": "in_progress", "created_on": None, "closed_on": None,
    "estimated_close_on": None, "estimated_amount": None, "calculated_amount": None, "salesperson_code": None,
}  # fmt: skip
_ENTRY = {
    "opportunity_no": None, "stage_no": 0.0, "action_taken": None, "changed_on": None, "estimated_close_on": None,
    "estimated_amount": None, "calculated_amount": None,
}  # fmt: skip


def opportunities(*rows: dict[str, object]) -> pd.DataFrame:
    """Make opportunities; what a row does not say is unknown, the cycle is NEW and the status in progress."""
    return _frame([{**_OPPORTUNITY, **row} for row in rows], _OPPORTUNITY)


def entries(*rows: dict[str, object]) -> pd.DataFrame:
    """Make entries in the order of their steps."""
    found = _frame([{**_ENTRY, **row} for row in rows], _ENTRY)
    return found.assign(entry_no=range(1, len(found) + 1))


def _frame(rows: list[dict[str, object]], blank: dict[str, object]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=list(blank))
    for name in found:
        if name in _DATES:
            found[name] = pd.to_datetime(found[name]).astype("datetime64[us]")
        elif name.endswith("_amount") or name == "stage_no":
            found[name] = found[name].astype("float64")
        else:
            found[name] = found[name].astype("object")
    return found
