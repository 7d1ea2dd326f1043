"""The part of a plan that is about one campaign, in fields."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pipelines.campaign_plan import Plan, PlannedCampaign, Variant, read_plan, written
from pipelines.schema import FieldType
from workbench.app import state
from workbench.app.labels import field as field_name
from workbench.app.language import _, date_input_format
from workbench.app.widgets.plan_words import CHANNELS, KEYS
from workbench.bench import Workbench
from workbench.errors import ConditionError

_PARTS = (FieldType.TEXT, FieldType.BOOLEAN)


def draw(bench: Workbench, campaign_no: str, saved: Plan | None) -> Plan | None:
    """Draw the fields, which begin with what is saved.

    Parameters
    ----------
    bench : Workbench
        On the store.
    campaign_no : str
        The campaign.
    saved : Plan or None
        A plan that names the campaign.

    Returns
    -------
    Plan or None
        What stands in the fields; what they cannot say stays as it is saved. None while no segment is chosen.

    Raises
    ------
    ConditionError
        When the fields do not fit together.
    """
    own = _Fields(bench, campaign_no, saved)
    left, middle, right = st.columns(3)
    whole = own.of_plan(left)
    campaign = own.of_targets(left) | own.of_arms(middle) | own.of_sending(right)
    if not campaign["segments"]:
        return None
    return read_plan({**whole, "campaigns": own.beside([_known(campaign)])})


def variants(text: str) -> list[dict[str, Any]]:
    """Read variants from a line.

    Parameters
    ----------
    text : str
        Such as ``"letter: 2, card: 1"``; without a share it is 1.

    Returns
    -------
    list of dict
        Names and shares.

    Raises
    ------
    ConditionError
        When a share is no number.
    """
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _colon, share = (one.strip() for one in part.partition(":"))
        try:
            found.append({"name": name, "share": float(share or 1)})
        except ValueError:
            raise ConditionError(f'"{share}" is no share of {name}.', "Write variants as letter: 2, card: 1.") from None
    return found


class _Fields:
    """The fields of one campaign in one plan."""

    def __init__(self, bench: Workbench, campaign_no: str, saved: Plan | None) -> None:
        self.bench, self.campaign_no, self.saved = bench, campaign_no, saved
        known = [each for each in saved.campaigns if each.campaign == campaign_no] if saved else []
        self.campaign = known[0] if known else PlannedCampaign(campaign=campaign_no, segments=("-",))
        self.is_new = not known

    def of_plan(self, place: DeltaGenerator) -> dict[str, Any]:
        whole = written(self.saved) if self.saved else {"version": 1}
        plan = self.saved or Plan(campaigns=(self.campaign,))
        name = place.text_input(_("Name of the plan"), key=self.kept("name", plan.name or self.campaign_no))
        key = place.selectbox(
            _("Contacts are the same if they share"), list(KEYS), format_func=lambda one: _(KEYS[one]),
            key=self.kept("dedupe_key", plan.dedupe_key),
        )  # fmt: skip
        keep = place.checkbox(
            _("Target all of them, in the same arm"), key=self.kept("keep_duplicates", plan.keep_duplicates)
        )
        return {**whole, "name": name, "dedupe_key": key, "keep_duplicates": keep}

    def of_targets(self, place: DeltaGenerator) -> dict[str, Any]:
        saved = [] if self.is_new else list(self.campaign.segments)
        names = [one.name for one in self.bench.segments.list()]
        segments = place.multiselect(
            _("Segments, those that go first in front"), list(dict.fromkeys([*saved, *names])),
            key=self.kept("segments", saved),
        )  # fmt: skip
        capacity = place.number_input(
            _("Targets at most"), min_value=1, value=None, key=self.kept("capacity", self.campaign.capacity)
        )
        return {"segments": segments, "capacity": capacity}

    def of_arms(self, place: DeltaGenerator) -> dict[str, Any]:
        percent = self.kept("holdout", self.campaign.holdout * 100)
        held_out = place.number_input(_("Held out, %"), 0.0, 99.0, step=1.0, key=percent)
        text = place.text_input(
            _("Variants"), key=self.kept("variants", _line(self.campaign.variants)),
            help=_("Names and shares of those who are not held out, such as letter: 2, card: 1."),
        )  # fmt: skip
        strata = place.multiselect(
            _("Shares hold within each"), self.parts(), format_func=self.label,
            key=self.kept("strata", list(self.campaign.strata)),
        )  # fmt: skip
        return {
            "holdout": held_out / 100, "variants": self.with_templates(variants(text)), "strata": strata,
            "expected": self.of_expectation(place),
        }  # fmt: skip

    def of_expectation(self, place: DeltaGenerator) -> dict[str, Any] | None:
        saved = self.campaign.expected
        start = (None, None) if saved is None else (saved.rate * 100, saved.lift and saved.lift * 100)
        rate = place.number_input(
            _("Expected response rate of those held out, %"), 0.01, 99.99, value=None, key=self.kept("rate", start[0])
        )
        lift = place.number_input(
            _("Expected lift, percentage points"), -99.0, 99.0, value=None, key=self.kept("lift", start[1])
        )
        return None if rate is None else {"rate": rate / 100, "lift": lift / 100 if lift else None}

    def of_sending(self, place: DeltaGenerator) -> dict[str, Any]:
        channel = place.selectbox(
            _("Channel"), list(CHANNELS), format_func=lambda one: _(CHANNELS[one]),
            key=self.kept("channel", self.campaign.channel),
        )  # fmt: skip
        consent = place.checkbox(
            _("Only with a standing consent"), key=self.kept("consent", self.campaign.consent), disabled=channel is None
        )
        purpose = place.text_input(
            _("Purpose of the consent"), key=self.kept("purpose", self.campaign.purpose or ""), disabled=not consent
        )
        day = self.campaign.targeted_on
        on = place.date_input(
            _("Responses count from"), value=None, format=date_input_format(),
            key=self.kept("targeted_on", dt.date.fromisoformat(day) if day else None),
            help=_("The day of the launch where empty."),
        )  # fmt: skip
        needs = bool(channel and consent)
        return {
            "channel": channel, "consent": needs, "purpose": (purpose or None) if needs else None,
            "targeted_on": on.isoformat() if on else None,
        }  # fmt: skip

    def beside(self, own: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Put the campaign where it stands among the others of the plan."""
        if self.saved is None:
            return [{"campaign": self.campaign_no, **own[0]}]
        plain = written(self.saved)["campaigns"]
        kept = ("priority", "order", "costs")
        return [
            each if each["campaign"] != self.campaign_no
            else {"campaign": self.campaign_no, **{name: each[name] for name in kept if name in each}, **own[0]}
            for each in plain
        ]  # fmt: skip

    def with_templates(self, found: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
        """Keep the templates of variants that are still there; None for the variant there is anyway."""
        templates = {one.name: one.template for one in self.campaign.variants if one.template}
        return [_known({**one, "template": templates.get(one["name"])}) for one in found] or None

    def parts(self) -> list[str]:
        columns = self.bench.setup.table("contact").columns
        return [column.name for column in columns if column.type in _PARTS and column.name != "contact_no"]

    def label(self, name: str) -> str:
        return field_name(self.bench.setup.table("contact").by_name[name])

    def kept(self, name: str, value: Any) -> str:
        """Let a field begin with a value, and give its key."""
        key = f"{state.CAMPAIGN_PLAN}{self.campaign_no}:{name}"
        state.start(key, value)
        return key


def _line(found: tuple[Variant, ...]) -> str:
    return ", ".join(f"{one.name}: {one.share:g}" for one in found)


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
