"""E-mails and call logs that become interactions: what would happen, then what did."""

from __future__ import annotations

from typing import Any

import streamlit as st

from workbench.app import failures, labels, state, uploads
from workbench.app.labels import N_
from workbench.app.language import _, core, number
from workbench.app.uploads import Upload
from workbench.app.widgets import grids
from workbench.bench import Workbench
from workbench.errors import WorkbenchError
from workbench.interactions import ImportReceipt

_KEY = "interaction_import:"
_KINDS = {"mail": N_("E-mails"), "calls": N_("Calls")}
_ENDINGS = {"mail": ["eml", "mbox"], "calls": ["csv", "tsv", "txt", "xlsx", "parquet"]}
_STATES = {"new": N_("new"), "unchanged": N_("there already"), "left_out": N_("left out")}
_MOST = 500


def draw(bench: Workbench) -> None:
    """Draw the choice of files, the plan, and the button that writes.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    receipt: ImportReceipt | None = state.get(state.INTERACTION_RECEIPT)
    if receipt is not None:
        _draw_receipt(bench, receipt)
        st.button(_("Import more"), key="interaction_import_more", type="primary", on_click=_start_again)
        return
    kind = str(
        st.segmented_control(
            _("What"), list(_KINDS), default="mail", required=True, key=f"{_KEY}kind", on_change=_start_again,
            format_func=lambda one: _(_KINDS[one]), label_visibility="collapsed",
        )
    )  # fmt: skip
    choices = _choices(bench, kind)
    upload = _upload(kind)
    if upload is None:
        return
    plan = _plan(bench, kind, upload, choices)
    if plan is not None:
        _draw_receipt(bench, plan)
        text = _("Record {count} interactions").format(count=number(plan.new))
        if st.button(text, key="interaction_import", type="primary", disabled=not plan.new):
            state.put(state.INTERACTION_RECEIPT, _imported(bench, kind, upload, choices, dry_run=False))
            st.rerun()


def _choices(bench: Workbench, kind: str) -> dict[str, Any]:
    left, right = st.columns(2)
    codes = list(bench.templates.list().rows["interaction_template_code"])
    template = left.selectbox(
        _("Template"), codes, None, key=f"{_KEY}template", placeholder=_("As it is set up for such documents")
    )
    if kind == "calls":
        country = right.text_input(
            _("Country of numbers without a prefix"), key=f"{_KEY}country", max_chars=2, placeholder="CZ"
        )
        return {"template_code": template, "country_code": (country or "").strip().upper() or None}
    ours = right.text_input(
        _("Addresses of ours"), key=f"{_KEY}ours", placeholder="@example.com, office@example.org",
        help=_("Beside those of salespeople; a domain begins with @."),
    )  # fmt: skip
    keep = st.checkbox(_("Store the messages as well"), key=f"{_KEY}keep")
    return {"template_code": template, "ours": tuple((ours or "").replace(",", " ").split()), "keep_messages": keep}


def _upload(kind: str) -> Upload | None:
    upload: Upload | None = state.get(state.INTERACTION_UPLOAD)
    if upload is None:
        files: Any = st.file_uploader(
            _("Files"), _ENDINGS[kind], accept_multiple_files=kind == "mail",
            key=f"{_KEY}files:{kind}:{state.get(f'{_KEY}turn', 0)}",
        )  # fmt: skip
        if not files:
            return None
        upload = uploads.together(files) if isinstance(files, list) else uploads.kept(files)
        state.put(state.INTERACTION_UPLOAD, upload)
        st.rerun()
    name = upload.name or _("Several files")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{failures.plain(name)}**", width="content")
        st.button(_("Choose another file"), key="interaction_import_other", on_click=_start_again, type="tertiary")
    return upload


def _start_again() -> None:
    """Forget the files; a new uploader begins empty."""
    state.put(f"{_KEY}turn", state.get(f"{_KEY}turn", 0) + 1)
    state.forget(state.INTERACTION_UPLOAD, state.INTERACTION_PLAN, state.INTERACTION_RECEIPT)


def _plan(bench: Workbench, kind: str, upload: Upload, choices: dict[str, Any]) -> ImportReceipt | None:
    """Make the plan, or take the one made for the same choices: a click elsewhere does not read the files again."""
    about = (bench.database.revision(), kind, upload.file_id, repr(choices))
    known: tuple[object, ImportReceipt | None, WorkbenchError | None] | None = state.get(state.INTERACTION_PLAN)
    if known is None or known[0] != about:
        try:
            known = (about, _imported(bench, kind, upload, choices, dry_run=True), None)
        except WorkbenchError as error:
            known = (about, None, error)
        state.put(state.INTERACTION_PLAN, known)
    if known[2] is not None:
        failures.show(known[2])
    return known[1]


def _imported(bench: Workbench, kind: str, upload: Upload, choices: dict[str, Any], *, dry_run: bool) -> ImportReceipt:
    if kind == "mail":
        return bench.interactions.import_mail(upload.path, **choices, dry_run=dry_run)
    return bench.interactions.import_calls(upload.path, **choices, dry_run=dry_run)


def _draw_receipt(bench: Workbench, receipt: ImportReceipt) -> None:
    new, there, out, wrong = st.columns(4)
    new.metric(_("Recorded") if receipt.is_written else _("New"), number(receipt.new))
    there.metric(_("There already"), number(receipt.unchanged))
    out.metric(_("Left out"), number(receipt.left_out))
    wrong.metric(_("Rows that cannot be read"), number(receipt.problems["row"].nunique()))
    if not receipt.is_written:
        st.caption(_("A preview; nothing was written."))
    _draw_rows(bench, receipt)
    if len(receipt.problems):
        problems = receipt.problems.assign(reason=receipt.problems["reason"].map(core))
        heads = {"row": _("Row"), "column": _("Column"), "value": _("Value"), "reason": _("Reason")}
        grids.draw(problems.head(_MOST), heads, height=200)


def _draw_rows(bench: Workbench, receipt: ImportReceipt) -> None:
    rows = receipt.frame().head(_MOST)
    zone = bench.setup.settings().time_zone
    shown = rows.assign(
        occurred_at=rows["occurred_at"].astype("datetime64[us]").dt.tz_localize("UTC").dt.tz_convert(zone),
        state=[_(_STATES[one]) for one in rows["state"]],
        reason=[core(why) if why else "" for why in rows["reason"]],
    )
    heads = {
        "place": _("Where"), "occurred_at": _("When"), "information_flow": _("Direction"), "address": _("Other side"),
        "contact_no": _("Contact"), "subject": _("Subject"), "state": _("State"), "reason": _("Reason"),
    }  # fmt: skip
    words = {"information_flow": lambda value: labels.capital(labels.choice(value))}
    grids.draw(shown, heads, height=380 if len(shown) > 10 else "content", formats=words)
    if len(receipt.rows) > len(rows):
        text = _("The first {shown} of {total}.")
        st.caption(text.format(shown=number(len(rows)), total=number(len(receipt.rows))))
