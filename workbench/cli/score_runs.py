"""The commands that compute scores, show how they were made, and make segments of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.frames import print_frame
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json, print_rows, progress_bar
from workbench.cli.worksheet import DryRun

if TYPE_CHECKING:
    from workbench.scoring import Method, ScoreReport

app = typer.Typer()
Name = Annotated[str, typer.Argument(help="The score, such as rfm.")]
ScoredOn = Annotated[
    dt.datetime | None,
    typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="The day of the run; else the latest."),
]
Rows = Annotated[bool, typer.Option("--rows", help="Print one row for each contact instead.")]
_SHOWN = 20


@app.command()
def run(
    name: Name,
    method: Annotated[
        str | None, typer.Option(help="How to compute it, see score methods; else what its name says.")
    ] = None,
    options: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="OPTION=VALUE", help="Repeatable; lists and conditions as YAML: --set 'bins=[1, 5]'."
        ),
    ] = None,
    rows: Rows = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Compute a score of contacts as of a day, and keep it as the run of that day; Ctrl+C ends it, nothing written."""
    bench = bench_on(db)
    told = _values(options)
    with progress_bar() as bar:
        task = bar.add_task(f"computing {name}", total=None)
        report = bench.scores.run(
            name, day_of(bench, as_of), method=method, dry_run=dry_run,
            progress=lambda done, of: bar.update(task, completed=done, total=of), **told,
        )  # fmt: skip
    _tell(report, rows=rows, json=json)


@app.command()
def show(name: Name, scored_on: ScoredOn = None, rows: Rows = False, db: Db = None, json: Json = False) -> None:
    """Show how a run was made, how good it is, and which segments can be made of it."""
    report = bench_on(db).scores.show(name, scored_on.date() if scored_on else None)
    _tell(report, rows=rows, json=json)


@app.command()
def segment(
    name: Name,
    offer: Annotated[str, typer.Argument(help="One of the segments that score show lists.")],
    scored_on: ScoredOn = None,
    save_as: Annotated[
        str | None, typer.Option(metavar="NAME", help="What to call the segment; else as it is listed.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a segment of that name.")] = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Save a segment that a run suggests; it can be edited like any other."""
    day = scored_on.date() if scored_on else None
    saved = bench_on(db).scores.segment(name, offer, scored_on=day, save_as=save_as, replace=replace)
    if json:
        print_json(saved.to_dict())
    else:
        print(f"Saved the segment {saved.name}: {saved.sentence}")


@app.command()
def methods(
    name: Annotated[str | None, typer.Argument(help="Tell the options of this one.")] = None, json: Json = False
) -> None:
    """List the ways to compute a score, or the options of one."""
    from workbench.scoring.methods import all_methods, method_of

    known = [method_of(name)] if name else list(all_methods())
    if json:
        print_json([{"method": one.name, "description": one.description, "options": _schema(one)} for one in known])
    elif name is None:
        print_rows(["method", "what it computes"], [[one.name, one.description] for one in known])
    else:
        _print_options(known[0])


def _values(options: list[str] | None) -> dict[str, Any]:
    """Read what options are set to: nothing is none, brackets begin a list or a condition, the rest is text."""
    told: dict[str, Any] = {}
    for name, text in pairs(options, "--set", str.partition).items():
        told[name] = _read(text) if text.startswith(("[", "{")) else text or None
    return told


def _read(text: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise typer.BadParameter(f'"{text}" is no YAML.', param_hint="--set") from error


def _tell(report: ScoreReport, *, rows: bool, json: bool) -> None:
    if rows:
        print_frame(report.frame(), json=json)
    elif json:
        print_json(report.to_dict())
    else:
        _print(report)


def _print(report: ScoreReport) -> None:
    state = "Kept" if report.is_written else "Would be kept"
    print(f"{report.name}, {report.method} as of {report.scored_on}: {len(report.rows):,} contacts. {state}, "
          f"from revision {report.revision:,}.")  # fmt: skip
    _print_values(report.parameters, "Options", "value")
    _print_values(report.quality, "Quality", ">value")
    for title, table in report.tables.items():
        print_frame(table.head(_SHOWN), title=title.replace("_", " ").capitalize())
        if len(table) > _SHOWN:
            print(f"… and {len(table) - _SHOWN:,} more.")
    offered = [[offer.name, offer.description] for offer in report.offers]
    if offered:
        print_rows(["name", "who is in it"], offered, title="Segments to make of it: score segment")
    for note in report.notes:
        print(f"Note: {note}")


def _print_values(values: Mapping[str, Any], title: str, heading: str) -> None:
    if values:
        print_rows(["name", heading], [[name, _shown(value)] for name, value in values.items()], title=title)


def _shown(value: Any) -> str:
    from workbench.scores.results import value_text

    return value_text(value)


def _schema(method: Method) -> dict[str, Any]:
    options: dict[str, Any] = method.options.model_json_schema()["properties"]
    return options


def _print_options(method: Method) -> None:
    print(method.description)
    fields = method.options.model_fields.items()
    rows = [[name, "" if field.is_required() else _shown(field.default), field.description] for name, field in fields]
    print_rows(["option", "unless told", "what it is"], rows)
