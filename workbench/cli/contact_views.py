"""The commands about the list of contacts: search with filters, and views that are kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import print_frame, records
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json, progress_bar

if TYPE_CHECKING:
    from workbench.bench import Workbench
    from workbench.contacts import ContactQuery

app = typer.Typer()

Text = Annotated[str, typer.Argument(help="A part of number, name, e-mail, telephone or city; else all.")]
Filters = Annotated[
    list[str] | None,
    typer.Option("--filter", metavar="FIELD=EXPRESSION", help="As Business Central filters, such as city=Prague|Brno."),
]
Sort = Annotated[str, typer.Option(metavar="FIELD", help="The field to order by; -FIELD from the highest down.")]
Columns = Annotated[list[str] | None, typer.Option("--column", metavar="FIELD", help="Repeatable; else the usual.")]
View = Annotated[str | None, typer.Option("--view", metavar="NAME", help="Begin with a saved view.")]
ViewName = Annotated[str, typer.Argument(metavar="NAME", help="The view's name.")]


@app.command()
def search(
    text: Text = "",
    filters: Filters = None,
    sort: Sort = "",
    columns: Columns = None,
    view: View = None,
    rows: Annotated[int, typer.Option(min=1, help="How many to show.")] = 50,
    skip: Annotated[int, typer.Option(min=0, help="How many to pass over.")] = 0,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Find contacts."""
    bench = bench_on(db)
    query = _query(bench, view, text, filters, sort, columns)
    page = bench.contacts.search(query, rows, skip, as_of=day_of(bench, as_of))
    if json:
        print_json({"total": page.total, "contacts": records(page.contacts)})
        return
    print_frame(page.contacts)
    print(f"{len(page.contacts):,} of {page.total:,} contacts")


@app.command()
def export(
    path: Annotated[Path, typer.Argument(help="Where to: .csv, .xlsx or .parquet.")],
    text: Text = "",
    filters: Filters = None,
    sort: Sort = "",
    columns: Columns = None,
    view: View = None,
    format: Annotated[str | None, typer.Option(help="csv, excel_csv, xlsx or parquet; else by the ending.")] = None,
    locale: Annotated[str, typer.Option(help="For Excel CSV.")] = "en",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an existing file.")] = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Write the contacts of a search or view to a file with a manifest."""
    bench = bench_on(db)
    query = _query(bench, view, text, filters, sort, columns)
    with progress_bar() as bar:
        task = bar.add_task(f"exporting {path.name}", total=None)
        receipt = bench.contacts.export(
            query, path, day_of(bench, as_of), format=format, locale=locale, overwrite=overwrite,
            progress=lambda done, of: bar.update(task, completed=done, total=of),
        )  # fmt: skip
    if json:
        print_json(records(receipt.frame())[0])
        return
    print(f"{receipt.rows:,} rows in {receipt.path} (manifest {receipt.manifest_path.name})")


@app.command()
def opportunities(
    number: Annotated[str, typer.Argument(metavar="CONTACT_NO", help="The contact's number.")],
    db: Db = None,
    json: Json = False,
) -> None:
    """List a contact's opportunities; a company's are those of its people as well."""
    found = bench_on(db).contacts.opportunities(number).frame()
    print_frame(found if json else found.dropna(axis="columns", how="all"), json=json)


@app.command()
def views(db: Db = None, json: Json = False) -> None:
    """List the saved views of the list of contacts."""
    print_frame(bench_on(db).contacts.views().frame(), json=json)


@app.command("save-view")
def save_view(
    name: ViewName,
    text: Text = "",
    filters: Filters = None,
    sort: Sort = "",
    columns: Columns = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a view of the name.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be saved.")] = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Save a search, filters, an order and columns as a view."""
    bench = bench_on(db)
    query = _query(bench, None, text, filters, sort, columns)
    saved = bench.contacts.save_view(name, query, day_of(bench, as_of), replace=replace, dry_run=dry_run)
    print_frame(saved.frame(), json=json)


@app.command("delete-view")
def delete_view(
    name: ViewName,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete a saved view."""
    print_frame(bench_on(db).contacts.delete_view(name, dry_run=dry_run).frame(), json=json)


def _query(
    bench: Workbench, view: str | None, text: str, filters: list[str] | None, sort: str, columns: list[str] | None
) -> ContactQuery:
    """Take a view, or nothing, and what the command says instead."""
    from workbench.contacts import ContactQuery

    start = bench.contacts.view(view).query if view else ContactQuery()
    return ContactQuery(
        text or start.text,
        {**start.filters, **pairs(filters, "--filter", str.partition)},
        sort or start.sort,
        tuple(columns or start.columns),
    )
