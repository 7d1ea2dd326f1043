"""A run of automatic classification, previewed and done, with what came of it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import clicks, failures, labels, state
from workbench.app.language import _, core, day, number
from workbench.app.questionnaire_session import key, value
from workbench.app.widgets import charts
from workbench.bench import Workbench
from workbench.questionnaires import RunReceipt


def draw(bench: Workbench, code: str) -> None:
    """Draw the buttons, and the outcome of the last click.

    Parameters
    ----------
    bench : Workbench
        On the store.
    code : str
        Which questionnaire.
    """
    as_of = state.as_of()
    st.markdown(
        _("Figures up to **{day}** answer the automatic questions; answers of earlier runs go first.").format(
            day=day(as_of)
        )
    )
    st.checkbox(_("All questionnaires"), key=key("run_all"))

    def run(dry_run: bool) -> None:
        chosen = None if value("run_all") else code
        state.forget(state.QUESTIONNAIRE_RUN)
        with st.spinner(_("Classifying contacts")):
            receipt = clicks.attempt(lambda: bench.questionnaires.run(chosen, as_of, dry_run=dry_run))
        if receipt is not None:
            state.put(state.QUESTIONNAIRE_RUN, receipt)

    buttons = st.container(horizontal=True)
    buttons.button(_("Run"), key="questionnaire_do_run", type="primary", on_click=run, args=(False,))
    buttons.button(_("Preview"), key="questionnaire_preview", on_click=run, args=(True,))
    receipt = state.get(state.QUESTIONNAIRE_RUN)
    if isinstance(receipt, RunReceipt):
        _draw_receipt(receipt)


def _draw_receipt(receipt: RunReceipt) -> None:
    said = _("Classified as of {day}.") if receipt.is_written else _("Preview as of {day}; nothing is written yet.")
    (st.success if receipt.is_written else st.info)(said.format(day=day(receipt.as_of)))
    for note in receipt.notes:
        st.caption(failures.plain(core(note)))
    answers = receipt.answers
    for place, question in enumerate(receipt.to_dict()["questions"]):
        mine = answers["questionnaire_code"] == question["questionnaire_code"]
        mine &= answers["question_line_no"] == question["line_no"]
        _draw_question(question, answers[mine], f"questionnaire_bars:{place}")


def _draw_question(question: dict[str, Any], answers: pd.DataFrame, name: str) -> None:
    st.markdown(f"**{failures.plain(question['question'])}**")
    if answers.empty:
        st.caption(_("It has no answers."))
        return
    bars = go.Bar(
        y=answers["answer"], x=answers["contact_count"], orientation="h",
        text=[number(count) for count in answers["contact_count"]], textposition="outside", cliponaxis=False,
        hoverinfo="skip",
    )  # fmt: skip
    plot = charts.figure(bars, x_title=_("Contacts"), height=90 + 38 * len(answers))
    plot.update_xaxes(range=[0, max(1, int(answers["contact_count"].max())) * 1.15], tickformat=",d", showgrid=True)
    plot.update_yaxes(type="category", autorange="reversed", tickformat="")
    heads = {"answer": _("Answer"), "contact_count": _("Contacts now"), "before_count": _("Contacts before")}
    alt = _("Contacts for each answer to {question}.").format(question=question["question"])
    charts.draw(plot, _base(question), answers, heads, key=name, alt=alt)


def _base(question: dict[str, Any]) -> str:
    taking_part = number(question["population"])
    if question["since"] is None:
        return _("Points of {count} contacts that have answered enough.").format(count=taking_part)
    return _("{figure} from {since} to {until}, of {count} contacts that have such a figure.").format(
        figure=labels.capital(labels.choice(question["figure"])), count=taking_part,
        since=day(question["since"]), until=day(question["until"]),
    )  # fmt: skip
