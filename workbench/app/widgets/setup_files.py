"""Word templates, files kept in the store, and which template documents of a kind are recorded with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from workbench.app import clicks, labels, state
from workbench.app.language import _, core
from workbench.app.widgets import grids
from workbench.bench import Workbench
from workbench.templates import TemplateReceipt

_WORD_CODE, _WORD_DESCRIPTION, _WORD_FILE = "setup_word_code", "setup_word_description", "setup_word_file"
_FILE, _KIND, _TEMPLATE = "setup_file", "setup_document_kind", "setup_document_template"


def draw(bench: Workbench) -> None:
    """Draw Word templates, files and kinds of documents.

    Parameters
    ----------
    bench : Workbench
        Whose they are.
    """
    st.subheader(_("Word templates"), help=_("Documents with merge fields, such as {{ name }}."))
    _draw_words(bench)
    st.subheader(_("Files"), help=_("Each content is kept once."))
    _draw_files(bench)
    st.subheader(
        _("Templates of documents"), help=_("Documents of a kind without a template are not recorded as interactions.")
    )
    _draw_documents(bench)


def _draw_words(bench: Workbench) -> None:
    rows = bench.templates.word_templates().rows
    if len(rows):
        heads = {"code": _("Code"), "description": _("Description"), "file_name": _("File"), "use_count": _("Used")}
        grids.draw(rows, heads, height="content")
        _draw_deletion(
            _("Word template"), list(rows["code"]), "setup_word_delete",
            lambda code: bench.templates.delete_word_template(str(code)), str,
        )  # fmt: skip
    with st.form("setup_word", border=True):
        left, middle, right = st.columns([1, 2, 3])
        left.text_input(_("Code"), key=_WORD_CODE, max_chars=20, placeholder="LETTER")
        middle.text_input(_("Description"), key=_WORD_DESCRIPTION)
        right.file_uploader(_("Word document (.docx)"), ["docx"], key=_WORD_FILE, max_upload_size=50)
        st.form_submit_button(_("Save Word template"), on_click=lambda: _save_word(bench))


def _save_word(bench: Workbench) -> None:
    file = clicks.value(_WORD_FILE)
    given = (None, None) if file is None else (file.name, file.getvalue())
    code, description = str(clicks.value(_WORD_CODE) or ""), clicks.value(_WORD_DESCRIPTION) or None
    clicks.attempt(lambda: bench.templates.save_word_template(code, *given, description=description), _saved)


def _draw_files(bench: Workbench) -> None:
    rows = bench.templates.attachments().rows
    if len(rows):
        heads = {
            "attachment_no": _("Attachment"), "file_name": _("File"), "byte_count": _("Bytes"),
            "use_count": _("Used"), "stored_at": _("Stored at (UTC)"), "stored_by": _("Stored by"),
        }  # fmt: skip
        grids.draw(rows, heads, height="content" if len(rows) < 12 else 460)
        names = dict(zip(rows["attachment_no"].map(int), rows["file_name"], strict=True))
        _draw_download(bench, names)
    with st.form("setup_files", border=True):
        st.file_uploader(_("File (up to 50 MB)"), key=_FILE, max_upload_size=50)
        st.form_submit_button(_("Keep the file"), on_click=lambda: _add_file(bench))


def _draw_download(bench: Workbench, names: dict[int, str]) -> None:
    def named(attachment_no: object) -> str:
        return f"{attachment_no} · {names.get(int(str(attachment_no)), '')}"

    chosen = _draw_deletion(
        _("Attachment"), list(names), "setup_file_delete", lambda no: bench.templates.delete_attachment(int(str(no))),
        named,
    )  # fmt: skip
    if chosen is not None:
        number = int(str(chosen))
        st.download_button(
            _("Download {name}").format(name=names[number]), lambda: bench.templates.attachment(number).content,
            names[number], icon=":material/download:", key="setup_file_take", on_click="ignore",
        )  # fmt: skip


def _add_file(bench: Workbench) -> None:
    file = clicks.value(_FILE)
    if file is None:
        state.put(state.NOTICE, _("Choose a file first."))
        return
    clicks.attempt(lambda: bench.templates.add_attachment(file.name, file.getvalue()), _saved)


def _draw_documents(bench: Workbench) -> None:
    rows = bench.templates.document_types().rows
    said = rows.dropna(subset="interaction_template_code")
    if len(said):
        heads = {
            "document_type": _("Kind of document"), "interaction_template_code": _("Interaction template"),
            "description": _("Description"),
        }  # fmt: skip
        grids.draw(said, heads, height="content", formats={"document_type": _word})
    templates = list(bench.templates.list().rows["interaction_template_code"])
    with st.form("setup_documents", border=True):
        left, right = st.columns(2)
        left.selectbox(_("Kind of document"), list(rows["document_type"]), key=_KIND, format_func=_word)
        right.selectbox(
            _("Interaction template"), ["", *templates], key=_TEMPLATE, format_func=lambda code: code or _("none")
        )
        st.form_submit_button(_("Save template of documents"), on_click=lambda: _save_document(bench))


def _save_document(bench: Workbench) -> None:
    kind, code = str(clicks.value(_KIND)), clicks.value(_TEMPLATE)
    clicks.attempt(
        lambda: bench.templates.set_document_type(kind, code),
        lambda _receipt: _("Saved {code}").format(code=_word(kind)),
    )


def _draw_deletion(
    label: str, known: Sequence[object], key: str, delete: Callable[[object], TemplateReceipt],
    named: Callable[[object], str],
) -> object:  # fmt: skip
    """Draw a choice and what deletes it, and give the choice."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    chosen = left.selectbox(label, known, key=key, format_func=named)
    gone = _("Deleted {code}")
    right.button(
        _("Delete"), key=f"{key}_go", icon=":material/delete:",
        on_click=clicks.doing(lambda: delete(chosen), lambda receipt: gone.format(code=receipt.key)),
    )  # fmt: skip
    return chosen


def _saved(receipt: TemplateReceipt) -> str:
    return " ".join([_("Saved {code}").format(code=receipt.key), *map(core, receipt.notes)])


def _word(kind: object) -> str:
    return labels.capital(labels.choice(str(kind)))
