"""Means over a beta distribution, by places and weights that fit it however narrow it is."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh_tridiagonal

Floats = npt.NDArray[np.float64]

_PLACES = 48


@lru_cache(maxsize=4096)
def beta_nodes(a: float, b: float) -> tuple[Floats, Floats]:
    """Choose places and weights that give means over a beta distribution.

    Parameters
    ----------
    a, b : float
        Of the distribution.

    Returns
    -------
    tuple of numpy.ndarray of float
        48 places between 0 and 1, and weights that add up to 1: exact for polynomials up to degree 95.

    Notes
    -----
    Gauss and Jacobi's rule, from the eigenvalues of the matrix of the recurrence. Weights are squares of the first
    parts of eigenvectors, so that no normalising constant can overflow.

    References
    ----------
    G. H. Golub and J. H. Welsch (1969), Calculation of Gauss quadrature rules, Mathematics of Computation 23, 221-230.

    Examples
    --------
    >>> places, weights = beta_nodes(0.5, 2)
    >>> round(float(weights @ places), 12), round(float(weights @ places**2), 12)
    (0.2, 0.085714285714)
    """
    n = np.arange(1, _PLACES)
    twice = 2 * n + a + b - 2
    diagonal = np.r_[(a - b) / (a + b), (a - b) * (a + b - 2) / (twice * (twice + 2))]
    beside = n * (n + a - 1) * (n + b - 1) * (n + a + b - 2) / (twice**2 * (twice + 1) * np.where(n > 1, twice - 1, 1))
    beside[0] = a * b / ((a + b) ** 2 * (a + b + 1))  # the same, but for a fraction that is 0 / 0 where a + b = 1
    places, vectors = eigh_tridiagonal(diagonal, 2 * np.sqrt(beside))
    return (1 + places) / 2, vectors[0] ** 2
