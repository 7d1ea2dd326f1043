"""The commands about changes of segments: differences, drift, tests, versions."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench import config
from workbench.cli.frames import print_frame
from workbench.cli.options import (
    CHECKS_FAILED,
    AsOf,
    Db,
    Json,
    SegmentArgument,
    bench_on,
    day_of,
    is_file,
    print_json,
    print_rows,
    segment_of,
)
from workbench.errors import NotFoundError

if TYPE_CHECKING:
    from workbench.bench import Workbench
    from workbench.segments import SegmentDiff
    from workbench.segments.definition import Segment

app = typer.Typer()
Contacts = Annotated[bool, typer.Option("--contacts", help="List who entered and left.")]
Side = "A saved segment's name or a YAML file; an empty file or /dev/null where there is no segment."
_SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": ">", "reordered": "="}


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=Side)],
    new: Annotated[str, typer.Argument(metavar="NEW", help=Side)],
    no_members: Annotated[bool, typer.Option("--no-members", help="Compare the definitions only.")] = False,
    contacts: Contacts = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Compare two definitions by what they mean and who is in them; without a store, by what they mean."""
    from workbench.segments.differing import compared

    bench = _store_for((old, new), db, no_members=no_members)
    before, after = _side(old, bench), _side(new, bench)
    if bench is None or no_members:
        found = compared(before, after)
    else:
        found = bench.segments.diff(before, after, day_of(bench, as_of), contacts=contacts)
    if json:
        print_json(found.to_dict())
    else:
        _print_diff(found)


@app.command()
def drift(
    segment: SegmentArgument,
    since: Annotated[str, typer.Option("--from", metavar="SNAPSHOT|DATE", help="Where it begins.")],
    until: Annotated[
        str | None, typer.Option("--to", metavar="SNAPSHOT|DATE", help="Where it ends; else the day of --as-of.")
    ] = None,
    contacts: Contacts = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Tell who entered and left between two snapshots or days, by data, clock and rule."""
    bench = bench_on(db)
    ends: list[str | dt.date] = [since, until or day_of(bench, as_of)]
    found = bench.segments.drift(segment_of(bench, segment), *ends, contacts=contacts)
    if json:
        print_json(found.to_dict())
        return
    print(f"{found.since} -> {found.until}: {found.before:,} -> {found.after:,} members, "
          f"{found.entered:,} entered, {found.left:,} left, {found.stayed:,} stayed")  # fmt: skip
    print_frame(found.parts)
    if found.contacts is not None:
        print_frame(found.contacts)
    for note in found.notes:
        print(note)


@app.command("test")
def check(
    segments: Annotated[
        list[str] | None, typer.Argument(metavar="SEGMENT…", help="Saved segments or YAML files; else all saved ones.")
    ] = None,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Check examples and invariants; exit code 16 when one does not hold."""
    bench = bench_on(db)
    meant = [segment_of(bench, one) for one in segments] if segments else None
    found = bench.segments.test(meant, as_of=day_of(bench, as_of))
    if json:
        print_json(found.to_dict())
    else:
        verdicts = [["ok" if one.passed else "FAILED", one.segment, one.kind, one.about, one.why]
                    for one in found.checks]  # fmt: skip
        print_rows(["", "segment", "check", "about", "why"], verdicts)
        print(f"{len(found.checks) - len(found.failed):,} of {len(found.checks):,} checks hold as of {found.as_of}.")
        if found.untested:
            print(f"Without checks: {', '.join(found.untested)}")
    if not found.passed:
        raise typer.Exit(CHECKS_FAILED)


@app.command()
def history(
    name: Annotated[str, typer.Argument(help="A segment, saved or deleted.")],
    members: Annotated[bool, typer.Option("--members", help="Compare the members of the versions, too.")] = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Tell who changed a segment when, and what that changed."""
    bench = bench_on(db)
    found = bench.segments.history(name, day_of(bench, as_of) if members or as_of else None)
    if json:
        print_json(found.to_dict())
        return
    for entry in found:
        version = entry.version
        origin = f" from version {version.restored_no}" if version.restored_no else ""
        print(f"{version.version_no}  {version.saved_at:%Y-%m-%d %H:%M} UTC  {version.saved_by or 'unknown'}  "
              f"{version.event}{origin}")  # fmt: skip
        _print_changes(entry.diff, indent="   ")
        if entry.problem:
            print(f"   members not compared: {entry.problem}")


@app.command()
def restore(
    name: Annotated[str, typer.Argument(help="A segment, saved or deleted.")],
    version: Annotated[int, typer.Argument(help="Which version, as `segment history` numbers them.")],
    db: Db = None,
    json: Json = False,
) -> None:
    """Save an old version of a segment as its newest; a deleted segment comes back."""
    restored = bench_on(db).segments.restore(name, version)
    if json:
        print_json({"name": restored.name, "version": version, "hash": restored.hash})
    else:
        print(f"Restored version {version} of {restored.name}.")


def _store_for(sides: tuple[str, str], db: str | None, *, no_members: bool) -> Workbench | None:
    """Open the store when a name has to be looked up, or members can be compared."""
    is_named = not all(_is_nothing(side) or is_file(side) for side in sides)
    if is_named or db or (not no_members and Path(config.store_path()).exists()):
        return bench_on(db)
    return None


def _side(argument: str, bench: Workbench | None) -> Segment | None:
    from workbench.segments.definition import Segment

    if _is_nothing(argument):
        return None
    if is_file(argument):
        return Segment.from_yaml(Path(argument))
    if bench is None:
        raise NotFoundError(f'There is no file "{argument}".', "Give a YAML file, or name a store with --db.")
    return bench.segments.get(argument)


def _is_nothing(argument: str) -> bool:
    """Tell whether an argument stands for the side on which there is no segment."""
    if argument in ("/dev/null", os.devnull):
        return True
    path = Path(argument)
    return path.is_file() and not path.read_bytes().strip()


def _print_diff(found: SegmentDiff) -> None:
    print(f"{' -> '.join(_names(found))}: {_verdict(found)}")
    _print_changes(found, indent="  ")
    members = found.members
    for sign, listed in (("+", members.entered_contacts), ("-", members.left_contacts)) if members else ():
        for number in listed or ():
            print(f"  {sign} {number}")


def _names(found: SegmentDiff) -> list[str]:
    return list(dict.fromkeys(name or "unnamed" for name in (found.old_name, found.new_name) if name is not None))


def _verdict(found: SegmentDiff) -> str:
    if found.is_same_meaning:
        return "the same meaning"
    return "new" if found.old_name is None else "gone" if found.new_name is None else "another meaning"


def _print_changes(found: SegmentDiff, indent: str) -> None:
    for one, sentence in zip(found.differences, found.sentences, strict=True):
        remark = "" if one.changes_meaning or one.kind == "reordered" else " (changes no meaning)"
        print(f"{indent}{_SIGNS[one.kind]} {sentence}{remark}")
    if found.members is None:
        return
    print(f"{indent}{found.members.sentence}")
    before, after = found.members.suppressed_before, found.members.suppressed_after
    for reason in dict.fromkeys([*before, *after]):
        print(f"{indent}suppressed, {reason}: {before.get(reason, 0):,} -> {after.get(reason, 0):,}")
    if found.members.limited_before or found.members.limited_after:
        print(f"{indent}left out by the limit: {found.members.limited_before:,} -> {found.members.limited_after:,}")
