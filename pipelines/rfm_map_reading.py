"""Maps of names as users write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.errors import ConditionError, nearest
from pipelines.rfm import FIGURES
from pipelines.rfm_bins import FEWEST, MOST
from pipelines.rfm_maps import MAPS, Bounds, Named, RfmMap

_USUAL = 5
_KEYS = ("name", "scores", "names")
_KEYS_OF_NAMES = ("name", *FIGURES)


def read_map(raw: str | Mapping[str, Any]) -> RfmMap:
    """Read a map, or find one that comes along.

    Parameters
    ----------
    raw : str or mapping
        The name of one of `MAPS`; or `name`, `scores` (5 unless said) and `names`, a list of mappings of `name`,
        `recency`, `frequency` and `monetary`, each a score or the lowest and the highest; any score where left out.

    Returns
    -------
    RfmMap
        The map.

    Raises
    ------
    ConditionError
        When there is no such map, or something in it is not as described; the message names the place.

    Examples
    --------
    >>> read_map({"scores": 2, "names": [{"name": "Here", "recency": 2}, {"name": "Gone"}]}).names[0]
    Named(name='Here', recency=(2, 2), frequency=(1, 2), monetary=(1, 2))
    """
    if isinstance(raw, str):
        if raw not in MAPS:
            raise ConditionError(f'There is no map "{raw}".', nearest(raw, MAPS), "map")
        return MAPS[raw]
    _check_keys(raw, _KEYS, "map")
    scores = raw.get("scores", _USUAL)
    if not isinstance(scores, int) or not FEWEST <= scores <= MOST:
        raise ConditionError(f"There cannot be {scores!r} scores.", f"Take {FEWEST} to {MOST}.", "map, scores")
    names = raw.get("names")
    if not isinstance(names, list | tuple) or not names:
        raise ConditionError("A map has a list of names.", "Write names: [{name: …, recency: [4, 5]}].", "map")
    read = tuple(_read(one, scores, f"map, name {number}") for number, one in enumerate(names, start=1))
    _check_different(read)
    return RfmMap(str(raw.get("name", "own")), scores, read)


def written(names: RfmMap) -> dict[str, Any]:
    """Write a map as plain values.

    Parameters
    ----------
    names : RfmMap
        The map.

    Returns
    -------
    dict
        What `read_map` reads as the same map; bounds that take any score are left out.
    """
    every = (1, names.scores)
    of_names = (
        {"name": one.name, **{f: list(getattr(one, f)) for f in FIGURES if getattr(one, f) != every}}
        for one in names.names
    )
    return {"name": names.name, "scores": names.scores, "names": list(of_names)}


def _read(raw: Any, scores: int, place: str) -> Named:
    if not isinstance(raw, Mapping):
        raise ConditionError(f"{raw!r} is no name with bounds.", "Write {name: …, recency: [4, 5]}.", place)
    _check_keys(raw, _KEYS_OF_NAMES, place)
    name = raw.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ConditionError("The name is missing.", "Write name: … here.", place)
    return Named(name, *(_bounds(raw.get(figure), scores, f"{place} ({name}), {figure}") for figure in FIGURES))


def _bounds(raw: Any, scores: int, place: str) -> Bounds:
    if raw is None:
        return 1, scores
    both = [raw, raw] if isinstance(raw, int) else raw
    if not isinstance(both, list | tuple) or len(both) != 2 or not all(type(score) is int for score in both):
        raise ConditionError(
            f"{raw!r} says no scores.", "Write one score, or the lowest and the highest: [4, 5].", place
        )
    low, high = both
    for score in both:
        if not 1 <= score <= scores:
            raise ConditionError(f"{score} is no score.", f"Scores are 1 to {scores}.", place)
    if low > high:
        raise ConditionError(f"No score is from {low} to {high}.", f"Write [{high}, {low}].", place)
    return low, high


def _check_keys(raw: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
    for key in raw:
        if key not in known:
            raise ConditionError(f'There is no "{key}" here.', nearest(key, known), place)


def _check_different(names: tuple[Named, ...]) -> None:
    places: dict[str, int] = {}
    for number, one in enumerate(names, start=1):
        if places.setdefault(one.name, number) != number:
            raise ConditionError(
                f"{one.name} is also name {places[one.name]}.",
                "Call one of them something else.",
                f"map, name {number}",
            )
