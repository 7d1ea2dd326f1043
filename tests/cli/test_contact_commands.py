"""The commands that write contacts and what stands beside them."""

from __future__ import annotations

import pytest

from tests.cli.command import Shell

DAY = ("--as-of", "2024-12-31")


def test_a_contact_is_created_changed_and_deleted(own: Shell) -> None:
    planned = own.run("contact", "new", "--name", "Eve Fox", "--set", "city=Brno", "--dry-run", *DAY)
    assert planned.out.splitlines()[-1] == "CT000001 would be created."
    made = own.run("contact", "new", "--type", "person", "--name", "Eve Fox", "--set", "city=Brno", "--json", *DAY).json
    assert (made["contact_no"], made["is_written"]) == ("CT000001", True)
    assert {one["field"]: one["after"] for one in made["changes"]}["surname"] == "Fox"
    changed = own.run("contact", "set", "CT000001", "city=Prague", "--set", "Phone No.=601 123 456", *DAY)
    assert changed.out.splitlines()[-1] == "CT000001 changed."
    shown = own.run("contact", "show", "CT000001", "--json", *DAY).json
    assert (shown["fields"]["city"], shown["fields"]["phone_no"], shown["row_count"]) == ("Prague", "601 123 456", 0)
    assert own.run("contact", "set", "CT000001", "city=Prague", *DAY).out == "CT000001 as it was.\n"
    assert own.run("contact", "delete", "CT000001", "--yes", *DAY).out.splitlines()[-1] == "CT000001 deleted."


def test_a_deletion_is_asked_for_and_can_be_looked_at_first(own: Shell) -> None:
    planned = own.run("contact", "delete", "C1", "--dry-run", "--json", *DAY).json
    assert (planned["contact_nos"], planned["moved"], planned["moved_to"]) == (["C1"], {"interaction": 2}, None)
    unanswered = own.run("contact", "delete", "C1", *DAY)
    assert unanswered.code == 1
    assert "Delete C1 with 0 rows?" in unanswered.err
    assert own.run("contact", "show", "C1", "--json", *DAY).json["row_counts"] == {"interaction": 2}
    done = own.run("contact", "delete", "C1", "--yes", *DAY).out
    assert done.splitlines()[-1] == "C1 deleted; rows that outlive them are nobody's."


def test_a_person_joins_a_company_and_a_companys_change_goes_on_to_it(own: Shell) -> None:
    joined = own.run("contact", "set", "C3", "company_no=C5", "--json", *DAY).json
    assert {one["field"]: one["why"] for one in joined["changes"]} == {"company_no": "given", "city": "new_company"}
    changed = own.run("contact", "set", "C5", "city=Brno", "--json", *DAY).json
    assert [(one["contact_no"], one["after"]) for one in changed["changes"]] == [("C5", "Brno"), ("C3", "Brno")]
    shown = own.run("contact", "show", "C5", "--json", *DAY).json
    assert [person["contact_no"] for person in shown["people"]] == ["C3"]
    assert "People" in own.run("contact", "show", "C5", *DAY).out


def test_addresses_and_their_days(own: Shell) -> None:
    saved = own.run("contact", "save-address", "C1", "SUMMER", "--set", "city=Nice")
    assert saved.out == "C1 alternative_address saved: address_code: SUMMER, city: Nice\n"
    own.run("contact", "save-address-range", "C1", "SUMMER", "--starting-on", "2024-06-01", "--ending-on", "2024-08-31")
    assert own.run("contact", "address", "C1", *DAY, "--json").json["fields"]["city"] == "Prague"
    assert "SUMMER on 2024-07-01" in own.run("contact", "address", "C1", "--as-of", "2024-07-01").out
    gone = own.run("contact", "delete-address-range", "C1", "SUMMER", "--starting-on", "2024-06-01", "--json").json
    assert gone["after"] is None
    assert own.run("contact", "delete-address", "C1", "SUMMER").out.startswith("C1 alternative_address deleted: ")


def test_consents_comments_and_web_sources(own: Shell) -> None:
    own.run("contact", "consent", "C1", "email", "--purpose", "news", "--given-at", "2024-01-01")
    said = ("--withdrawn", "--given-at", "2024-02-01", "--json")
    assert own.run("contact", "consent", "C1", "email", "--purpose", "news", *said).json["after"]["is_granted"] is False
    found = own.run("contact", "consents", "C1", "--json").json
    assert ([one["is_granted"] for one in found["current"]], len(found["history"])) == ([False], 2)
    own.run("contact", "comment", "C1", "Likes tea", *DAY)
    (comment,) = own.run("contact", "show", "C1", "--json", *DAY).json["comments"]
    assert (comment["comment"], comment["commented_on"]) == ("Likes tea", "2024-12-31")
    assert own.run("contact", "delete-comment", "C1", str(comment["entry_no"]), "--json").json["after"] is None
    refused = own.run("contact", "save-web-source", "C5", "BING", "--search-word", "Works")
    assert refused.err.startswith('There is no web source "BING".')


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("set", "C1", "phone_no=CALL"), 2, '"CALL" in phone_no holds letters.'),
        (("set", "C1", "type=company"), 1, "The type of C1 cannot change: there are interactions with it."),
        (("new", "--no", "C1"), 15, 'The number "C1" is taken.'),
        (("salutation", "C1"), 1, "C1 has no salutation code."),
    ],
)
def test_what_is_refused_is_said_with_its_code(
    shop: Shell, arguments: tuple[str, ...], code: int, message: str
) -> None:
    refused = shop.run("contact", *arguments)
    assert (refused.code, refused.err.splitlines()[0]) == (code, message)
    assert refused.out == ""
