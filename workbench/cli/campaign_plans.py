"""The commands about plans of campaigns: what they come to, saved and launched, and whom they targeted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.campaign_cards import Number
from workbench.cli.frames import print_frame, records
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, is_file, print_json
from workbench.cli.worksheet import DryRun

if TYPE_CHECKING:
    from workbench.campaigns import Allocation

app = typer.Typer()
PlanArgument = Annotated[str, typer.Argument(metavar="PLAN", help="A saved plan's name, or a YAML file.")]


@app.command()
def plan(
    file: PlanArgument,
    save: Annotated[bool, typer.Option("--save", help="Save it under its name.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Whatever is saved under its name.")] = False,
    members: Annotated[bool, typer.Option("--members", help="List everybody who was weighed.")] = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Work out whom each campaign of a plan would target, and what that can tell."""
    bench = bench_on(db)
    meant = _meant(file)
    found = bench.campaigns.plan(meant, day_of(bench, as_of))
    if save:
        bench.campaigns.save_plan(meant, replace=replace)
    if members:
        print_frame(found.members.drop(columns="contact_id"), json=json)
    elif json:
        print_json({"plan": found.plan.name, **_told(found), "is_saved": save})
    else:
        _print(found)


@app.command()
def plans(db: Db = None, json: Json = False) -> None:
    """List the saved plans."""
    import pandas as pd

    rows = [
        [one.name, one.plan.description, [each.campaign for each in one.plan.by_priority], one.saved_at, one.saved_by]
        for one in bench_on(db).campaigns.plans()
    ]
    print_frame(pd.DataFrame(rows, columns=["name", "description", "campaigns", "saved_at", "saved_by"]), json=json)


@app.command()
def launch(
    file: PlanArgument,
    worksheets: Annotated[
        bool, typer.Option("--worksheets", help="Make a worksheet for each variant, without those held out.")
    ] = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Launch a plan: draw the arms and write targets and reasons down for good."""
    bench = bench_on(db)
    receipt = bench.campaigns.launch(_meant(file), day_of(bench, as_of), worksheets=worksheets, dry_run=dry_run)
    sheets = [vars(sheet) for sheet in receipt.sheets]
    if json:
        told = {**_told(receipt.allocation), "notes": list(receipt.notes)}
        print_json({"launch_no": receipt.launch_no, **told, "worksheets": sheets, "is_written": receipt.is_written})
        return
    name, count = receipt.allocation.plan.name, receipt.allocation.target_count
    print_frame(receipt.frame())
    for sheet in receipt.sheets:
        print(
            f"Worksheet {sheet.worksheet_no or '(new)'}: {sheet.campaign_no}, {sheet.arm}, lines {sheet.line_count:,}"
        )
    for note in receipt.notes:
        print(note)
    print(f"Launch {receipt.launch_no}: " if receipt.is_written else "A preview; nothing was written: ", end="")
    print(f"{count:,} targets of the plan {name}.")


@app.command()
def launches(db: Db = None, json: Json = False) -> None:
    """List the launches, the newest first."""
    import pandas as pd

    names = ["launch_no", "plan_name", "as_of", "revision", "launched_at", "launched_by", "target_count"]
    rows = [[getattr(one, name) for name in names] for one in bench_on(db).campaigns.launches()]
    print_frame(pd.DataFrame(rows, columns=names), json=json)


@app.command()
def targets(
    number: Number,
    lost: Annotated[bool, typer.Option("--lost", help="Those weighed and not targeted, with the reason.")] = False,
    totals: Annotated[bool, typer.Option("--totals", help="Only how many in each arm, and how many lost.")] = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """List whom a campaign targeted or held out."""
    found = bench_on(db).campaigns.targets(number)
    if not totals:
        print_frame(found.losses if lost else found.frame(), json=json)
    elif json:
        print_json({"arms": records(found.arms()), "reasons": records(found.reasons())})
    else:
        print_frame(found.arms(), title=f"Targets of {number}: {found.target_count:,}")
        print_frame(found.reasons(), title="Weighed and not targeted")


def _meant(argument: str) -> Path | str:
    return Path(argument) if is_file(argument) else argument


def _told(found: Allocation) -> dict[str, Any]:
    frames = {"ledger": found.ledger(), "arms": found.arms, "sizes": found.sizes}
    return {
        "as_of": found.as_of, "revision": found.revision, "target_count": found.target_count,
        **{name: records(frame) for name, frame in frames.items()}, "notes": list(found.notes),
    }  # fmt: skip


def _print(found: Allocation) -> None:
    print_frame(found.ledger(), title=f"From segment to target as of {found.as_of}")
    print_frame(found.arms, title=f"Arms: {found.target_count:,} targets")
    if len(found.sizes):
        print_frame(found.sizes.dropna(axis="columns", how="all"), title=_title_of_sizes(found))
    for note in found.notes:
        print(note)


def _title_of_sizes(found: Allocation) -> str:
    return f"What the sizes can tell with power {found.plan.power:g}; lifts are differences of rates"
