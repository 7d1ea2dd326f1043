"""Cover sheets: addressees, salutations, remarks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.code_tables import NAME_PARTS
from pipelines.salutation import render
from workbench.errors import ConfigError, NotFoundError, nearest
from workbench.reports import addressees, statements
from workbench.reports.results import REMARKS, CoverSheet
from workbench.reports.whom import in_order
from workbench.setup import MarketingSetup
from workbench.store import Connection


def check_remarks(remarks: Sequence[str]) -> None:
    """Refuse check boxes that a cover sheet does not have.

    Parameters
    ----------
    remarks : sequence of str
        Those to cross.

    Raises
    ------
    ConfigError
        For the first that does not exist.
    """
    for remark in remarks:
        if remark not in REMARKS:
            raise ConfigError(f'A cover sheet has no remark "{remark}".', nearest(remark, REMARKS))


def sheets(
    con: Connection, rows: pd.DataFrame, ids: npt.NDArray[np.int64], marketing: MarketingSetup
) -> tuple[CoverSheet, ...]:
    """Make a sheet for each addressee.

    Parameters
    ----------
    con : connection
        An open unit of work.
    rows : pandas.DataFrame
        As `addressees.read` gives them.
    ids : numpy.ndarray of int
        Their contacts.
    marketing : MarketingSetup
        For the language of contacts that name none, and for our own country.

    Returns
    -------
    tuple of CoverSheet
        In the order of the rows.
    """
    said = _salutations(con, ids, marketing.default_language_code)
    lines = addressees.blocks(rows, marketing.default_country_code, addressees.countries(con))
    return tuple(
        CoverSheet(number, block, said.get(int(contact_id), ""))
        for contact_id, (number, block) in zip(ids, lines, strict=True)
    )


def template(con: Connection, code: str | None) -> str | None:
    """See that an interaction template exists.

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str or None
        The template.

    Returns
    -------
    str or None
        The same.

    Raises
    ------
    NotFoundError
        When there is none of that code.
    """
    codes = [one for (one,) in con.execute("SELECT interaction_template_code FROM interaction_template").fetchall()]
    if code is not None and code not in codes:
        raise NotFoundError(f'There is no interaction template "{code}".', nearest(code, codes))
    return code


def _salutations(con: Connection, ids: npt.NDArray[np.int64], language: str) -> dict[int, str]:
    with in_order(con, ids):
        found = con.execute(statements.FORMULAS, {"language": language or None}).fetchall()
    return {
        int(contact_id): render(text, parts, dict(zip(NAME_PARTS, names, strict=True))).strip()
        for contact_id, text, parts, *names in found
    }
