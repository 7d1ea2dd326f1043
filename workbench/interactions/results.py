"""Interactions as their users see them: what one begins with, what is recorded of it, many of them."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from workbench.interactions.query import InteractionQuery


@dataclass(frozen=True)
class Draft:
    """An interaction before it is written: what somebody chose, and what follows from that.

    Attributes
    ----------
    values : dict of str to object
        By column of the log, `contact_no` in front; moments in UTC.
    contact_id : int or None
        The contact, where it is known.
    template_description : str or None
        What its template is for.
    wizard_action : str or None
        What the template has the wizard begin with: ``"open"``, ``"import"`` or ``"merge"``.
    file_name : str or None
        The file that goes with it.
    missing : tuple of str
        Fields that it needs and does not have yet.
    notes : tuple of str
        Things to know that are no errors.
    """

    values: dict[str, Any] = field(hash=False)
    contact_id: int | None = None
    template_description: str | None = None
    wizard_action: str | None = None
    file_name: str | None = None
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def has_content(self) -> bool:
        """Whether there is a file or a Word template to send."""
        return bool(self.file_name or self.values.get("word_template_code"))

    def frame(self) -> pd.DataFrame:
        """Show what is known of it.

        Returns
        -------
        pandas.DataFrame
            One row for each field that is not blank: field, value.
        """
        return _shown(self.values)

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class InteractionReceipt:
    """An interaction that was written, or would be.

    Attributes
    ----------
    entry_no : int or None
        Its number in the log; None for the preview of a new one.
    draft : Draft
        What it holds.
    campaign_entry_no : str or None
        The entry of its campaign that it belongs to; None for a preview, and without a campaign.
    is_written : bool
        False for a preview.
    """

    entry_no: int | None
    draft: Draft
    campaign_entry_no: str | None = None
    is_written: bool = True

    @property
    def notes(self) -> tuple[str, ...]:
        """Things to know that are no errors."""
        return self.draft.notes

    def frame(self) -> pd.DataFrame:
        """Show what it holds.

        Returns
        -------
        pandas.DataFrame
            One row for each field that is not blank: field, value.
        """
        return self.draft.frame()

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values.

        Returns
        -------
        dict
            With the values of the interaction.
        """
        return {
            "entry_no": self.entry_no,
            "campaign_entry_no": self.campaign_entry_no,
            "values": self.draft.values,
            "notes": list(self.notes),
            "is_written": self.is_written,
        }

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class InteractionCard:
    """One entry of the log with what belongs to it (table 5065).

    Attributes
    ----------
    entry_no : int
        Its number.
    title : str
        What it was, and who it is from.
    values : dict of str to object
        By column of the log, `contact_no` and `contact_name` in front; moments in UTC.
    comments : pandas.DataFrame
        line_no, commented_on, comment.
    file_name : str or None
        The file that went with it.
    """

    entry_no: int
    title: str
    values: dict[str, Any] = field(hash=False)
    comments: pd.DataFrame = field(repr=False)
    file_name: str | None = None

    def frame(self) -> pd.DataFrame:
        """Show the entry.

        Returns
        -------
        pandas.DataFrame
            One row for each field that is not blank: field, value.
        """
        return _shown(self.values)

    def to_dict(self) -> dict[str, Any]:
        """Give the entry as plain values.

        Returns
        -------
        dict
            With a list of comments.
        """
        comments = self.comments.to_dict(orient="records")
        return {**self.__dict__, "comments": comments}

    def _repr_html_(self) -> str:
        head = html.escape(f"{self.entry_no}: {self.title}")
        return f"<b>{head}</b>{self.frame().to_html(index=False)}{self.comments.to_html(index=False)}"


@dataclass(frozen=True)
class InteractionPage:
    """Entries of the log that a query finds.

    Attributes
    ----------
    interactions : pandas.DataFrame
        One row for each, in the order asked for: entry_no, occurred_at (UTC), contact_no, contact_name, and the other
        columns of the log.
    total : int
        How many were found in all.
    query : InteractionQuery
        What was asked for.
    """

    interactions: pd.DataFrame = field(repr=False)
    total: int
    query: InteractionQuery = field(default_factory=InteractionQuery)

    def frame(self) -> pd.DataFrame:
        """Show the entries.

        Returns
        -------
        pandas.DataFrame
            `interactions`.
        """
        return self.interactions

    def _repr_html_(self) -> str:
        return f"<b>{len(self.interactions):,} of {self.total:,} interactions</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class EntriesReceipt:
    """What was done to entries of the log, or would be.

    Attributes
    ----------
    entry_nos : tuple of int
        The entries, each once, in the order given.
    field : str
        What is different now: ``"is_canceled"``, ``"evaluation"``, or ``"deleted"`` where the entries are gone.
    value : object
        What it is now.
    changed : int
        For how many of them it was something else before.
    comment_count, file_count : int
        Comments and files that went with deleted entries.
    is_written : bool
        False for a preview.
    """

    entry_nos: tuple[int, ...]
    field: str
    value: Any
    changed: int
    comment_count: int = 0
    file_count: int = 0
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show the entries.

        Returns
        -------
        pandas.DataFrame
            One row for each: entry_no, field, value.
        """
        return pd.DataFrame({"entry_no": list(self.entry_nos), "field": self.field, "value": self.value})

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values.

        Returns
        -------
        dict
            By attribute.
        """
        return {**self.__dict__, "entry_nos": list(self.entry_nos)}

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class DocumentReceipt:
    """A document that was recorded as an interaction, or would be, or not.

    Attributes
    ----------
    document_type, document_no : str
        The document.
    contact_no : str or None
        Whose it is; None where nobody is linked.
    entry_no : int or None
        The interaction; None where nothing was written.
    reason : {"", "no template", "no contact"}
        Why nothing is recorded.
    is_written : bool
        False for a preview.
    draft : Draft or None
        What the interaction holds.
    """

    document_type: str
    document_no: str
    contact_no: str | None
    entry_no: int | None
    reason: str = ""
    is_written: bool = True
    draft: Draft | None = None

    def frame(self) -> pd.DataFrame:
        """Show what the interaction holds.

        Returns
        -------
        pandas.DataFrame
            One row for each field that is not blank: field, value; none where nothing is recorded.
        """
        return _shown({} if self.draft is None else self.draft.values)

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values.

        Returns
        -------
        dict
            With the values of the interaction.
        """
        return {**self.__dict__, "draft": None if self.draft is None else self.draft.values}

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class CommentReceipt:
    """A comment on an entry of the log that was written or deleted, or would be.

    Attributes
    ----------
    entry_no : int
        The entry.
    line_no : int
        The number of the comment.
    comment : str
        What it says.
    change : str
        ``"added"`` or ``"deleted"``.
    is_written : bool
        False for a preview.
    """

    entry_no: int
    line_no: int
    comment: str
    change: str
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show the comment.

        Returns
        -------
        pandas.DataFrame
            One row: entry_no, line_no, comment, change.
        """
        return pd.DataFrame([self.__dict__]).drop(columns="is_written")

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class ImportReceipt:
    """E-mails or calls that became interactions, or would.

    Attributes
    ----------
    source : str
        The file or folder.
    interaction_template_code : str
        Their template.
    rows : pandas.DataFrame
        One for each message and address, or for each call: place in the file, occurred_at (UTC), information_flow,
        address, contact_no, subject, state (``"new"``, ``"unchanged"`` where the log has it, ``"left_out"``), reason.
    entry_nos : tuple of int
        The interactions that were written.
    problems : pandas.DataFrame
        Rows that cannot be read: row, column, value, reason.
    is_written : bool
        False for a preview.
    """

    source: str
    interaction_template_code: str
    rows: pd.DataFrame = field(repr=False)
    entry_nos: tuple[int, ...]
    problems: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["row", "column", "value", "reason"]), repr=False
    )
    is_written: bool = True

    @property
    def new(self) -> int:
        """Interactions that are new."""
        return self._count("new")

    @property
    def unchanged(self) -> int:
        """Interactions that the log has already."""
        return self._count("unchanged")

    @property
    def left_out(self) -> int:
        """What became no interaction, rows that cannot be read not among them."""
        return self._count("left_out")

    def reasons(self) -> pd.DataFrame:
        """Count why something was left out.

        Returns
        -------
        pandas.DataFrame
            reason and rows, the most frequent first.
        """
        out = self.rows.loc[self.rows["state"] == "left_out", "reason"]
        return out.value_counts().rename_axis("reason").rename("rows").reset_index()

    def frame(self) -> pd.DataFrame:
        """Show what becomes of each row.

        Returns
        -------
        pandas.DataFrame
            `rows`, without what only the store needs.
        """
        shown = ["place", "occurred_at", "information_flow", "address", "contact_no", "subject", "state", "reason"]
        return self.rows[shown]

    def to_dict(self) -> dict[str, Any]:
        """Give the receipt as plain values.

        Returns
        -------
        dict
            With counts, the rows and the problems.
        """
        return {
            "source": self.source,
            "interaction_template_code": self.interaction_template_code,
            "new": self.new,
            "unchanged": self.unchanged,
            "left_out": self.left_out,
            "rejected": len(self.problems["row"].unique()),
            "entry_nos": list(self.entry_nos),
            "is_written": self.is_written,
        }

    def _count(self, state: str) -> int:
        return int((self.rows["state"] == state).sum())

    def _repr_html_(self) -> str:
        head = f"{self.new:,} new, {self.unchanged:,} unchanged, {self.left_out:,} left out"
        return f"<b>{head}</b>{self.frame().to_html(index=False)}"


def _shown(values: dict[str, Any]) -> pd.DataFrame:
    rows = [(name, value) for name, value in values.items() if value not in (None, "", False)]
    return pd.DataFrame(rows, columns=["field", "value"])
