"""The command that says why a contact is in a segment, or is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from workbench.cli.options import AsOf, Db, Json, SegmentArgument, bench_on, day_of, print_json, segment_of

if TYPE_CHECKING:
    from pipelines.truths import Node
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
    Console(soft_wrap=True, highlight=False).print(_tree(explained))
    _print_flips(explained)


def _tree(explained: Explanation) -> Tree:
    """Draw what each part of the definition said; ✓ is true, ✗ false, ? unknown."""
    root = Tree(Text(f"{explained.name or 'segment'} as of {explained.as_of} (revision {explained.revision})"))
    if explained.tree.base is not None:
        _add(root.add(Text("base")), explained.tree.base, explained)
    for step in explained.steps:
        decides = ", which decides" if step.number == explained.deciding_step else ""
        _add(root.add(Text(f"step {step.number}, {step.action}: {step.effect}{decides}")), step.group, explained)
    for one in explained.suppressions:
        said = "the reason" if one.is_the_reason else "holds" if one.holds else "does not hold"
        _add(root.add(Text(f"suppression {one.reason}: {said}")), one.condition, explained)
    return root


def _add(branch: Tree, node: Node, explained: Explanation) -> None:
    from workbench.segments import telling, wording

    if not node.is_rule:
        below = branch.add(Text(f"{_MARKS[node.truth]} {node.joined}"))
        for child in node.children:
            _add(below, child, explained)
        return
    value = telling.met(node)
    count = "" if node.met.row_count is None else f" ({node.met.row_count:,} rows)"
    said = f" [{value}]" if value else ""
    below = branch.add(Text(f"{_MARKS[node.truth]} {node.path} {wording.rule(node.condition)}{said}{count}"))
    for row in node.met.rows[:_ROWS]:
        below.add(Text(f"{row.table}: {_cells(row.values)}", style="dim"))
    if node.met.row_count and node.met.row_count > _ROWS:
        below.add(Text(f"… and {node.met.row_count - _ROWS:,} more", style="dim"))
    referred = explained.references.get(getattr(node.condition, "segment", ""))
    if referred is not None:
        below.add(Text(referred.sentence, style="dim"))


def _cells(values: Any) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items() if value is not None)


def _print_flips(explained: Explanation) -> None:
    from workbench.segments import telling, wording

    if not explained.flips:
        print("\nNo single change would turn it around.")
        return
    print("\nAny one of these would turn it around:")
    for flip in explained.flips:
        rule = f" {wording.rule(flip.node.condition)}:" if flip.node else ""
        print(f"  {', '.join(flip.paths)}{rule} {telling.flip(flip)}")
