"""Going back over the actions of a worksheet, the last one first."""

from __future__ import annotations

from dataclasses import replace

from pipelines.worksheet import Undoing, undone
from workbench.errors import RuleError
from workbench.store import Connection
from workbench.worksheets import criteria_log, history, lines, remarks, sheet
from workbench.worksheets.acting import Acting
from workbench.worksheets.history import Done
from workbench.worksheets.receipts import ActionReceipt, ActionStep
from workbench.worksheets.sheet import Sheet


class GoingBack(Acting):
    """Undoing actions from the history."""

    def go_back(
        self, worksheet_no: str, *, actions: int = 1, to_beginning: bool = False, dry_run: bool = False
    ) -> ActionReceipt:
        """Undo the last actions: their criteria go, lines they added go, lines they deleted come back at the end.

        Parameters
        ----------
        worksheet_no : str
            Which worksheet.
        actions : int, optional
            How many.
        to_beginning : bool, optional
            All of them.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ActionReceipt
            With a step for each action that was undone, the last one first.

        Raises
        ------
        NotFoundError
            When there is no such worksheet.
        RuleError
            When it has fewer actions.
        """
        with self._unit(dry_run) as con:
            there = sheet.opened(con, worksheet_no)
            count = len(there.actions) if to_beginning else actions
            _check(there, count)
            trip = _Trip(there, known := history.read(con, worksheet_no))
            steps = tuple(trip.undo() for _ in range(count))
            if not dry_run:
                trip.write(con, known)
        return ActionReceipt(
            worksheet_no, None, steps, len(trip.sheet.lines), trip.sheet.lines.contact_count,
            len(trip.sheet.actions), (remarks.rebuilt(trip.restored),) if trip.restored else (), not dry_run,
        )  # fmt: skip


def _check(there: Sheet, count: int) -> None:
    if not there.actions:
        raise RuleError(f"{there.number} has no action to go back over.", "Add contacts first.")
    if not 1 <= count <= len(there.actions):
        raise RuleError(
            f"{count} actions of {there.number} cannot be undone: it has {len(there.actions)}.",
            "Go back over fewer, or to the beginning.",
        )


class _Trip:
    """The way back: what is undone action by action, and written at once in the end."""

    def __init__(self, start: Sheet, known: dict[int, Done]) -> None:
        self.start, self.sheet, self.history = start, start, dict(known)
        self.undone: list[Undoing] = []

    @property
    def restored(self) -> int:
        return sum(len(undoing.restored) for undoing in self.undone)

    def undo(self) -> ActionStep:
        number = len(self.sheet.actions)
        was = self.history.pop(number, Done())
        undoing = undone(self.sheet.lines, was.insertion, was.deletion)
        self.undone.append(undoing)
        self.history = {
            at: done.renumbered(undoing.replaced, undoing.restored) for at, done in self.history.items()
        }  # fmt: skip
        left = self.sheet.lines.without(undoing.deleted).with_lines(undoing.restored)
        action = self.sheet.actions[-1]
        self.sheet = replace(self.sheet, lines=left, actions=self.sheet.actions[:-1])
        differences = (remarks.all_lines_deleted(),) if undoing.product_count != len(left) else ()
        return ActionStep(
            action, f"go back over: {action.text}", 0, 0, 0, len(undoing.restored), len(undoing.deleted), len(left),
            left.contact_count, undoing.product_count, differences, is_undone=True,
        )  # fmt: skip

    def write(self, con: Connection, known: dict[int, Done]) -> None:
        number = self.start.number
        for undoing in self.undone:
            lines.delete(con, number, undoing.deleted)
            lines.insert(con, number, undoing.restored)
        log = criteria_log.read(con, criteria_log.OF_WORKSHEET, number)
        first = log.actions[len(self.sheet.actions)]
        criteria_log.drop_from(con, criteria_log.OF_WORKSHEET, number, first.line_no)
        for at, was in known.items():
            now = self.history.get(at)
            if now is None or not now.equals(was):
                history.forget(con, number, at)
                history.write(con, number, at, now or Done())
