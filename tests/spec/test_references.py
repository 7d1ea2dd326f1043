"""References to segments, snapshots, lists and campaigns."""

from __future__ import annotations

from tests.spec.conftest import Draw

CONTACTS = """
no | city
A  | Prague
B  | Prague
C  | Brno
D  |
"""


def test_a_segment_reference_is_its_members_now(scene: Draw) -> None:
    contacts = scene(contact=CONTACTS, segments={"locals": "{field: city, op: is, value: Prague}"})
    assert contacts.who("{segment: locals}") == "A B"
    assert contacts.who("{not: {segment: locals}}") == "C D"
    assert contacts.who("{all: [{segment: locals}, {field: city, op: is_known}]}") == "A B"


def test_a_referred_segment_brings_its_steps_limit_suppressions_and_zone(scene: Draw) -> None:
    contacts = scene(
        contact="no | is_privacy_blocked\nA | no\nB | yes\nC | no\nD | no",
        interaction="""
        no | occurred_at
        A  | 2026-03-30 21:30
        B  | 2026-03-30 22:30
        C  | 2026-03-30 22:30
        D  | 2026-03-30 22:30
        """,
        as_of="2026-03-31",
        segments={
            "called-today": """
                time_zone: Europe/Berlin
                steps: [{add: {related: interaction, within: {in_last: {n: 1, unit: day}}}}]
                limit: {top: 1}
                suppress: [privacy_blocked]
                """
        },
    )
    assert contacts.who("{segment: called-today}") == "C"


def test_segments_may_refer_to_segments_and_meet_again(scene: Draw) -> None:
    contacts = scene(
        contact=CONTACTS,
        segments={
            "known": "{field: city, op: is_known}",
            "left": "{all: [{segment: known}, {field: city, op: is, value: Prague}]}",
            "right": "{all: [{segment: known}, {not: {field: city, op: is, value: Prague}}]}",
        },
    )
    assert contacts.who("{any: [{segment: left}, {segment: right}]}") == "A B C"
    assert contacts.who("[{add: {segment: known}}, {reduce: {segment: right}}]") == "A B"


def test_references_stand_in_the_base_and_inside_company_has(scene: Draw) -> None:
    contacts = scene(
        contact="""
        no | type    | company_no | city
        A  | person  | C          | Prague
        B  | person  | C          |
        C  | company | C          |
        D  | person  |            |
        """,
        contact_list="no | list_name\nA | vip\nD | vip",
        segments={"locals": "{field: city, op: is, value: Prague}", "near": "{company_has: {segment: locals}}"},
    )
    assert contacts.who("{segment: near}") == "A B C"
    assert contacts.who("{base: {list: vip}, steps: [{add: {segment: near}}]}") == "A"
    assert contacts.who("{company_has: {list: vip}}") == "A B C D"


def test_a_list_is_the_contacts_on_it(scene: Draw) -> None:
    contacts = scene(contact=CONTACTS, contact_list="no | list_name\nD | vip\nA | vip\nA | other")
    assert contacts.who("{list: vip}") == "A D"
    assert contacts.who("{not: {list: vip}}") == "B C"


def test_a_snapshot_is_whom_it_took(scene: Draw) -> None:
    contacts = scene(contact=CONTACTS, snapshots={"2026-03": ["C", "A"], "empty": []})
    assert contacts.who('{snapshot: "2026-03"}') == "A C"
    assert contacts.who("{snapshot: empty}") == ""


CAMPAIGN = {
    "contact": CONTACTS,
    "campaign": [{"campaign_no": "18"}, {"campaign_no": "19"}, {"campaign_no": "20"}],
    "campaign_target": """
        no | campaign_no | arm     | targeted_on
        A  | 18          | mail    | 2026-03-01
        B  | 18          | control | 2026-03-01
        C  | 18          | mail    |
        D  | 18          | mail    | 2026-04-01
        D  | 19          |         | 2026-03-01
        """,
    "interaction": """
        no | occurred_at      | campaign_no | is_campaign_response | is_canceled
        A  | 2026-03-02 10:00 | 18          | yes                  | no
        B  | 2026-03-02 10:00 | 18          | yes                  | yes
        B  | 2026-03-02 10:00 | 18          | no                   | no
        B  | 2026-03-02 10:00 | 19          | yes                  | no
        C  | 2026-04-02 10:00 | 18          | yes                  | no
        D  | 2026-03-02 10:00 | 18          | yes                  | no
        """,
}


def test_a_campaign_is_whom_it_has_targeted(scene: Draw) -> None:
    contacts = scene(**CAMPAIGN)
    assert contacts.who('{campaign: "18"}') == "A B C"
    assert contacts.who("{campaign: 18}") == "A B C"
    assert contacts.who('{campaign: "18", arm: mail}') == "A C"
    assert contacts.who('{campaign: "19"}') == "D"
    assert contacts.who('{campaign: "20"}') == ""


def test_a_response_is_marked_and_not_canceled(scene: Draw) -> None:
    contacts = scene(**CAMPAIGN)
    assert contacts.who('{campaign: "18", responded: true}') == "A"
    assert contacts.who('{campaign: "18", responded: false}') == "B C"
    assert contacts.who('{campaign: "18", arm: mail, responded: false}') == "C"
    assert contacts.who('{not: {campaign: "18", responded: true}}') == "B C D"
