"""Letters made and sent from the page: into a folder of this computer, or to a mail server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from workbench.app import failures, state
from workbench.app.failures import plain
from workbench.app.labels import N_
from workbench.app.language import _, number
from workbench.bench import Workbench
from workbench.letters import Delivery, MailServer, Rules

_PURPOSE, _CONSENT, _RETRY = "letter_purpose", "letter_consent", "letter_retry"
_SECURITIES = {"starttls": "STARTTLS", "tls": "TLS", "none": N_("none")}
Progress = Callable[[int, int], None]
Work = Callable[[bool, Progress | None], Delivery]


def draw_rules() -> Rules:
    """Draw whose letters may go.

    Returns
    -------
    Rules
        As they are chosen.
    """
    purpose, consent, retry = st.columns(3, vertical_alignment="bottom")
    said = purpose.text_input(
        _("Purpose"), key=_PURPOSE, help=_("Consents for it, and for nothing in particular, count; all where blank.")
    )
    needs = consent.checkbox(_("Only to those whose consent stands"), key=_CONSENT)
    again = retry.checkbox(_("Also those that failed"), key=_RETRY)
    return Rules(said.strip() or None, needs_consent=needs, retry=again)


def draw(bench: Workbench, delivery: Delivery, rules: Rules) -> None:
    """Draw what can be done with the letters that are ready.

    Parameters
    ----------
    bench : Workbench
        On the store.
    delivery : Delivery
        What became of them.
    rules : Rules
        Whose letters may go.
    """
    ready = delivery.rows.loc[delivery.rows["state"].eq("ready"), "correspondence_type"]
    if ready.eq("hard_copy").any():
        _draw_printed(bench, delivery.entry_no, rules)
    if ready.eq("email").any():
        _draw_emails(bench, delivery.entry_no, rules)


def _draw_printed(bench: Workbench, entry_no: int, rules: Rules) -> None:
    st.subheader(_("Printed letters"))
    folder = _draw_folder("letter_folder", entry_no)
    one_file = st.checkbox(_("All letters of a template in one file"), value=True, key="letter_one_file")

    def work(dry_run: bool, progress: Progress | None) -> Delivery:
        return bench.letters.merge(entry_no, folder, one_file=one_file, rules=rules, dry_run=dry_run, progress=progress)

    _draw_buttons("merge", _("Merge letters"), work)


def _draw_emails(bench: Workbench, entry_no: int, rules: Rules) -> None:
    st.subheader(_("E-mails"))
    way = st.segmented_control(
        _("How"), ["folder", "server"], default="folder", key="letter_way", required=True,
        format_func=lambda one: _("Files for a mail program") if one == "folder" else _("Mail server"),
    )  # fmt: skip
    sender = st.text_input(
        _("From"), key="letter_sender", help=_("An e-mail address; blank for each salesperson's own.")
    )
    folder = _draw_folder("letter_eml_folder", entry_no) if way == "folder" else None
    asked = _draw_server() if way == "server" else None

    def work(dry_run: bool, progress: Progress | None) -> Delivery:
        server = asked() if asked is not None and not dry_run else None
        return bench.letters.send(
            entry_no, folder=folder, server=server, sender=sender.strip() or None, rules=rules, dry_run=dry_run,
            progress=progress,
        )  # fmt: skip

    _draw_buttons("send", _("Send e-mails") if way == "server" else _("Write e-mails"), work)


def _draw_folder(key: str, entry_no: int) -> Path:
    state.start(key, str(Path("letters", str(entry_no))))
    return Path(st.text_input(_("Folder on this computer"), key=key))


def _draw_server() -> Callable[[], MailServer]:
    """Draw where the server is; what it is signed in with stays in the session."""
    host, port, security = st.columns([3, 1, 1])
    at = host.text_input(_("Server"), key="letter_host", placeholder="smtp.example.org")
    number_ = port.number_input(_("Port"), 0, 65535, key="letter_port", help=_("0 for the usual one."))
    how = security.selectbox(
        _("Encryption"), list(_SECURITIES), key="letter_security", format_func=lambda one: _(_SECURITIES[one])
    )
    left, right = st.columns(2)
    user = left.text_input(_("User"), key="letter_user")
    password = right.text_input(
        _("Password"), type="password", key="letter_password", help=_("It is used for this and never stored.")
    )
    return lambda: MailServer.of_environment(
        host=at.strip() or None, port=int(number_) or None, security=how, user=user.strip() or None,
        password=password or None,
    )  # fmt: skip


def _draw_buttons(name: str, label: str, work: Work) -> None:
    with st.container(horizontal=True):
        looks = st.button(_("Preview"), key=f"letter_{name}_preview")
        does = st.button(label, key=f"letter_{name}", type="primary")
    with failures.shown():
        if looks:
            st.info(
                _("Letters that would go: {count}. Every field is there.").format(count=number(work(True, None).went))
            )
        if does:
            _do(work)


def _do(work: Work) -> None:
    """Work while the visitor looks on; a click on Stop ends it before the next letter."""
    bar = st.progress(0.0, _("Working …"))
    st.button(_("Stop"), key="letter_stop")

    def advance(done: int, total: int) -> None:
        bar.progress(min(1.0, done / max(total, 1)))

    done = work(False, advance)
    text = _("Letters that went: {count} ({place})")
    state.put(state.NOTICE, text.format(count=number(done.went), place=plain(done.place or "")))
    st.rerun()
