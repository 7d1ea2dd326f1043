"""E-mails in files: .eml, one each, and .mbox, many; read header by header."""

from __future__ import annotations

import datetime as dt
import hashlib
import mailbox
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from functools import partial
from pathlib import Path

from workbench.errors import SourceError

ENDINGS = (".eml", ".mbox")
_RECIPIENTS = ("to", "cc", "bcc", "resent-to")


@dataclass(frozen=True)
class Mail:
    """What the header of an e-mail says.

    Attributes
    ----------
    place : str
        The file, and the number of the message in it.
    message_id : str
        What tells it apart; a hash of the header where it has no id.
    sent_at : datetime.datetime or None
        In UTC, without saying so; None where the header has no moment that can be read.
    sender : str
        An address, or blank.
    recipients : tuple of str
        Addresses of all kinds of recipients.
    subject : str
        On one line; blank where there is none.
    content : callable
        Gives the whole message.
    """

    place: str
    message_id: str
    sent_at: dt.datetime | None
    sender: str
    recipients: tuple[str, ...]
    subject: str
    content: Callable[[], bytes]


def read(path: Path) -> Iterator[Mail]:
    """Read the e-mails of a file or folder.

    Parameters
    ----------
    path : pathlib.Path
        An .eml or .mbox file, or a folder that has such files at any depth.

    Yields
    ------
    Mail
        File by file, by name.

    Raises
    ------
    SourceError
        When there is nothing of the kind, or a file cannot be read.
    """
    for file in _files(path):
        try:
            yield from _of_mailbox(file) if file.suffix.lower() == ".mbox" else _of_file(file)
        except OSError as error:
            raise SourceError(f"{file.name} cannot be read: {error.strerror or error}.") from None


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.suffix.lower() in ENDINGS and file.is_file())
        if not found:
            raise SourceError(f"There is no .eml or .mbox file in {path}.", "Save e-mails as such files there.")
        return found
    if not path.is_file():
        raise SourceError(f"There is no file or folder {path}.", "Name an .eml or .mbox file, or a folder of them.")
    if path.suffix.lower() not in ENDINGS:
        raise SourceError(f"{path.name} holds no e-mails.", "Name an .eml or .mbox file, or a folder of them.")
    return [path]


def _of_file(path: Path) -> Iterator[Mail]:
    yield _mail(path.name, path.read_bytes(), path.read_bytes)


def _of_mailbox(path: Path) -> Iterator[Mail]:
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), 1):
            yield _mail(f"{path.name} #{number}", box.get_bytes(key), partial(_from_mailbox, path, key))
    finally:
        box.close()


def _from_mailbox(path: Path, key: str) -> bytes:
    box = mailbox.mbox(path, create=False)
    try:
        return box.get_bytes(key)
    finally:
        box.close()


def _mail(place: str, content: bytes, again: Callable[[], bytes]) -> Mail:
    header = BytesHeaderParser().parsebytes(content)
    recipients = _addresses(header, *_RECIPIENTS)
    return Mail(
        place, _line(header.get("message-id")) or f"sha256:{hashlib.sha256(content).hexdigest()}", _sent_at(header),
        next(iter(_addresses(header, "from") or _addresses(header, "sender")), ""), recipients,
        _line(_decoded(header.get("subject"))), again,
    )  # fmt: skip


def _addresses(header: Message, *names: str) -> tuple[str, ...]:
    written = [str(value) for name in names for value in header.get_all(name, [])]
    return tuple(address for _, address in getaddresses(written) if "@" in address)


def _sent_at(header: Message) -> dt.datetime | None:
    """Read the moment; one without a zone, which is against the rules, is taken for UTC."""
    try:
        at = parsedate_to_datetime(str(header.get("date", "")))
        return (at if at.tzinfo else at.replace(tzinfo=dt.UTC)).astimezone(dt.UTC).replace(tzinfo=None)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _decoded(value: object) -> str:
    """Decode what was encoded for its way; a charset that nobody knows leaves it as it came."""
    try:
        return str(make_header(decode_header(str(value or ""))))
    except (LookupError, ValueError, HeaderParseError):
        return str(value)


def _line(value: object) -> str:
    return " ".join("".join(sign for sign in str(value or "") if sign.isprintable() or sign.isspace()).split())
