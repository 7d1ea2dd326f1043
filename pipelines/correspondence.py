"""How a contact is written to, and in which language: what goes before what (tables 5077, 5064, 5103)."""

from __future__ import annotations

from collections.abc import Collection


def correspondence_type(
    contact: str | None,
    template: str | None,
    *,
    template_ignores_contact: bool = False,
    header: str | None = None,
    header_ignores_contact: bool = False,
    previous: str | None = None,
) -> str | None:
    """Choose the correspondence type of an interaction.

    Parameters
    ----------
    contact : str or None
        The contact's own, ``"hard_copy"`` or ``"email"``; None where it is blank, as for all others.
    template : str or None
        That of the interaction template.
    template_ignores_contact : bool, optional
        Whether the template's goes before the contact's, also where it is blank.
    header : str or None, optional
        That of the worksheet, where the interaction is on a line.
    header_ignores_contact : bool, optional
        Whether the worksheet's goes before the contact's, where it is not blank.
    previous : str or None, optional
        What the interaction had before.

    Returns
    -------
    str or None
        The worksheet's where it ignores the contact's and is not blank; else the template's where that ignores the
        contact's; else the first that is not blank of the contact's, the template's and the previous one.

    References
    ----------
    Business Central, table 5077 (Segment Line), fields Contact No. and Interaction Template Code.

    Examples
    --------
    >>> correspondence_type("hard_copy", "email")
    'hard_copy'
    >>> correspondence_type("hard_copy", "email", template_ignores_contact=True)
    'email'
    """
    if header_ignores_contact and header:
        return header
    if template_ignores_contact:
        return template or None
    return contact or template or previous or None


def language(contact: str | None, known: Collection[str], default: str | None) -> str | None:
    """Choose the language of an interaction.

    Parameters
    ----------
    contact : str or None
        The contact's language.
    known : collection of str
        The languages that the template has texts in.
    default : str or None
        The language of the template, or of the worksheet where the interaction is on a line.

    Returns
    -------
    str or None
        The contact's where the template has it, else the default.

    References
    ----------
    Business Central, table 5103 (Interaction Tmpl. Language).

    Examples
    --------
    >>> language("CS", {"CS", "EN"}, "EN"), language("DE", {"CS", "EN"}, "EN")
    ('CS', 'EN')
    """
    return contact if contact and contact in known else default or None
