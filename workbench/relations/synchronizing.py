"""Bringing all linked records of a kind and their contacts together again, as after a load."""

# Names of tables and columns come from the schema and are quoted; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pandas as pd

from pipelines.linking import shared_fields
from workbench.contacts import changing
from workbench.contacts.changing import Change
from workbench.errors import ConfigError, WorkbenchError, nearest
from workbench.relations import kinds, records, transferring
from workbench.relations.linking import RECORD, WINNERS, listed
from workbench.relations.receipts import SynchronizationReceipt
from workbench.setup import Setup
from workbench.setup.work import Work
from workbench.store import Connection, tables
from workbench.store.connection import first_row

_COLUMNS = ["kind", "no", "field", "before", "after"]


@dataclass
class _Plan:
    """What would be written, and what is refused."""

    changes: list[list[object]] = field(default_factory=list)
    rejected: list[list[object]] = field(default_factory=list)
    work: list[Change] = field(default_factory=list)


class Synchronizing(Work):
    """Records and contacts kept in step."""

    def synchronize(
        self, kind: str, *, as_of: dt.date, wins: str = RECORD, dry_run: bool = False
    ) -> SynchronizationReceipt:
        """Give linked contacts the values of their records, or records those of their contacts.

        Parameters
        ----------
        kind : str
            ``"customer"``, ``"vendor"``, ``"bank_account"`` or ``"employee"``.
        as_of : datetime.date
            The day of the work.
        wins : str, optional
            Whose values the fields they share have afterwards: ``"record"`` or ``"contact"``.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        SynchronizationReceipt
            Every field that is another than before, and what the rules for contacts refuse.

        Raises
        ------
        ConfigError
            When there is no such kind or winner.

        Notes
        -----
        Only where the two differ is anything done. Contacts change by the rules of `Contacts.change`, one by one, in
        about 10 ms each, and a company whose name or address changes is then compared with all others, which takes a
        second in a store of half a million. All is worked out before anything is written. Records take over from
        contacts all at once.
        """
        kind = kinds.checked(kind)
        if wins not in WINNERS:
            raise ConfigError(f'"{wins}" cannot win.', nearest(wins, WINNERS))
        with self._unit(dry_run) as con:
            (compared,) = first_row(con, f"SELECT count(*) FROM {_linked(kind)}", [kind]) or (0,)
            plan = _to_contacts(con, self._setup, kind) if wins == RECORD else _to_records(con, kind)
            if not dry_run:
                _write(con, kind, wins, plan)
        return SynchronizationReceipt(
            kind, wins, as_of,
            pd.DataFrame(plan.changes, columns=_COLUMNS, dtype="object"),
            pd.DataFrame(plan.rejected, columns=["record_no", "contact_no", "reason"], dtype="object"),
            int(compared), not dry_run,
        )  # fmt: skip


def _to_contacts(con: Connection, setup: Setup, kind: str) -> _Plan:
    plan = _Plan()
    is_other = " OR ".join(
        f"{_said('c', field)} IS DISTINCT FROM {_said('r', name)}"
        + (" AND coalesce(r.search_name, '') <> ''" if field == "search_name" else "")
        for field, name in shared_fields(kind).items()
    )
    query = f"SELECT r.{kind}_no, c.contact_id, c.contact_no FROM {_linked(kind)} WHERE {is_other} ORDER BY 1"
    for record_no, contact_id, contact_no in con.execute(query, [kind]).fetchall():
        values = records.read(con, kind, record_no)
        try:
            change = transferring.to_contact(con, setup, contact_id, contact_no, kind, values)
        except WorkbenchError as refusal:
            plan.rejected.append([record_no, contact_no, str(refusal)])
            continue
        plan.work.append(change)
        plan.changes += [["contact", one.contact_no, one.field, one.before, one.after] for one in listed(change)]
    return plan


def _to_records(con: Connection, kind: str) -> _Plan:
    changes = [
        f"SELECT r.{kind}_no AS no, '{name}' AS field, {place} AS place, {_said('r', name)} AS before, "
        f"{_said('c', field)} AS after FROM {_linked(kind)} "
        f"WHERE {_said('r', name)} IS DISTINCT FROM {_said('c', field)}"
        for place, (field, name) in enumerate(shared_fields(kind).items())
    ]
    found = tables.frame(con, f"{' UNION ALL '.join(changes)} ORDER BY no, place", [kind] * len(changes))
    found = found.astype("object").where(found.notna(), None)
    return _Plan([[kind, *row] for row in found[["no", "field", "before", "after"]].to_numpy().tolist()])


def _write(con: Connection, kind: str, wins: str, plan: _Plan) -> None:
    for change in plan.work:
        changing.write(con, change)
    if wins != RECORD and plan.changes:
        set_ = ", ".join(f"{name} = l.{field}" for field, name in shared_fields(kind).items())
        con.execute(
            f"UPDATE {kind} SET {set_} FROM (SELECT r.{kind}_no AS linked_no, c.* FROM {_linked(kind)}) l "
            f"WHERE {kind}.{kind}_no = l.linked_no",
            [kind],
        )


def _linked(kind: str) -> str:
    """Contacts `c` with their records `r`."""
    return (
        f"contact c JOIN business_relation b ON b.contact_id = c.contact_id AND b.link_to_table = ? "
        f"JOIN {kind} r ON r.{kind}_no = b.linked_no"
    )


def _said(alias: str, name: str) -> str:
    return f"nullif({alias}.{name}, '')"
