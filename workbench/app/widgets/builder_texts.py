"""The words the builder shows, in the visitor's language."""

from __future__ import annotations

from typing import Any

from workbench.app.language import _
from workbench.segments import wording


def texts() -> dict[str, Any]:
    """Give every text of the builder.

    Returns
    -------
    dict
        By the keys that the builder asks for, and `units`: singular and plural of each unit of time.
    """
    units = {unit: [_(one), _(many)] for unit, (one, many) in wording.UNITS.items()}
    return {
        **_steps(),
        **_rules(),
        **_buttons(),
        **_related(),
        **_over_time(),
        **_suppressions(),
        **_limit(),
        "units": units,
    }


def _steps() -> dict[str, str]:
    return {
        "begin_with": _("Begin with"),
        "base_everyone": _("all contacts"),
        "base_person": _("people"),
        "base_company": _("companies"),
        "base_where": _("contacts where …"),
        "step": _("Step"),
        "what_step_does": _("What the step does"),
        "action_add": _("Add those with"),
        "action_reduce": _("Remove those with"),
        "action_refine": _("Keep only those with"),
        "step_add": _("Step: add"),
        "step_refine": _("Step: keep only"),
        "step_reduce": _("Step: remove"),
        "step_count_help": _("Contacts that match after this step, before suppressions"),
        "how_joined": _("How the rules are joined"),
        "match_all": _("all of these"),
        "match_any": _("any of these"),
        "match_not_any": _("none of these"),
        "match_not_all": _("not all of these"),
        "everybody": _("No rule yet: everybody."),
        "nobody": _("No rule in it: nobody."),
        "counted_in": _("counted in {ms} ms"),
        "counted_in_help": _("How long the count took in the server"),
        "counting": _("counting …"),
        "announced": _("{count} contacts in the segment"),
    }


def _rules() -> dict[str, str]:
    return {
        "rule": _("Rule"),
        "kind": _("What the rule is about"),
        "fields": _("Fields"),
        "of_contact": _("Contact"),
        "of_company": _("Its company"),
        "of_score": _("Score"),
        "more_kinds": _("More"),
        "memberships": _("Memberships"),
        "in_segment": _("In the segment"),
        "in_snapshot": _("In the snapshot"),
        "in_list": _("On the list"),
        "in_campaign": _("Targeted by campaign"),
        "field": _("Field"),
        "group_own": _("Fields"),
        "group_custom": _("Custom fields"),
        "group_computed": _("Computed fields"),
        "operator": _("Operator"),
        "value": _("Value"),
        "values": _("Values"),
        "choose": _("Choose …"),
        "choose_field": _("Choose a field …"),
        "choose_value": _("Choose or type …"),
        "choose_values": _("Choose or type values …"),
        "another_value": _("and …"),
        "type_text": _("Type …"),
        "filter_example": _("A*|B..D"),
        "filter_help": _("A filter expression: | or, & and, .. from to, <> not, * any letters, @ either case"),
        "formula": _("Date formula"),
        "formula_help": _("A date formula reckons from the day of evaluation: t today, -CM first of the month, CM+1D"),
        "nothing_found": _("Nothing found"),
        "take_out": _("Take out {value}"),
        "yes": _("yes"),
        "no": _("no"),
        "from": _("From"),
        "and": _("and"),
        "to": _("To"),
        "how_many": _("How many"),
        "unit": _("Unit"),
        "period": _("Period"),
        "ignore_case": _("Upper or lower case alike"),
        "or_unknown": _("or not recorded"),
        "with_unknown": _("{recorded} recorded + {unknown} not recorded"),
        "incomplete": _("Not finished: left out of the count."),
        "alone": _("alone"),
        "alone_help": _("Contacts this rule alone would give"),
        "so_far": _("so far"),
        "so_far_help": _("Contacts the segment would have if it ended with this rule, before any limit"),
        "without": _("without"),
        "without_help": _("Contacts the segment would have without this rule, before any limit"),
        "responded": _("Response"),
        "responded_any": _("responded or not"),
        "responded_true": _("and responded"),
        "responded_false": _("and did not respond"),
        "arm": _("Arm"),
        "any_arm": _("any arm"),
    }


def _buttons() -> dict[str, str]:
    return {
        "add_rule": _("Rule"),
        "add_related": _("Related rows"),
        "add_group": _("Group"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "more": _("More"),
        "up": _("Move up"),
        "down": _("Move down"),
        "copy": _("Duplicate"),
        "wrap": _("Put in a group"),
        "unwrap": _("Dissolve the group"),
        "remove": _("Remove"),
        "drag": _("Drag to move"),
        "step_up": _("Move step up"),
        "step_down": _("Move step down"),
        "step_copy": _("Duplicate step"),
        "step_remove": _("Remove step"),
    }


def _related() -> dict[str, str]:
    return {
        "related_rows": _("Related rows"),
        "measure": _("Measure"),
        "measure_count": _("number of rows"),
        "measure_distinct": _("number of different"),
        "measure_sum": _("sum of"),
        "measure_average": _("average of"),
        "measure_minimum": _("lowest"),
        "measure_maximum": _("highest"),
        "measure_first": _("first"),
        "measure_latest": _("latest"),
        "when": _("When"),
        "window_always": _("at any time"),
        "window_in_last": _("in the last"),
        "window_this": _("in this"),
        "window_previous": _("in the previous"),
        "window_on": _("on"),
        "window_before": _("before"),
        "window_on_or_before": _("on or before"),
        "window_after": _("after"),
        "window_on_or_after": _("on or after"),
        "window_between": _("between"),
        "same_row": _("Rows with"),
        "add_where": _("Condition on the rows"),
        "remove_where": _("Remove the conditions on the rows"),
    }


def _over_time() -> dict[str, str]:
    return {
        "over_time": _("Over time"),
        "kind_habit": _("Habit"),
        "habit_first_time": _("for the first time"),
        "habit_stopped": _("stopped"),
        "habit_restarted": _("came back"),
        "habit_regularly": _("regularly"),
        "habit_key_in_last": _("some in the last"),
        "habit_key_but_not_in_last": _("none in the last"),
        "habit_key_gap": _("after none for"),
        "habit_key_back_in_last": _("some in the last"),
        "habit_key_at_least": _("at least"),
        "habit_key_per": _("rows per"),
        "habit_key_in": _("in"),
        "habit_key_of_last": _("of the last"),
        "kind_sequence": _("One after the other"),
        "add_event": _("Event"),
        "remove_event": _("Remove the event"),
        "sequence_within": _("the last at most so long after the first:"),
        "sequence_in_last": _("all of them in the last"),
        "kind_company_has": _("Anybody at the company"),
        "kind_sql": _("SQL"),
        "sql_help": _("One SELECT with the column contact_id or contact_no; $as_of is the day of evaluation."),
    }


def _suppressions() -> dict[str, str]:
    return {
        "never": _("Never include"),
        "suppress_excluded_from_segments": _("those excluded from segments"),
        "suppress_privacy_blocked": _("those blocked for privacy"),
        "suppress_no_consent": _("those without consent"),
        "suppress_frequency_cap": _("those written to too often"),
        "held_back_help": _("Contacts that matched and are held back for this reason"),
        "channel": _("Channel"),
        "channel_email": _("by e-mail"),
        "channel_phone": _("by telephone"),
        "channel_post": _("by post"),
        "channel_sms": _("by text message"),
        "purpose": _("Purpose"),
        "any_purpose": _("any purpose"),
        "times": _("Times"),
        "times_in_last": _("times or more in the last"),
    }


def _limit() -> dict[str, str]:
    return {
        "limit": _("At most"),
        "add_limit": _("Limit"),
        "per": _("in each"),
        "per_all": _("in all"),
        "per_help": _("Whether so many in all, or so many with each value of a field"),
        "top": _("How many contacts"),
        "one_per": _("One of each"),
        "one_per_any": _("contacts"),
        "one_per_contact": _("contacts, each once"),
        "one_per_company": _("contacts, one per company"),
        "one_per_email": _("contacts, one per e-mail address"),
        "one_per_household": _("contacts, one per household (postal address)"),
        "one_per_phone": _("contacts, one per telephone"),
        "survivor": _("who stays: by"),
        "add_survivor": _("Who stays"),
        "sample": _("A random sample of"),
        "sample_contacts": _("contacts"),
        "sample_percent": _("percent"),
        "seed": _("seed"),
        "seed_help": _("Another seed draws another sample"),
        "add_by": _("Order"),
        "order": _("Order"),
        "by": _("by"),
        "then_by": _("then by"),
        "ascending": _("lowest first"),
        "descending": _("highest first"),
    }
