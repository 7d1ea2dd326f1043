"""Giving the contacts of a worksheet a mailing group."""

from __future__ import annotations

from workbench.errors import RuleError
from workbench.store import Connection
from workbench.worksheets import headers
from workbench.worksheets.acting import Acting
from workbench.worksheets.receipts import MailingGroupReceipt

_ON_LINES = "SELECT contact_id FROM worksheet_line WHERE worksheet_no = $no"
_COUNTED = f"""
    SELECT count(*) FILTER (is_on), count(*) FILTER (is_on AND has), count(*) FILTER (NOT is_on AND has)
    FROM (
        SELECT contact_id IN ({_ON_LINES}) AS is_on, coalesce(list_contains(mailing_group_codes, $code), false) AS has
        FROM contact
    )
"""  # noqa: S608 - a statement of ours
_REMOVE = f"""
    UPDATE contact SET mailing_group_codes = list_filter(mailing_group_codes, lambda code: code <> $code)
    WHERE list_contains(mailing_group_codes, $code) AND contact_id NOT IN ({_ON_LINES})
"""  # noqa: S608 - a statement of ours
_ASSIGN = f"""
    UPDATE contact SET mailing_group_codes = list_append(coalesce(mailing_group_codes, []), $code)
    WHERE contact_id IN ({_ON_LINES}) AND NOT coalesce(list_contains(mailing_group_codes, $code), false)
"""  # noqa: S608 - a statement of ours


class Mailing(Acting):
    """Mailing groups of the contacts on lines."""

    def apply_mailing_group(
        self, worksheet_no: str, code: str, *, delete_old_assignments: bool = False, dry_run: bool = False
    ) -> MailingGroupReceipt:
        """Give every contact on the lines a mailing group (report 5184).

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        code : str
            The mailing group.
        delete_old_assignments : bool, optional
            First take the group from every contact that has it, on a line or not.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        MailingGroupReceipt
            How many got it, had it, and lost it.

        Raises
        ------
        NotFoundError
            When there is no such worksheet.
        RuleError
            When the code is blank.
        """
        code = code.strip()
        if not code:
            raise RuleError("A mailing group is needed.", "Give the code of one.")
        with self._unit(dry_run) as con:
            headers.found(con, worksheet_no)
            values = {"no": worksheet_no, "code": code}
            on_lines, already, elsewhere = _counts(con, _COUNTED, values)
            if not dry_run:
                if delete_old_assignments:
                    con.execute(_REMOVE, values)
                con.execute(_ASSIGN, values)
        removed = elsewhere if delete_old_assignments else 0
        return MailingGroupReceipt(worksheet_no, code, on_lines, on_lines - already, already, removed, not dry_run)


def _counts(con: Connection, statement: str, values: dict[str, str]) -> tuple[int, int, int]:
    """Run a statement with named values and give its row of three counts."""
    row = next(iter(con.execute(statement, values).fetchall()))
    return int(row[0]), int(row[1]), int(row[2])
