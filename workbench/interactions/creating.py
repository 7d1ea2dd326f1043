"""Creating interactions: at once, or begun now and finished later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.errors import ConfigError, RuleError
from workbench.interactions import checks, drafting, recording, rows, writing
from workbench.interactions.drafting import Moment
from workbench.interactions.results import Draft, InteractionReceipt
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.templates import attachments

_NOT_KEPT = ("contact_name", "contact_id", "delivered_at", "logged_by", "is_postponed", "is_canceled")


class Creating(Work):
    """The wizard."""

    def draft(
        self,
        values: Mapping[str, object],
        as_of: dt.date,
        *,
        at: dt.time | None = None,
        entry_no: int | None = None,
    ) -> Draft:
        """Show what an interaction would begin with.

        Parameters
        ----------
        values : mapping of str to object
            What was chosen so far, as `create` takes it.
        as_of : datetime.date
            The work date.
        at : datetime.time, optional
            The time of the day; now where absent.
        entry_no : int, optional
            The postponed interaction that is finished.

        Returns
        -------
        Draft
            The defaults around what was chosen, and what is missing.

        Raises
        ------
        NotFoundError
            When there is no such contact, template or interaction.
        ConfigError
            When there is no such field, or a value does not suit it.
        RuleError
            When the interaction to be finished is not postponed.
        """
        with self._database.reading() as con:
            before = None if entry_no is None else self._postponed(con, entry_no)
            return drafting.drafted(con, self._typed(values), Moment(as_of, at, self._zone), before=before)

    def create(
        self,
        values: Mapping[str, object],
        as_of: dt.date,
        *,
        at: dt.time | None = None,
        file: str | Path | None = None,
        content: bytes | None = None,
        comments: Sequence[str] = (),
        finish_later: bool = False,
        dry_run: bool = False,
    ) -> InteractionReceipt:
        """Write an interaction into the log.

        Parameters
        ----------
        values : mapping of str to object
            By field: `contact_no` and `interaction_template_code`, and whatever is to be other than its default;
            custom fields and `word_template_code` are fields as well. A blank value is a choice.
        as_of : datetime.date
            The work date: its day, unless `occurred_at` is given.
        at : datetime.time, optional
            The time of the day; now where absent. It is rounded up to the minute.
        file : str or pathlib.Path, optional
            A file that goes with it; only its name where `content` is given.
        content : bytes, optional
            What is in the file, up to 50 MB.
        comments : sequence of str, optional
            Comments on it, of the work date.
        finish_later : bool, optional
            Only begin it: it is postponed, and does not count until it is resumed.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        InteractionReceipt
            Its number, and everything it holds.

        Raises
        ------
        NotFoundError
            When there is no such contact, template, salesperson, campaign or whatever else it names.
        ConfigError
            When there is no such field, or a value does not suit it.
        RuleError
            When contact, template, salesperson, moment or description is missing, the contact or the salesperson is
            blocked, an e-mail has nothing to send, or the template opens what is not there.
        SourceError
            When the file cannot be read.

        Notes
        -----
        The salesperson is the one with the e-mail address of whoever works here, else the one of user setup, else the
        contact's. The template gives group, cost, duration, flow, who began and campaign; correspondence type and
        language see `pipelines.correspondence`. An e-mail to a contact without an address gets no correspondence type.
        With a campaign it belongs to a campaign entry, which is found or made; not while it is postponed.

        References
        ----------
        Business Central, page 5077 (Create Interaction), codeunit 5051 (SegManagement), LogInteraction.
        """
        given = attachments.given(file, content) if file is not None else None
        with self._unit(dry_run) as con:
            draft = drafting.drafted(con, self._typed(values), Moment(as_of, at, self._zone), file=given)
            checks.check(con, draft, finish_later=finish_later)
            texts = _texts(comments)
            if dry_run:
                return InteractionReceipt(None, draft, is_written=False)
            row = recording.row(con, draft, self._zone, file=given, finish_later=finish_later)
            (number,) = writing.insert(con, pd.DataFrame([row]))
            rows.add_comments(con, number, texts, as_of)
        return InteractionReceipt(number, draft, row["campaign_entry_no"])

    def resume(
        self,
        entry_no: int,
        values: Mapping[str, object],
        as_of: dt.date,
        *,
        at: dt.time | None = None,
        file: str | Path | None = None,
        content: bytes | None = None,
        comments: Sequence[str] | None = None,
        finish_later: bool = False,
        dry_run: bool = False,
    ) -> InteractionReceipt:
        """Finish an interaction that was postponed, or go on with it.

        Parameters
        ----------
        entry_no : int
            Its number in the log, which it keeps.
        values : mapping of str to object
            What is to be other than it was, as `create` takes it; another template brings its own defaults.
        as_of : datetime.date
            The work date, which becomes its day unless `occurred_at` is given.
        at : datetime.time, optional
            The time of the day; now where absent.
        file : str or pathlib.Path, optional
            A file that goes with it, instead of the one there was.
        content : bytes, optional
            What is in the file.
        comments : sequence of str, optional
            The comments it has from now on; those it had where absent.
        finish_later : bool, optional
            Leave it postponed.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        InteractionReceipt
            Everything it holds now.

        Raises
        ------
        NotFoundError
            When there is no such interaction, or it names what is not there.
        ConfigError
            When there is no such field, or a value does not suit it.
        RuleError
            When it is not postponed, or as `create` refuses it.
        SourceError
            When the file cannot be read.
        """
        given = attachments.given(file, content) if file is not None else None
        with self._unit(dry_run) as con:
            before = self._postponed(con, entry_no)
            moment = Moment(as_of, at, self._zone)
            draft = drafting.drafted(con, self._typed(values), moment, file=given, before=before)
            checks.check(con, draft, finish_later=finish_later)
            texts = None if comments is None else _texts(comments)
            if dry_run:
                return InteractionReceipt(entry_no, draft, is_written=False)
            row = recording.row(con, draft, self._zone, file=given, finish_later=finish_later)
            writing.update(con, entry_no, row)
            if before.get("attachment_no") is not None:
                attachments.drop_unused(con, [before["attachment_no"]])
            if texts is not None:
                rows.delete_comments(con, [entry_no])
                rows.add_comments(con, entry_no, texts, as_of)
        return InteractionReceipt(entry_no, draft, row["campaign_entry_no"])

    def _typed(self, values: Mapping[str, object]) -> dict[str, Any]:
        return drafting.typed(self._setup.table("interaction"), values, self._zone)

    def _postponed(self, con: Connection, entry_no: int) -> dict[str, Any]:
        found = rows.read(con, self._setup.table("interaction"), entry_no)
        if not found["is_postponed"]:
            raise RuleError(f"Interaction {entry_no} is not postponed, so it is finished.", "Create another one.")
        if found["is_canceled"]:
            raise RuleError(f"Interaction {entry_no} is canceled.", "Take that back first: cancel it again.")
        return {name: value for name, value in found.items() if name not in _NOT_KEPT}


def _texts(comments: Sequence[str]) -> list[str]:
    texts = [comment.strip() for comment in comments]
    if not all(texts):
        raise ConfigError("A comment needs a text.", "Write what is to be remembered.")
    return texts
