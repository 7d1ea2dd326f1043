"""What follows for a contact from values that somebody gave it, and what is refused.

Values are mappings of fields of a contact; a field that is absent, None, an empty text or an empty list is blank.
Business Central, table 5050: TypeChange and the validations of Name, Minor, Parental Consent Received and Privacy
Blocked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from pipelines import contact_names
from pipelines.contact_names import NameParts

Values: TypeAlias = Mapping[str, object]

PARTS = NameParts._fields
OF_PEOPLE = (*PARTS, "job_title", "organizational_level_code", "job_responsibility_codes")
"""Fields that only people have."""
OF_COMPANIES = ("industry_codes",)
"""Fields that only companies have."""


class Why(StrEnum):
    """Why a field of a contact changes."""

    GIVEN = "given"
    DEFAULT = "default"
    TYPE = "type"
    NAME = "name"
    MINOR = "minor"
    PARENTAL_CONSENT = "parental_consent"
    NEW_COMPANY = "new_company"
    COMPANY_CHANGED = "company_changed"


class Refusal(StrEnum):
    """Why a change of a contact is refused."""

    HAS_INTERACTIONS = "has_interactions"
    HAS_TASKS = "has_tasks"
    HAS_OPPORTUNITIES = "has_opportunities"
    HAS_LEVEL = "has_level"
    HAS_RESPONSIBILITIES = "has_responsibilities"
    HAS_PEOPLE = "has_people"
    HAS_RELATIONS = "has_relations"
    HAS_INDUSTRIES = "has_industries"
    HAS_CURRENCY = "has_currency"
    HAS_VAT_NUMBER = "has_vat_number"
    NO_PARENTAL_CONSENT = "no_parental_consent"
    CONSENT_JUST_SET = "consent_just_set"


@dataclass(frozen=True)
class Standing:
    """How many rows there are that a change of the type depends on.

    Attributes
    ----------
    interaction_count, task_count, opportunity_count : int
        Rows about the contact itself, closed and canceled ones included.
    person_count : int
        People whose company it is.
    relation_count : int
        Its business relations.
    """

    interaction_count: int = 0
    task_count: int = 0
    opportunity_count: int = 0
    person_count: int = 0
    relation_count: int = 0


@dataclass
class Outcome:
    """A contact after a change.

    Attributes
    ----------
    before : mapping of str to object
        Its fields before; empty for a new contact.
    values : dict of str to object
        Its fields afterwards.
    why : dict of str to Why
        For each field that was set, why it was.
    """

    before: Values
    values: dict[str, object]
    why: dict[str, Why] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Whether there was no contact before."""
        return not self.before

    def is_changed(self, name: str) -> bool:
        """Tell whether a field is another than before.

        Parameters
        ----------
        name : str
            The field.

        Returns
        -------
        bool
            Blank values are all the same.
        """
        return said(self.before, name) != said(self.values, name)

    def is_given(self, name: str) -> bool:
        """Tell whether somebody gave a field another value than it had.

        Parameters
        ----------
        name : str
            The field.

        Returns
        -------
        bool
            Who gives a field the value that it has says nothing.
        """
        return self.why.get(name) is Why.GIVEN and self.is_changed(name)

    def follow(self, name: str, value: object, why: Why) -> None:
        """Set a field that nobody gave.

        Parameters
        ----------
        name : str
            The field.
        value : object
            Its value.
        why : Why
            Why it is set.
        """
        if not self.is_given(name) and said(self.values, name) != value:
            self.values[name], self.why[name] = value, why

    @property
    def changes(self) -> dict[str, object]:
        """The fields that are other than before, with their values; None for blank ones."""
        return {name: _kept(self.values[name]) for name in self.why if self.is_changed(name)}


def changed(before: Values, given: Values, contact_no: str, salutations: Mapping[str, str]) -> Outcome:
    """Tell what a contact is like after somebody gave it values.

    Parameters
    ----------
    before : mapping of str to object
        Its fields before; empty for a new contact.
    given : mapping of str to object
        Fields with their new values; of a new contact with its type.
    contact_no : str
        Its number.
    salutations : mapping of str to str
        The default salutation code of each type, ``"person"`` and ``"company"``.

    Returns
    -------
    Outcome
        With everything that follows from the type, the name and the flags.

    Notes
    -----
    A company is its own company and has no parts of a name and no job title. The parts of a person's name follow the
    name, and the name follows its parts. The search name follows the name where it was blank or the name. A minor is
    privacy blocked, and setting the parental consent blocks as well.

    Examples
    --------
    >>> changed({}, {"type": "person", "name": "Ann Lee", "is_minor": True}, "CT1", {}).changes
    {'type': 'person', 'name': 'Ann Lee', 'is_minor': True, 'first_name': 'Ann', 'surname': 'Lee', \
'search_name': 'ANN LEE', 'is_privacy_blocked': True}
    """
    outcome = Outcome(before, {**before, **given}, dict.fromkeys(given, Why.GIVEN))
    if outcome.is_changed("type"):
        _set_type(outcome, contact_no, salutations)
    if outcome.values["type"] == "person":
        _name_person(outcome)
    _set_search_name(outcome)
    if outcome.values.get("is_minor") and outcome.is_changed("is_minor"):
        outcome.follow("is_privacy_blocked", True, Why.MINOR)
    if outcome.is_changed("has_parental_consent"):
        outcome.follow("is_privacy_blocked", True, Why.PARENTAL_CONSENT)
    return outcome


def refusal(outcome: Outcome, standing: Standing) -> Refusal | None:
    """Tell why a change is refused.

    Parameters
    ----------
    outcome : Outcome
        The contact before and after.
    standing : Standing
        Rows that a change of the type depends on.

    Returns
    -------
    Refusal or None
        The first reason there is.
    """
    refused = _flag_refusal(outcome)
    if refused is None and outcome.is_changed("type") and not outcome.is_new:
        refused = _type_refusal(outcome.values, standing)
    return refused


def said(values: Values, name: str) -> object:
    """Read a value, all that is blank as None.

    Parameters
    ----------
    values : mapping of str to object
        Fields of a contact.
    name : str
        The field.

    Returns
    -------
    object
        None for a field that is absent, an empty text, an empty list and a flag that is not set.
    """
    value = _kept(values.get(name))
    return None if value is False else value


def _kept(value: object) -> object:
    """A value as it is kept: blank texts and lists are nothing."""
    return None if value in ("", [], ()) else value


def _set_type(outcome: Outcome, contact_no: str, salutations: Mapping[str, str]) -> None:
    type_ = str(outcome.values["type"])
    if type_ == "company":
        outcome.follow("company_no", contact_no, Why.TYPE)
        for name in (*PARTS, "job_title"):
            outcome.follow(name, None, Why.TYPE)
    elif said(outcome.values, "company_no") == contact_no:
        outcome.follow("company_no", None, Why.TYPE)
    if not outcome.is_new:
        outcome.follow("salutation_code", salutations.get(type_) or None, Why.TYPE)


def _name_person(outcome: Outcome) -> None:
    name = str(said(outcome.values, "name") or "")
    if outcome.is_given("name") or (outcome.is_changed("type") and not outcome.is_new):
        for part, word in contact_names.split(name)._asdict().items():
            outcome.follow(part, word or None, Why.NAME)
    parts = NameParts(*(str(said(outcome.values, part) or "") for part in PARTS))
    name = contact_names.joined(parts)
    if any(outcome.is_given(part) for part in PARTS) and name != said(outcome.values, "name"):
        outcome.values["name"], outcome.why["name"] = name or None, Why.NAME


def _set_search_name(outcome: Outcome) -> None:
    if outcome.is_given("search_name"):
        outcome.values["search_name"] = str(said(outcome.values, "search_name") or "").upper() or None
    elif outcome.is_changed("name"):
        old, new = (str(said(values, "name") or "") for values in (outcome.before, outcome.values))
        searched = contact_names.search_name(str(said(outcome.before, "search_name") or ""), old, new)
        outcome.follow("search_name", searched or None, Why.NAME)


def _flag_refusal(outcome: Outcome) -> Refusal | None:
    is_cleared = outcome.is_given("is_privacy_blocked") and not outcome.values["is_privacy_blocked"]
    if not is_cleared:
        return None
    if outcome.is_changed("has_parental_consent"):
        return Refusal.CONSENT_JUST_SET
    if outcome.values.get("is_minor") and not outcome.values.get("has_parental_consent"):
        return Refusal.NO_PARENTAL_CONSENT
    return None


def _type_refusal(values: Values, standing: Standing) -> Refusal | None:
    reasons: dict[Refusal, object] = {
        Refusal.HAS_INTERACTIONS: standing.interaction_count,
        Refusal.HAS_TASKS: standing.task_count,
        Refusal.HAS_OPPORTUNITIES: standing.opportunity_count,
    }
    if values["type"] == "company":
        reasons[Refusal.HAS_LEVEL] = said(values, "organizational_level_code")
        reasons[Refusal.HAS_RESPONSIBILITIES] = said(values, "job_responsibility_codes")
    else:
        reasons[Refusal.HAS_PEOPLE] = standing.person_count
        reasons[Refusal.HAS_RELATIONS] = standing.relation_count
        reasons[Refusal.HAS_INDUSTRIES] = said(values, "industry_codes")
        reasons[Refusal.HAS_CURRENCY] = said(values, "currency_code")
        reasons[Refusal.HAS_VAT_NUMBER] = said(values, "vat_registration_no")
    return next((reason for reason, stands in reasons.items() if stands), None)
