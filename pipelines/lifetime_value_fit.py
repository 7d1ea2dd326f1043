"""Maximum likelihood of models with a few positive parameters, with standard errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize
from scipy.stats import norm
from threadpoolctl import threadpool_limits

from pipelines.errors import MeasureError

Floats = npt.NDArray[np.float64]
Likelihood = Callable[[Floats], tuple[float, Floats]]
"""From parameters to the log likelihood and its gradient."""
Watch = Callable[[], None]

_FARTHEST = 12.0
"""How far from where it begins the search goes, as a logarithm: a factor of 160,000 either way."""
_PATIENCE = {"ftol": 1e-13, "gtol": 1e-7, "maxiter": 500, "maxcor": 20}
_STEP = 1e-4
_FLAT = 1e-5
_TRIES = 8


@dataclass(frozen=True)
class Fit:
    """Parameters that make what was seen likeliest.

    Attributes
    ----------
    parameters : pandas.DataFrame
        `parameter`, `value`, `standard_error`, `low`, `high` (95 %, from the normal approximation of the logarithm);
        no errors where the data do not tell a parameter.
    log_likelihood : float
        At these parameters.
    customer_count : int
        Of whom.
    untold : tuple of str
        Parameters that went as far as the search goes: the data only say that they are very small or very large.
    """

    parameters: pd.DataFrame = field(repr=False)
    log_likelihood: float
    customer_count: int
    untold: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, float]:
        """The parameters by name."""
        return dict(zip(self.parameters["parameter"], self.parameters["value"], strict=True))


def maximised(
    log_likelihood: Likelihood,
    start: Mapping[str, float],
    customer_count: int,
    what: str,
    watch: Watch | None = None,
) -> Fit:
    """Find the parameters under which the data are likeliest.

    Parameters
    ----------
    log_likelihood : callable
        From an array of parameters, in the order of `start`, to the log likelihood of all customers and its gradient.
    start : mapping of str to float
        Where the search begins: positive, of the right magnitude.
    customer_count : int
        Whom the likelihood is of.
    what : str
        The model's name, for messages.
    watch : callable, optional
        Called before each step; ends the search by raising.

    Returns
    -------
    Fit
        The maximum, with standard errors.

    Raises
    ------
    MeasureError
        When no maximum was found.

    Notes
    -----
    The search is of logarithms, by L-BFGS-B and then by Newton's steps, so that it is the same in any unit of time or
    money. Standard errors are from the observed information: the second derivatives there, by central differences of
    the gradient.

    References
    ----------
    R. H. Byrd, P. Lu, J. Nocedal and C. Zhu (1995), A limited memory algorithm for bound constrained optimization,
    SIAM Journal on Scientific Computing 16, 1190-1208. B. Efron and D. V. Hinkley (1978), Assessing the accuracy of
    the maximum likelihood estimator, Biometrika 65, 457-483.
    """
    begin = np.log(np.fromiter(start.values(), dtype=np.float64))

    def downhill(logs: Floats) -> tuple[float, Floats]:
        if watch is not None:
            watch()
        values = np.exp(logs)
        height, gradient = log_likelihood(values)
        return -height / customer_count, -gradient * values / customer_count

    found = _descended(downhill, begin)
    is_inside = np.abs(found - begin) < _FARTHEST - _STEP
    logs, information = _polished(downhill, found, is_inside)
    if not np.isfinite(logs).all() or np.abs(downhill(logs)[1][is_inside]).max(initial=0.0) > _FLAT:
        raise MeasureError(
            f"No parameters make {what} likeliest: its likelihood goes on rising.",
            "Customers may be too few or too much alike; take a later day, or the other model.",
        )
    errors = _errors(information * customer_count, is_inside)
    untold = tuple(name for name, inside in zip(start, is_inside, strict=True) if not inside)
    return Fit(_table(start, logs, errors), -customer_count * downhill(logs)[0], customer_count, untold)


def _descended(downhill: Likelihood, begin: Floats) -> Floats:
    """Go down, and on from where the search stopped: along a ridge it stops early."""
    bounds = [(log - _FARTHEST, log + _FARTHEST) for log in begin]
    logs = begin
    with threadpool_limits(1):  # matrices of four rows: threads would wait for each other all the time
        for _ in range(_TRIES):
            found = minimize(downhill, logs, jac=True, method="L-BFGS-B", bounds=bounds, options=_PATIENCE)
            logs = found.x
            is_inside = np.abs(logs - begin) < _FARTHEST - _STEP
            if np.abs(found.jac[is_inside]).max(initial=0.0) < _FLAT / 10:
                break
    return logs


def _polished(downhill: Likelihood, logs: Floats, is_inside: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Take Newton's steps while they lead down, and tell the curvature where they end."""
    for _ in range(_TRIES):
        height, gradient = downhill(logs)
        information = _curvature(downhill, logs)
        within = information[np.ix_(is_inside, is_inside)]
        if np.abs(gradient[is_inside]).max(initial=0.0) < 1e-10 or not _is_convex(within):
            break
        step = np.zeros_like(logs)
        step[is_inside] = np.linalg.solve(within, gradient[is_inside])
        if np.abs(step).max() > 1 or downhill(logs - step)[0] > height:
            break
        logs = logs - step
    return logs, information


def _curvature(downhill: Likelihood, logs: Floats) -> Floats:
    """Differentiate the gradient; every second derivative twice, of which the mean counts."""
    found = np.empty((len(logs), len(logs)))
    for place, unit in enumerate(np.eye(len(logs)) * _STEP):
        found[place] = (downhill(logs + unit)[1] - downhill(logs - unit)[1]) / (2 * _STEP)
    return (found + found.T) / 2


def _is_convex(information: Floats) -> bool:
    return bool(np.isfinite(information).all() and (np.linalg.eigvalsh(information) > 0).all())


def _errors(information: Floats, is_inside: npt.NDArray[np.bool_]) -> Floats:
    """Standard errors of the logarithms, unknown where the likelihood is flat."""
    errors = np.full(len(information), np.nan)
    within = information[np.ix_(is_inside, is_inside)]
    if _is_convex(within):
        errors[is_inside] = np.sqrt(np.diag(np.linalg.inv(within)))
    return errors


def _table(start: Mapping[str, float], logs: Floats, errors: Floats) -> pd.DataFrame:
    away = norm.ppf(0.975) * errors
    with np.errstate(over="ignore"):
        return pd.DataFrame({
            "parameter": list(start), "value": np.exp(logs), "standard_error": np.exp(logs) * errors,
            "low": np.exp(logs - away), "high": np.exp(logs + away),
        })  # fmt: skip
