"""The commands that put segments beside each other, beside others, and beside their own past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import print_frame, records
from workbench.cli.options import (
    AsOf,
    Db,
    Json,
    SegmentArgument,
    bench_on,
    day_of,
    print_json,
    print_rows,
    progress_bar,
    segment_of,
)

if TYPE_CHECKING:
    from workbench.segments import SegmentOverlap, SegmentSizes

app = typer.Typer()
_BAR = 40


@app.command()
def overlap(
    segments: Annotated[list[str], typer.Argument(metavar="SEGMENT…", help="From 2 to 12 names or YAML files.")],
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Count who is in which of several segments: every combination, and each pair."""
    bench = bench_on(db)
    found = bench.segments.overlap([segment_of(bench, segment) for segment in segments], day_of(bench, as_of))
    if json:
        print_json(found.to_dict())
    else:
        _print_overlap(found)


@app.command()
def profile(
    segment: SegmentArgument,
    field: Annotated[str, typer.Argument(help="A field of contacts, a computed field, or company.FIELD.")],
    categories: Annotated[int, typer.Option(min=1, help="How many categories to tell apart.")] = 12,
    against: Annotated[
        str | None, typer.Option(metavar="SEGMENT", help="Compare with this one instead of the segment's base.")
    ] = None,
    smallest_cell: Annotated[
        int, typer.Option(min=1, help="Put categories with fewer contacts together, so that none can be told.")
    ] = 1,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Compare the members with everybody in the base, or with another segment, by one field."""
    bench = bench_on(db)
    other = None if against is None else segment_of(bench, against)
    found = bench.segments.profile(
        segment_of(bench, segment), day_of(bench, as_of), field, categories, other, smallest_cell
    )
    if json:
        print_json({
            "field": found.field, "total": found.total, "base": found.base, "against": found.against,
            "outside": found.outside, "smallest_cell": found.smallest_cell, "as_of": found.as_of,
            "revision": found.revision, "categories": records(found.categories),
        })  # fmt: skip
        return
    print_frame(found.categories, title=f"{found.denominators}, by {field}, as of {found.as_of}")


@app.command("over-time")
def over_time(
    segment: SegmentArgument,
    every: Annotated[str, typer.Option(help="day, week, month, quarter or year.")] = "week",
    periods: Annotated[int, typer.Option(min=1, help="How many days before, at most 1000.")] = 52,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Count a segment on the day and on days before it, and tell how often it was empty."""
    bench = bench_on(db)
    definition, day = segment_of(bench, segment), day_of(bench, as_of)
    with progress_bar() as bar:
        task = bar.add_task("counting", total=None)
        found = bench.segments.over_time(
            definition, day, every, periods,  # type: ignore[arg-type]
            progress=lambda done, of: bar.update(task, completed=done, total=of),
        )  # fmt: skip
    if json:
        print_json(found.to_dict())
    else:
        _print_sizes(found)


def _print_overlap(found: SegmentOverlap) -> None:
    print(f"{found.contacts:,} contacts as of {found.as_of} (revision {found.revision}), "
          f"{found.in_none:,} of them in none")  # fmt: skip
    print_rows(["segment", ">contacts", ">only here", ">shared"],
               [[one.name, one.total, one.only_here, one.shared] for one in found.segments])  # fmt: skip
    print_rows([">contacts", "in exactly"], [[one.contacts, " & ".join(one.segments)] for one in found.intersections])
    print_rows(
        ["segment", "other", ">in both", ">share of segment", ">Jaccard"],
        [
            [pair.segment, pair.other, pair.contacts, _rate(pair.share), _rate(pair.jaccard)]
            for pair in found.pairs
            if pair.segment != pair.other
        ],
    )


def _rate(rate: float | None) -> str:
    return "" if rate is None else f"{rate:.1%}"


def _print_sizes(found: SegmentSizes) -> None:
    largest = found.largest.total or 1
    print_rows(
        ["day", ">contacts", ""],
        [[size.day, size.total, "█" * round(_BAR * size.total / largest)] for size in found.sizes],
    )
    print(found.check)
    print(f"Smallest {found.smallest.total:,} on {found.smallest.day}, largest {found.largest.total:,} "
          f"on {found.largest.day}, change {found.change:+,}.")  # fmt: skip
    print(found.note)
