"""The commands that help to write a segment, and that list what a snapshot keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import print_frame
from workbench.cli.options import Db, Json, bench_on, print_json, print_rows

if TYPE_CHECKING:
    from pipelines.catalogue import Catalogue
    from pipelines.schema import Column

app = typer.Typer()


@app.command()
def catalogue(db: Db = None, json: Json = False) -> None:
    """List the fields, related rows and names that definitions can use."""
    found = bench_on(db).segments.catalogue()
    names = {kind: sorted(getattr(found, kind) or ()) for kind in ("segments", "snapshots", "lists", "campaigns")}
    fields = [
        {"of": of, "field": one.name, "type": one.type.value, "meaning": one.meaning}
        for of, columns in _fields(found).items()
        for one in columns
    ]
    if json:
        print_json({"fields": fields, **names})
        return
    print_rows(["of", "field", "type", "meaning"], [list(one.values()) for one in fields])
    for kind, known in names.items():
        print(f"{kind}: {', '.join(known) or 'none'}")


@app.command()
def choices(
    field: Annotated[str, typer.Argument(help="A text or many-valued field.")],
    related: Annotated[str | None, typer.Option(help="The related rows it is a field of, such as sales_entry.")] = None,
    top: Annotated[int, typer.Option(min=1, help="How many values at most.")] = 200,
    db: Db = None,
    json: Json = False,
) -> None:
    """List the values that a field really has, the most frequent first."""
    print_frame(bench_on(db).segments.choices(field, related, top).frame(), json=json)


@app.command("snapshot-members")
def snapshot_members(
    snapshot: Annotated[str, typer.Argument(metavar="SNAPSHOT", help="A snapshot, as `segment snapshots` names it.")],
    db: Db = None,
    json: Json = False,
) -> None:
    """List the members that a snapshot keeps, ordered by contact number."""
    numbers = bench_on(db).segments.snapshot_members(snapshot)["contact_no"].tolist()
    if json:
        print_json(numbers)
    else:
        print(*numbers, sep="\n", end="\n" if numbers else "")


def _fields(found: Catalogue) -> dict[str, list[Column]]:
    """Give what conditions can name, by whose it is: the contact's, or that of related rows."""
    rows = {related: list(found.row_fields(related).values()) for related in found.related}
    return {"contact": list(found.contact_fields().values()), **rows}
