"""The order in which the specification is read, as a book."""

from __future__ import annotations

CONTENTS: dict[str, tuple[str, ...]] = {
    "What a segment is": ("steps", "groups", "unknown_and_not", "suppression", "limit"),
    "Conditions on fields": (
        "text", "numbers", "booleans", "dates", "many_valued", "company_fields", "computed_fields",
    ),
    "Conditions on related rows": ("related_rows", "measures"),
    "The calendar": ("time_zones",),
    "Conditions on other segments": ("references",),
}  # fmt: skip
