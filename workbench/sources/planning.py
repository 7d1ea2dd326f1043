"""A prepared file and its comparison with the store, put together as a plan."""

from __future__ import annotations

import pandas as pd

from pipelines.linked_tables import LINKED
from workbench.sources.checking import in_file_order
from workbench.sources.comparing import Comparison
from workbench.sources.converting import as_texts
from workbench.sources.likenesses import Duplicates
from workbench.sources.mapping import Match
from workbench.sources.preparing import Prepared
from workbench.sources.raw_table import RawTable
from workbench.sources.receipts import FileDialect, LoadPlan, MappedColumn
from workbench.sources.rejects import rejected
from workbench.sources.unknown_values import notes as about_unknown

_FIRST = 5


def plan_of(prepared: Prepared, comparison: Comparison, duplicates: Duplicates | None = None) -> LoadPlan:
    """Say what loading a file would do.

    Parameters
    ----------
    prepared : Prepared
        The file.
    comparison : Comparison
        Its good rows against the store.
    duplicates : Duplicates, optional
        What was found about contacts of the store that new rows may be the same as.

    Returns
    -------
    LoadPlan
        The plan; a receipt has the same content.
    """
    raw, matching = prepared.raw, prepared.matching
    problems = in_file_order([prepared.checked.problems, _refused(prepared, comparison.refused)])
    asked = questions(prepared)
    return LoadPlan(
        table=prepared.target.table.name,
        source=raw.source,
        sha256=raw.sha256,
        dialect=_dialect(prepared),
        columns=tuple(_mapped(prepared, match) for match, _ in prepared.columns),
        new_fields=tuple(_mapped(prepared, match) for match in _new(prepared)),
        ignored=matching.ignored,
        rows=raw.row_count,
        new=comparison.new,
        changed=comparison.changed,
        unchanged=comparison.unchanged,
        rejected=len(raw.misshapen) + int(prepared.checked.is_bad.sum()) + len(comparison.refused),
        problems=problems,
        questions=tuple(question for question, _ in asked),
        hints=tuple(hint for _, hint in asked),
        notes=_notes(prepared, comparison) + (duplicates.notes if duplicates is not None else ()),
        rejected_rows=rejected(raw, problems),
        source_kind=prepared.known.label if prepared.known is not None else "",
        source_table=prepared.known.table if prepared.known is not None else "",
        first_rows=_first_rows(raw),
        is_remembered=bool(prepared.remembered),
        duplicates=duplicates.rows if duplicates is not None else None,
        values={header: dict(pairs) for header, pairs in prepared.values.items()},
        unknown_values=prepared.unknown,
        known_values=prepared.limits,
    )


def _first_rows(raw: RawTable) -> pd.DataFrame:
    texts = {h: as_texts(c.slice(0, _FIRST)).to_pylist() for h, c in zip(raw.headers, raw.columns, strict=True)}
    return pd.DataFrame(texts, index=raw.row_numbers[:_FIRST], dtype="str")


def _refused(prepared: Prepared, refused: pd.DataFrame) -> pd.DataFrame:
    headers = {match.field.name: match.header for match, _ in prepared.columns}
    return pd.DataFrame(
        {
            "row": prepared.raw.row_numbers[refused["row_no"].to_numpy()],
            "column": refused["field"].map(lambda field: headers.get(field, field)),
            "value": refused["value"],
            "reason": refused["reason"],
        }
    )


def _new(prepared: Prepared) -> tuple[Match, ...]:
    added = tuple(match for match, _ in prepared.columns if match.is_new)
    return added + prepared.matching.unmatched


def _mapped(prepared: Prepared, match: Match) -> MappedColumn:
    dialect = prepared.dialects.get(match.header)
    return MappedColumn(
        match.header, match.field.name, match.field.type.value, match.is_new, dialect.label if dialect else ""
    )


def _dialect(prepared: Prepared) -> FileDialect:
    raw = prepared.raw
    labels = {header: dialect.label for header, dialect in prepared.dialects.items() if dialect.label}
    return FileDialect(raw.encoding, raw.delimiter, raw.sheet, prepared.zone, labels)


def questions(prepared: Prepared) -> list[tuple[str, str]]:
    """List what a person has to decide before a file can be loaded.

    Parameters
    ----------
    prepared : Prepared
        The file.

    Returns
    -------
    list of (question, hint)
        Empty when nothing is open.
    """
    asked = [
        (dialect.question, 'Say date_order="dmy" or date_order="mdy" (--date-order).')
        for dialect in prepared.dialects.values()
        if dialect.question
    ]
    if unmatched := prepared.matching.unmatched:
        asked.append(_about_fields(prepared, unmatched))
    return asked


def _about_fields(prepared: Prepared, unmatched: tuple[Match, ...]) -> tuple[str, str]:
    table = prepared.target.table
    listed = ", ".join(f'"{match.header}" ({match.field.type.value})' for match in unmatched)
    adding = 'new_fields="add" or ' if table.takes_fields else ""
    first = unmatched[0].header
    hint = (
        f'Say {adding}new_fields="ignore" (--new-fields {"add" if table.takes_fields else "ignore"}), '
        f'or map them: mapping={{"{first}": "..."}} (--map "{first}=...").'
    )
    return f"No field of {table.name} takes these columns: {listed}.", hint


def _notes(prepared: Prepared, comparison: Comparison) -> tuple[str, ...]:
    weak = tuple(dialect.note for dialect in prepared.dialects.values() if dialect.note)
    number = comparison.repeated
    what = "1 row repeats" if number == 1 else f"{number:,} rows repeat"
    repeats = (f"{what} an earlier row of the file, counted as unchanged.",) if number else ()
    told = (
        _origin(prepared)
        + prepared.raw.notes
        + prepared.matching.notes
        + prepared.value_notes
        + about_unknown(prepared.unknown)
        + weak
        + repeats
        + _links(comparison)
    )
    return told + _contacts_of(prepared.target.table.name)


def _origin(prepared: Prepared) -> tuple[str, ...]:
    known, table = prepared.known, prepared.target.table.name
    notes: tuple[str, ...] = ()
    if known is not None and known.table == table:
        notes += (f"This looks like a {known.label}.",)
    elif known is not None:
        notes += (f"This looks like a {known.label}, whose rows go to {known.table}.",)
    if prepared.remembered:
        notes += ("Columns go where those of the last file with these headers went.",)
    return notes


def _contacts_of(table: str) -> tuple[str, ...]:
    kind = table.replace("_", "-")
    note = (
        f"Those without a contact get one by `workbench contact create-from {kind} --all`; contacts take over what is "
        f"different now by `workbench record synchronize {kind}`."
    )
    return (note,) if table in LINKED else ()


def _links(comparison: Comparison) -> tuple[str, ...]:
    number = comparison.unlinked
    who = "1 person names" if number == 1 else f"{number:,} people name"
    note = f"{who} a company of which there is none, or several; load companies first to link them by name."
    return (note,) if number else ()
