"""Why somebody is no target, and by what contacts are known, in the visitor's language."""

from __future__ import annotations

from workbench.app.labels import N_
from workbench.app.language import _

_REASONS = {
    "members": N_("Members of the segment"),
    "other_segment": N_("In an earlier segment of the campaign"),
    "targeted_before": N_("Targeted by this campaign before"),
    "privacy_blocked": N_("Privacy blocked"),
    "excluded_from_segments": N_("Excluded from segments"),
    "no_consent": N_("No standing consent"),
    "unreachable": N_("No address for the channel"),
    "frequency_cap": N_("Written to often enough"),
    "other_campaign": N_("Went to another campaign"),
    "duplicate": N_("Shares the key with a target"),
    "household_cap": N_("No room left in the household"),
    "company_cap": N_("No room left in the company"),
    "capacity": N_("No room left in the campaign"),
}
KEYS = {
    "contact": N_("Contact"),
    "email": N_("E-mail address"),
    "phone": N_("Telephone"),
    "household": N_("Household"),
    "company": N_("Company"),
}
"""Dedupe keys."""
CHANNELS = {
    None: N_("Any"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "post": N_("Post"),
    "sms": N_("Text message"),
}
"""Channels by which targets are addressed."""


def entry(name: str) -> str:
    """Name an entry of a ledger.

    Parameters
    ----------
    name : str
        ``"members"``, a reason, or an arm.

    Returns
    -------
    str
        In words; arms keep their names.
    """
    return _(_REASONS[name]) if name in _REASONS else name
