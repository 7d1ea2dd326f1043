"""The commands about what is held of a contact: access, erasure, files that held it."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import print_frame, records
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.errors import RuleError

if TYPE_CHECKING:
    from workbench.privacy import Erasure

app = typer.Typer(no_args_is_help=True, help="Tell what is held about a contact, and erase it.")
Number = Annotated[str, typer.Argument(metavar="CONTACT_NO", help="The contact's number.")]


class Reason(Enum):
    """Why a contact is erased."""

    REQUEST = "request"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    NO_LONGER_NEEDED = "no_longer_needed"
    UNLAWFUL = "unlawful"
    LEGAL_OBLIGATION = "legal_obligation"


@app.command()
def access(
    number: Number,
    out: Annotated[Path | None, typer.Option(metavar="FILE.zip", help="Write everything to this file.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an existing file.")] = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Tell what is held about a contact, or write all of it to a file to hand over."""
    bench = bench_on(db)
    day = day_of(bench, as_of)
    if out is None:
        print_frame(bench.privacy.access(number, day).frame(), json=json)
        return
    written = bench.privacy.write_access(number, out, day, overwrite=overwrite)
    if json:
        print_json(written.__dict__)
    else:
        print(f"{written.row_count:,} rows about {number} are in {written.path}.")


@app.command()
def erase(
    number: Number,
    reason: Annotated[Reason, typer.Option(help="Why; it is noted.")] = Reason.REQUEST,
    include_people: Annotated[
        bool, typer.Option("--include-people", help="Erase the people of a company as well.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Cancel open tasks and lose open opportunities instead of refusing.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; nothing brings a contact back.")] = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Remove a contact and everything that identifies it, so that counts still close."""
    bench = bench_on(db)
    if not dry_run and not yes:
        _confirm(number)
    erasure = bench.privacy.erase(
        number, as_of=day_of(bench, as_of), reason=reason.value, include_people=include_people,
        force=force, dry_run=dry_run,
    )  # fmt: skip
    if json:
        _print_json(erasure)
    else:
        _print(erasure)


@app.command()
def exports(number: Number, db: Db = None, json: Json = False) -> None:
    """List the files that held a contact, which may be erased."""
    print_frame(bench_on(db).privacy.exports(number).frame(), json=json)


@app.command()
def erasures(db: Db = None, json: Json = False) -> None:
    """List what was erased, when, why and by whom."""
    print_frame(bench_on(db).privacy.erasures().frame(), json=json)


@app.command()
def compact(db: Db = None, json: Json = False) -> None:
    """Write the store's file anew, so that nothing of removed rows is left in it."""
    done = bench_on(db).privacy.compact()
    if json:
        print_json(done.__dict__)
    else:
        print(f"{done.bytes_before:,} bytes before, {done.bytes_after:,} bytes after.")


def _confirm(number: str) -> None:
    """Ask somebody at a terminal; a script has to say that it means it."""
    if not typer.get_text_stream("stdin").isatty():
        raise RuleError(f"Nothing brings {number} back once it is erased.", "Say --yes, or look first with --dry-run.")
    typer.confirm(f"Erase {number}? Nothing brings it back.", abort=True)


def _print(erasure: Erasure) -> None:
    done = "was erased" if erasure.is_written else "would be erased"
    print_frame(erasure.frame(), title=f"{', '.join(erasure.contact_nos)} {done}")
    if len(erasure.exports):
        print_frame(erasure.exports[["export_no", "place", "exported_at", "sha256"]], title="Files that held it")
    if len(erasure.mentions):
        print_frame(erasure.mentions, title="Definitions that name it")
    for note in erasure.notes:
        print(note)


def _print_json(erasure: Erasure) -> None:
    frames = {name: records(getattr(erasure, name)) for name in ("rows", "exports", "mentions")}
    print_json({**erasure.to_dict(), **frames})
