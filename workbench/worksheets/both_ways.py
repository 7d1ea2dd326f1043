"""Two views of one thing: a worksheet as a definition, and a segment as a worksheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pipelines.criteria import CriteriaAction, TableFilter, as_definition
from pipelines.definition import Definition
from workbench.segments import saved, snapshots
from workbench.segments.definition import Segment
from workbench.worksheets import criteria_log, headers, lines, sheet
from workbench.worksheets.acting import Acting, write
from workbench.worksheets.planning import done
from workbench.worksheets.receipts import ActionReceipt
from workbench.worksheets.results import Header


class BothWays(Acting):
    """From lines to a definition and back."""

    def definition(self, worksheet_no: str) -> Segment:
        """Replay the criteria of a worksheet as a definition.

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.

        Returns
        -------
        Segment
            Named like the worksheet, a step for each action. On the day and data of the actions its members are the
            contacts on the lines; on another day they are who would be there then.

        Raises
        ------
        NotFoundError
            When there is no such worksheet.
        """
        with self._database.reading() as con:
            header = headers.found(con, worksheet_no).header
            log = criteria_log.read(con, criteria_log.OF_WORKSHEET, worksheet_no)
        replayed = as_definition([entry.action for entry in log.actions], worksheet_no)
        return Segment.from_dict({**replayed.to_dict(), "description": header.description or ""})

    def freeze(
        self,
        segment: Definition | Mapping[str, Any] | str,
        as_of: dt.date,
        *,
        dry_run: bool = False,
        **fields: object,
    ) -> ActionReceipt:
        """Make a worksheet with a line for each member that a segment has on a day.

        Parameters
        ----------
        segment : Segment, mapping or str
            The segment.
        as_of : datetime.date
            The day it is evaluated on.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            Fields of `Header`.

        Returns
        -------
        ActionReceipt
            With the number of the new worksheet. Its one action is a filter on the snapshot that was taken, so that
            its definition replays the same members whatever happens to the data.

        Raises
        ------
        ConditionError
            When the definition does not fit the store.
        NotFoundError
            When no saved segment has the name.
        ConfigError
            When there is no such field of a header, or a value does not suit it.
        RuleError
            When the salesperson is blocked.
        """
        given = headers.checked(fields)
        with self._unit(dry_run) as con:
            headers.check_salesperson(con, given)
            definition = self._resolved(segment)
            evaluation = self._evaluator.evaluate(definition, as_of)
            header = Header(**{"dated_on": as_of, "description": definition.name or None, **given})
            number = headers.next_number(con, header.dated_on) if dry_run else headers.insert(con, header)
            named = definition if definition.name else Segment.from_dict({**definition.to_dict(), "name": number})
            snapshot = "" if dry_run else snapshots.take(con, named, evaluation).snapshot_id
            action = CriteriaAction("add", (TableFilter("snapshot", (("id", snapshot),)),), ignore_exclusion=True)
            there = sheet.empty(number, header)
            inserted = there.lines.appended(lines.in_order(con, evaluation.ids))
            planned = done(there, action, inserted=inserted, matched=len(inserted))
            if not dry_run:
                write(con, planned)
        return ActionReceipt(number, as_of, (planned.step,), len(inserted), len(inserted), 1, (), not dry_run)

    def _resolved(self, segment: Definition | Mapping[str, Any] | str) -> Segment:
        if isinstance(segment, str):
            return saved.found(segment, self._evaluator.facts().definitions)
        return Segment.from_dict(segment.to_dict() if isinstance(segment, Definition) else segment)
