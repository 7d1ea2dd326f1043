"""The commands about a store as a whole: making, filling, looking, serving."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from workbench import config
from workbench.cli import (
    campaign,
    campaign_cards,
    campaign_entries,
    campaign_offers,
    campaign_plans,
    campaign_results,
    campaign_uplift,
    contact,
    contact_changes,
    contact_details,
    contact_merge,
    contact_relations,
    contact_views,
    duplicates,
    interaction,
    interaction_entries,
    interaction_files,
    interaction_imports,
    interaction_templates,
    letter,
    number_series,
    opportunity,
    opportunity_documents,
    opportunity_starts,
    opportunity_steps,
    pipeline,
    privacy,
    questionnaire,
    record,
    report,
    report_sales,
    score,
    score_migration,
    score_runs,
    segment,
    segment_changes,
    segment_compare,
    segment_explain,
    segment_facts,
    segment_filters,
    selftest,
    setup,
    setup_cycles,
    task,
    task_actions,
    worksheet,
    worksheet_actions,
    worksheet_logged,
)
from workbench.cli.frames import print_frame
from workbench.cli.loading import pairs, print_load
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json, print_rows, progress_bar
from workbench.errors import ConfigError

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Segmentation Workbench."
)
demo = typer.Typer(no_args_is_help=True, help="Make a store worth exploring.")
app.add_typer(demo, name="demo")
app.add_typer(selftest.app)
app.add_typer(setup.app, name="setup")
app.add_typer(setup.field, name="field")
setup.app.add_typer(setup_cycles.app, name="cycle")
app.add_typer(number_series.app, name="number-series")
app.add_typer(contact.app, name="contact")
contact.app.add_typer(contact_changes.app)
contact.app.add_typer(contact_details.app)
contact.app.add_typer(contact_relations.app)
contact.app.add_typer(contact_views.app)
contact.app.add_typer(contact_merge.app)
app.add_typer(duplicates.app, name="duplicates")
app.add_typer(campaign.app, name="campaign")
campaign.app.add_typer(campaign_cards.app)
campaign.app.add_typer(campaign_offers.app)
campaign.app.add_typer(campaign_plans.app)
campaign.app.add_typer(campaign_entries.app)
campaign.app.add_typer(campaign_results.app)
campaign.app.add_typer(campaign_uplift.app)
app.add_typer(interaction.app, name="interaction")
interaction.app.add_typer(interaction_entries.app)
interaction.app.add_typer(interaction_imports.app)
interaction.app.add_typer(interaction_templates.app)
interaction.app.add_typer(interaction_files.app)
app.add_typer(opportunity.app, name="opportunity")
opportunity.app.add_typer(opportunity_steps.app)
opportunity.app.add_typer(opportunity_documents.app)
opportunity.app.add_typer(opportunity_starts.app)
app.add_typer(pipeline.app, name="pipeline")
app.add_typer(privacy.app, name="privacy")
report.app.add_typer(report_sales.app)
app.add_typer(report.app, name="report")
app.add_typer(questionnaire.app, name="questionnaire")
app.add_typer(record.app, name="record")
app.add_typer(score.app, name="score")
score.app.add_typer(score_runs.app)
score.app.add_typer(score_migration.app)
app.add_typer(segment.app, name="segment")
app.add_typer(task.app, name="task")
task.app.add_typer(task_actions.app)
app.add_typer(worksheet.app, name="worksheet")
worksheet.app.add_typer(worksheet_actions.app)
worksheet.app.add_typer(worksheet_logged.app)
app.add_typer(letter.app, name="letter")
segment.app.add_typer(segment_facts.app)
segment.app.add_typer(segment_explain.app)
segment.app.add_typer(segment_compare.app)
segment.app.add_typer(segment_changes.app)
segment.app.add_typer(segment_filters.app)


@app.callback()
def common(context: typer.Context, db: Db = None, as_of: AsOf = None, json: Json = False) -> None:
    """Segmentation Workbench: contacts, interactions and segments in one local store."""
    given = {"db": db, "as_of": as_of, "json": json}
    context.default_map = _defaults(context.command, {name: value for name, value in given.items() if value})


@app.command()
def init(db: Db = None, json: Json = False) -> None:
    """Make an empty store, or bring an older one up to date."""
    bench = bench_on(db, create=True)
    settings = bench.setup.settings()
    if json:
        print_json(
            {"store": bench.database.path, "revision": bench.database.revision(), "time_zone": settings.time_zone}
        )
    else:
        print(f"The store {bench.database.path} is ready (time zone {settings.time_zone}).")


@app.command()
def info(db: Db = None, as_of: AsOf = None, json: Json = False) -> None:
    """Say what is in the store."""
    bench = bench_on(db)
    figures = bench.overview.figures(day_of(bench, as_of))
    zone = bench.setup.settings().time_zone
    rows = figures.rows.set_index("table")["row_count"].to_dict()
    if json:
        print_json(
            {
                "store": bench.database.path,
                "as_of": figures.as_of,
                "revision": figures.revision,
                "time_zone": zone,
                "contacts": dict(figures.contacts),
                "rows": rows,
                "sales_amount": figures.sales_amount,
                "segments": [entry.name for entry in bench.segments.list()],
            }
        )
        return
    print(f"{bench.database.path} as of {figures.as_of} (revision {figures.revision}, time zone {zone})")
    print_rows(["table", ">rows"], [[table, count] for table, count in rows.items()])
    print(f"Sales value {figures.sales_amount:,.2f}")


@app.command()
def load(
    table: Annotated[str, typer.Argument(help="contact, interaction, opportunity, sales_entry, campaign, …")],
    file: Annotated[Path, typer.Argument(help="CSV, XLSX or Parquet.")],
    maps: Annotated[list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="Repeatable.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    new_fields: Annotated[
        str, typer.Option(help="What to do with columns that no field takes: ask, add, ignore.")
    ] = "ask",
    key: Annotated[str | None, typer.Option(help="The field that names a contact, instead of contact_no.")] = None,
    contact_key: Annotated[str | None, typer.Option(help="The contact field that rows refer to.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Instead of the one found.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="Instead of the one found.")] = None,
    decimal: Annotated[str | None, typer.Option(help="'.' or ','.")] = None,
    date_order: Annotated[str | None, typer.Option(help="dmy, mdy or ymd.")] = None,
    time_zone: Annotated[str | None, typer.Option(help="Of times without one; else the store's.")] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.")] = None,
    header_row: Annotated[int | None, typer.Option(help="The row of the headers, from 1.")] = None,
    constants: Annotated[list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="Repeatable.")] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--value",
            metavar="COLUMN:OLD=NEW",
            help="Take a value of the file as another; nothing is a blank. Repeatable.",
        ),
    ] = None,
    rejects: Annotated[Path | None, typer.Option(help="Where rejected rows go; else beside the file.")] = None,
    forget_mapping: Annotated[
        bool, typer.Option("--forget-mapping", help="Forget where columns of such files went.")
    ] = False,
    find_duplicates: Annotated[
        bool, typer.Option("--find-duplicates", help="With --dry-run: list new contacts that may be there already.")
    ] = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Load a file into a table; loading it again changes nothing."""
    if find_duplicates and not dry_run:
        raise typer.BadParameter("goes with --dry-run: look before you load.", param_hint="--find-duplicates")
    given = {
        "key": key, "contact_key": contact_key, "encoding": encoding, "delimiter": delimiter, "decimal": decimal,
        "date_order": date_order, "time_zone": time_zone, "sheet": sheet, "header_row": header_row,
        "constants": pairs(constants, "--set", str.partition), "remember": not forget_mapping,
        "values": pairs(values, "--value", str.partition), "find_duplicates": find_duplicates,
    }  # fmt: skip
    options: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    sources = bench_on(db).sources
    with progress_bar() as bar:
        task = bar.add_task(f"{'planning' if dry_run else 'loading'} {file.name}", total=None)
        options["progress"] = lambda done, of: bar.update(task, completed=done, total=of)
        work = sources.plan if dry_run else sources.load
        result = work(table, file, pairs(maps, "--map", str.rpartition), new_fields, **options)
    written = None
    if result.rejected and not dry_run:
        written = result.write_rejects(rejects or file.with_name(f"{file.stem}.rejects{file.suffix}"))
    if json:
        print_json({**result.summary(), "rejects": written})
        return
    print_load(result, dry_run=dry_run)
    if written is not None:
        print(f"Rejected rows with their problems: {written}")


@app.command()
def loads(db: Db = None, json: Json = False) -> None:
    """List what was loaded, the latest first."""
    history = bench_on(db).overview.loads().frame()
    print_frame(history if json else history.drop(columns="sha256"), json=json)


@demo.command("complete-journey")
def demo_complete_journey(
    definitions: Annotated[Path, typer.Option(help="Folder for the example segments.")] = Path("data/segments"),
    exports: Annotated[Path, typer.Option(help="Folder for the target list.")] = Path("exports"),
    db: Db = None,
    json: Json = False,
) -> None:
    """Load a year of retail data, save three segments, export a target list."""
    from workbench import demo as journey

    bench = bench_on(db, create=True)
    with progress_bar() as bar:
        tasks: dict[str, Any] = {}

        def progress(table: str, done: int, of: int) -> None:
            if table not in tasks:
                tasks[table] = bar.add_task(table, total=None)
            bar.update(tasks[table], completed=done, total=of)

        receipt = journey.make(bench, definitions, exports, progress)
    if json:
        print_json(receipt.to_dict())
        return
    print(f"{'Loaded' if receipt.loaded_now else 'Already loaded:'} a year of retail data as of {receipt.as_of}.")
    print_rows(["table", ">rows"], [[table, rows] for table, rows in receipt.rows.items()])
    print_rows(["segment", ">contacts"], [[name, total] for name, total in receipt.segments.items()])
    print(f"Store        {receipt.store}\nDefinitions  {', '.join(receipt.definitions)}")
    print(f"Target list  {receipt.target_list} (with manifest)")


@app.command("app")
def serve(
    port: Annotated[int, typer.Option(help="On 127.0.0.1.")] = 8501,
    db: Db = None,
) -> None:
    """Serve the app on 127.0.0.1 until interrupted."""
    if not 1 <= port <= 65535:
        raise ConfigError(f"{port} is no port.", "Give one between 1 and 65535.")
    path = config.store_path(db)
    script = Path(__file__).parent.parent / "app" / "main.py"
    print(f"The app is on http://127.0.0.1:{port} (store {path}). Stop it with Ctrl+C.", flush=True)
    options = {
        "server.address": "127.0.0.1", "server.port": str(port), "server.headless": "true",
        "browser.gatherUsageStats": "false", "server.fileWatcherType": "none",
    }  # fmt: skip
    arguments = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *arguments]
    environment = {**os.environ, "WORKBENCH_DB": str(path)}
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603 - our own command


def _defaults(group: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Pass options given in front of a command on to it, where the command has them."""
    return {
        name: _defaults(command, given)
        if hasattr(command, "commands")
        else {option.name: given[option.name] for option in command.params if option.name in given}
        for name, command in group.commands.items()
    }
