"""Who is never a member, whatever the steps say."""

from __future__ import annotations

import pytest

from tests.spec.conftest import Draw

EVERYBODY = "steps: [{add: {all: []}}]"
FLAGS = """
no | is_excluded_from_segments | is_privacy_blocked
A  | no                        | no
B  | yes                       | no
C  | no                        | yes
D  | yes                       | yes
"""


@pytest.mark.parametrize(
    ("suppress", "members"),
    [
        ("[]", "A B C D"),
        ("[excluded_from_segments]", "A C"),
        ("[privacy_blocked]", "A B"),
        ("[excluded_from_segments, privacy_blocked]", "A"),
    ],
)
def test_flags_on_the_contact_suppress(scene: Draw, suppress: str, members: str) -> None:
    assert scene(contact=FLAGS).who(f"{{{EVERYBODY}, suppress: {suppress}}}") == members


def test_hand_picked_contacts_are_suppressed_as_well(scene: Draw) -> None:
    contacts = scene(contact=FLAGS, contact_list="no | list_name\nB | vip\nA | vip")
    assert contacts.who("{steps: [{add: {list: vip}}], suppress: [excluded_from_segments]}") == "A"


CONSENTS = {
    "contact": "no\nA\nB\nC\nD\nE",
    "consent": """
        no | channel | purpose | is_granted | given_at
        A  | email   |         | yes        | 2026-01-01 10:00
        B  | email   |         | yes        | 2026-01-01 10:00
        B  | email   | news    | no         | 2026-02-01 10:00
        C  | phone   |         | yes        | 2026-01-01 10:00
        D  | email   | news    | yes        | 2026-04-01 10:00
        E  | email   | news    | no         | 2026-01-01 10:00
        E  | email   | news    | yes        | 2026-01-01 10:00
        """,
}


@pytest.mark.parametrize(
    ("consent", "members"),
    [
        ("{channel: email}", "A E"),
        ("{channel: email, purpose: news}", "E"),
        ("{channel: phone}", "C"),
        ("{channel: sms}", ""),
    ],
)
def test_the_latest_consent_up_to_as_of_decides(scene: Draw, consent: str, members: str) -> None:
    assert scene(**CONSENTS).who(f"{{{EVERYBODY}, suppress: [{{no_consent: {consent}}}]}}") == members


def test_several_consents_must_all_stand(scene: Draw) -> None:
    both = f"{{{EVERYBODY}, suppress: [{{no_consent: {{channel: email}}}}, {{no_consent: {{channel: phone}}}}]}}"
    assert scene(**CONSENTS).who(both) == ""


def test_a_frequency_cap_counts_what_we_sent(scene: Draw) -> None:
    contacts = scene(
        contact="no\nA\nB\nC\nD\nE",
        interaction="""
        no | occurred_at      | information_flow | is_canceled | is_postponed
        A  | 2026-03-30 10:00 | outbound         | no          | no
        A  | 2026-03-02 10:00 | outbound         | no          | no
        B  | 2026-03-30 10:00 | outbound         | no          | no
        B  | 2026-03-01 10:00 | outbound         | no          | no
        C  | 2026-03-30 10:00 | outbound         | no          | no
        C  | 2026-03-30 10:00 | inbound          | no          | no
        D  | 2026-03-30 10:00 | outbound         | yes         | no
        D  | 2026-03-30 10:00 | outbound         | no          | yes
        """,
    )
    cap = "suppress: [{frequency_cap: {max: 2, in_last: {n: 30, unit: day}}}]"
    assert contacts.who(f"{{{EVERYBODY}, {cap}}}") == "B C D E"
    once = "suppress: [{frequency_cap: {max: 1, in_last: {n: 30, unit: day}}}]"
    assert contacts.who(f"{{{EVERYBODY}, {once}}}") == "D E"


def test_suppression_comes_before_the_limit(scene: Draw) -> None:
    assert scene(contact=FLAGS).who(f"{{{EVERYBODY}, limit: {{top: 2}}, suppress: [privacy_blocked]}}") == "A B"
    assert scene(contact=FLAGS).who(f"{{{EVERYBODY}, limit: {{top: 2}}, suppress: [excluded_from_segments]}}") == "A C"
