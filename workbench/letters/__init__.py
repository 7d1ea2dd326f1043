"""Letters and e-mails of logged segments: merged, sent, and kept account of."""

from __future__ import annotations

import pandas as pd

from workbench.letters import contents, merge_fields, outbox
from workbench.letters.mail_server import MailServer
from workbench.letters.results import Delivery, MergeFields
from workbench.letters.sending import Sending
from workbench.letters.work import Rules

__all__ = ["Delivery", "Letters", "MailServer", "MergeFields", "Rules"]


class Letters(Sending):
    """Everything a workbench does with letters.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.

    Notes
    -----
    A worksheet that is logged with the option to deliver leaves letters behind, each an interaction. Printed ones are
    merged into files, e-mails are sent. A contact gets one letter of a logged segment, whatever is tried again, and
    none while it is privacy blocked or has refused the channel.
    """

    def fields(self, word_template_code: str | None = None) -> MergeFields:
        """List the merge fields.

        Parameters
        ----------
        word_template_code : str, optional
            A Word template, to see which of them it uses.

        Returns
        -------
        MergeFields
            Written in a template as ``{{ field }}``; those of the contact's card come first, with fields of the
            store's own.

        Raises
        ------
        NotFoundError
            When there is no such Word template.
        RuleError
            When its document cannot be read.
        """
        rows = merge_fields.known(self._setup.table("contact"))
        if word_template_code is None:
            return MergeFields(rows)
        with self._database.reading() as con:
            used = contents.of_word_template(con, word_template_code).fields
        unknown = tuple(sorted(used.difference(rows["field"])))
        return MergeFields(rows.assign(is_used=rows["field"].isin(used)), unknown)

    def of_campaign(self, campaign_no: str) -> pd.DataFrame:
        """List the logged segments that have letters of a campaign.

        Parameters
        ----------
        campaign_no : str
            The campaign.

        Returns
        -------
        pandas.DataFrame
            One row for each, by number: entry_no, segment_no, description, created_on, letter_count.
        """
        with self._database.reading() as con:
            return outbox.of_campaign(con, campaign_no)
