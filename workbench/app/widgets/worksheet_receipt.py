"""What the last click did to a worksheet, or would do, with the figure of the product where it is another."""

from __future__ import annotations

import streamlit as st

from pipelines.catalogue import Catalogue
from workbench.app import criteria_texts, failures, state
from workbench.app.language import _, core, number
from workbench.bench import Workbench
from workbench.worksheets import ActionReceipt, ActionStep


def draw(bench: Workbench) -> None:
    """Draw the receipt, where there is one of the worksheet that is open.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    receipt = state.get(state.WORKSHEET_RECEIPT)
    if not isinstance(receipt, ActionReceipt) or receipt.worksheet_no != state.get(state.WORKSHEET_NO):
        return
    catalogue = bench.segments.catalogue()
    show = st.success if receipt.is_written else st.info
    show("\n\n".join([_head(receipt), *(_step(step, catalogue) for step in receipt.steps)]))
    for step in receipt.steps:
        if step.differences:
            _draw_difference(step)
    for note in receipt.notes:
        st.warning(failures.plain(core(note)), icon=":material/info:")


def _head(receipt: ActionReceipt) -> str:
    text = (
        _("Done. Lines: {lines}, contacts: {contacts}, actions: {actions}.")
        if receipt.is_written
        else _("Preview. Lines there would be: {lines}, contacts: {contacts}, actions: {actions}.")
    )
    return text.format(
        lines=number(receipt.line_count), contacts=number(receipt.contact_count), actions=number(receipt.action_count)
    )


def _step(step: ActionStep, catalogue: Catalogue) -> str:
    said = _("lines added: {added}, removed: {removed}").format(added=number(step.added), removed=number(step.removed))
    if step.excluded or step.existing:
        left_out = _("left out: {excluded} excluded from segments, {existing} on a line already")
        said += "; " + left_out.format(excluded=number(step.excluded), existing=number(step.existing))
    text = criteria_texts.action(step.action, catalogue)
    head = _("Undone: {action}").format(action=text) if step.is_undone else text
    return f"{failures.plain(head)}: {said}"


def _draw_difference(step: ActionStep) -> None:
    head = _("Lines in Business Central: {lines}.").format(lines=number(step.product_count))
    reasons = " ".join(failures.plain(core(text)) for text in step.differences)
    st.warning(f"{head} {reasons}", icon=":material/compare_arrows:")
