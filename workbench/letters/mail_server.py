"""The mail server of the user's choice: where it is, how to speak to it, and what it answers."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage

from workbench.errors import ConfigError, DeliveryError, nearest

VARIABLE = "WORKBENCH_SMTP_"
PASSWORD_VARIABLE = f"{VARIABLE}PASSWORD"
SECURITIES = ("starttls", "tls", "none")
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_HERE = ("localhost", "127.0.0.1", "::1")
_CLOSING = 421


class RefusedError(Exception):
    """The server said no to one message; it was not sent."""


@dataclass(frozen=True)
class MailServer:
    """A mail server to hand messages to.

    Attributes
    ----------
    host : str
        Its name.
    port : int
        587 for ``starttls``, 465 for ``tls`` and 25 for ``none`` unless said otherwise.
    security : {"starttls", "tls", "none"}
        How the connection is encrypted.
    user, password : str
        To sign in with; blank where the server wants none. Neither is ever stored or shown.
    timeout : float
        Seconds to wait for an answer.
    """

    host: str
    port: int = 0
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0

    def __post_init__(self) -> None:
        if self.security not in SECURITIES:
            raise ConfigError(f'"{self.security}" is no way to secure mail.', nearest(self.security, SECURITIES))
        if not self.host.strip():
            raise ConfigError("No mail server is named.", f"Give its host, or set {VARIABLE}HOST.")
        if self.user and self.security == "none" and self.host not in _HERE:
            raise ConfigError(
                f"Without encryption the password would go to {self.host} in the clear.", "Use starttls or tls."
            )
        object.__setattr__(self, "port", self.port or _PORTS[self.security])

    @classmethod
    def of_environment(
        cls, *, host: str | None = None, port: int | None = None, security: str | None = None, user: str | None = None,
        password: str | None = None,
    ) -> MailServer:  # fmt: skip
        """Take what is not given from the environment.

        Parameters
        ----------
        host, port, security, user, password : optional
            What is given; else the variables ``WORKBENCH_SMTP_HOST``, ``…_PORT``, ``…_SECURITY``, ``…_USER`` and
            ``…_PASSWORD`` count.

        Returns
        -------
        MailServer
            Not spoken to yet.

        Raises
        ------
        ConfigError
            When no host is named, or a value cannot be used.
        """
        said = str(port or _variable("PORT") or 0)
        if not (said.isascii() and said.isdigit() and int(said) < 65536):
            raise ConfigError(f'"{said}" is no port.', "Give one between 1 and 65535.")
        return cls(
            host or _variable("HOST"), int(said), security or _variable("SECURITY") or "starttls",
            user or _variable("USER"), password or os.environ.get(PASSWORD_VARIABLE, ""),
        )  # fmt: skip

    @property
    def place(self) -> str:
        """How the server is spoken of, without who signs in."""
        return f"smtp://{self.host}:{self.port}"

    @contextmanager
    def opened(self) -> Iterator[Line]:
        """Speak to the server.

        Yields
        ------
        Line
            Signed in; takes one message after the other.

        Raises
        ------
        DeliveryError
            When it cannot be reached, or does not let us in.
        """
        line = Line(self)
        try:
            yield line
        finally:
            line.close()


class Line:
    """An open connection to a mail server.

    Parameters
    ----------
    server : MailServer
        Which one.
    """

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._smtp = _connected(server)

    def close(self) -> None:
        """Say goodbye."""
        with suppress(smtplib.SMTPException, OSError):
            self._smtp.quit()
        self._smtp.close()

    def refresh(self) -> None:
        """Open the connection anew where the server has ended it, as servers do after a while.

        Raises
        ------
        DeliveryError
            When it cannot be opened any more.
        """
        if not self._is_alive():
            self._reconnect()

    def send(self, message: EmailMessage) -> None:
        """Hand a message over.

        Parameters
        ----------
        message : email.message.EmailMessage
            With sender and one recipient.

        Raises
        ------
        RefusedError
            When the server says no; the message was not sent.
        DeliveryError
            When the connection broke; nobody knows whether the message was sent.
        """
        try:
            self._handed_over(message)
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryError(
                f"The connection to {self._server.place} broke while a message was handed over: {_reason(error)}.",
                "It is kept as in doubt. Find out whether it arrived, then settle it and go on.",
            ) from None

    def _handed_over(self, message: EmailMessage) -> None:
        try:
            self._smtp.send_message(message)
        except smtplib.SMTPSenderRefused as error:
            if error.smtp_code != _CLOSING:
                raise RefusedError(_reason(error)) from None
            self._once_more(message, _reason(error))
        except (
            smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError, smtplib.SMTPHeloError,
        ) as error:  # fmt: skip
            raise RefusedError(_reason(error)) from None

    def _once_more(self, message: EmailMessage, answer: str) -> None:
        """Go on over a new connection: the server took so many messages and no more over the old one."""
        try:
            self._reconnect()
        except DeliveryError:
            raise RefusedError(answer) from None
        self._smtp.send_message(message)

    def _reconnect(self) -> None:
        self._smtp.close()
        self._smtp = _connected(self._server)

    def _is_alive(self) -> bool:
        try:
            return self._smtp.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False


def _connected(server: MailServer) -> smtplib.SMTP:
    try:
        return _dialled(server)
    except smtplib.SMTPAuthenticationError as error:
        raise DeliveryError(
            f"{server.place} does not let {server.user} in: {_reason(error)}.",
            f"Check user and password; the password comes from {PASSWORD_VARIABLE} or is asked for.",
        ) from None
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(
            f"{server.place} cannot be spoken to: {_reason(error)}.",
            "Check host, port and security (starttls, tls, none).",
        ) from None


def _dialled(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    with ExitStack() as undo:
        undo.callback(smtp.close)
        if server.security == "starttls":
            smtp.starttls(context=context)
        if server.user:
            smtp.login(server.user, server.password)
        undo.pop_all()
    return smtp


def _reason(error: Exception) -> str:
    """Say what the server, or the system, answered."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return f"{code} {_text(answer)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__


def _text(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())


def _variable(name: str) -> str:
    return os.environ.get(f"{VARIABLE}{name}", "").strip()
