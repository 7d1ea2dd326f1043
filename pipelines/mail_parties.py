"""Who wrote to whom: an e-mail as interactions with those who are not of ours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Parties:
    """The two sides of an e-mail.

    Attributes
    ----------
    information_flow : {"outbound", "inbound"} or None
        From us, or to us; None where nobody but us takes part.
    others : tuple of str
        The addresses that are not of ours: recipients of what we send, the sender of what we get.
    own : tuple of str
        The addresses of ours that take part, the sender first.
    """

    information_flow: str | None
    others: tuple[str, ...]
    own: tuple[str, ...]


def parties(sender: str, recipients: Sequence[str], ours: Collection[str]) -> Parties:
    """Tell the two sides of an e-mail.

    Parameters
    ----------
    sender : str
        Its address; blank where it is not known.
    recipients : sequence of str
        To, copy and blind copy.
    ours : collection of str
        Addresses of ours in small letters, and domains of ours with ``@`` in front.

    Returns
    -------
    Parties
        Each address once, in small letters.

    Examples
    --------
    >>> parties("John@us.example", ["ann@x.example", "petra@us.example"], {"@us.example"})
    Parties(information_flow='outbound', others=('ann@x.example',), own=('john@us.example', 'petra@us.example'))
    """
    sender, *rest = (address.strip().lower() for address in (sender, *recipients))
    everybody = [address for address in dict.fromkeys((sender, *rest)) if address]
    own = tuple(address for address in everybody if is_ours(address, ours))
    others = tuple(address for address in everybody if address not in own)
    if sender and sender not in own:
        return Parties("inbound", (sender,), own)
    return Parties("outbound" if others and sender else None, others if sender else (), own)


def is_ours(address: str, ours: Collection[str]) -> bool:
    """Tell whether an address is one of ours.

    Parameters
    ----------
    address : str
        In small letters.
    ours : collection of str
        Addresses, and domains with ``@`` in front.

    Returns
    -------
    bool
        Whether it, or its domain, is among them.
    """
    return address in ours or address[address.rfind("@") :] in ours
