"""Who wrote to whom, and what the words of call logs mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import call_tables, telephones
from pipelines.mail_parties import parties

US = {"john@us.example", "@we.example"}
ADDRESSES = st.sampled_from(["john@us.example", "Eva@WE.example", "ann@x.example", "bob@x.example", ""])


@pytest.mark.parametrize(
    ("sender", "recipients", "flow", "others"),
    [
        ("john@us.example", ["ann@x.example", "BOB@x.example"], "outbound", ("ann@x.example", "bob@x.example")),
        ("eva@we.example", ["ann@x.example", "john@us.example"], "outbound", ("ann@x.example",)),
        ("ann@x.example", ["john@us.example", "bob@x.example"], "inbound", ("ann@x.example",)),
        ("john@us.example", ["eva@we.example"], None, ()),
        ("", ["ann@x.example"], None, ()),
        ("spy@notwe.example", ["john@us.example"], "inbound", ("spy@notwe.example",)),
    ],
)
def test_what_we_send_has_recipients_and_what_we_get_a_sender(
    sender: str, recipients: list[str], flow: str | None, others: tuple[str, ...]
) -> None:
    found = parties(sender, recipients, US)
    assert (found.information_flow, found.others) == (flow, others)


@given(ADDRESSES, st.lists(ADDRESSES, max_size=5))
def test_the_order_of_recipients_does_not_matter_and_nobody_of_ours_is_another(
    sender: str, recipients: list[str]
) -> None:
    found, turned = parties(sender, recipients, US), parties(sender, recipients[::-1], US)
    assert (found.information_flow, set(found.others)) == (turned.information_flow, set(turned.others))
    assert not set(found.others) & set(found.own)
    assert (found.information_flow is None) == (not found.others)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("OUT", ("outbound", False)), (None, ("outbound", False)), ("Incoming call", ("inbound", False)),
     ("No answer", ("inbound", True)), ("?", None)],
)  # fmt: skip
def test_words_for_directions(word: str | None, expected: tuple[str, bool] | None) -> None:
    assert call_tables.flow(word) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0", 0), ("90", 1.5), ("90,4", 1.5), ("90 s", 1.5), ("1:30", 1.5), ("1:01:30", 61.5), ("2,5 min", 2.5),
     ("", None), (None, None), ("a while", None), ("1:75", None)],
)  # fmt: skip
def test_durations(text: str | None, expected: float | None) -> None:
    assert call_tables.minutes(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "countries", "expected"),
    [
        ("+420 601 000 001", "601000001", (None, "CZ"), True),
        ("00420601000001", "+420601000001", ("CZ", None), True),
        ("601000001", "601000001", ("CZ", "SK"), False),
        ("201", "2-0-1", (None, None), True),
        ("", "", (None, None), False),
    ],
)
def test_numbers_are_the_same_as_dialled_from_abroad(
    one: str, other: str, countries: tuple[str | None, str | None], expected: bool
) -> None:
    assert telephones.same(one, other, *countries) is expected
