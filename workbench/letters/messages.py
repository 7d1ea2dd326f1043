"""E-mail messages made of letters."""

from __future__ import annotations

import hashlib
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from workbench import clock
from workbench.letters import word_text
from workbench.letters.contents import TEXTS
from workbench.letters.preparing import Letter
from workbench.letters.word_template import WORD


def message(letter: Letter, sender: str) -> EmailMessage:
    """Make the message of a letter.

    Parameters
    ----------
    letter : Letter
        An e-mail.
    sender : str
        The address it comes from.

    Returns
    -------
    email.message.EmailMessage
        The text of a Word document is the message, unless it is to be attached; HTML and plain texts are the message,
        other files are attached below the description of the interaction. The message is known by an id that stays
        the same however often it is made.
    """
    made = EmailMessage(policy=SMTP)
    subject = _one_line(letter.subject or letter.description or letter.content.name)
    made["From"] = _address(letter.values.get("salesperson_name"), sender)
    made["To"] = _address(letter.name, letter.email)
    made["Subject"] = subject
    made["Date"] = format_datetime(clock.now())
    made["Message-ID"] = _id(letter, subject, sender)
    _fill(made, letter, letter.content.merged(letter.values))
    return made


def _fill(made: EmailMessage, letter: Letter, content: bytes) -> None:
    media_type = letter.content.media_type
    if media_type == WORD and not letter.is_attached:
        made.set_content(word_text.plain(content))
        made.add_alternative(word_text.as_html(content), subtype="html")
    elif media_type in TEXTS:
        made.set_content(content.decode(), subtype=media_type.removeprefix("text/"))
    else:
        made.set_content(f"{letter.description or letter.subject or letter.content.name}\n")
        kind, _, subtype = media_type.partition("/")
        made.add_attachment(content, maintype=kind, subtype=subtype or "octet-stream", filename=_file_name(letter))


def _file_name(letter: Letter) -> str:
    name = letter.content.name
    return name if name.lower().endswith(letter.content.suffix.lower()) else name + letter.content.suffix


def _address(name: object, address: str) -> Address:
    return Address(_one_line(str(name or "")), addr_spec=address.strip())


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _id(letter: Letter, subject: str, sender: str) -> str:
    said = "\n".join((str(letter.entry_no), letter.contact_no, letter.email, subject, sender))
    digest = hashlib.sha256(said.encode()).hexdigest()[:24]
    return f"<{letter.entry_no}.{digest}@{sender.rpartition('@')[2]}>"
