"""The commands about campaigns."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from workbench.cli.frames import print_frame, records
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json

app = typer.Typer(
    no_args_is_help=True, help="Campaigns: their cards, whom they target, what was done for them, and who responded."
)


class By(Enum):
    """What one row of the response rates stands for."""

    CAMPAIGN = "campaign"
    TYPE = "type"


@app.command()
def response(
    by: Annotated[By, typer.Option(help="One row for each.")] = By.CAMPAIGN,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Compute response rates: responders of targeted contacts, with a 95 % interval."""
    bench = bench_on(db)
    rates = bench.campaigns.response(day_of(bench, as_of), by.value)
    if json:
        print_json({"by": rates.by, "as_of": rates.as_of, "rates": records(rates.rates)})
    else:
        print_frame(rates.rates, title=f"Response by {rates.by} as of {rates.as_of}: responders of targeted contacts")
