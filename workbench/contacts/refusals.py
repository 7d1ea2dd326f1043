"""The words in which changes of a contact are refused."""

from __future__ import annotations

from pipelines.contact_changes import OF_COMPANIES, OF_PEOPLE, Outcome, Refusal, said
from workbench.errors import RuleError


def of_change(contact_no: str, reason: Refusal) -> RuleError:
    """Say why a change is refused.

    Parameters
    ----------
    contact_no : str
        The contact.
    reason : Refusal
        Why.

    Returns
    -------
    RuleError
        To be raised by the caller.
    """
    match reason:
        case Refusal.HAS_INTERACTIONS:
            return RuleError(
                f"The type of {contact_no} cannot change: there are interactions with it.",
                "Create another contact of the other type.",
            )
        case Refusal.HAS_TASKS:
            return RuleError(
                f"The type of {contact_no} cannot change: there are tasks about it.",
                "Create another contact of the other type.",
            )
        case Refusal.HAS_OPPORTUNITIES:
            return RuleError(
                f"The type of {contact_no} cannot change: there are opportunities with it.",
                "Create another contact of the other type.",
            )
        case Refusal.NO_PARENTAL_CONSENT:
            return RuleError(
                f"{contact_no} is a minor, whose privacy stays blocked without parental consent.",
                "Record the parental consent first.",
            )
        case Refusal.CONSENT_JUST_SET:
            return RuleError(
                f"Setting the parental consent of {contact_no} blocks its privacy.",
                "Clear privacy blocked in a change of its own, afterwards.",
            )
    return _of_type(contact_no, reason)


def _of_type(contact_no: str, reason: Refusal) -> RuleError:
    match reason:
        case Refusal.HAS_LEVEL:
            return RuleError(
                f"{contact_no} cannot become a company: it has an organizational level.", "Clear the level first."
            )
        case Refusal.HAS_RESPONSIBILITIES:
            return RuleError(
                f"{contact_no} cannot become a company: it has job responsibilities.",
                "Clear them first.",
            )
        case Refusal.HAS_PEOPLE:
            return RuleError(
                f"{contact_no} cannot become a person: there are people at it.", "Give them another company first."
            )
        case Refusal.HAS_RELATIONS:
            return RuleError(
                f"{contact_no} cannot become a person: it has business relations.", "Remove the relations first."
            )
        case Refusal.HAS_INDUSTRIES:
            return RuleError(
                f"{contact_no} cannot become a person: it has industry groups.", "Clear the industry groups first."
            )
        case Refusal.HAS_CURRENCY:
            return RuleError(f"{contact_no} cannot become a person: it has a currency.", "Clear the currency first.")
    return RuleError(
        f"{contact_no} cannot become a person: it has a VAT registration number.", "Clear the number first."
    )


def check_fields(outcome: Outcome) -> None:
    """Refuse fields that contacts of the type do not have.

    Parameters
    ----------
    outcome : Outcome
        The contact before and after.

    Raises
    ------
    RuleError
        When a company is given a field of people, or a person one of companies.
    """
    type_ = outcome.values["type"]
    for name in OF_PEOPLE if type_ == "company" else OF_COMPANIES:
        if outcome.is_given(name) and said(outcome.values, name) is not None:
            if type_ == "company":
                raise RuleError(f"A company has no {name}.", "Only people have one.")
            raise RuleError(f"A person has no {name}.", "Only companies have one.")
