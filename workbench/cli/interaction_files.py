"""The commands about what is sent: files kept in the store, and Word templates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.frames import print_frame
from workbench.cli.interaction_templates import print_receipt
from workbench.cli.options import Db, Json, bench_on, print_json
from workbench.cli.worksheet import DryRun

app = typer.Typer()
attachment = typer.Typer(no_args_is_help=True, help="Files kept in the store, each content once.")
word_template = typer.Typer(no_args_is_help=True, help="Word documents with merge fields.")
app.add_typer(attachment, name="attachment")
app.add_typer(word_template, name="word-template")
Number = Annotated[int, typer.Argument(metavar="ATTACHMENT_NO", help="The file's number.")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="The Word template's code.")]


@attachment.command("list")
def list_attachments(db: Db = None, json: Json = False) -> None:
    """List the files with how many interactions, templates and worksheets refer to each."""
    frame = bench_on(db).templates.attachments().frame()
    print_frame(frame if json else frame.drop(columns="sha256"), json=json)


@attachment.command("add")
def add_attachment(
    file: Annotated[Path, typer.Argument(help="The file, up to 50 MB.")],
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Keep a file in the store."""
    print_receipt(bench_on(db).templates.add_attachment(file, dry_run=dry_run), json)


@attachment.command("write")
def write_attachment(
    number: Number,
    out: Annotated[Path | None, typer.Option(metavar="PATH", help="Where to; else under its own name here.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an existing file.")] = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Write a file of the store to disk."""
    path = bench_on(db).templates.write_attachment(number, out, overwrite=overwrite)
    if json:
        print_json({"path": path})
    else:
        print(f"Wrote {path}.")


@attachment.command("delete")
def delete_attachment(number: Number, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Delete a file that nothing refers to."""
    print_receipt(bench_on(db).templates.delete_attachment(number, dry_run=dry_run), json)


@word_template.command("list")
def list_word_templates(db: Db = None, json: Json = False) -> None:
    """List the Word templates with how many templates, worksheets and interactions name each."""
    print_frame(bench_on(db).templates.word_templates().frame(), json=json)


@word_template.command("set")
def set_word_template(
    code: Code,
    file: Annotated[Path | None, typer.Argument(help="The .docx file; one that is there keeps its own.")] = None,
    description: Annotated[str | None, typer.Option(help="What it is for; '' takes it away.")] = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Add a Word template, give it another document or describe it."""
    templates = bench_on(db).templates
    print_receipt(templates.save_word_template(code, file, description=description, dry_run=dry_run), json)


@word_template.command("delete")
def delete_word_template(code: Code, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Delete a Word template that nothing names."""
    print_receipt(bench_on(db).templates.delete_word_template(code, dry_run=dry_run), json)
