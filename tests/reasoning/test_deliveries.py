"""What becomes of letters: states, reasons, and one letter for each contact."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.deliveries import judged

SENT = pd.Timestamp("2026-03-31 10:00")


def letters(*rows: dict[str, Any]) -> pd.DataFrame:
    """Letters that may go, but for what is said."""
    free = {
        "delivery_status": "in_progress", "delivered_at": pd.NaT, "is_canceled": False, "is_privacy_blocked": False,
        "has_consent": None, "has_address": True,
    }  # fmt: skip
    return pd.DataFrame([{"entry_no": at, "contact_id": at, **free, **row} for at, row in enumerate(rows, start=1)])


def verdicts(frame: pd.DataFrame, **options: bool) -> list[tuple[str, str | None]]:
    done = judged(frame, **options)
    return [
        (state, None if pd.isna(reason) else reason)
        for state, reason in zip(done["state"], done["reason"], strict=True)
    ]


def test_what_was_begun_and_not_ended_is_in_doubt() -> None:
    frame = letters(
        {}, {"delivery_status": None, "delivered_at": SENT}, {"delivered_at": SENT}, {"delivery_status": "error"}
    )

    assert verdicts(frame) == [("ready", None), ("delivered", None), ("in_doubt", None), ("failed", None)]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"is_canceled": True, "is_privacy_blocked": True}, "canceled"),
        ({"contact_id": 0, "has_address": None}, "contact_gone"),
        ({"is_privacy_blocked": True, "has_consent": False}, "privacy_blocked"),
        ({"has_consent": False}, "consent_refused"),
        ({"has_address": False}, "no_address"),
    ],
)
def test_the_first_reason_holds_a_letter_back(said: dict[str, Any], reason: str) -> None:
    assert verdicts(letters(said)) == [("held_back", reason)]


def test_who_has_said_nothing_is_written_to_unless_a_consent_is_needed() -> None:
    frame = letters({}, {"has_consent": True}, {"has_consent": False})

    assert verdicts(frame) == [("ready", None), ("ready", None), ("held_back", "consent_refused")]
    assert verdicts(frame, needs_consent=True)[0] == ("held_back", "no_consent")
    assert verdicts(frame, needs_consent=True)[1] == ("ready", None)


def test_a_contact_gets_one_letter_of_a_log() -> None:
    twice = letters({"contact_id": 7, "has_address": False}, {"contact_id": 7}, {"contact_id": 7}, {"contact_id": 8})
    assert verdicts(twice) == [
        ("held_back", "no_address"), ("ready", None), ("held_back", "repeated"), ("ready", None),
    ]  # fmt: skip

    begun = letters({"contact_id": 7}, {"contact_id": 7, "delivered_at": SENT})
    assert verdicts(begun) == [("held_back", "repeated"), ("in_doubt", None)]


def test_no_letters_are_judged_as_well() -> None:
    assert judged(letters({}).head(0)).empty


_ROW = st.fixed_dictionaries({
    "contact_id": st.integers(0, 3),
    "delivery_status": st.sampled_from([None, "in_progress", "error"]),
    "delivered_at": st.sampled_from([SENT, pd.NaT]),
    "is_canceled": st.booleans(),
    "is_privacy_blocked": st.booleans(),
    "has_consent": st.sampled_from([True, False, None]),
    "has_address": st.booleans(),
})  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(_ROW, min_size=1, max_size=8), st.randoms())
def test_whatever_is_there_nobody_gets_two_letters_and_the_order_of_rows_does_not_matter(
    rows: list[dict[str, Any]], chance: Any
) -> None:
    frame = letters(*rows)
    done = judged(frame)
    order = list(range(len(frame)))
    chance.shuffle(order)

    goes = done[done["state"].isin(["ready"])]
    begun = done.loc[done["delivered_at"].notna(), "contact_id"]
    assert goes["contact_id"].is_unique
    assert not goes["contact_id"].isin(begun).any()
    assert not goes["is_privacy_blocked"].any()
    pd.testing.assert_frame_equal(judged(frame.iloc[order]).sort_index(), done)
    assert done["reason"].notna().eq(done["state"].eq("held_back")).all()
