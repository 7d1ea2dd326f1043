"""What loading a file would do, or did: counts, questions, problem rows."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from workbench.app import labels
from workbench.app.failures import plain
from workbench.app.language import _, core, ngettext, number
from workbench.app.widgets import grids, tiles
from workbench.sources import LoadPlan, LoadReceipt

_MOST_PROBLEMS = 1000
_MOST_OPEN = 10


def draw_counts(plan: LoadPlan) -> None:
    """Draw the counts of a plan or a receipt.

    Parameters
    ----------
    plan : LoadPlan
        The plan.
    """
    of = ngettext("of {count} row", "of {count} rows", plan.rows).format(count=number(plan.rows))
    tiles.draw(
        [
            tiles.Tile(_("New"), number(plan.new), of),
            tiles.Tile(_("Changed"), number(plan.changed), of),
            tiles.Tile(_("Unchanged"), number(plan.unchanged), of),
            tiles.Tile(_("Rejected"), number(plan.rejected), of),
        ],
        across=4,
    )


def draw_questions(plan: LoadPlan) -> None:
    """Draw what a person has to decide, and should know.

    Parameters
    ----------
    plan : LoadPlan
        The plan.
    """
    for question in plan.questions:
        st.warning(plain(core(question)) + "\n\n" + _("Decide it below; then the file can be loaded."))
    for note in plan.notes:
        st.info(plain(core(note)))


def draw_problems(plan: LoadPlan) -> None:
    """Draw the rows that are not taken, with a file of them to correct.

    Parameters
    ----------
    plan : LoadPlan
        A plan or receipt.
    """
    if not plan.rejected:
        return
    st.subheader(_("Rows that cannot be loaded"))
    count = ngettext("{count} problem", "{count} problems", len(plan.problems)).format(count=number(len(plan.problems)))
    rows = ngettext("in {count} row", "in {count} rows", plan.rejected).format(count=number(plan.rejected))
    shown = plan.problems.head(_MOST_PROBLEMS)
    shown = shown.assign(reason=shown["reason"].map(core))
    more = _(", the first {count} shown").format(count=number(len(shown))) if len(shown) < len(plan.problems) else ""
    st.caption(f"{count} {rows}{more}. " + _("Rows are numbered as in a spreadsheet, the header being row 1."))
    heads = {"row": _("Row"), "column": _("Column"), "value": _("Value"), "reason": _("Reason")}
    grids.draw(shown, heads, height="content" if len(shown) <= _MOST_OPEN else 380)
    source, rejected = Path(plan.source), _("rejected")
    st.download_button(
        _("Download the rejected rows"),
        data=lambda: _rejects(plan),
        file_name=f"{source.stem}-{rejected}{source.suffix}",
        on_click="ignore",
        icon=":material/download:",
        help=_("In the format they came in, with the reason in the last column; correct them and load the file again."),
    )


def draw_receipt(receipt: LoadReceipt) -> None:
    """Draw what a load did.

    Parameters
    ----------
    receipt : LoadReceipt
        The receipt.
    """
    text = _("{source} was loaded into {table}.").format(
        source=plain(receipt.source), table=labels.table(receipt.table)
    )
    number_ = _("Load number {load}, revision {revision}, times in {zone}.").format(
        load=number(receipt.load_no), revision=number(receipt.revision), zone=receipt.dialect.time_zone
    )
    st.success(f"{text}\n\n{number_}", icon=":material/check_circle:")
    draw_counts(receipt)
    draw_problems(receipt)


def _rejects(plan: LoadPlan) -> bytes:
    with TemporaryDirectory(prefix="workbench-") as folder:
        return plan.write_rejects(Path(folder) / f"rejected{Path(plan.source).suffix}").read_bytes()
