"""The commands about contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.frames import print_frame, record, records
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json

if TYPE_CHECKING:
    import pandas as pd

    from workbench.contacts import Surroundings

app = typer.Typer(no_args_is_help=True, help="Find, show, create, change and delete contacts.")


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
            **_beside(card.around),
        })  # fmt: skip
        return
    print_frame(card.frame(), title=f"{card.contact_no} as of {card.as_of}")
    print_frame(timeline, title=f"The latest {len(timeline):,} of {card.row_count:,} rows (UTC)")
    for title, frame in _tables(card.around).items():
        if len(frame):
            print_frame(frame.astype({"entry_no": "str"}) if "entry_no" in frame else frame, title=title)


def _tables(around: Surroundings) -> dict[str, pd.DataFrame]:
    return {
        "People": around.people,
        "Alternative addresses": around.addresses.dropna(axis="columns", how="all"),
        "Days of alternative addresses": around.address_ranges,
        "Web sources": around.web_sources,
        "Consents (UTC)": around.consents.current,
        "Comments": around.comments,
    }


def _beside(around: Surroundings) -> dict[str, Any]:
    return {
        "company_no": around.company and around.company[0],
        "company_name": around.company and around.company[1],
        "people": records(around.people),
        "addresses": records(around.addresses),
        "address_ranges": records(around.address_ranges),
        "web_sources": records(around.web_sources),
        "consents": records(around.consents.current),
        "comments": records(around.comments),
        "row_counts": dict(around.row_counts),
        "telephones": dict(around.telephones),
    }
