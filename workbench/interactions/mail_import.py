"""E-mails that were sent and received become interactions with the contacts they went to or came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.mail_parties import Parties, parties
from workbench.errors import RuleError
from workbench.interactions import address_book, importing, mail_files
from workbench.interactions.address_book import UNKNOWN, Holder
from workbench.interactions.mail_files import Mail
from workbench.interactions.results import ImportReceipt
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.templates import attachments

DOCUMENT_TYPE = "email"
NO_DATE, AMONG_US, NO_SENDER = "no date", "among ourselves", "no sender"
_OURS = "SELECT email, code FROM salesperson UNION ALL SELECT email, salesperson_code FROM user_setup"


class ImportingMail(Work):
    """Importing e-mails."""

    def import_mail(
        self,
        path: str | Path,
        *,
        ours: Sequence[str] = (),
        template_code: str | None = None,
        keep_messages: bool = False,
        dry_run: bool = False,
    ) -> ImportReceipt:
        """Record e-mails of files as interactions.

        Parameters
        ----------
        path : str or pathlib.Path
            An .eml or .mbox file, or a folder that has such files at any depth.
        ours : sequence of str, optional
            Addresses of ours, and domains of ours with ``@`` in front, beside those of salespeople and user setup.
        template_code : str, optional
            The interaction template; the one that setup names for e-mails where absent.
        keep_messages : bool, optional
            Store each message as the file of its interaction; otherwise only subject, moment and addresses are kept.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ImportReceipt
            What becomes of each message and address, and why some are left out.

        Raises
        ------
        SourceError
            When there are no such files, or one cannot be read.
        RuleError
            When no address is ours, or there is no template; a message to be kept has more than 50 MB.
        NotFoundError
            When there is no such template.

        Notes
        -----
        What we send is an interaction with each recipient who is a contact, what we get one with the sender. An
        address belongs to the contact that has it, to a person before its company; where several have it, nobody can
        tell, and the message is left out. The salesperson is the one of ours who takes part, the sender first, else
        the contact's. A message that is in the log is found again by its id, however often it is imported.
        """
        mails = {mail.place: mail for mail in mail_files.read(Path(path))}
        with self._unit(dry_run) as con:
            kind = importing.template(con, template_code, DOCUMENT_TYPE)
            salespeople = _ours(con, ours)
            sides = {place: parties(mail.sender, mail.recipients, salespeople.keys()) for place, mail in mails.items()}
            holders = address_book.by_email(con, {one for side in sides.values() for one in side.others})
            rows = [row for place, mail in mails.items() for row in _rows(mail, sides[place], holders, salespeople)]
            settled = importing.settled(con, rows)
            numbers: list[int] = []
            if not dry_run:
                kept = _Kept(con, mails) if keep_messages else None
                numbers = importing.write(con, settled, kind, self._zone, "email", kept)
        return ImportReceipt(str(path), kind.interaction_template_code, settled, tuple(numbers), is_written=not dry_run)


class _Kept:
    """Messages stored as they are asked for; one that went to several is stored once."""

    def __init__(self, con: Connection, mails: Mapping[str, Mail]) -> None:
        self.con, self.mails = con, mails

    def __call__(self, place: str) -> int:
        name = f"{place.removesuffix('.eml').replace('#', '')}.eml"
        return attachments.store(self.con, name, self.mails[place].content())


def _ours(con: Connection, more: Sequence[str]) -> dict[str, str | None]:
    """List what is ours, with the salesperson where it is somebody's."""
    known = {str(email).strip().lower(): code for email, code in con.execute(_OURS).fetchall() if (email or "").strip()}
    typed = {one.strip().lower(): None for one in more if one.strip()}
    found = {**typed, **known}
    if not found:
        raise RuleError(
            "No e-mail address is known to be ours, so nobody can tell what was sent from what was received.",
            "Give salespeople their addresses, or name ours: --ours @example.com.",
        )
    return found


def _rows(
    mail: Mail, side: Parties, holders: Mapping[str, Holder], salespeople: Mapping[str, str | None]
) -> list[dict[str, Any]]:
    row: dict[str, Any] = {
        "place": mail.place, "interaction_no": mail.message_id, "occurred_at": mail.sent_at,
        "information_flow": side.information_flow, "address": mail.sender, "subject": mail.subject,
        "document_type": DOCUMENT_TYPE, "is_attempt_failed": False, "reason": "",
    }  # fmt: skip
    if side.information_flow is None:
        return [{**row, "reason": AMONG_US if mail.sender else NO_SENDER}]
    if mail.sent_at is None:
        return [{**row, "reason": NO_DATE}]
    own = next((salespeople[one] for one in side.own if salespeople.get(one)), None)
    seen: set[int] = set()
    rows = []
    for address in side.others:
        holder = holders.get(address, UNKNOWN)
        if holder.contact_id in seen:
            continue  # one message, one interaction with a contact
        seen |= {holder.contact_id} if holder.contact_id is not None else set()
        rows.append({
            **row, "interaction_no": f"{mail.message_id} {address}", "address": address,
            "contact_id": holder.contact_id, "contact_no": holder.contact_no,
            "salesperson_code": own or holder.salesperson_code, "reason": holder.reason,
        })  # fmt: skip
    return rows
