"""The command that says whom a campaign moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.campaign_cards import Number
from workbench.cli.campaign_results import RuleFile
from workbench.cli.frames import print_frame, records
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.cli.worksheet import DryRun

if TYPE_CHECKING:
    from workbench.campaigns import Uplift

app = typer.Typer()
_PARTS = ["field", "value", "predicted_uplift", "absolute_lift", "absolute_low", "absolute_high", "p_differs"]


@app.command()
def uplift(
    number: Number,
    fields: Annotated[
        list[str],
        typer.Option("--field", metavar="FIELD", help="Tell targets apart by it; repeat it for each."),
    ],
    arm: Annotated[str | None, typer.Option(metavar="ARM", help="Whom it wrote to, where there are several.")] = None,
    learners: Annotated[
        list[str] | None,
        typer.Option("--learner", metavar="NAME", help="x, t, s or class; the first one's scores are kept. Else all."),
    ] = None,
    rule: RuleFile = None,
    against: Annotated[str | None, typer.Option(metavar="ARM", help="Compare with this arm.")] = None,
    score: Annotated[str | None, typer.Option(metavar="NAME", help="What to call the score.")] = None,
    confidence: Annotated[float, typer.Option(help="Of all intervals.")] = 0.95,
    seed: Annotated[int, typer.Option(help="Of folds and draws.")] = 0,
    rows: Annotated[bool, typer.Option("--rows", help="Print one row for each contact instead.")] = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Model whom a campaign moves, test the model on targets it has not seen, and keep the score for segments."""
    bench = bench_on(db)
    chosen = {"learners": learners} if learners else {}
    found = bench.campaigns.uplift(
        number, day_of(bench, as_of), fields, arm=arm, rule=rule, against=against, score=score,
        confidence=confidence, seed=seed, dry_run=dry_run, **chosen,
    )  # fmt: skip
    if rows:
        print_frame(found.frame(), json=json)
    elif json:
        frames = {name: records(getattr(found, name)) for name in ("learners", "deciles", "curve", "parts")}
        print_json({**found.to_dict(), **frames})
    else:
        _print(found)


def _print(found: Uplift) -> None:
    print(found.sentence())
    print_frame(found.learners, title="Learners, on targets they have not seen")
    print_frame(found.deciles, title="Tenths of the targets, the highest scores first")
    print_frame(found.parts[_PARTS], title="Parts of the targets")
    kept = "Stored" if found.is_written else "Would be stored"
    print(f"{kept} as the score {found.score} of {found.as_of}: uplift, decile, is_target.")
    for note in found.notes:
        print(f"Note: {note}")
