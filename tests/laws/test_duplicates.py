"""Laws of duplicates: one rule in pandas and in SQL, the same from either side, fewer pairs where more is asked."""

from __future__ import annotations

import functools
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from pipelines.duplicates import DELETED, SearchStringRule, pairs, search_string
from pipelines.fuzzy_duplicates import PERSON_KINDS, likely_pairs
from workbench.duplicates import indexing, searching
from workbench.store import tables

FIELDS = ("name", "city", "phone_no")
RULES = st.lists(
    st.builds(SearchStringRule, st.sampled_from(FIELDS), st.sampled_from(["first", "last"]), st.integers(2, 10)),
    min_size=1, max_size=6, unique_by=lambda rule: (rule.field_name, rule.part),
)  # fmt: skip
TEXTS = st.one_of(
    st.none(),
    st.text("abß" + DELETED, max_size=5),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0x24F), max_size=12),
    st.sampled_from(["Adatum Corp.", "Adatum Corporation", "adatum-corp", "Prague", "Praha 1", "123 456"]),
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
COMPANIES = st.lists(st.tuples(*[TEXTS] * len(FIELDS)), max_size=7)
PERCENT = st.integers(1, 100)


@functools.cache
def store() -> wb.Workbench:
    return wb.open(":memory:")


def framed(companies: list[tuple[Any, ...]]) -> pd.DataFrame:
    numbers = [f"C{at}" for at in range(1, len(companies) + 1)]
    return pd.DataFrame(companies, columns=list(FIELDS), dtype="object").assign(contact_no=numbers)


def kept(companies: list[tuple[Any, ...]]) -> None:
    with store().database.writing() as con:
        con.execute("DELETE FROM contact")
        for at, row in enumerate(companies, 1):
            con.execute(
                "INSERT INTO contact (type, contact_id, contact_no, name, city, phone_no) "
                "VALUES ('company', ?, ?, ?, ?, ?)",
                [at, f"C{at}", *row],
            )


def in_order(found: pd.DataFrame) -> list[tuple[int, int, int]]:
    return sorted(
        (int(one.removeprefix("C")), int(other.removeprefix("C")), count)
        for one, other, count in found.itertuples(index=False)
    )


@given(COMPANIES, RULES, PERCENT)
def test_the_store_finds_what_the_rule_says(companies: list, rules: list, percent: int) -> None:
    kept(companies)
    with store().database.reading() as con:
        found, compared = indexing.duplicate_pairs(con, rules, percent)
    said = in_order(pairs(framed(companies), rules, percent))
    assert list(found.itertuples(index=False, name=None)) == said
    assert compared >= len(said)


@given(COMPANIES, RULES, PERCENT)
def test_one_company_has_the_pairs_it_has_among_all(companies: list, rules: list, percent: int) -> None:
    kept(companies)
    said = in_order(pairs(framed(companies), rules, percent))
    with store().database.reading() as con:
        for at in range(1, len(companies) + 1):
            found = [(p.contact_id, p.duplicate_id, p.match_count) for p in searching.found(con, at, rules, percent)]
            assert sorted(found) == [pair for pair in said if at in pair[:2]]


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    st.sampled_from(["first", "last"]),
    st.integers(2, 10),
)
def test_a_search_string_is_the_same_in_sql(text: str, part: Any, length: int) -> None:
    string = searching.string_of(SearchStringRule("name", part, length))
    with store().database.reading() as con:
        query = f"SELECT {string} AS made FROM (SELECT ?::VARCHAR AS name)"
        assert tables.frame(con, query, [text])["made"][0] == search_string(text, part, length)


@given(COMPANIES, RULES, PERCENT, st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_the_order_of_companies(companies: list, rules: list, percent: int, chance: Any) -> None:
    frame = framed(companies)
    shuffled = frame.iloc[chance.sample(range(len(frame)), len(frame))]
    assert in_order(pairs(frame, rules, percent)) == in_order(pairs(shuffled, rules, percent))


@given(COMPANIES, RULES, PERCENT, PERCENT)
def test_a_higher_percentage_never_finds_more(companies: list, rules: list, one: int, other: int) -> None:
    low, high = (set(in_order(pairs(framed(companies), rules, percent))) for percent in sorted([one, other]))
    assert high <= low


NAMES = st.sampled_from(["Ann", "Anne", "Bob", "Jon", "John", "Carver", "Karver", "Haddock", "Hadock", "O'Neill", None])
PEOPLE = st.lists(
    st.fixed_dictionaries({
        "first_name": NAMES, "surname": NAMES, "city": st.sampled_from(["Leeds", "Leds", "York", None]),
        "post_code": st.sampled_from(["LS1 1UR", "LS11UR", "YO1", None]),
        "email": st.sampled_from(["a@b.cz", "a@b.org", None]),
        "phone_no": st.sampled_from(["603111222", "603111223", None]),
    }), min_size=1, max_size=10,
)  # fmt: skip


def fuzzy(frame: pd.DataFrame, threshold: float) -> dict[frozenset[str], float]:
    found = likely_pairs(frame.drop(columns="contact_no"), PERSON_KINDS, threshold).pairs
    numbers = frame["contact_no"].to_numpy()
    sides = zip(numbers[found["left"]], numbers[found["right"]], found["score_rate"].round(9), strict=True)
    return {frozenset((one, other)): score for one, other, score in sides}


def numbered(people: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(people).assign(contact_no=[f"P{at}" for at in range(len(people))])


@given(PEOPLE, st.floats(0.01, 1.0), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_fuzzy_pairs_and_their_scores_do_not_depend_on_the_order_of_rows(
    people: list, threshold: float, chance: Any
) -> None:
    frame = numbered(people)
    shuffled = frame.iloc[chance.sample(range(len(frame)), len(frame))].reset_index(drop=True)
    assert fuzzy(frame, threshold) == fuzzy(shuffled, threshold)


@given(PEOPLE, st.floats(0.01, 1.0), st.floats(0.01, 1.0))
@settings(deadline=None)
def test_a_higher_threshold_never_finds_more_and_changes_no_score(people: list, one: float, other: float) -> None:
    low, high = (fuzzy(numbered(people), threshold) for threshold in sorted([one, other]))
    assert high.items() <= low.items()


@given(PEOPLE)
@settings(deadline=None)
def test_a_score_is_a_probability_and_nobody_is_a_pair_with_himself(people: list) -> None:
    found = fuzzy(numbered(people), 0.0001)
    assert all(0 < score <= 1 and len(pair) == 2 for pair, score in found.items())
