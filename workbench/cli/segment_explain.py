"""The commands that say why a contact is in a segment, or is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import records
from workbench.cli.options import AsOf, Db, Json, SegmentArgument, bench_on, day_of, print_json, segment_of

if TYPE_CHECKING:
    from pipelines.truths import Node
    from pipelines.verdicts import Suppressed
    from workbench.segments import Explanation

app = typer.Typer()

_MARKS = {True: "✓", False: "✗", None: "?"}
_ROWS = 5


@app.command()
def explain(
    segment: SegmentArgument,
    contact_no: Annotated[str, typer.Argument(metavar="CONTACT_NO", help="The contact's number.")],
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Say why a contact is in a segment, or is not."""
    bench = bench_on(db)
    explained = bench.segments.explain(segment_of(bench, segment), contact_no, day_of(bench, as_of))
    if json:
        print_json(explained.to_dict())
        return
    print(f"{explained.sentence}\n")
    print(*_tree(explained), sep="\n")
    print(*_flips(explained), sep="\n")


@app.command("of")
def of_contact(
    contact_no: Annotated[str, typer.Argument(metavar="CONTACT_NO", help="The contact's number.")],
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Say which saved segments a contact is in, and why."""
    bench = bench_on(db)
    found = bench.segments.of_contact(contact_no, day_of(bench, as_of))
    if json:
        print_json({"contact_no": found.contact_no, "as_of": found.as_of, "segments": records(found.frame())})
        return
    for entry in found:
        print(f"{_MARKS[entry.is_member]} {entry.name}: {entry.sentence}")
    print(f"{contact_no} is in {len(found.names):,} of {len(found):,} saved segments as of {found.as_of}.")


def _tree(explained: Explanation) -> Iterator[str]:
    """Say what each part of the definition said; ✓ is true, ✗ false, ? unknown."""
    yield f"{explained.name or 'segment'} as of {explained.as_of} (revision {explained.revision})"
    if explained.tree.base is not None:
        yield from ("  base", *_node(explained.tree.base, explained, 2))
    for step in explained.steps:
        decides = ", which decides" if step.number == explained.deciding_step else ""
        yield f"  step {step.number}, {step.action}: {step.effect}{decides}"
        yield from _node(step.group, explained, 2)
    for one in explained.suppressions:
        yield f"  suppression {one.reason}: {_said(one)}"
        yield from _node(one.condition, explained, 2)


def _said(one: Suppressed) -> str:
    return "the reason" if one.is_the_reason else "holds" if one.holds else "does not hold"


def _node(node: Node, explained: Explanation, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if node.is_rule:
        yield f"{indent}{_MARKS[node.truth]} {node.path} {_rule(node, explained)}"
        yield from (f"{indent}    {line}" for line in _below(node, explained))
    else:
        yield f"{indent}{_MARKS[node.truth]} {node.joined}"
        for child in node.children:
            yield from _node(child, explained, depth + 1)


def _rule(node: Node, explained: Explanation) -> str:
    from workbench.segments import telling, wording

    value, count = telling.met(node, show=telling.shown_in(explained.zone)), node.met.row_count
    rows = "" if count is None else f" ({count:,} {'row' if count == 1 else 'rows'})"
    return wording.rule(node.condition) + (f" [{value}]" if value else "") + rows


def _below(node: Node, explained: Explanation) -> Iterator[str]:
    """Give the rows that decided, or how it came to what the rule refers to."""
    from workbench.segments import telling

    for row in node.met.rows[:_ROWS]:
        known = (
            f"{name} {telling.written(value, explained.zone)}"
            for name, value in row.values.items()
            if value is not None
        )
        yield f"{row.table}: {', '.join(known)}"
    if node.met.row_count and node.met.row_count > _ROWS:
        yield f"… and {node.met.row_count - _ROWS:,} more"
    referred = explained.references.get(getattr(node.condition, "segment", ""))
    if referred is not None:
        yield referred.sentence


def _flips(explained: Explanation) -> Iterator[str]:
    from workbench.segments import telling, wording

    if not explained.flips:
        yield "\nNo single change would turn it around."
        return
    yield "\nAny one of these would turn it around:"
    for flip in explained.flips:
        rule, said = (
            wording.rule(flip.node.condition) if flip.node else "",
            telling.flip(flip, show=telling.shown_in(explained.zone)),
        )
        yield f"  {', '.join(flip.paths)} " + (said if rule in said else f"{rule}: {said}")
