"""The response rule of a campaign in fields, and as text for what fields cannot say."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pipelines.response_rule import ResponseRule, read_rule, written
from workbench.app import cached, clicks, state
from workbench.app.labels import N_
from workbench.app.language import _
from workbench.bench import Workbench
from workbench.segments.definition import dumped

MARKED = "marked"
_KINDS = {
    MARKED: N_("Interactions marked as responses to this campaign"),
    "interaction": N_("An interaction"),
    "sales_entry": N_("A purchase"),
    "opportunity": N_("An opportunity"),
    "campaign_response": N_("Responses that a file brought"),
}
_REVENUE = {
    None: N_("Nothing is said of revenue"),
    "sales_amount": N_("Sales in the window"),
    "profit_amount": N_("Profit on sales in the window"),
}
_COSTS = {
    "fixed_amount": N_("Cost, once"),
    "per_target_amount": N_("Cost of each target"),
    "per_response_amount": N_("Cost of each response"),
}


def draw(bench: Workbench, campaign_no: str, saved: ResponseRule) -> ResponseRule:
    """Draw the rule in fields that begin with what is saved.

    Parameters
    ----------
    bench : Workbench
        On the store.
    campaign_no : str
        The campaign.
    saved : ResponseRule
        Its rule.

    Returns
    -------
    ResponseRule
        What stands in the fields; what they cannot say stays as it is saved.
    """
    raw = written(saved)
    with st.expander(_("What counts as a response"), expanded=True):
        left, middle, right = st.columns(3)
        wanted = {**raw, "response": _response(bench, left, campaign_no, raw.get("response"))}
        wanted |= _times(middle, campaign_no, raw)
        wanted["revenue"] = _revenue(right, campaign_no, raw.get("revenue"))
        wanted["costs"] = _costs(right, campaign_no, raw["costs"])
        found = read_rule({key: one for key, one in wanted.items() if one is not None})
        _draw_text(bench, campaign_no, found)
    return found


def _response(bench: Workbench, place: DeltaGenerator, campaign_no: str, raw: Any) -> Any:
    kind = _kept(campaign_no, "kind", raw["related"] if raw else MARKED)
    chosen = place.selectbox(_("Response"), list(_KINDS), key=kind, format_func=lambda one: _(_KINDS[one]))
    if chosen == MARKED:
        return None
    where = raw.get("where") if raw and raw["related"] == chosen else None
    if chosen != "interaction":
        return {"related": chosen} | ({"where": where} if where else {})
    return {"related": chosen} | _of_template(bench, place, campaign_no, where)


def _of_template(bench: Workbench, place: DeltaGenerator, campaign_no: str, where: Any) -> dict[str, Any]:
    """Choose one template; conditions that say more than that stay and are named."""
    code = _template_in(where)
    if where and code is None:
        place.caption(_("With conditions of its own, below as text."))
        return {"where": where}
    codes = [None, *_templates(bench, code)]
    key = _kept(campaign_no, "template", code)
    chosen = place.selectbox(
        _("Interaction template"), codes, key=key, format_func=lambda one: one or _("any template")
    )
    is_of = {"field": "interaction_template_code", "op": "is", "value": chosen}
    return {"where": [is_of]} if chosen else {}


def _templates(bench: Workbench, code: str | None) -> list[str]:
    def read() -> list[str]:
        return bench.segments.choices("interaction_template_code", "interaction").frame()["value"].tolist()

    known = cached.by_revision(bench, read, "choices of templates")
    return sorted({*known, *([code] if code else [])})


def _template_in(where: Any) -> str | None:
    if not isinstance(where, dict) or len(rules := where.get("all", [])) != 1:
        return None
    is_of = rules[0].get("field") == "interaction_template_code" and rules[0].get("op") == "is"
    return str(rules[0]["value"]) if is_of else None


def _times(place: DeltaGenerator, campaign_no: str, raw: dict[str, Any]) -> dict[str, Any]:
    window = place.number_input(
        _("Window in days"), 0, 3660, value=None, key=_kept(campaign_no, "window", raw.get("window_days")),
        help=_("The day of targeting and so many days after it; any time where empty."),
    )  # fmt: skip
    holdout = place.text_input(_("Arm that was held out"), key=_kept(campaign_no, "holdout", raw["holdout"]))
    earlier = place.number_input(
        _("Earlier days to compare with"), 1, 3660, value=None,
        key=_kept(campaign_no, "earlier", raw.get("pre_period_days")),
        help=_("Revenue of so many days before targeting is taken out of later revenue, which narrows intervals."),
    )  # fmt: skip
    return {"window_days": window, "holdout": holdout or raw["holdout"], "pre_period_days": earlier}


def _revenue(place: DeltaGenerator, campaign_no: str, raw: Any) -> Any:
    """Choose among usual revenues; another one stays and is named."""
    own = raw if raw and (raw["related"] != "sales_entry" or raw["column"] not in _REVENUE) else None
    if own or (raw and raw.get("where")):
        place.caption(_("Revenue of its own, below as text."))
        return raw
    key = _kept(campaign_no, "revenue", raw["column"] if raw else None)
    column = place.selectbox(_("Revenue"), list(_REVENUE), key=key, format_func=lambda one: _(_REVENUE[one]))
    return {"related": "sales_entry", "column": column} if column else None


def _costs(place: DeltaGenerator, campaign_no: str, raw: dict[str, Any]) -> dict[str, Any]:
    found = dict(raw)
    for name, label in _COSTS.items():
        key = _kept(campaign_no, name, float(raw[name]))
        found[name] = place.number_input(_(label), min_value=0.0, key=key, step=1.0)
    return found


def _draw_text(bench: Workbench, campaign_no: str, shown: ResponseRule) -> None:
    """Show the rule as text, and take another as text."""
    key = f"{state.CAMPAIGN_RULE}{campaign_no}:text"
    with st.popover(_("As text"), icon=":material/code:"):
        st.code(dumped(written(shown)), language="yaml")
        st.text_area(_("Another rule"), key=key, height=200)

        def save() -> None:
            text = str(clicks.value(key) or "")
            done = clicks.attempt(
                lambda: bench.campaigns.respond(campaign_no, state.as_of(), f"{text}\n"),
                lambda _done: _("Saved what counts as a response"),
            )
            if done is not None:
                clicks.forget_fields(state.CAMPAIGN_RULE)

        st.button(_("Save this text"), key="campaign_rule_text_save", on_click=save)


def _kept(campaign_no: str, name: str, value: Any) -> str:
    """Let a field begin with a value, and give its key."""
    key = f"{state.CAMPAIGN_RULE}{campaign_no}:{name}"
    state.start(key, value)
    return key
