"""The Segments page as somebody with mouse and keyboard sees it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SCREENSHOTS


class BuilderPage:
    """The builder on an open page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator(".builder")
        self.times: list[int] = []
        expect(self.root).to_be_visible()
        self.settled()

    def settled(self) -> None:
        """Wait until the numbers are those of what is shown."""
        expect(self.root).not_to_have_class(re.compile(r"\bwaits\b"))
        expect(self.page.get_by_test_id("stStatusWidgetRunningIcon")).to_have_count(0)
        taken = self.root.get_attribute("data-round-trip")
        if taken:
            self.times.append(int(taken))

    def shows_total(self, number: int | str) -> None:
        """Wait for the large number at the right."""
        self.settled()
        expect(self.page.locator(".wb-total")).to_have_text(f"{number:,}" if isinstance(number, int) else number)

    def step(self, number: int) -> Locator:
        return self.root.locator(".step").nth(number - 1)

    def matched(self, number: int) -> Locator:
        return self.step(number).locator(".step-count b")

    def rule(self, number: int) -> Locator:
        """A rule by its place among all that are shown, conditions on rows left out."""
        return self.root.locator(".rule:not(.where .rule):has(> .rule-line .counts)").nth(number - 1)

    def counts(self, number: int) -> list[str]:
        """Alone, so far, without."""
        self.settled()
        return [text.strip() for text in self.rule(number).locator("> .rule-line .counts .count").all_inner_texts()]

    def add(self, where: Locator, what: str) -> None:
        """Press a button below the rules of a step or group."""
        where.locator("> .group-body > .more, > .more").last.get_by_role("button", name=what, exact=True).click()
        self.settled()

    def choose_field(self, rule: Locator, typed: str) -> None:
        field = rule.get_by_role("combobox", name="Field").first
        field.click()
        field.fill(typed)
        field.press("Enter")
        self.settled()

    def operator(self, rule: Locator, op: str) -> None:
        rule.get_by_label("Operator", exact=True).first.select_option(op)
        self.settled()

    def choose_value(self, field: Locator, typed: str) -> None:
        field.click()
        field.fill(typed)
        field.press("ArrowDown")
        field.press("Enter")
        self.settled()

    def photograph(self, name: str) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path
