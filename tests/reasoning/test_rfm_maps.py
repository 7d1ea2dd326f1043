"""Names for scores: the first that holds, what is doubtful about a map, and maps as users write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import ConditionError, MeasureError
from pipelines.rfm_map_findings import findings, sentences
from pipelines.rfm_map_reading import read_map, written
from pipelines.rfm_maps import MAPS, RfmMap, named

BOUNDS = st.tuples(st.integers(1, 3), st.integers(1, 3)).map(sorted)
OWN = st.lists(st.tuples(BOUNDS, BOUNDS, BOUNDS), min_size=1, max_size=5)
FIGURES = ("recency", "frequency", "monetary")


def own(bounds: list[Any]) -> RfmMap:
    names = [{"name": f"N{n}", **dict(zip(FIGURES, one, strict=True))} for n, one in enumerate(bounds)]
    return read_map({"scores": 3, "names": names})


def every_combination(scores: int) -> pd.DataFrame:
    rows = np.indices((scores,) * 3).reshape(3, -1).T + 1
    return pd.DataFrame(rows, columns=[f"{figure}_score" for figure in FIGURES])


@given(OWN)
@settings(max_examples=25, deadline=None)
def test_the_first_name_that_holds_counts_and_findings_say_the_rest(bounds: list[Any]) -> None:
    names, rows = own(bounds), every_combination(3)
    given_names = named(rows, dict.fromkeys(FIGURES, 3), names)
    for name, *scores in zip(given_names, *(rows[column] for column in rows), strict=True):
        holding = [f"N{n}" for n, one in enumerate(bounds)
                   if all(low <= score <= high for (low, high), score in zip(one, scores, strict=True))]  # fmt: skip
        assert (holding[0] if holding else None) == (None if pd.isna(name) else name)
    found = findings(names).set_index("finding")
    unreachable = set(found.loc[found.index == "unreachable", "name"])
    assert unreachable == {one.name for one in names.names} - set(given_names.dropna())
    assert found.loc[found.index == "uncovered", "cells"].sum() == given_names.isna().sum()
    assert read_map(written(names)) == names


def test_maps_that_come_along_name_everybody_but_that_of_the_r_package() -> None:
    assert [name for name, one in MAPS.items() if sentences(findings(one))] == ["r_package"]
    missing = "2-1-5, 2-4-1, 2-5-1, 2-5-2, 3-4-1, 3-5-1, 4-4-1, 4-5-1, 5-4-1, 5-5-1"
    said = f"The map has no name for 10 combinations of scores: {missing}."
    assert sentences(findings(MAPS["r_package"])) == [said]
    assert all(read_map(name) is one and read_map(written(one)) == one for name, one in MAPS.items())


def test_names_that_nobody_can_have_and_that_compete_are_found() -> None:
    names = read_map({"scores": 2, "names": [
        {"name": "Here", "recency": 2}, {"name": "Often here", "recency": 2, "frequency": 2},
        {"name": "Once", "frequency": 1, "monetary": 1},
    ]})  # fmt: skip
    found = findings(names)
    assert found.to_numpy().tolist() == [
        ["unreachable", "Often here", "", 2, "2-2-1, 2-2-2"],
        ["uncovered", "", "", 3, "1-1-2, 1-2-1, 1-2-2"],
        ["overlap", "Often here", "Here", 2, "2-2-1, 2-2-2"],
        ["overlap", "Once", "Here", 1, "2-1-1"],
    ]
    assert sentences(found) == [
        "Nobody can be Often here: earlier names of the map hold wherever it does.",
        "The map has no name for 3 combinations of scores: 1-1-2, 1-2-1, 1-2-2.",
    ]


def test_without_amounts_recency_and_frequency_give_names() -> None:
    rows = pd.DataFrame({"recency_score": [5, 1], "frequency_score": [5, 1]})
    scores = {"recency": 5, "frequency": 5}
    assert named(rows, scores, MAPS["grid"]).tolist() == ["Champions", "Hibernating"]
    with pytest.raises(MeasureError) as refused:
        named(rows, scores, MAPS["abc"])
    assert str(refused.value) == (
        "The map abc asks for monetary scores, and the purchases have no amounts. Say what is added up (amount), or "
        "take a map of recency and frequency."
    )


def test_a_map_of_other_scores_is_refused() -> None:
    with pytest.raises(MeasureError) as refused:
        named(every_combination(3), dict.fromkeys(FIGURES, 3), MAPS["grid"])
    assert str(refused.value) == "The map grid is of 5 scores, and recency has 3. Take 5 scores, or a map of 3."


@pytest.mark.parametrize(("raw", "said"), [
    ("gird", 'Map: There is no map "gird". Did you mean "grid"?'),
    ({"names": []}, "Map: A map has a list of names. Write names: [{name: …, recency: [4, 5]}]."),
    ({"scores": 12, "names": [{"name": "A"}]}, "Map, scores: There cannot be 12 scores. Take 2 to 10."),
    ({"name": "mine", "nams": []}, 'Map: There is no "nams" here. Did you mean "names"?'),
    ({"names": ["Champions"]}, "Map, name 1: 'Champions' is no name with bounds. Write {name: …, recency: [4, 5]}."),
    ({"names": [{"recency": 3}]}, "Map, name 1: The name is missing. Write name: … here."),
    ({"names": [{"name": "A", "recncy": 3}]}, 'Map, name 1: There is no "recncy" here. Did you mean "recency"?'),
    ({"names": [{"name": "A"}, {"name": "B", "monetary": [3, 6]}]},
     "Map, name 2 (B), monetary: 6 is no score. Scores are 1 to 5."),
    ({"names": [{"name": "A", "recency": [5, 4]}]},
     "Map, name 1 (A), recency: No score is from 5 to 4. Write [4, 5]."),
    ({"names": [{"name": "A", "recency": "high"}]},
     "Map, name 1 (A), recency: 'high' says no scores. Write one score, or the lowest and the highest: [4, 5]."),
    ({"names": [{"name": "A"}, {"name": "A"}]},
     "Map, name 2: A is also name 1. Call one of them something else."),
])  # fmt: skip
def test_what_is_no_map_is_refused_with_its_place(raw: Any, said: str) -> None:
    with pytest.raises(ConditionError) as refused:
        read_map(raw)
    assert str(refused.value) == said
