"""One journey through the page Contacts: create, inherit, agree, look at it on a phone, delete."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import workbench as wb
from tests.browser.conftest import SCREENSHOTS, Visit

pytestmark = pytest.mark.alone


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Nobody yet."""
    path = tmp_path / "contacts.duckdb"
    wb.open(path).setup.set("as_of", "2018-01-01")
    return path


def keyed(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key}").first


def fill(page: Page, key: str, text: str) -> None:
    """Type into a field and leave it, as the keyboard does."""
    field = keyed(page, key).locator("input").first
    field.fill(text)
    field.press("Tab")


def button(page: Page, key: str) -> None:
    keyed(page, key).get_by_role("button").first.click()


def tab(page: Page, name: str) -> None:
    """Open a tab, when those of the contact shown before are gone."""
    found = page.get_by_role("tab", name=name, exact=True)
    expect(found).to_have_count(1)
    found.click()


def photograph(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def test_create_inherit_agree_and_delete(visit: Visit, store: Path) -> None:
    page = visit(store, "contacts")
    _create_company(page)
    _create_person(page)
    _change_company(page)
    _agree(visit(store, "contacts?contact=CT000002"))
    _look_at_a_phone(visit, store)
    _delete(visit(store, "contacts?contact=CT000001"))
    assert wb.open(store).contacts.search().total == 0


def _create_company(page: Page) -> None:
    button(page, "contact_new")
    page.get_by_role("radio", name="Company").click()
    expect(page.get_by_text("City", exact=True)).to_be_visible()
    fill(page, "contact_new-name", "Halvorsen Instruments")
    fill(page, "contact_new-phone_no", "+47 22 34 56 78")
    button(page, "contact_new-create")
    expect(page.get_by_role("heading", name="Halvorsen Instruments")).to_be_visible()


def _create_person(page: Page) -> None:
    tab(page, "People")
    button(page, "contact_new_person")
    fill(page, "contact_form-person-name", "Ingrid Halvorsen")
    button(page, "contact_form-person-create")
    expect(page.get_by_role("heading", name="Ingrid Halvorsen")).to_be_visible()
    tab(page, "Details")
    expect(page.locator(".wb-facts").get_by_text("+47 22 34 56 78").first).to_be_visible()


def _change_company(page: Page) -> None:
    """A new telephone of the company goes on to the person who still had the old one."""
    tab(page, "Company")
    button(page, "contact_company")
    expect(page.get_by_role("heading", name="Halvorsen Instruments")).to_be_visible()
    tab(page, "Details")
    button(page, "contact_edit")
    fill(page, "contact_form-CT000001-phone_no", "+47 22 99 99 99")
    button(page, "contact_save")
    expect(page.get_by_text("1 other contact follows")).to_be_visible()
    photograph(page, "contacts-inherited")


def _agree(page: Page) -> None:
    expect(page.locator(".wb-facts").get_by_text("+47 22 99 99 99").first).to_be_visible()
    tab(page, "Consents")
    button(page, "contact_consent_record")
    expect(page.get_by_text("Nothing has been said about any channel.")).to_be_hidden()


def _look_at_a_phone(visit: Visit, store: Path) -> None:
    """On a narrow screen the open card stands above the list, and nothing sticks out."""
    narrow: dict[str, object] = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
    page = visit(store, "contacts?contact=CT000002", **narrow)
    heading = page.get_by_role("heading", name="Ingrid Halvorsen")
    expect(heading).to_be_visible()
    search = page.get_by_label("Search contacts").first
    expect(search).to_be_visible()
    above, below = heading.bounding_box(), search.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] < below["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    photograph(page, "contacts-narrow")


def _delete(page: Page) -> None:
    button(page, "contact_actions")
    expect(page.get_by_text("1 person of the company goes as well.")).to_be_visible()
    button(page, "contact_delete")
    expect(page.get_by_text("There are no contacts yet")).to_be_visible()
