"""Duplicates found in spite of errors, and what each field said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipelines.blocking import LARGEST_BLOCK, NEIGHBOURS, candidates
from pipelines.errors import MeasureError
from pipelines.fuzzy_duplicates import COMPANY_KINDS, PERSON_KINDS, explained, likely_pairs
from pipelines.likeness import KINDS, company_words, digits, likeness, street_words, words
from pipelines.likeness_records import records

THRESHOLD = 0.9
JOHN = {
    "first_name": "John", "surname": "Haddock", "address": "10 High Tower Green", "city": "Chicago",
    "post_code": "61236", "phone_no": "+1 425 555 0101", "mobile_phone_no": None, "email": "john.haddock@contoso.com",
}  # fmt: skip
OTHERS = [
    {"first_name": first, "surname": last, "address": f"{i} {street}", "city": city, "post_code": str(10000 + 7 * i),
     "phone_no": str(600000000 + 7919 * i), "mobile_phone_no": None, "email": f"{last.lower()}{i}@example.com"}
    for i, (first, last, street, city) in enumerate([
        ("Anna", "Novak", "Main Street", "Prague"), ("Peter", "Svoboda", "Station Road", "Brno"),
        ("Maria", "Garcia", "Calle Mayor", "Madrid"), ("James", "Smith", "Baker Street", "London"),
        ("Linda", "Mitchell", "Elm Avenue", "Boston"), ("Paul", "Keller", "Ring", "Vienna"),
    ])
]  # fmt: skip


def people(*rows: dict[str, str | None]) -> pd.DataFrame:
    return pd.DataFrame([*rows, *OTHERS], columns=list(JOHN), dtype="str")


def found(frame: pd.DataFrame, threshold: float = THRESHOLD) -> set[tuple[int, int]]:
    pairs = likely_pairs(frame, PERSON_KINDS, threshold).pairs
    return set(zip(pairs["left"].tolist(), pairs["right"].tolist(), strict=True))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"first_name": "Jon", "email": None},
        {"surname": "Hadock", "phone_no": None},
        {"first_name": "Haddock", "surname": "John"},
        {"first_name": None, "phone_no": None},
        {"address": "10 Hihg Towre Green", "post_code": "61263"},
        {"city": None, "post_code": None, "address": None},
        {"first_name": "JOHN", "surname": "Háddock", "address": "High Tower Green 10"},
        {"email": None, "phone_no": None, "address": "10 High Tower Green, Flat 2"},
    ],
    ids=str,
)
def test_a_person_is_found_again_in_spite_of(changed: dict[str, str | None]) -> None:
    assert found(people(JOHN, {**JOHN, **changed})) == {(0, 1)}


def test_a_couple_is_not_one_person() -> None:
    wife = {**JOHN, "first_name": "Margaret", "email": "margaret@example.com"}
    assert found(people(JOHN, wife), 0.5) == set()


def test_a_couple_with_one_telephone_and_one_address_is_not_one_person() -> None:
    bare = {**JOHN, "email": None, "mobile_phone_no": None}
    assert found(people(bare, {**bare, "first_name": "Margaret"}), 0.5) == set()


def test_colleagues_at_one_address_are_not_one_person() -> None:
    colleague = {**JOHN, "first_name": "Susan", "surname": "Burk", "email": "susan.burk@contoso.com"}
    assert found(people(JOHN, colleague), 0.5) == set()


def test_namesakes_in_other_towns_are_not_one_person() -> None:
    elsewhere = {"address": "5 Ring", "city": "Vienna", "post_code": "1010", "email": "jh@a.at", "phone_no": None}
    namesake = {**JOHN, **elsewhere}
    assert found(people(JOHN, namesake)) == set()


def test_swapped_names_are_said_to_be_alike_the_other_way_round() -> None:
    _, told = explained(people(JOHN, {**JOHN, "first_name": "Haddock", "surname": "John"}).head(2), PERSON_KINDS)
    by_field = told.set_index("field")
    assert by_field.loc["first_name", "likeness"] == by_field.loc["surname", "likeness"] == 1.0
    assert by_field.loc["surname", "other_value"] == "John"


def test_an_unknown_value_says_nothing() -> None:
    _, told = explained(people(JOHN, {**JOHN, "email": None}).head(2), PERSON_KINDS)
    email = told.set_index("field").loc["email"]
    assert np.isnan(email["likeness"])
    assert email["bits"] == 0


def test_bits_of_fields_add_up_to_the_score() -> None:
    frame = people(JOHN, {**JOHN, "surname": "Hadock", "phone_no": "1"})
    pairs = likely_pairs(frame, PERSON_KINDS, 0.5).pairs.iloc[0]
    fields = [name for name in pairs.index if name in JOHN]
    assert pairs[fields].sum() == pytest.approx(pairs["bits"])
    assert pairs["score_rate"] == pytest.approx(1 / (1 + 2 ** (np.log2(200) - pairs["bits"])))


def test_a_rare_value_says_more_than_a_common_one() -> None:
    crowd = [{**other, "city": "London"} for other in OTHERS] * 30
    frame = pd.DataFrame([JOHN, JOHN, {**JOHN, "city": "London"}, {**JOHN, "city": "London"}, *crowd])
    pairs = likely_pairs(frame, PERSON_KINDS, 0.5).pairs.set_index(["left", "right"])
    assert pairs.loc[(0, 1), "city"] > pairs.loc[(2, 3), "city"] > 0


def test_fields_about_one_place_do_not_count_in_full_side_by_side() -> None:
    _, told = explained(people(JOHN, JOHN).head(2), {"city": "city", "post_code": "post_code"})
    assert told["bits"].min() < 0.5 * told["bits"].max()


def test_companies_are_alike_whatever_their_legal_form_and_however_their_address_is_split() -> None:
    rows = [
        {"name": "Adatum Corporation Ltd.", "address": "Station Road 21", "address_2": "Floor 2", "city": "Cambridge"},
        {"name": "ADATUM", "address": "Floor 2, 21 Station Rd", "address_2": None, "city": "Cambridge"},
        {"name": "Fabrikam Inc.", "address": "Station Road 21", "address_2": None, "city": "Cambridge"},
    ]
    pairs = likely_pairs(pd.DataFrame(rows), COMPANY_KINDS, THRESHOLD).pairs
    assert list(zip(pairs["left"], pairs["right"], strict=True)) == [(0, 1)]


def test_branches_of_a_company_are_not_one() -> None:
    rows = [
        {"name": "Adatum", "address": "Station Road 21", "city": "Cambridge", "post_code": "CB1"},
        {"name": "Adatum", "address": "Baker Street 1", "city": "London", "post_code": "W2 8HG"},
    ]
    assert likely_pairs(pd.DataFrame(rows), COMPANY_KINDS, THRESHOLD).pairs.empty


def test_only_pairs_of_wanted_rows_are_compared() -> None:
    frame = people(JOHN, JOHN, OTHERS[0])
    wanted = np.arange(len(frame)) == 2
    pairs = likely_pairs(frame, PERSON_KINDS, THRESHOLD, is_wanted=wanted).pairs
    assert list(zip(pairs["left"], pairs["right"], strict=True)) == [(2, 3)]


def test_progress_is_told_and_may_end_the_work() -> None:
    class Enough(Exception):  # noqa: N818
        pass

    def stop(done: int, total: int) -> None:
        raise Enough(f"{done} of {total}")

    with pytest.raises(Enough, match="1 of 1"):
        likely_pairs(people(JOHN, JOHN), PERSON_KINDS, THRESHOLD, progress=stop)


def test_no_contacts_give_no_pairs() -> None:
    result = likely_pairs(people().head(0), PERSON_KINDS, THRESHOLD)
    assert result.pairs.empty
    assert result.candidate_count == 0


def test_an_unknown_kind_is_refused_with_the_nearest() -> None:
    with pytest.raises(MeasureError, match=r'city cannot be compared as "citty". Did you mean "city"\?'):
        records(people(), {"city": "citty"})


def test_large_blocks_compare_neighbours_only() -> None:
    size = 3 * LARGEST_BLOCK
    one_key = np.zeros(size, dtype=np.int64)
    assert len(candidates([one_key], np.arange(size), size)) == NEIGHBOURS * size - NEIGHBOURS * (NEIGHBOURS + 1) // 2


def test_rows_without_a_key_are_not_paired() -> None:
    assert len(candidates([np.array([-1, -1, 3, 3])], np.arange(4), 4)) == 1


def test_other_house_numbers_are_another_address() -> None:
    street = KINDS["street"]
    same, neighbour = likeness(
        street, [street_words("21 Station Road")] * 2, [street_words("Station Rd 21"), street_words("23 Station Road")]
    )
    assert same == 1.0
    assert neighbour < 0.9


def test_values_are_brought_to_what_counts() -> None:
    assert words("Müller-O'Brien") == "muller obrien"
    assert company_words("Żabka Polska Sp. z o.o.") == "zabka polska sp z o o"
    assert digits("0044 20 7946 0958") == digits("+44 (0)20 7946-0958")
