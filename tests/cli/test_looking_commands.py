"""Commands that look: contacts, campaigns, settings, loads, values, profiles."""

from __future__ import annotations

from tests.cli.command import Shell


def test_contacts_are_found_by_a_part_of_what_is_known(shop: Shell) -> None:
    found = shop.run("contact", "search", "prague", "--rows", "2", "--json").json

    assert found["total"] == 3
    assert [one["contact_no"] for one in found["contacts"]] == ["C1", "C4"]
    assert shop.run("contact", "search", "nobody").out.splitlines()[-1] == "0 of 0 contacts"


def test_a_contact_is_shown_with_fields_figures_and_what_happened(shop: Shell) -> None:
    card = shop.run("contact", "show", "C1", "--as-of", "2024-12-01", "--json").json

    assert (card["fields"]["city"], card["figures"]["interaction_count"], card["row_count"]) == ("Prague", 1, 1)
    assert [row["at"] for row in card["timeline"]] == ["2024-11-30T10:00:00.000Z"]
    assert shop.run("contact", "show", "C9").complaint[0] == 'There is no contact "C9".'


def test_responses_are_computed_for_campaigns_or_their_types(shop: Shell) -> None:
    assert shop.run("campaign", "response", "--by", "type", "--as-of", "2024-12-31", "--json").json == {
        "by": "type", "as_of": "2024-12-31", "rates": [],
    }  # fmt: skip
    assert shop.run("campaign", "response", "--by", "arm").code == 2


def test_a_setting_is_set_and_shown_and_given_its_default_back(own: Shell) -> None:
    assert own.run("setup", "set", "currency_code", "eur", "--json").json["currency_code"] == "EUR"
    assert "EUR" in own.run("setup", "show").out
    assert own.run("setup", "set", "currency_code", "").code == 0
    assert own.run("setup", "show", "--json").json["currency_code"] == ""


def test_loads_are_listed_the_latest_first(shop: Shell) -> None:
    assert [load["table"] for load in shop.run("loads", "--json").json] == ["interaction", "contact"]
    assert "contacts.csv" in shop.run("loads").out


def test_the_fields_of_a_table_and_what_definitions_can_name_are_listed(shop: Shell) -> None:
    fields = shop.run("field", "list", "contacts", "--json").json
    known = shop.run("segment", "catalogue", "--json").json

    assert fields[0] == {"name": "contact_no", "type": "text", "meaning": "number of the contact"}
    assert known["segments"] == ["in-prague"]
    assert {"contact", "interaction", "sales_entry"} < {field["of"] for field in known["fields"]}
    assert "segments: in-prague" in shop.run("segment", "catalogue").out


def test_values_and_a_profile_help_to_write_a_segment(shop: Shell) -> None:
    values = shop.run("segment", "choices", "city", "--json").json
    profile = shop.run("segment", "profile", "in-prague", "city", "--as-of", "2024-12-20", "--json").json

    assert values == [{"value": "Prague", "count": 3}, {"value": "Madrid", "count": 1}]
    assert (profile["total"], profile["base"]) == (1, 4)
    assert profile["categories"][0]["category"] == "Prague"


def test_the_members_of_a_snapshot_are_listed(own: Shell) -> None:
    number = own.run("segment", "snapshot", "in-prague", "--as-of", "2024-12-20", "--json").json["snapshot_id"]

    assert own.run("segment", "snapshot-members", number).out == "C4\n"
    assert own.run("segment", "snapshot-members", "S9").complaint[0] == 'There is no snapshot "S9".'
