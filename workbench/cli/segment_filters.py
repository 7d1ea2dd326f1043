"""The commands about filter expressions of Business Central."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.options import Db, Json, SegmentArgument, bench_on, print_json, segment_of

app = typer.Typer()


@app.command("filter", context_settings={"ignore_unknown_options": True})  # filters may start with a minus sign
def filter_(
    field: Annotated[str, typer.Argument(help="A field of contacts, company.FIELD, or a field of the related rows.")],
    expression: Annotated[str, typer.Argument(help="Such as 'Prague|Brno', '1000..1999' or '-30D..t'.")],
    related: Annotated[str | None, typer.Option(help="The related rows it is a field of, such as sales_entry.")] = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Read a filter expression of Business Central: what it says, the same in conditions, and its traps."""
    found = bench_on(db).segments.from_filter(field, expression, related)
    if json:
        print_json(found.to_dict())
        return
    print(f"{found.sentence}\nThe same in conditions: {found.meaning}\n\n{found.to_yaml()}", end="")
    for note in found.notes:
        print(f"Note: {note}")


@app.command()
def filters(segment: SegmentArgument, db: Db = None, json: Json = False) -> None:
    """Write each rule of a segment as a filter expression of Business Central, where it has one."""
    bench = bench_on(db)
    found = bench.segments.filters(segment_of(bench, segment))
    if json:
        print_json(found.to_dict())
        return
    for rule in found.entries:
        field = f"{rule.related}.{rule.field}" if rule.related else rule.field
        said = f"no filter: {rule.reason}" if rule.expression is None else f"{field}: {rule.expression}"
        print(f"{rule.place}: {rule.sentence}\n    {said}")
