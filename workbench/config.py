"""Where the store is and who works on it, unless the user says so, and how much memory may be filled."""

from __future__ import annotations

import getpass
import os
from contextlib import suppress

from workbench.errors import ConfigError

ENVIRONMENT_VARIABLE = "WORKBENCH_DB"
USER_VARIABLE = "WORKBENCH_USER"
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


def user() -> str | None:
    """Tell who works here, for the record of what was saved.

    Returns
    -------
    str or None
        The environment variable ``WORKBENCH_USER``, else the name the operating system knows; None where it knows none.
    """
    with suppress(OSError, KeyError, ImportError):
        return os.environ.get(USER_VARIABLE, "").strip() or getpass.getuser()
    return None
