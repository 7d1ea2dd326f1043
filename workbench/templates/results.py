"""What is told about interaction templates, their groups, and what is sent with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Template:
    """A kind of interaction (table 5064).

    Attributes
    ----------
    interaction_template_code : str
        Its code.
    description : str or None
        What it is for.
    interaction_group_code : str or None
        Its group; files may bring templates without.
    unit_cost_amount : decimal.Decimal or None
        What each interaction costs, in the store's currency.
    unit_duration_minutes : float or None
        How long each takes.
    information_flow : {"outbound", "inbound"} or None
        From us, or to us.
    initiated_by : {"us", "them"} or None
        Who begins.
    campaign_no : str or None
        Its campaign.
    is_campaign_target, is_campaign_response : bool
        What its interactions are to a campaign.
    correspondence_type : {"hard_copy", "email"} or None
        How contacts are written to who have no type of their own.
    ignores_contact_correspondence : bool
        Whether `correspondence_type` goes before the contact's, also where it is blank.
    language_code : str or None
        The language of what is sent, unless there is something in the contact's.
    wizard_action : {"open", "import", "merge"} or None
        What creating an interaction begins with: the file, choosing one, or the Word template.
    word_template_code : str or None
        The document that is merged.
    """

    interaction_template_code: str
    description: str | None = None
    interaction_group_code: str | None = None
    unit_cost_amount: Decimal | None = None
    unit_duration_minutes: float | None = None
    information_flow: str | None = None
    initiated_by: str | None = None
    campaign_no: str | None = None
    is_campaign_target: bool = False
    is_campaign_response: bool = False
    correspondence_type: str | None = "email"
    ignores_contact_correspondence: bool = False
    language_code: str | None = None
    wizard_action: str | None = None
    word_template_code: str | None = None

    def frame(self) -> pd.DataFrame:
        """Show the template.

        Returns
        -------
        pandas.DataFrame
            One row for each field: field, value.
        """
        return pd.DataFrame(list(self.__dict__.items()), columns=["field", "value"])

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class TemplateCard:
    """A template with what belongs to it.

    Attributes
    ----------
    template : Template
        Its fields.
    languages : pandas.DataFrame
        What it sends in each language: language_code, description, attachment_no, file_name, word_template_code.
    document_types : tuple of str
        Kinds of documents that are recorded with it.
    """

    template: Template
    languages: pd.DataFrame = field(repr=False)
    document_types: tuple[str, ...] = ()

    def frame(self) -> pd.DataFrame:
        """Show the template.

        Returns
        -------
        pandas.DataFrame
            One row for each field: field, value.
        """
        return self.template.frame()

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False) + self.languages.to_html(index=False)


@dataclass(frozen=True)
class Listing:
    """Rows of one kind.

    Attributes
    ----------
    rows : pandas.DataFrame
        As the method that gives them says.
    """

    rows: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the rows.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows

    def _repr_html_(self) -> str:
        return self.rows.to_html(index=False)


@dataclass(frozen=True)
class TemplateReceipt:
    """What a change of templates, or of what is sent with them, did or would do.

    Attributes
    ----------
    key : str
        The template, its language, the document type, the Word template or the number of the file.
    change : str
        ``"added"``, ``"changed"``, ``"unchanged"``, ``"renamed"`` or ``"deleted"``.
    changed : dict of str to object
        The fields that are different now, with their new values.
    elsewhere : int
        In how many other rows a code was renamed, or how many rows went with it.
    notes : tuple of str
        Things to know that are no errors.
    is_written : bool
        False for a preview.
    """

    key: str
    change: str
    changed: dict[str, Any] = field(default_factory=dict, hash=False)
    elsewhere: int = 0
    notes: tuple[str, ...] = ()
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show what is different.

        Returns
        -------
        pandas.DataFrame
            One row for each field: field, value.
        """
        return pd.DataFrame(list(self.changed.items()), columns=["field", "value"])

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class Attachment:
    """A file of the store.

    Attributes
    ----------
    attachment_no : int
        Its number.
    file_name : str
        The name under which its content was stored first.
    media_type : str
        What kind of file it is.
    sha256 : str
        Hash of its content, in hexadecimal.
    content : bytes
        What is in it.
    """

    attachment_no: int
    file_name: str
    media_type: str
    sha256: str
    content: bytes = field(repr=False)
