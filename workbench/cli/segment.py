"""The commands about segments."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import records
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
    from workbench.bench import Workbench
    from workbench.segments import SegmentCount

app = typer.Typer(no_args_is_help=True, help="Define, count, freeze and export segments.")
Columns = Annotated[
    str, typer.Option(metavar="A,B,…", help="Fields of contacts, computed fields, company.FIELD; else the usual ones.")
]


@app.command()
def validate(segment: SegmentArgument, as_of: AsOf = None, db: Db = None, json: Json = False) -> None:
    """Check a definition against the store, and say what to know of it."""
    bench = bench_on(db)
    checked = bench.segments.validate(segment_of(bench, segment))
    notes = bench.segments.notes(checked, day_of(bench, as_of))
    if json:
        print_json(
            {"valid": True, "name": checked.name, "hash": checked.hash, "sentence": checked.sentence, "notes": notes}
        )
    else:
        print(checked.sentence)
        _print_notes(notes)


@app.command()
def save(
    file: Annotated[Path, typer.Argument(help="A YAML file.")],
    replace: Annotated[bool, typer.Option("--replace", help="Replace another definition of that name.")] = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Save a definition in the store under its name."""
    from workbench.segments.definition import Segment

    saved = bench_on(db).segments.save(Segment.from_yaml(file), replace=replace)
    if json:
        print_json({"name": saved.name, "hash": saved.hash})
    else:
        print(f"Saved {saved.name}.")


@app.command("list")
def list_(
    deleted: Annotated[bool, typer.Option("--deleted", help="Those that were deleted and can be restored.")] = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """List the saved segments."""
    if deleted:
        _list_deleted(bench_on(db), json=json)
        return
    entries = [
        {
            "name": entry.name,
            "description": entry.description,
            "hash": entry.hash,
            "saved_at": entry.saved_at.isoformat(),
        }
        for entry in bench_on(db).segments.list()
    ]
    if json:
        print_json(entries)
    else:
        print_rows(
            ["name", "description", "saved (UTC)"], [[e["name"], e["description"], e["saved_at"][:16]] for e in entries]
        )


@app.command()
def show(segment: SegmentArgument, db: Db = None, json: Json = False) -> None:
    """Print a definition as canonical YAML."""
    bench = bench_on(db)
    definition = segment_of(bench, segment)
    if json:
        print_json({**definition.to_dict(), "hash": definition.hash, "sentence": definition.sentence})
    else:
        print(definition.to_yaml(), end="")


@app.command()
def delete(name: Annotated[str, typer.Argument(help="A saved segment.")], db: Db = None, json: Json = False) -> None:
    """Delete a saved segment; its snapshots stay."""
    bench_on(db).segments.delete(name)
    if json:
        print_json({"deleted": name})
    else:
        print(f"Deleted {name}.")


@app.command()
def count(segment: SegmentArgument, as_of: AsOf = None, db: Db = None, json: Json = False) -> None:
    """Count a segment: the total, each step, and what each rule costs."""
    bench = bench_on(db)
    counted = bench.segments.count(segment_of(bench, segment), day_of(bench, as_of))
    if json:
        print_json(counted.to_dict())
    else:
        _print_count(counted)


@app.command()
def members(
    segment: SegmentArgument, columns: Columns = "contact_no", as_of: AsOf = None, db: Db = None, json: Json = False
) -> None:
    """List the members, ordered by contact number."""
    bench = bench_on(db)
    wanted = _names(columns)
    frame = bench.segments.members(segment_of(bench, segment), day_of(bench, as_of), wanted)
    if json:
        print_json(frame["contact_no"].tolist() if wanted == ["contact_no"] else records(frame))
    else:
        print(frame.to_csv(index=False, header=wanted != ["contact_no"]), end="")


@app.command()
def preview(
    segment: SegmentArgument,
    columns: Columns = "",
    rows: Annotated[int, typer.Option(min=1, help="How many members to show.")] = 10,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Show the first members."""
    bench = bench_on(db)
    definition, day = segment_of(bench, segment), day_of(bench, as_of)
    shown = bench.segments.preview(definition, day, _names(columns), rows)
    _print_notes(bench.segments.notes(definition, day), beside=True)
    if json:
        print_json(
            {"total": shown.total, "as_of": shown.as_of, "revision": shown.revision, "members": records(shown.members)}
        )
        return
    print_rows(list(shown.members.columns), shown.members.astype("str").to_numpy().tolist())
    print(f"{len(shown.members):,} of {shown.total:,} members as of {shown.as_of}")


@app.command()
def dropped(segment: SegmentArgument, as_of: AsOf = None, db: Db = None, json: Json = False) -> None:
    """List whom the limit leaves out, and who stays instead."""
    bench = bench_on(db)
    found = bench.segments.dropped(segment_of(bench, segment), day_of(bench, as_of))
    if json:
        print_json({
            "total": found.total, "limited": found.limited, "as_of": found.as_of, "revision": found.revision,
            "dropped": records(found.contacts),
        })  # fmt: skip
        return
    print_rows(list(found.contacts.columns), found.contacts.fillna("").to_numpy().tolist())
    print(f"{found.limited:,} left out by the limit, {found.total:,} stayed, as of {found.as_of}")


@app.command()
def snapshot(segment: SegmentArgument, as_of: AsOf = None, db: Db = None, json: Json = False) -> None:
    """Keep the members for good."""
    bench = bench_on(db)
    taken = bench.segments.snapshot(segment_of(bench, segment), day_of(bench, as_of))
    if json:
        print_json(taken.to_dict())
    else:
        print(
            f"Snapshot {taken.snapshot_id}: {taken.total:,} contacts as of {taken.as_of} (revision {taken.revision})."
        )


@app.command()
def snapshots(db: Db = None, json: Json = False) -> None:
    """List the snapshots, the newest first."""
    taken = bench_on(db).segments.snapshots()
    if json:
        print_json([snapshot.to_dict() for snapshot in taken])
    else:
        print_rows(["snapshot", ">contacts", "as of", ">revision"],
                   [[s.snapshot_id, s.total, s.as_of, s.revision] for s in taken])  # fmt: skip


@app.command()
def export(
    segment: SegmentArgument,
    path: Annotated[Path, typer.Argument(help="Where to: .csv, .xlsx or .parquet.")],
    columns: Columns = "",
    format: Annotated[str | None, typer.Option(help="csv, excel_csv, xlsx or parquet; else by the ending.")] = None,
    channel: Annotated[str | None, typer.Option(help="Leave out members without: email, phone, post, sms.")] = None,
    dedupe_key: Annotated[str | None, typer.Option(help="Keep the first of each: email, phone, company.")] = None,
    locale: Annotated[str, typer.Option(help="For Excel CSV.")] = "en",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an existing file.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Export although a check of the segment fails.")] = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Write the members to a file with a manifest; exit code 16 when a check of the segment fails."""
    bench = bench_on(db)
    definition, day = segment_of(bench, segment), day_of(bench, as_of)
    with progress_bar() as bar:
        task = bar.add_task(f"exporting {path.name}", total=None)
        receipt = bench.segments.export(
            definition, path, day, columns=_names(columns), format=format, channel=channel,
            dedupe_key=dedupe_key, locale=locale, overwrite=overwrite, force=force,  # type: ignore[arg-type]
            progress=lambda done, of: bar.update(task, completed=done, total=of),
        )  # fmt: skip
    _print_notes(bench.segments.notes(definition, day), beside=True)
    if json:
        print_json({
            "path": receipt.path, "manifest": receipt.manifest_path, "format": receipt.format, "rows": receipt.rows,
            "sha256": receipt.sha256, "bytes": receipt.bytes, "ledger": receipt.ledger.__dict__,
        })  # fmt: skip
        return
    print_rows(["ledger", ">contacts"], receipt.ledger.frame().to_numpy().tolist())
    print(f"{receipt.rows:,} rows in {receipt.path} (manifest {receipt.manifest_path.name})")


@app.command()
def schema() -> None:
    """Print the JSON Schema of definitions, for editors that complete them."""
    from workbench.segments.definition import Segment

    print_json(Segment.model_json_schema())


def _list_deleted(bench: Workbench, *, json: bool) -> None:
    found = [
        {
            "name": one.name,
            "version_no": one.version_no,
            "deleted_at": one.saved_at.isoformat(),
            "deleted_by": one.saved_by,
        }
        for one in bench.segments.deleted()
    ]
    if json:
        print_json(found)
    else:
        rows = [[one["name"], one["version_no"], str(one["deleted_at"])[:16], one["deleted_by"]] for one in found]
        print_rows(["name", ">version", "deleted (UTC)", "by"], rows)


def _names(columns: str) -> Sequence[str]:
    from workbench.segments.target_list import DEFAULT_COLUMNS

    return [name.strip() for name in columns.split(",") if name.strip()] or DEFAULT_COLUMNS


def _print_notes(notes: Sequence[str], *, beside: bool = False) -> None:
    """Print notes behind what a command is about, or on stderr beside a list of contacts."""
    for note in notes:
        print(f"Note: {note}", file=sys.stderr if beside else sys.stdout)


def _print_count(counted: SegmentCount) -> None:
    print(f"{counted.total:,} contacts of {counted.base:,} as of {counted.as_of} "
          f"(revision {counted.revision}, {counted.seconds * 1000:.0f} ms)")  # fmt: skip
    print_rows(["stage", ">change", ">contacts"], counted.waterfall().to_numpy().tolist())
    print_rows(
        ["rule", "", ">alone", ">cumulative", ">if left out"],
        [[leaf.path, leaf.sentence, leaf.alone, leaf.cumulative, leaf.if_left_out] for leaf in counted.leaves],
    )
    reachable = ", ".join(f"{channel} {size:,}" for channel, size in counted.reachable.items())
    print(f"Reachable of {counted.total:,}: {reachable}")
    for name, scored_on in counted.scores.items():
        if scored_on is not None:
            print(f"Score {name} of {scored_on}, {(counted.as_of - scored_on).days:,} days old")
    _print_notes(counted.notes)
    for failure in counted.failed_examples:
        print(f"Example does not hold: {failure}")
    for failure in counted.failed_invariants:
        print(f"Invariant does not hold: {failure}")
