"""Headers of worksheets: created, listed, changed with what follows for their lines, deleted."""

# Names of columns come from the fields of Header, values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from pipelines.worksheet import Lines
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.worksheets import criteria_log, headers, lines
from workbench.worksheets.acting import Acting
from workbench.worksheets.receipts import HeaderReceipt
from workbench.worksheets.results import CriteriaLog, Header, Worksheet, WorksheetList

# Fields that go on to lines when they change, and their names there (UpdateSegLinesByFieldNo, table 5076).
_ON_LINES: Mapping[str, str] = {
    "description": "description", "campaign_no": "campaign_no", "salesperson_code": "salesperson_code",
    "dated_on": "dated_on", "unit_cost_amount": "cost_amount", "unit_duration_minutes": "duration_minutes",
    "information_flow": "information_flow", "initiated_by": "initiated_by",
    "is_campaign_target": "is_campaign_target", "is_campaign_response": "is_campaign_response",
    "correspondence_type": "correspondence_type", "subject": "subject",
    "interaction_template_code": "interaction_template_code",
}  # fmt: skip
# What a worksheet takes over from its template, whether the template says it or not; the campaign only if it does.
_FROM_TEMPLATE = (
    "language_code", "interaction_group_code", "unit_cost_amount", "unit_duration_minutes", "information_flow",
    "initiated_by", "is_campaign_target", "is_campaign_response", "correspondence_type",
    "ignores_contact_correspondence", "word_template_code",
)  # fmt: skip


class Keeping(Acting):
    """Worksheets as such."""

    def create(self, as_of: dt.date, *, worksheet_no: str | None = None, **fields: object) -> Worksheet:
        """Create an empty worksheet.

        Parameters
        ----------
        as_of : datetime.date
            The day its interactions are dated on, unless `dated_on` says another.
        worksheet_no : str, optional
            Its number; the next one, such as SM00001, where absent.
        **fields : object
            Fields of `Header`. A template brings what it says for fields that are not given.

        Returns
        -------
        Worksheet
            Without lines.

        Raises
        ------
        ConfigError
            When there is no such field, or a value does not suit it.
        ConflictError
            When the number is taken.
        NotFoundError
            When there is no such Word template or file.
        RuleError
            When the salesperson is blocked.
        """
        given = headers.checked(fields)
        with self._database.writing() as con:
            headers.check_salesperson(con, given)
            headers.check_content(con, given)
            taken = _template(con, given.get("interaction_template_code")) or {}
            header = Header(**{"dated_on": as_of, **taken, **given})
            return headers.found(con, headers.insert(con, header, worksheet_no))

    def list(self) -> WorksheetList:
        """List the worksheets.

        Returns
        -------
        WorksheetList
            By number.
        """
        with self._database.reading() as con:
            return WorksheetList(headers.listed(con))

    def get(self, worksheet_no: str) -> Worksheet:
        """Fetch a worksheet.

        Parameters
        ----------
        worksheet_no : str
            Its number.

        Returns
        -------
        Worksheet
            Header and figures.

        Raises
        ------
        NotFoundError
            When none has the number.
        """
        with self._database.reading() as con:
            return headers.found(con, worksheet_no)

    def lines(self, worksheet_no: str, rows: int | None = None) -> pd.DataFrame:
        """List the lines of a worksheet.

        Parameters
        ----------
        worksheet_no : str
            Which one.
        rows : int, optional
            How many at most.

        Returns
        -------
        pandas.DataFrame
            One row for each: line_no, contact_no, type, name, company_no, company_name, then what the interaction
            will be. In the order of their numbers.

        Raises
        ------
        NotFoundError
            When there is no such worksheet.
        """
        with self._database.reading() as con:
            headers.found(con, worksheet_no)
            return lines.shown(con, worksheet_no, rows)

    def criteria(self, worksheet_no: str) -> CriteriaLog:
        """List what was done to a worksheet.

        Parameters
        ----------
        worksheet_no : str
            Which one.

        Returns
        -------
        CriteriaLog
            Its actions with their filters.

        Raises
        ------
        NotFoundError
            When there is no such worksheet.
        """
        with self._database.reading() as con:
            headers.found(con, worksheet_no)
            return criteria_log.read(con, criteria_log.OF_WORKSHEET, worksheet_no)

    def delete(self, worksheet_no: str) -> Worksheet:
        """Delete a worksheet with its criteria, history and lines.

        Parameters
        ----------
        worksheet_no : str
            Its number, which is not given again.

        Returns
        -------
        Worksheet
            What was deleted.

        Raises
        ------
        NotFoundError
            When none has the number.
        """
        with self._unit(dry_run=False) as con:
            worksheet = headers.found(con, worksheet_no)
            headers.remove(con, worksheet_no)
            return worksheet

    def change(
        self, worksheet_no: str, *, update_lines: bool = True, dry_run: bool = False, **fields: object
    ) -> HeaderReceipt:
        """Change fields of a header, and of the lines that follow it.

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        update_lines : bool, optional
            Whether lines follow; the product asks.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            Fields of `Header`.

        Returns
        -------
        HeaderReceipt
            What is different now, in the header and on how many lines.

        Raises
        ------
        NotFoundError
            When there is no such worksheet, Word template or file.
        ConfigError
            When there is no such field, or a value does not suit it.
        RuleError
            When the salesperson is blocked.

        Notes
        -----
        A template goes on to all lines, and the header takes over what the template says. Of all other fields only
        lines whose template is the header's follow; a correspondence type follows only where there is a template and
        it is not blank, a subject only where the line had the header's. Language, group and the rule on
        correspondence stay with the header and show on new lines only. Lines that follow to another day get the
        address of that day.
        """
        given = headers.checked(fields)
        with self._unit(dry_run) as con:
            before = headers.found(con, worksheet_no).header
            headers.check_salesperson(con, given)
            headers.check_content(con, given)
            brought = _brought(con, before, given)
            changed = {name: new for name, new in {**brought, **given}.items() if new != getattr(before, name)}
            frame = lines.shown(con, worksheet_no)
            follows = _following(frame, before, changed, given) if update_lines else {}
            if not dry_run:
                headers.update(con, worksheet_no, changed)
                for name, numbers in follows.items():
                    _follow(con, worksheet_no, name, changed[name], numbers)
                if "dated_on" in follows:
                    lines.readdress(con, worksheet_no)
        touched = len(set().union(*follows.values()))
        return HeaderReceipt(worksheet_no, changed, touched, len(frame) - touched, not dry_run)


def _brought(con: Connection, before: Header, given: Mapping[str, Any]) -> dict[str, Any]:
    """Read what a new template brings to the header; the subject of the old one goes."""
    code = given.get("interaction_template_code", before.interaction_template_code)
    return {} if code == before.interaction_template_code else {"subject": None, **(_template(con, code) or {})}


def _following(
    frame: pd.DataFrame, before: Header, changed: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, set[int]]:
    """Find the lines that follow each change; a new template comes first, so that all lines have the header's then.

    Of what the template brings to the header lines follow with the correspondence only, as in the product.
    """
    after = replace(before, **changed)
    is_of_header = frame["interaction_template_code"].map(
        lambda code: _or_none(code) == before.interaction_template_code
    )
    if "interaction_template_code" in changed:
        is_of_header[:] = True
    follows = {}
    for name in changed:
        is_meant = name in given or name == "correspondence_type"
        if name not in _ON_LINES or not is_meant or (name == "correspondence_type" and not _says_correspondence(after)):
            continue
        chosen = is_of_header
        if name == "subject":
            chosen = chosen & frame["subject"].map(lambda subject: _or_none(subject) == before.subject)
        follows[name] = {int(number) for number in frame.loc[chosen.astype(bool), "line_no"]}
    return follows


def _or_none(value: Any) -> Any:
    return None if pd.isna(value) else value


def _says_correspondence(header: Header) -> bool:
    return header.correspondence_type is not None and header.interaction_template_code is not None


def _follow(con: Connection, worksheet_no: str, name: str, value: object, numbers: set[int]) -> None:
    chosen = Lines(np.array(sorted(numbers), dtype=np.int64), np.zeros(len(numbers), dtype=np.int64))
    with lines.offered_lines(con, chosen):
        con.execute(
            f"UPDATE worksheet_line SET {_ON_LINES[name]} = ? WHERE worksheet_no = ? "
            "AND line_no IN (SELECT line_no FROM chosen_line)",
            [value, worksheet_no],
        )


def _template(con: Connection, code: object) -> dict[str, Any] | None:
    """Read what a template says; None where the store does not know it."""
    columns = (*_FROM_TEMPLATE, "campaign_no")
    query = f"SELECT {', '.join(columns)} FROM interaction_template WHERE interaction_template_code = ?"
    row = first_row(con, query, [code]) if code is not None else None
    if row is None:
        return None
    said = dict(zip(columns, row, strict=True))
    return said if said["campaign_no"] is not None else {name: said[name] for name in _FROM_TEMPLATE}
