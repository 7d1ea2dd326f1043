"""The commands that print: lists, summaries, cover sheets, labels, questionnaires."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.frames import print_frame, records
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json, progress_bar
from workbench.errors import ConfigError

if TYPE_CHECKING:
    from workbench.bench import Workbench
    from workbench.reports import AnyWhom, Report

app = typer.Typer(
    no_args_is_help=True,
    help="Print lists, summaries, cover sheets, labels, tasks, opportunities, campaigns and questionnaires.",
)
Contacts = Annotated[
    list[str] | None, typer.Option("--contact", metavar="CONTACT_NO", help="A contact; may be repeated.")
]
SavedSegment = Annotated[str | None, typer.Option("--segment", metavar="NAME", help="The members of a saved segment.")]
Worksheet = Annotated[
    str | None, typer.Option("--worksheet", metavar="WORKSHEET_NO", help="Those on a worksheet, once for each line.")
]
Kind = Annotated[str | None, typer.Option("--type", help="person or company, of all contacts.")]
Text = Annotated[str, typer.Option("--text", help="A part of number, name or city, of all contacts.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it to this file; else it is shown.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace an existing file.")]


@app.command("contact-list")
def contact_list(
    contacts: Contacts = None, segment: SavedSegment = None, worksheet: Worksheet = None, kind: Kind = None,
    text: Text = "", out: Out = None, overwrite: Overwrite = False, as_of: AsOf = None, db: Db = None,
    json: Json = False,
) -> None:  # fmt: skip
    """List contacts with cost, opportunities and next task; PDF, CSV, XLSX or Parquet."""
    bench = bench_on(db)
    whom = _whom(contacts, segment, kind, text, worksheet)
    report = bench.reports.contact_list(whom, day_of(bench, as_of))
    give(bench, report, out, overwrite=overwrite, json=json)


@app.command("company-summary")
def company_summary(
    contacts: Contacts = None, segment: SavedSegment = None, text: Text = "", out: Out = None,
    overwrite: Overwrite = False, as_of: AsOf = None, db: Db = None, json: Json = False,
) -> None:  # fmt: skip
    """Tell of companies their people, tasks and interactions; PDF, CSV, XLSX or Parquet."""
    bench = bench_on(db)
    report = bench.reports.company_summary(_whom(contacts, segment, "company", text), day_of(bench, as_of))
    give(bench, report, out, overwrite=overwrite, json=json)


@app.command("person-summary")
def person_summary(
    contacts: Contacts = None, segment: SavedSegment = None, text: Text = "", out: Out = None,
    overwrite: Overwrite = False, as_of: AsOf = None, db: Db = None, json: Json = False,
) -> None:  # fmt: skip
    """Tell of people their tasks and interactions; PDF, CSV, XLSX or Parquet."""
    bench = bench_on(db)
    report = bench.reports.person_summary(_whom(contacts, segment, "person", text), day_of(bench, as_of))
    give(bench, report, out, overwrite=overwrite, json=json)


@app.command("cover-sheet")
def cover_sheet(
    contacts: Contacts = None,
    segment: SavedSegment = None,
    worksheet: Worksheet = None,
    letter_head: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A text file with our own lines for the top.")
    ] = None,
    remarks: Annotated[
        list[str] | None, typer.Option("--remark", help="A box to cross, such as please_call; may be repeated.")
    ] = None,
    message: Annotated[str, typer.Option("--message", help="Free text below the boxes.")] = "",
    log: Annotated[bool, typer.Option("--log", help="Write an interaction for each sheet.")] = False,
    template: Annotated[str | None, typer.Option(help="The interaction template of these.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Log nothing and write no file.")] = False,
    out: Out = None,
    overwrite: Overwrite = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Make a cover sheet for each contact; PDF."""
    bench = bench_on(db)
    head = "" if letter_head is None else _read(letter_head)
    report = bench.reports.cover_sheet(
        _whom(contacts, segment, None, "", worksheet), day_of(bench, as_of), letter_head=head, remarks=remarks or [],
        text=message, log=log, interaction_template_code=template, dry_run=dry_run,
    )  # fmt: skip
    give(bench, report, None if dry_run else out, overwrite=overwrite, json=json)
    if log and not json:
        print(f"Interactions {'that would be logged' if dry_run else 'logged'}: {report.logged_count:,}")


@app.command()
def labels(
    contacts: Contacts = None,
    segment: SavedSegment = None,
    worksheet: Worksheet = None,
    kind: Kind = None,
    text: Text = "",
    format: Annotated[
        str, typer.Option("--format", help="36x70, 37x70 (three columns), 36x105 or 37x105 (two columns).")
    ] = "36x70",
    skip: Annotated[int, typer.Option(min=0, help="Labels used up on the first sheet.")] = 0,
    out: Out = None,
    overwrite: Overwrite = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Make address labels on sheets of A4; PDF. Print at 100 %, without fitting to the page."""
    bench = bench_on(db)
    whom = _whom(contacts, segment, kind, text, worksheet)
    report = bench.reports.labels(whom, day_of(bench, as_of), format, skip=skip)
    give(bench, report, out, overwrite=overwrite, json=json)


@app.command("segment-contacts")
def segment_contacts(
    number: Annotated[str, typer.Argument(metavar="WORKSHEET_NO", help="Which worksheet.")],
    out: Out = None,
    overwrite: Overwrite = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """List the contacts on a worksheet with interactions and opportunities; PDF, CSV, XLSX or Parquet."""
    bench = bench_on(db)
    give(bench, bench.reports.segment_contacts(number, day_of(bench, as_of)), out, overwrite=overwrite, json=json)


@app.command("campaign-details")
def campaign_details(
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="CAMPAIGN_NO", help="Which campaigns; else all of them.")
    ] = None,
    out: Out = None,
    overwrite: Overwrite = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Tell of campaigns their statistics, segments and entries; PDF, CSV, XLSX or Parquet."""
    bench = bench_on(db)
    report = bench.reports.campaign_details(day_of(bench, as_of), numbers or [])
    give(bench, report, out, overwrite=overwrite, json=json)


@app.command("questionnaire-handout")
def questionnaire_handout(
    code: Annotated[str, typer.Argument(metavar="QUESTIONNAIRE_CODE", help="Which questionnaire.")],
    with_classification: Annotated[
        bool, typer.Option("--with-classification", help="Also questions that are answered automatically.")
    ] = False,
    out: Out = None,
    overwrite: Overwrite = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Print a questionnaire to be filled in; PDF."""
    bench = bench_on(db)
    report = bench.reports.questionnaire_handout(
        code, day_of(bench, as_of), with_classification=with_classification
    )  # fmt: skip
    give(bench, report, out, overwrite=overwrite, json=json)


@app.command("questionnaire-test")
def questionnaire_test(
    code: Annotated[
        str | None, typer.Argument(metavar="QUESTIONNAIRE_CODE", help="Which questionnaire; else all of them.")
    ] = None,
    out: Out = None,
    overwrite: Overwrite = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Print what is missing in questionnaires; PDF."""
    bench = bench_on(db)
    give(bench, bench.reports.questionnaire_test(day_of(bench, as_of), code), out, overwrite=overwrite, json=json)


def _whom(
    contacts: list[str] | None, segment: str | None, kind: str | None, text: str, worksheet: str | None = None
) -> AnyWhom:
    """Take numbers, a segment, a worksheet, or a filter; never two of them."""
    from workbench.reports import OnWorksheet, Whom

    if contacts and segment:
        raise ConfigError("Contacts and a segment are both named.", "Name the ones or the other.")
    if worksheet and (contacts or segment):
        raise ConfigError("A worksheet and other contacts are both named.", "Name the ones or the other.")
    if (contacts or segment or worksheet) and text:
        raise ConfigError("A text filters all contacts, not those that are named.", "Leave --text out.")
    if worksheet:
        return OnWorksheet(worksheet)
    if contacts or segment:
        return contacts or str(segment)
    match kind:
        case None:
            return Whom(text=text)
        case "person" | "company":
            return Whom(kind, text)
    raise ConfigError(f'"{kind}" is no type of contact.', "Use person or company.")


def give(bench: Workbench, report: Report, out: Path | None, *, overwrite: bool, json: bool) -> None:
    """Show a report, or write it.

    Parameters
    ----------
    bench : Workbench
        On the store.
    report : Report
        Which.
    out : pathlib.Path or None
        The file to write; it is shown where there is none.
    overwrite : bool
        Whether an existing file is replaced.
    json : bool
        Whether JSON is printed.
    """
    if out is None:
        _show(report, json=json)
        return
    with progress_bar() as bar:
        task = bar.add_task(f"writing {out.name}", total=None)

        def progress(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        written = bench.reports.write(report, out, overwrite=overwrite, progress=progress)
    if json:
        print_json(written.__dict__)
        return
    size = f"pages: {written.pages:,}" if written.pages is not None else f"rows: {written.rows:,}"
    print(f"{report.title} in {written.path}, {size}.")
    for note in written.notes:
        print(note)


def _show(report: Report, *, json: bool) -> None:
    if json:
        shown: dict[str, Any] = {"as_of": report.as_of, "notes": report.notes, "rows": records(report.frame())}
        print_json(shown)
        return
    print_frame(report.frame(), title=f"{report.title} as of {report.as_of}")
    for note in report.notes:
        print(note)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f'"{path}" cannot be read as text.', "Give a text file in UTF-8.") from None
