"""A real mail server on this machine, which keeps what it is given and refuses whom it is told to."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

USER, PASSWORD = "news", "very secret"


class Mailbox:
    """What the server was given.

    Attributes
    ----------
    messages : list of EmailMessage
        In the order in which they came.
    refused : set of str
        Addresses it does not know.
    patience : int
        How many messages it takes over one connection.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refused: set[str] = set()
        self._taken: dict[Any, int] = {}
        self.port = 0
        self.patience = 1000

    @property
    def recipients(self) -> list[str]:
        """To whom messages went."""
        return [str(one["To"].addresses[0].addr_spec) for one in self.messages]

    async def handle_MAIL(self, server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - the server's word
        self._taken[server] = self._taken.get(server, 0) + 1
        if self._taken[server] > self.patience:
            return "421 4.7.0 enough for one connection"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - the server's word
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the server's word
        self.messages.append(cast("EmailMessage", message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"


@contextmanager
def mail_host(**options: Any) -> Iterator[Mailbox]:
    """Run the server for a while."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=_free_port(), **options)
    controller.start()
    try:
        box.port = controller.port
        yield box
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def knows_password(_server: Any, _session: Any, _envelope: Any, _mechanism: Any, given: Any) -> AuthResult:
    """Let in who knows the password."""
    return AuthResult(success=(given.login, given.password) == (USER.encode(), PASSWORD.encode()), handled=False)
