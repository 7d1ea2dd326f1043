"""The commands that merge letters and send e-mails of logged segments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import print_frame, records
from workbench.cli.options import Db, Json, bench_on, print_json, progress_bar
from workbench.cli.worksheet import DryRun, would
from workbench.cli.worksheet_logged import EntryNo

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.letters import Delivery, MailServer, Rules

app = typer.Typer(no_args_is_help=True, help="Letters and e-mails of logged segments: merged, sent, accounted for.")
Purpose = Annotated[
    str | None, typer.Option("--purpose", help="For what they are written; consents for it and in general count.")
]
NeedsConsent = Annotated[
    bool, typer.Option("--needs-consent", help="Only to those whose consent stands; else to all who have not refused.")
]
Retry = Annotated[bool, typer.Option("--retry", help="Also those that failed.")]
Confirm = Annotated[bool, typer.Option("--confirm", help="Do it; else it is only told what would happen.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace existing files.")]


@app.command()
def fields(
    template: Annotated[str | None, typer.Option("--template", help="A Word template, to see what it uses.")] = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """List the merge fields."""
    listed = bench_on(db).letters.fields(template)
    if json:
        print_json({"fields": records(listed.frame()), "unknown": listed.unknown})
        return
    print_frame(listed.frame())
    if listed.unknown:
        print(f"{template} has fields that do not exist: {', '.join(listed.unknown)}.")


@app.command()
def status(
    entry_no: EntryNo, purpose: Purpose = None, needs_consent: NeedsConsent = False, retry: Retry = False,
    db: Db = None, json: Json = False,
) -> None:  # fmt: skip
    """Tell what became of the letters of a logged segment."""
    delivery = bench_on(db).letters.status(entry_no, _rules(purpose, needs_consent, retry))
    if json:
        print_json({**delivery.to_dict(), "letters": records(delivery.frame())})
        return
    print_frame(delivery.frame().astype({"entry_no": "str"}))
    print(_states(delivery))


@app.command()
def merge(
    entry_no: EntryNo,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the files go.")],
    one_file: Annotated[bool, typer.Option("--one-file", help="All letters of a template in one file.")] = False,
    purpose: Purpose = None,
    needs_consent: NeedsConsent = False,
    retry: Retry = False,
    overwrite: Overwrite = False,
    confirm: Confirm = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Merge printed letters into Word files, one for each contact or one for all."""
    letters = bench_on(db).letters
    rules = _rules(purpose, needs_consent, retry)

    def work(progress: Callable[[int, int], None]) -> Delivery:
        return letters.merge(
            entry_no, out, one_file=one_file, rules=rules, overwrite=overwrite, dry_run=not confirm, progress=progress
        )

    _print(_watched(work, "merging"), "Letters", "merged", confirm=confirm, json=json)


@app.command()
def send(
    entry_no: EntryNo,
    out: Annotated[
        Path | None, typer.Option("--eml", metavar="FOLDER", help="Write .eml files, which mail programs open.")
    ] = None,
    host: Annotated[
        str | None, typer.Option("--smtp", metavar="HOST", help="A server; else WORKBENCH_SMTP_HOST.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Its port; else WORKBENCH_SMTP_PORT, else by security.")] = None,
    security: Annotated[
        str | None, typer.Option(help="starttls, tls or none; else WORKBENCH_SMTP_SECURITY, else starttls.")
    ] = None,
    user: Annotated[str | None, typer.Option(help="Who signs in; else WORKBENCH_SMTP_USER.")] = None,
    sender: Annotated[
        str | None, typer.Option("--from", metavar="ADDRESS", help="Who it is from; else each salesperson.")
    ] = None,
    purpose: Purpose = None,
    needs_consent: NeedsConsent = False,
    retry: Retry = False,
    overwrite: Overwrite = False,
    confirm: Confirm = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Send e-mails, as files or to a mail server; its password comes from WORKBENCH_SMTP_PASSWORD or is asked for."""
    from workbench.letters import MailServer

    letters = bench_on(db).letters
    rules = _rules(purpose, needs_consent, retry)
    is_meant = host is not None or (confirm and out is None)
    server = MailServer.of_environment(host=host, port=port, security=security, user=user) if is_meant else None
    server = _with_password(server) if confirm else server

    def work(progress: Callable[[int, int], None]) -> Delivery:
        return letters.send(
            entry_no, folder=out, server=server, sender=sender, rules=rules, overwrite=overwrite, dry_run=not confirm,
            progress=progress,
        )  # fmt: skip

    _print(_watched(work, "sending"), "E-mails", "sent", confirm=confirm, json=json)


@app.command()
def settle(
    entry_no: EntryNo,
    arrived: Annotated[bool, typer.Option("--arrived/--not-arrived", help="What became of them.")],
    contacts: Annotated[
        list[str] | None, typer.Option("--contact", metavar="CONTACT_NO", help="Whose; may be repeated; else all.")
    ] = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Say what became of letters in doubt, those that were begun and never ended."""
    delivery = bench_on(db).letters.settle(entry_no, contacts, arrived=arrived, dry_run=dry_run)
    if json:
        print_json(delivery.to_dict())
        return
    print(f"Letters {would(dry_run, 'settled')}: {delivery.went:,}.")
    print(_states(delivery))


def _rules(purpose: str | None, needs_consent: bool, retry: bool) -> Rules:
    from workbench.letters import Rules

    return Rules(purpose, needs_consent=needs_consent, retry=retry)


def _with_password(server: MailServer | None) -> MailServer | None:
    """Ask for the password where somebody signs in and the environment has none."""
    from dataclasses import replace

    if server is None or not server.user or server.password:
        return server
    return replace(server, password=typer.prompt(f"Password of {server.user}", hide_input=True, err=True))


def _watched(work: Callable[[Callable[[int, int], None]], Delivery], doing: str) -> Delivery:
    with progress_bar() as bar:
        task = bar.add_task(doing, total=None)
        return work(lambda done, total: bar.update(task, completed=done, total=total))


def _print(delivery: Delivery, what: str, participle: str, *, confirm: bool, json: bool) -> None:
    if json:
        print_json(delivery.to_dict())
        return
    place = f" ({delivery.place})" if delivery.place else ""
    print(f"{what} {would(not confirm, participle)}: {delivery.went:,}{place}.")
    print(_states(delivery))
    if not confirm and delivery.went:
        print("Nothing was done; say --confirm to do it.")


def _states(delivery: Delivery) -> str:
    said = [f"{state.replace('_', ' ')}: {count:,}" for state, count in delivery.states.items() if count]
    reasons = [f"{reason.replace('_', ' ')} {count:,}" for reason, count in delivery.reasons.items()]
    return f"All letters of the log: {', '.join(said)}" + (f" ({', '.join(reasons)})." if reasons else ".")
