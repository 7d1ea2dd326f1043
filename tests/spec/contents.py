"""The order in which the specification is read, as a book."""

from __future__ import annotations

CONTENTS: dict[str, tuple[str, ...]] = {
    "What a segment is": ("steps", "groups", "unknown_and_not", "suppression", "limit"),
    "Conditions on fields": (
        "text", "numbers", "booleans", "dates", "many_valued", "company_fields", "computed_fields",
        "filter_expressions",
    ),
    "Conditions on related rows": ("related_rows", "measures", "sequences", "habits"),
    "The calendar": ("time_zones", "calendar_units", "anniversaries"),
    "Conditions on what is known elsewhere": ("references", "company_has", "scores"),
}  # fmt: skip
