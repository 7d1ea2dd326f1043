"""The commands about contacts that may be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import print_frame, records
from workbench.cli.loading import pairs
from workbench.cli.options import Db, Json, bench_on, print_json, progress_bar
from workbench.errors import ConfigError

if TYPE_CHECKING:
    from workbench.duplicates import SearchStringSetup

app = typer.Typer(no_args_is_help=True, help="Find contacts that may be the same, and go through them.")
One = Annotated[str, typer.Argument(metavar="CONTACT_NO", help="A contact's number.")]
Other = Annotated[str, typer.Argument(metavar="DUPLICATE_NO", help="The number of the other.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")]
Fields = Annotated[
    list[str] | None,
    typer.Option("--field", metavar="FIELD=KIND", help="Compare a further field, such as passport_no=identifier."),
]
_OPEN = "open"


@app.command()
def find(
    method: Annotated[str, typer.Option(help="business_central, fuzzy or both.")] = "both",
    threshold: Annotated[float, typer.Option(help="The lowest score of fuzzy pairs, 0 to 1.")] = 0.9,
    contacts: Annotated[
        list[str] | None, typer.Option("--contact", metavar="CONTACT_NO", help="Only pairs of these contacts.")
    ] = None,
    fields: Fields = None,
    rows: Annotated[int, typer.Option(min=0, help="How many pairs to show.")] = 20,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Find pairs that may be the same, and keep them for review."""
    bench = bench_on(db)
    with progress_bar() as bar:
        task = bar.add_task("Comparing", total=None)

        def told(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        more = pairs(fields, "--field", str.partition)
        search = bench.duplicates.find(
            method, threshold=threshold, contacts=contacts, fields=more, progress=told, dry_run=dry_run
        )
    if json:
        print_json({
            "method": search.method, "threshold": search.threshold, "needed_count": search.needed_count,
            "pair_count": search.pair_count, "new_count": search.new_count, "separate_count": search.separate_count,
            "candidate_counts": dict(search.candidate_counts), "is_written": search.is_written,
            "pairs": records(search.pairs.head(rows)),
        })  # fmt: skip
        return
    print_frame(search.pairs.head(rows), title=f"{min(rows, search.pair_count):,} of {search.pair_count:,} pairs")
    compared = sum(search.candidate_counts.values())
    print(
        f"{search.new_count:,} new, {search.separate_count:,} judged separate; {compared:,} pairs compared among "
        f"{search.contact_count:,} contacts{'' if search.is_written else '; nothing written'}"
    )


@app.command("list")
def list_(
    verdict: Annotated[str, typer.Option(help="open, same, separate or all.")] = _OPEN,
    rows: Annotated[int, typer.Option(min=1, help="How many to show.")] = 50,
    db: Db = None,
    json: Json = False,
) -> None:
    """List pairs to go through, the surest first."""
    queue = bench_on(db).duplicates.list(None if verdict == "all" else verdict, rows=rows)
    if json:
        print_json({"total": queue.total, "counts": dict(queue.counts), "pairs": records(queue.pairs)})
        return
    shown = queue.pairs.drop(columns=["found_at", "decided_at", "decided_by"])
    print_frame(shown, title=f"{len(shown):,} of {queue.total:,} pairs")
    print(", ".join(f"{name}: {count:,}" for name, count in queue.counts.items()))


@app.command()
def explain(one: One, other: Other, fields: Fields = None, db: Db = None, json: Json = False) -> None:
    """Explain field by field how alike two contacts are."""
    told = bench_on(db).duplicates.explain(one, other, fields=pairs(fields, "--field", str.partition))
    if json:
        print_json({
            "contact_no": told.contact_no, "duplicate_no": told.duplicate_no, "score_rate": told.score_rate,
            "match_count": told.match_count, "needed_count": told.needed_count, "verdict": told.verdict,
            "fields": records(told.fields), "strings": records(told.strings),
        })  # fmt: skip
        return
    print_frame(told.fields.round(3), title=f"{one} and {other}: score {told.score_rate:.3f}")
    if len(told.strings):
        title = f"{told.match_count} search strings in common, {told.needed_count} make a duplicate"
        print_frame(told.strings, title=title)


@app.command()
def review(
    one: One,
    other: Other,
    verdict: Annotated[str, typer.Argument(help="same, separate, or open to take a verdict back.")],
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Decide whether two contacts are the same; the verdict stays when duplicates are looked for again."""
    done = bench_on(db).duplicates.review(one, other, None if verdict == _OPEN else verdict, dry_run=dry_run)
    print_frame(done.frame(), json=json)


@app.command()
def merges(db: Db = None, json: Json = False) -> None:
    """List the merges that were done, with the numbers by which they are undone."""
    print_frame(bench_on(db).duplicates.merges().merges, json=json, title="Merges (UTC)")


@app.command("search-strings")
def search_strings(
    save: Annotated[
        str | None, typer.Option("--save", metavar="FIELD:PART:LENGTH", help="Such as name:first:5.")
    ] = None,
    delete: Annotated[str | None, typer.Option("--delete", metavar="FIELD:PART", help="Such as name:first.")] = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Show, save or delete the search strings that companies are compared by."""
    duplicates = bench_on(db).duplicates
    told: SearchStringSetup = duplicates.search_strings()
    if save is not None:
        field, part, length = _parts(save, 3, "FIELD:PART:LENGTH, such as name:first:5")
        told = duplicates.save_search_string(field, part, _whole(length), dry_run=dry_run)
    if delete is not None:
        field, part = _parts(delete, 2, "FIELD:PART, such as name:first")
        told = duplicates.delete_search_string(field, part, dry_run=dry_run)
    title = f"{told.needed_count} of {len(told.rules)} search strings make a duplicate ({told.hit_percent} %)"
    print_frame(told.rules, json=json, title=title)


def _parts(text: str, count: int, form: str) -> list[str]:
    parts = text.split(":")
    if len(parts) != count:
        raise ConfigError(f'"{text}" names no search string.', f"Write it as {form}.")
    return parts


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ConfigError(f"{text} is no length of a search string.", "Use a whole number from 2 to 10.") from None
