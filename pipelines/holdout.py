"""Who of a campaign's targets is held out, and which variant the others get: drawn by hash, not by dice."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.response_rule import HOLDOUT

Floats = npt.NDArray[np.float64]
_DIGITS = 8
_WHOLE = 16**_DIGITS
HELD_OUT, VARIANT, PLACE = 0, 1, 2
"""The columns of `draws`: what decides who is held out, who gets which variant, and who goes first."""


def draws(campaign_no: str, keys: npt.NDArray[np.object_], seed: str = "") -> Floats:
    """Draw three numbers for each key.

    Parameters
    ----------
    campaign_no : str
        The campaign.
    keys : numpy.ndarray of str
        Values of the dedupe key.
    seed : str, optional
        Another seed is another draw.

    Returns
    -------
    numpy.ndarray of float
        Three columns, each from 0 to below 1: the first, second and third eight hexadecimal digits of the SHA-256 of
        ``campaign:key``, or of ``seed:campaign:key`` where there is a seed, divided by 16**8.

    Notes
    -----
    The same in SQL, ``('0x' || sha256('CP0001:ann@x.org')[1:8])::BIGINT / 4294967296``, and in a spreadsheet that has
    the hash in A1, ``HEX2DEC(LEFT(A1; 8)) / 2^32``.

    Examples
    --------
    >>> draws("CP0001", np.array(["ann@x.org"], dtype=object)).round(4).tolist()
    [[0.7811, 0.9916, 0.6404]]
    """
    before = f"{seed}:{campaign_no}:" if seed else f"{campaign_no}:"
    digests = (hashlib.sha256(f"{before}{key}".encode()).digest()[:12] for key in keys)
    words = np.frombuffer(b"".join(digests), dtype=">u4").reshape(-1, 3)
    found: Floats = words.astype(np.float64) / _WHOLE
    return found


def places(drawn: Floats, strata: npt.NDArray[np.object_] | None, campaign_no: str, seed: str = "") -> Floats:
    """Turn drawn numbers into places from 0 to below 1, evenly spread within each stratum.

    Parameters
    ----------
    drawn : numpy.ndarray of float
        One number for each unit, from 0 to below 1.
    strata : numpy.ndarray of str or None
        The stratum of each unit; without strata the place is the number.
    campaign_no, seed : str
        As for `draws`; they decide how a stratum rounds.

    Returns
    -------
    numpy.ndarray of float
        A unit whose place is below a share belongs to that share. In a stratum of n units, the k-th lowest number has
        the place (k + w) / n, k from 0, where w from 0 to below 1 is drawn for the stratum.

    Notes
    -----
    Systematic sampling: a share s of a stratum has floor(s n) or ceil(s n) units, s n on average, and every unit the
    same chance. Equal numbers are taken in the order of the units, so the caller puts those into an order of their
    own.

    References
    ----------
    Cochran, W. G. (1977), Sampling Techniques, 3rd ed., chapter 8.
    """
    if strata is None:
        return drawn
    names, code = np.unique(strata.astype(str), return_inverse=True)
    order = np.lexsort((drawn, code))
    starts = np.searchsorted(code[order], np.arange(names.size))
    rank = np.empty(drawn.size, dtype=np.float64)
    rank[order] = np.arange(drawn.size) - starts[code[order]]
    shift = draws(campaign_no, names.astype(object), f"{seed}:stratum")[:, HELD_OUT]
    size = np.bincount(code, minlength=names.size)
    found: Floats = (rank + shift[code]) / size[code]
    return found


def arms(
    units: pd.DataFrame, campaign_no: str, holdout: float, variants: Mapping[str, float], seed: str = ""
) -> pd.Series[str]:
    """Draw the arm of each unit.

    Parameters
    ----------
    units : pandas.DataFrame
        `key`, each once, and `stratum` where the shares have to hold within strata.
    campaign_no : str
        The campaign.
    holdout : float
        The share held out, from 0 to below 1.
    variants : mapping of str to float
        The share of each variant among those not held out, in any unit.
    seed : str, optional
        Another seed is another draw.

    Returns
    -------
    pandas.Series of str
        By key: ``"holdout"`` or a variant.

    Notes
    -----
    The arm of a key depends on campaign, key, seed and shares alone, with strata also on who else is in the stratum;
    never on the order of rows. Who is held out and who gets which variant are drawn apart: a larger holdout share
    only adds to those held out and leaves everybody else in the same variant.
    """
    ordered = units.sort_values("key")
    keys = ordered["key"].to_numpy(dtype=object)
    strata = ordered["stratum"].to_numpy(dtype=object) if "stratum" in ordered else None
    drawn = draws(campaign_no, keys, seed)
    held_out = places(drawn[:, HELD_OUT], strata, campaign_no, seed) < holdout
    variant = places(drawn[:, VARIANT], strata, campaign_no, f"{seed}:variant")
    ends = np.cumsum(list(variants.values())) / sum(variants.values())
    which = np.minimum(np.searchsorted(ends, variant, side="right"), len(variants) - 1)
    names = np.array(list(variants), dtype=object)[which]
    return pd.Series(np.where(held_out, HOLDOUT, names), index=pd.Index(keys, name="key"), dtype="str", name="arm")
