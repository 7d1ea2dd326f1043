"""The commands about profile questionnaires: kept, answered, rated, run, tested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import print_fitting, print_frame, records
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json, print_rows

if TYPE_CHECKING:
    from workbench.questionnaires import AnswerReceipt, ChangeReceipt

app = typer.Typer(no_args_is_help=True, help="Profile questionnaires: what contacts are asked and classified by.")
Code = Annotated[str, typer.Argument(metavar="CODE", help="A questionnaire's code, such as ABC.")]
MaybeCode = Annotated[str | None, typer.Argument(metavar="CODE", help="A questionnaire's code; all where absent.")]
Contact = Annotated[str, typer.Argument(metavar="CONTACT_NO", help="A contact's number.")]
LineNo = Annotated[int, typer.Argument(metavar="LINE_NO", help="The number of a line, such as 20000.")]
MaybeLineNo = Annotated[int | None, typer.Argument(metavar="LINE_NO", help="The number of a line.")]
Fields = Annotated[list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field; may be repeated.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")]
_SHOWN = ["line_no", "type", "description", "figure", "from_value", "to_value", "contact_count"]


@app.command("list")
def list_(db: Db = None, json: Json = False) -> None:
    """List the questionnaires."""
    frame = bench_on(db).questionnaires.list().frame()
    if json:
        print_frame(frame, json=True)
    else:
        print_fitting(frame.dropna(axis="columns", how="all"))


@app.command()
def show(code: Code, db: Db = None, json: Json = False) -> None:
    """Show a questionnaire: its lines, how many contacts have each answer, and the points of its ratings."""
    one = bench_on(db).questionnaires.get(code)
    if json:
        print_json(one.to_dict())
        return
    import pandas as pd

    about = [one.description, one.contact_type, one.business_relation_code, f"priority {one.priority}"]
    print(f"{code}: {', '.join(text for text in about if text)}")
    lines = one.frame().astype({"line_no": "str"})
    lines["figure"] = pd.Series([each.class_field for each in one.lines], dtype="str")
    print_frame(lines[_SHOWN])
    if one.ratings:
        points = [[r.line_no, r.rated_questionnaire_code, r.rated_line_no, f"{r.points:g}"] for r in one.ratings]
        rows = [[str(cell) for cell in row] for row in points]
        print_rows(["rating", "questionnaire", "answer", ">points"], rows)


@app.command()
def new(code: Code, fields: Fields = None, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Make a questionnaire, or change its header: description, contact_type, business_relation_code, priority."""
    given = pairs(fields, "--set", str.partition)
    _print_change(bench_on(db).questionnaires.save(code, dry_run=dry_run, **given), json=json)


@app.command()
def line(
    code: Code,
    line_no: MaybeLineNo = None,
    after: Annotated[int | None, typer.Option(help="The line that a new one follows; else the last.")] = None,
    fields: Fields = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Add a question or an answer, or change the one with a number.

    Both have type and description. Questions: has_multiple_answers, is_auto_classified, one of customer_class_field,
    vendor_class_field and contact_class_field, starting_date_formula, ending_date_formula, classification_method,
    sorting_method, decimal_count, min_answered_rate. Answers: from_value, to_value, priority.
    """
    given = pairs(fields, "--set", str.partition)
    receipt = bench_on(db).questionnaires.save_line(code, line_no, after=after, dry_run=dry_run, **given)
    _print_change(receipt, json=json)


@app.command()
def delete(code: Code, line_no: MaybeLineNo = None, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Delete a line, or a whole questionnaire."""
    questionnaires = bench_on(db).questionnaires
    if line_no is None:
        receipt = questionnaires.delete(code, dry_run=dry_run)
    else:
        receipt = questionnaires.delete_line(code, line_no, dry_run=dry_run)
    if json:
        print_json(receipt.__dict__)
    else:
        print(f"{_done(receipt.is_written, 'Deleted')}: lines {receipt.line_count}, points {receipt.rating_count}.")


# Points may be negative, and -5 is no option.
@app.command(context_settings={"ignore_unknown_options": True})
def rate(
    code: Code,
    line_no: LineNo,
    rated_code: Annotated[str, typer.Argument(metavar="RATED_CODE", help="The questionnaire of the answer.")],
    rated_line_no: Annotated[int, typer.Argument(metavar="RATED_LINE_NO", help="The line of the answer.")],
    points: Annotated[float, typer.Argument(metavar="POINTS", help="Points that the answer gives.")] = 0,
    remove: Annotated[bool, typer.Option("--remove", help="Take the points away instead.")] = False,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Give an answer points towards a rating question."""
    questionnaires = bench_on(db).questionnaires
    if not remove:
        receipt = questionnaires.save_rating(code, line_no, rated_code, rated_line_no, points, dry_run=dry_run)
        _print_change(receipt, json=json)
        return
    gone = questionnaires.delete_rating(code, line_no, rated_code, rated_line_no, dry_run=dry_run)
    if json:
        print_json(gone.__dict__)
    else:
        print(f"{_done(gone.is_written, 'Deleted')}: points {gone.rating_count}.")


@app.command()
def answer(
    contact_no: Contact,
    code: Code,
    line_no: LineNo,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Give an answer for a contact; ratings that it feeds follow."""
    bench = bench_on(db)
    receipt = bench.questionnaires.answer(contact_no, code, line_no, day_of(bench, as_of), dry_run=dry_run)
    _print_answer(receipt, "Answered", json=json)


@app.command()
def unanswer(
    contact_no: Contact,
    code: Code,
    line_no: LineNo,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Take an answer of a contact away; ratings that it fed follow."""
    bench = bench_on(db)
    receipt = bench.questionnaires.unanswer(contact_no, code, line_no, day_of(bench, as_of), dry_run=dry_run)
    _print_answer(receipt, "Taken away", json=json)


@app.command()
def profile(
    contact_no: Contact,
    offered: Annotated[bool, typer.Option("--offered", help="What it can be asked instead.")] = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Show what a contact has answered, or can be asked."""
    questionnaires = bench_on(db).questionnaires
    found = questionnaires.questions_for(contact_no) if offered else questionnaires.answers(contact_no)
    print_frame(found.frame().astype({"line_no": "str"}), json=json)


@app.command()
def run(code: MaybeCode = None, dry_run: DryRun = False, as_of: AsOf = None, db: Db = None, json: Json = False) -> None:
    """Let figures answer the automatic questions of a questionnaire, or of all of them."""
    bench = bench_on(db)
    receipt = bench.questionnaires.run(code, day_of(bench, as_of), dry_run=dry_run)
    if json:
        print_json(receipt.to_dict())
        return
    answers = receipt.answers[["questionnaire_code", "question", "answer", "contact_count", "before_count"]]
    print(f"{_done(receipt.is_written, 'Classified')} as of {receipt.as_of}.")
    print_frame(answers)
    for note in receipt.notes:
        print(note)


@app.command("test")
def check(code: MaybeCode = None, db: Db = None, json: Json = False) -> None:
    """List what is missing before a questionnaire can be used."""
    result = bench_on(db).questionnaires.test(code)
    if json or result.warnings:
        print_frame(result.frame().astype({"line_no": "str"}), json=json)
    else:
        print("Nothing is missing.")


@app.command()
def handout(
    code: Code,
    classification: Annotated[
        bool, typer.Option("--with-classification", help="Also questions that are answered automatically.")
    ] = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Print a questionnaire to be filled in."""
    paper = bench_on(db).questionnaires.handout(code, with_classification=classification)
    if json:
        print_json({"description": paper.description, "lines": records(paper.lines)})
        return
    print(paper.description)
    for row in paper.lines.itertuples():
        mark = f" ({str(row.number_of_answers).replace('_', ' ')})" if row.number_of_answers else ""
        print(f"\n{row.text}{mark}" if row.type == "question" else f"[ ] {row.text}")


def _done(is_written: bool, participle: str) -> str:
    return participle if is_written else f"Would be {participle[:1].lower()}{participle[1:]}"


def _print_change(receipt: ChangeReceipt, *, json: bool) -> None:
    if json:
        print_json(receipt.to_dict())
        return
    place = receipt.questionnaire_code if receipt.line_no is None else f"{receipt.questionnaire_code} {receipt.line_no}"
    values = ", ".join(f"{name}={'' if value is None else value}" for name, value in receipt.changed.items())
    print(f"{place}: {_done(receipt.is_written, 'Made' if receipt.is_new else 'Changed')}: {values or 'nothing'}.")
    if receipt.updated_answers:
        print(f"Answers of contacts that follow: {receipt.updated_answers:,}.")


def _print_answer(receipt: AnswerReceipt, participle: str, *, json: bool) -> None:
    if json:
        print_json(receipt.to_dict())
        return
    print(f"{_done(receipt.is_written, participle)}: {receipt.question} {receipt.answer}")
    if len(receipt.rated):
        print_frame(receipt.rated.astype({"line_no": "str"}))
