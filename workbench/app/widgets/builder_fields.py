"""What the builder offers to choose from: fields with their operators, related rows, names, and values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.catalogue import COMPUTED, OPERATORS, Catalogue
from pipelines.schema import Column, FieldType
from pipelines.scores import Score
from workbench.app import cached, labels, state
from workbench.app.drafts import Plain
from workbench.app.finishing import rules
from workbench.app.language import _
from workbench.bench import Workbench
from workbench.segments import wording


def offered(bench: Workbench) -> dict[str, Any]:
    """Give everything that does not depend on the draft.

    Parameters
    ----------
    bench : Workbench
        On the store.

    Returns
    -------
    dict
        Contact fields, related tables with theirs, operators by type, names to refer to; in the visitor's language.
    """
    return cached.by_revision(bench, lambda: _offered(bench), "builder", state.language())


def choices(bench: Workbench, definition: Plain) -> dict[str, list[tuple[str, int]]]:
    """Give the values that are there for the fields a draft speaks of.

    Parameters
    ----------
    bench : Workbench
        On the store.
    definition : dict
        The draft's definition.

    Returns
    -------
    dict of str to list
        By field, with the related table and a dot in front for its fields: values and how often each occurs.
    """
    catalogue = bench.segments.catalogue()
    return {
        f"{related}.{name}" if related else name: _values(bench, name, related)
        for name, related in dict.fromkeys(_fields(definition))
        if _has_choices(catalogue, name, related)
    }


def _offered(bench: Workbench) -> dict[str, Any]:
    catalogue = bench.segments.catalogue()
    return {
        "contact": [_field(column, computed=column.name in COMPUTED) for column in catalogue.contact_fields().values()],
        "related": {name: _table(catalogue, name) for name in catalogue.related},
        "operators": {str(type_): _operators(operators) for type_, operators in OPERATORS.items()},
        "scores": [_score(score) for _name, score in sorted(catalogue.scores.items())],
        "references": _references(bench, catalogue),
        "arms": [value for value, _count in _values(bench, "arm", "campaign_entry")],
        "purposes": [value for value, _count in _values(bench, "purpose", "consent")],
    }


def _field(column: Column, *, computed: bool = False) -> dict[str, Any]:
    group = "computed" if computed else "custom" if column.is_custom else "own"
    return {
        "name": column.name,
        "label": labels.field(column),
        "type": str(column.type),
        "group": group,
        "choices": [(value, labels.choice(value)) for value in column.choices],
    }


def _table(catalogue: Catalogue, name: str) -> dict[str, Any]:
    fields = [_field(column) for column in catalogue.row_fields(name).values()]
    return {"label": labels.table(name), "has_time": bool(catalogue.related[name].time), "fields": fields}


def _score(score: Score) -> dict[str, Any]:
    return {"name": score.name, "fields": [_field(column) for column in score.fields.values()]}


def _operators(operators: Iterable[str]) -> list[dict[str, str]]:
    return [{"op": op, "label": _(wording.OPERATORS[op])} for op in operators]


def _references(bench: Workbench, catalogue: Catalogue) -> dict[str, list[tuple[str, str]]]:
    names = {"segment": catalogue.segments, "snapshot": catalogue.snapshots, "list": catalogue.lists}
    references = {kind: [(name, name) for name in sorted(found or ())] for kind, found in names.items()}
    return {**references, "campaign": _campaigns(bench, catalogue)}


def _campaigns(bench: Workbench, catalogue: Catalogue) -> list[tuple[str, str]]:
    described = bench.campaigns.response(state.as_of()).frame()
    texts = dict(zip(described["campaign_no"], described["description"].fillna(""), strict=True))
    names = sorted(catalogue.campaigns or (), key=lambda no: (len(no), no))
    return [(no, f"{no} · {texts[no]}" if texts.get(no) else no) for no in names]


def _fields(definition: Plain) -> Iterator[tuple[str, str | None]]:
    for _path, rule in rules(definition):
        if rule.get("field") and "score" not in rule:
            yield str(rule["field"]).removeprefix("company."), None
        for rows in [rule, *rule.get("sequence", [])]:
            if rows.get("related"):
                yield from _row_fields(rows)
        if rule.get("company_has"):
            yield from _fields({"steps": [{"add": rule["company_has"]}]})


def _row_fields(rule: Plain) -> Iterator[tuple[str, str | None]]:
    if rule.get("where"):
        for _path, condition in rules({"steps": [{"add": rule["where"]}]}):
            if condition.get("field"):
                yield str(condition["field"]), str(rule["related"])


def _has_choices(catalogue: Catalogue, name: str, related: str | None) -> bool:
    if related is not None and related not in catalogue.related:
        return False
    known = catalogue.contact_fields() if related is None else catalogue.row_fields(related)
    return name in known and known[name].type in (FieldType.TEXT, FieldType.MANY)


def _values(bench: Workbench, name: str, related: str | None) -> list[tuple[str, int]]:
    def read() -> list[tuple[str, int]]:
        frame = bench.segments.choices(name, related).frame()
        return list(zip(frame["value"].tolist(), frame["count"].tolist(), strict=True))

    return cached.by_revision(bench, read, "choices", name, related)
