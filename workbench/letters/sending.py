"""E-mails: as files, or handed over to a mail server one by one, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path

import numpy as np
import pandas as pd

from workbench.contact_rows import export_log
from workbench.errors import ConfigError, NotFoundError, RuleError
from workbench.letters import claiming, messages
from workbench.letters.mail_server import Line, MailServer, RefusedError
from workbench.letters.merging import Merging, file_name, ticker
from workbench.letters.outbox import IS_ADDRESS
from workbench.letters.preparing import Letter
from workbench.letters.results import Delivery
from workbench.letters.work import Progress, Rules
from workbench.store.cancelling import Cancellation

_EML = ".eml"


class Sending(Merging):
    """Letters as e-mails."""

    def send(
        self,
        entry_no: int,
        *,
        folder: str | Path | None = None,
        server: MailServer | None = None,
        sender: str | None = None,
        rules: Rules | None = None,
        overwrite: bool = False,
        dry_run: bool = True,
        progress: Progress | None = None,
        cancellation: Cancellation | None = None,
    ) -> Delivery:
        """Send the e-mails of a logged segment, into a folder or to a mail server.

        Parameters
        ----------
        entry_no : int
            The number of the logged segment.
        folder : str or pathlib.Path, optional
            Where .eml files go, which mail programs open as drafts.
        server : MailServer, optional
            To which messages are handed over.
        sender : str, optional
            The address they come from; that of each interaction's salesperson where absent.
        rules : Rules, optional
            Whose letters may go.
        overwrite : bool, optional
            Whether files of those names are replaced.
        dry_run : bool, optional
            Only tell what would happen; so it is unless false is said. No server is spoken to.
        progress : callable, optional
            Called with messages done and messages to do.
        cancellation : Cancellation, optional
            Ends the work before the next message. What was handed over stays so; of files none is left.

        Returns
        -------
        Delivery
            Letters by state. What a server refused has failed, with its answer.

        Raises
        ------
        NotFoundError
            When there is no such logged segment.
        RuleError
            When it has nothing to deliver, a template has fields that do not exist or that contacts lack, or a
            salesperson has no address to send from.
        ConfigError
            When neither or both of folder and server are named, or the sender is no address.
        ConflictError
            When a file exists already, or somebody delivered letters meanwhile.
        DeliveryError
            When the server cannot be spoken to, or broke off; the message it had is in doubt then.
        CancelledError
            When it was cancelled, of files.

        Notes
        -----
        A message is claimed in the store before it is handed over, and settled after it. A crash between the two leaves
        it in doubt: it does not go again until somebody says with `settle` whether it arrived.
        """
        if not dry_run and (folder is None) == (server is None):
            raise ConfigError("E-mails go into a folder or to a mail server.", "Name the one or the other.")
        asked = rules or Rules()
        rows, letters = self._prepared(entry_no, "email", asked)
        senders = _senders(letters, sender)
        place = server.place if server is not None else str(folder) if folder is not None else None
        if dry_run or not letters:
            return Delivery(entry_no, len(letters), rows, place)
        if server is not None:
            return self._handed_over(entry_no, letters, senders, server, asked, progress, cancellation)
        tick = ticker(len(letters), progress, cancellation)
        drafts = []
        for letter in letters:
            tick()
            made = messages.message(letter, senders[letter.entry_no])
            made["X-Unsent"] = "1"
            drafts.append((file_name(letter, _EML), made.as_bytes()))
        return self._placed(entry_no, letters, drafts, Path(str(folder)), asked, overwrite=overwrite)

    def _handed_over(
        self, entry_no: int, letters: Sequence[Letter], senders: dict[int, str], server: MailServer, rules: Rules,
        progress: Progress | None, cancellation: Cancellation | None,
    ) -> Delivery:  # fmt: skip
        gone: list[Letter] = []
        try:
            with server.opened() as line:
                for number, letter in enumerate(letters):
                    if cancellation is not None and cancellation.is_cancelled:
                        break
                    _tell(progress, number, len(letters))
                    if self._one(letter, messages.message(letter, senders[letter.entry_no]), line):
                        gone.append(letter)
                else:
                    _tell(progress, len(letters), len(letters))
        finally:
            self._note(server.place, gone)
        is_complete = cancellation is None or not cancellation.is_cancelled
        return Delivery(
            entry_no, len(gone), self.status(entry_no, rules).rows, server.place, is_written=True,
            is_complete=is_complete,
        )  # fmt: skip

    def _one(self, letter: Letter, made: EmailMessage, line: Line) -> bool:
        """Claim, hand over, settle."""
        line.refresh()
        with self._database.writing() as con:
            if not claiming.claim(con, [letter.entry_no]):
                return False
        try:
            line.send(made)
        except RefusedError as error:
            with self._database.writing() as con:
                claiming.give_back(con, [letter.entry_no], str(error))
            return False
        with self._database.writing() as con:
            claiming.deliver(con, [letter.entry_no])
        return True

    def _note(self, place: str, gone: Sequence[Letter]) -> None:
        """Keep to whom messages went, so that somebody who asks can be told where her data is."""
        if gone:
            with self._database.writing() as con:
                ids = np.array([letter.contact_id for letter in gone])
                export_log.note(con, place, "email", ids, row_count=len(gone))

    def status(self, entry_no: int, rules: Rules | None = None) -> Delivery:
        """Tell what became of the letters of a logged segment.

        Parameters
        ----------
        entry_no : int
            The number of the logged segment.
        rules : Rules, optional
            Whose letters may go.

        Returns
        -------
        Delivery
            Letters by state.

        Raises
        ------
        NotFoundError
            When there is no such logged segment.
        RuleError
            When it has nothing to deliver.
        """
        with self._database.reading() as con:
            return Delivery(entry_no, 0, self._outbox(con, entry_no, rules or Rules()))

    def settle(
        self, entry_no: int, contact_nos: Sequence[str] | None = None, *, arrived: bool, dry_run: bool = False
    ) -> Delivery:
        """Say what became of letters that are in doubt.

        Parameters
        ----------
        entry_no : int
            The number of the logged segment.
        contact_nos : sequence of str, optional
            Whose letters; all that are in doubt where absent.
        arrived : bool
            Whether they arrived; else they may go again.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        Delivery
            With the letters that were settled as those that went.

        Raises
        ------
        NotFoundError
            When there is no such logged segment, or a contact has no letter in doubt.
        RuleError
            When it has nothing to deliver.
        """
        with self._unit(dry_run) as con:
            rows = self._outbox(con, entry_no, Rules())
            doubtful = rows[rows["state"].eq("in_doubt")]
            for number in contact_nos or ():
                if number not in set(doubtful["contact_no"]):
                    raise NotFoundError(
                        f"{number} has no letter in doubt.", "Look at the letters of the logged segment."
                    )
            chosen = doubtful if contact_nos is None else doubtful[doubtful["contact_no"].isin(contact_nos)]
            numbers = [int(one) for one in chosen["entry_no"]]
            if not dry_run:
                (claiming.deliver if arrived else claiming.give_back)(con, numbers)
                rows = self._outbox(con, entry_no, Rules())
        return Delivery(entry_no, len(numbers), rows, is_written=not dry_run)


def _senders(letters: Sequence[Letter], sender: str | None) -> dict[int, str]:
    """Give the address that each message comes from."""
    if sender is not None and not pd.Series([sender]).str.fullmatch(IS_ADDRESS).all():
        raise ConfigError(f'"{sender}" is no e-mail address.', "Write one such as news@example.org.")
    for letter in letters:
        if not (sender or letter.sender):
            raise RuleError(
                f"The salesperson {letter.salesperson_code} has no e-mail address to send from.",
                "Give the salesperson one, or name a sender.",
            )
    return {letter.entry_no: sender or letter.sender for letter in letters}


def _tell(progress: Callable[[int, int], None] | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)
