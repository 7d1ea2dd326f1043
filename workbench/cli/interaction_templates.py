"""The commands about interaction templates: their groups, their languages, and which documents they record."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.frames import print_fitting, print_frame, record, records
from workbench.cli.loading import pairs
from workbench.cli.options import Db, Json, bench_on, print_json
from workbench.cli.worksheet import DryRun, would
from workbench.errors import ConfigError

if TYPE_CHECKING:
    from workbench.templates import TemplateReceipt

app = typer.Typer()
template = typer.Typer(no_args_is_help=True, help="Interaction templates, and what they send in each language.")
setup = typer.Typer(no_args_is_help=True, help="Which template documents of a kind are recorded with.")
app.add_typer(template, name="template")
app.add_typer(setup, name="setup")
Code = Annotated[str, typer.Argument(metavar="CODE", help="The template's code.")]
Values = Annotated[
    list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field; may be repeated, blank clears it.")
]
_DAY: dict[str, Any] = {"metavar": "DATE", "formats": ["%Y-%m-%d"]}
Since = Annotated[dt.datetime | None, typer.Option(help="The first day whose interactions count.", **_DAY)]
Until = Annotated[dt.datetime | None, typer.Option(help="The last day whose interactions count.", **_DAY)]
_SHORT = [
    "interaction_template_code", "description", "interaction_group_code", "correspondence_type", "wizard_action",
    "languages", "interaction_count", "cost_amount", "duration_minutes",
]  # fmt: skip


@template.command("list")
def list_templates(since: Since = None, until: Until = None, db: Db = None, json: Json = False) -> None:
    """List the templates with what their interactions came to; those canceled or postponed do not count."""
    frame = bench_on(db).templates.list(_day(since), _day(until)).frame()
    print_frame(frame if json else frame[_SHORT], json=json)


@template.command("show")
def show_template(code: Code, db: Db = None, json: Json = False) -> None:
    """Show a template: its fields, its languages, and the documents that are recorded with it."""
    card = bench_on(db).templates.get(code)
    if json:
        values = {**record(vars(card.template)), "languages": records(card.languages)}
        print_json({**values, "document_types": card.document_types})
        return
    for name, value in vars(card.template).items():
        print(f"{name:30} {_told(value)}".rstrip())
    if len(card.languages):
        print_fitting(card.languages)
    if card.document_types:
        print(f"Documents recorded with it: {', '.join(card.document_types)}")


@template.command("set")
def set_template(code: Code, fields: Values = None, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Add a template, or change the one that is there."""
    values: dict[str, Any] = pairs(fields, "--set", str.partition)
    print_receipt(bench_on(db).templates.save(code, dry_run=dry_run, **values), json)


@template.command("rename")
def rename_template(
    code: Code,
    new: Annotated[str, typer.Argument(metavar="NEW_CODE", help="What it is to be.")],
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Give a template another code, wherever it stands."""
    print_receipt(bench_on(db).templates.rename(code, new, dry_run=dry_run), json)


@template.command("delete")
def delete_template(code: Code, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Delete a template with its languages; interactions keep the code."""
    print_receipt(bench_on(db).templates.delete(code, dry_run=dry_run), json)


@template.command("language")
def language(
    code: Code,
    language_code: Annotated[str, typer.Argument(metavar="LANGUAGE", help="A language, such as CS.")],
    file: Annotated[Path | None, typer.Option(help="Send this file in the language.")] = None,
    fields: Values = None,
    delete: Annotated[bool, typer.Option("--delete", help="Delete what it sends in the language.")] = False,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Say what a template sends in a language: a file, or description, attachment_no, word_template_code by --set."""
    templates = bench_on(db).templates
    values: dict[str, Any] = pairs(fields, "--set", str.partition)
    if sum([delete, file is not None, bool(values)]) > 1:
        raise ConfigError("--file, --set and --delete are three ways.", "Choose one of them.")
    if delete:
        receipt = templates.delete_language(code, language_code, dry_run=dry_run)
    elif file is not None:
        receipt = templates.attach(code, language_code, file, dry_run=dry_run)
    else:
        receipt = templates.save_language(code, language_code, dry_run=dry_run, **values)
    print_receipt(receipt, json)


@app.command()
def groups(since: Since = None, until: Until = None, db: Db = None, json: Json = False) -> None:
    """List the groups, which `setup code interaction_group` keeps, with what their interactions came to."""
    print_frame(bench_on(db).templates.groups(_day(since), _day(until)).frame(), json=json)


@setup.command("list")
def list_setup(db: Db = None, json: Json = False) -> None:
    """List the kinds of documents with the template each is recorded with."""
    print_frame(bench_on(db).templates.document_types().frame(), json=json)


@setup.command("set")
def set_setup(
    document_type: Annotated[str, typer.Argument(metavar="DOCUMENT", help="A kind, such as sales_invoice.")],
    code: Annotated[str, typer.Argument(metavar="CODE", help="A template; '' where they are not to be recorded.")],
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Choose the template that documents of a kind are recorded with."""
    print_receipt(bench_on(db).templates.set_document_type(document_type, code, dry_run=dry_run), json)


def print_receipt(receipt: TemplateReceipt, json: bool) -> None:
    """Print what a change of templates did.

    Parameters
    ----------
    receipt : TemplateReceipt
        What was done, or would be.
    json : bool
        Whether as JSON.
    """
    if json:
        print_json(vars(receipt))
        return
    is_kept = receipt.change == "unchanged"
    print(f"{receipt.key} {receipt.change if is_kept else would(not receipt.is_written, receipt.change)}.")
    for name, value in receipt.changed.items():
        print(f"  {name}: {_told(value)}".rstrip())
    if receipt.elsewhere:
        print(f"Other rows touched: {receipt.elsewhere:,}.")
    for note in receipt.notes:
        print(note)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return None if moment is None else moment.date()


def _told(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
    return str(value)
