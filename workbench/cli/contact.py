"""The commands about contacts."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.frames import print_frame, record, records
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json

app = typer.Typer(no_args_is_help=True, help="Look contacts up.")


@app.command()
def show(
    number: Annotated[str, typer.Argument(metavar="CONTACT_NO", help="The contact's number.")],
    rows: Annotated[int, typer.Option(min=1, help="How many rows of the timeline to show, the latest first.")] = 20,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Show one contact's card: fields, figures and what happened."""
    bench = bench_on(db)
    card = bench.contacts.card(number, day_of(bench, as_of), rows)
    timeline = card.timeline.assign(at=card.timeline["at"].dt.tz_localize("UTC"))
    if json:
        print_json({
            "contact_no": card.contact_no, "as_of": card.as_of, "fields": record(card.fields),
            "figures": record(card.figures), "row_count": card.row_count, "timeline": records(timeline),
        })  # fmt: skip
        return
    print_frame(card.frame(), title=f"{card.contact_no} as of {card.as_of}")
    print_frame(timeline, title=f"The latest {len(timeline):,} of {card.row_count:,} rows (UTC)")
