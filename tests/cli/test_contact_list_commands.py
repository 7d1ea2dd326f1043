"""The commands about the list of contacts, as a shell sees them."""

from __future__ import annotations

from tests.cli.command import Shell


def numbers(shell: Shell, *arguments: str) -> list[str]:
    found = shell.run("contact", "search", *arguments, "--json").json
    return [row["contact_no"] for row in found["contacts"]]


def test_filters_sort_and_columns_make_the_list(shop: Shell) -> None:
    assert numbers(shop, "--filter", "city=Prague", "--filter", "type=person", "--sort=-name") == ["C4", "C1"]
    shown = shop.run("contact", "search", "ben", "--column", "name", "--column", "city").out
    assert [line.split() for line in shown.splitlines()] == [
        ["name", "city"],
        ["Ben", "Madrid"],
        ["1", "of", "1", "contacts"],
    ]


def test_a_view_is_saved_used_and_deleted(own: Shell) -> None:
    saved = own.run("contact", "save-view", "Praguers", "--filter", "city=Prague", "--sort", "-name", "--json").json
    assert (saved[0]["name"], saved[0]["filters"]) == ("Praguers", "city=Prague")
    assert numbers(own, "--view", "Praguers") == ["C5", "C4", "C1"]
    assert numbers(own, "--view", "Praguers", "--filter", "type=company") == ["C5"]
    assert own.run("contact", "delete-view", "Praguers").code == 0
    assert own.run("contact", "views", "--json").json == []


def test_a_view_nobody_saved_is_refused_in_two_lines(shop: Shell) -> None:
    assert shop.run("contact", "search", "--view", "mine").complaint == (
        'There is no view "mine".', "None is saved yet.",
    )  # fmt: skip


def test_a_filter_without_a_field_is_a_usage_error(shop: Shell) -> None:
    done = shop.run("contact", "search", "--filter", "Prague")
    assert done.code == 2
    assert "Prague" in done.err


def test_a_list_is_written_to_a_file(own: Shell) -> None:
    written = own.run("contact", "export", "list.csv", "--filter", "city=Prague", "--column", "contact_no")
    assert written.out == "3 rows in list.csv (manifest list.csv.manifest.json)\n"
    assert set((own.folder / "list.csv").read_text(encoding="utf-8-sig").split()) == {"contact_no", "C1", "C4", "C5"}
