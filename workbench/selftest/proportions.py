"""Intervals and tests of rates, against the tables of those who invented or compared them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipelines.rate_lift import difference_test, newcombe, rate_ratio
from pipelines.response import wilson
from workbench.selftest.figures import Check, Figure, figure, pair

_NEWCOMBE = "R. G. Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10"
_FAGERLAND = "M. W. Fagerland, S. Lydersen and P. Laake (2015), Statistical Methods in Medical Research 24, 224-254"
_KOOPMAN = "P. A. R. Koopman (1984), Biometrics 40, 513-517"
_FISHER = "R. A. Fisher (1935), The Design of Experiments, chapter II"
_WILSON = "R. G. Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3"
# successes and trials, with the bounds of the rate
_RATES = (
    ((81, 263), ("0.2553", "0.3662")),
    ((15, 148), ("0.0624", "0.1605")),
    ((0, 20), ("0.0000", "0.1611")),
    ((1, 29), ("0.0061", "0.1718")),
)
# responders and targets of two arms, with the bounds of the difference
_DIFFERENCES = (
    ((56, 70, 48, 80), ("0.0524", "0.3339"), _NEWCOMBE),
    ((9, 10, 3, 10), ("0.1705", "0.8090"), _NEWCOMBE),
    ((6, 7, 2, 7), ("0.0582", "0.8062"), _NEWCOMBE),
    ((5, 56, 0, 29), ("-0.0381", "0.1926"), _NEWCOMBE),
    ((0, 10, 0, 20), ("-0.1611", "0.2775"), _NEWCOMBE),
    ((0, 10, 0, 10), ("-0.2775", "0.2775"), _NEWCOMBE),
    ((10, 10, 0, 20), ("0.6791", "1.0000"), _NEWCOMBE),
    ((10, 10, 0, 10), ("0.6075", "1.0000"), _NEWCOMBE),
    ((7, 34, 1, 34), ("0.0189", "0.3404"), _FAGERLAND),
)


def _figures(_file: Path) -> Iterator[Figure]:
    for (successes, trials), bounds in _RATES:
        yield from pair(f"Wilson's interval of {successes} of {trials}", bounds, wilson(successes, trials), _WILSON)
    for counts, bounds, source in _DIFFERENCES:
        ours = newcombe(*counts)
        yield from pair(f"Newcombe's interval of {_arms(counts)}", bounds, ours, source)
    ratio = (36, 40, 16, 80)
    yield from pair(
        f"Koopman's interval of the ratio of {_arms(ratio)}", ("2.94", "7.15"), rate_ratio(*ratio), _KOOPMAN
    )
    for counts, ways in (((4, 4, 0, 4), 2), ((3, 4, 1, 4), 34)):
        _z, p_value, _test = difference_test(*counts)
        yield figure(f"Two-sided p value of {_arms(counts)}, of 70 ways", str(ways), 70 * p_value, _FISHER, 1e-9)


def _arms(counts: tuple[int, int, int, int]) -> str:
    responders, targets, others_responded, others = counts
    return f"{responders} of {targets} against {others_responded} of {others}"


CHECK = Check("Rates", _figures)
