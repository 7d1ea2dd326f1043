"""Where the store is, unless the user says so, and how much memory may be filled."""

from __future__ import annotations

import os

from workbench.errors import ConfigError

ENVIRONMENT_VARIABLE = "WORKBENCH_DB"
DEFAULT_PATH = "./workbench.duckdb"
ROOM_VARIABLE = "WORKBENCH_MASKS_MB"
DEFAULT_ROOM_MB = 256


def store_path(given: str | None = None) -> str:
    """Decide which store to use.

    Parameters
    ----------
    given : str, optional
        From ``--db``; blank is not given.

    Returns
    -------
    str
        What was given, else the environment variable ``WORKBENCH_DB``, else ``./workbench.duckdb``.

    Examples
    --------
    >>> store_path("shop.duckdb")
    'shop.duckdb'
    """
    return (given or "").strip() or os.environ.get(ENVIRONMENT_VARIABLE, "").strip() or DEFAULT_PATH


def room_for_masks() -> int:
    """Decide how much memory the masks and values of rules may take that are kept for the next count.

    Returns
    -------
    int
        Bytes: as many millions as the environment variable ``WORKBENCH_MASKS_MB`` says, else 256 millions.

    Raises
    ------
    ConfigError
        When the variable holds anything but a whole number from 0 up.

    Examples
    --------
    >>> room_for_masks()
    256000000
    """
    said = os.environ.get(ROOM_VARIABLE, "").strip() or str(DEFAULT_ROOM_MB)
    if not (said.isascii() and said.isdigit()):
        raise ConfigError(
            f'{ROOM_VARIABLE} is "{said}", which is no number of megabytes.',
            "Give a whole number such as 256; 0 keeps nothing.",
        )
    return int(said) * 1_000_000
