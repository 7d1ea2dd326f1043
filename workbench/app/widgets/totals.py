"""How many contacts a draft gives, what was held back, and who can be reached."""

from __future__ import annotations

import datetime as dt
from html import escape

import streamlit as st

from workbench.app import failures
from workbench.app.draft_counts import DraftCount
from workbench.app.language import _, core, day, ngettext, number, percent
from workbench.segments import SegmentCount

_STYLE = """
<style>
.wb-total { font-size: 2.7rem; font-weight: 650; line-height: 1.05; font-variant-numeric: tabular-nums; }
.wb-of { font-size: 0.95rem; opacity: 0.72; margin-bottom: 0.5rem; }
.wb-lines { width: 100%; border-collapse: collapse; font-size: 0.88rem; font-variant-numeric: tabular-nums; }
.wb-lines td { padding: 0.14rem 0; border: none; }
.wb-lines td:last-child { text-align: right; white-space: nowrap; padding-left: 0.8rem; }
.wb-lines .wb-head td:last-child { text-align: left; padding: 0.55rem 0 0.14rem; }
.wb-lines .wb-head td { font-weight: 600; opacity: 0.72; font-size: 0.8rem; }
.wb-bar { display: inline-block; height: 0.5rem; border-radius: 0.25rem; background: currentColor; opacity: 0.35; }
.wb-track { display: inline-block; width: 4.6rem; margin-right: 0.5rem; text-align: left; }
</style>
"""


def draw(found: DraftCount, as_of: dt.date) -> None:
    """Draw the numbers.

    Parameters
    ----------
    found : DraftCount
        The numbers of the draft.
    as_of : datetime.date
        The day they are of.
    """
    if found.count is not None:
        st.html(_STYLE + _big(found.count, as_of) + _lines(found.count))
    if found.error is not None:
        failures.show(found.error)
    _left_out(found)
    _examples(found.count)
    _scores(found.count)
    _notes(found.count)


def reason_text(reason: str) -> str:
    """Name a reason for which contacts are held back.

    Parameters
    ----------
    reason : str
        As counts and ledgers have it: ``"no_consent: phone"``.

    Returns
    -------
    str
        In the visitor's language.
    """
    kind, _colon, detail = reason.partition(": ")
    known = {
        "excluded_from_segments": _("excluded from segments"),
        "privacy_blocked": _("blocked for privacy"),
        "no_consent": _("no consent"),
        "frequency_cap": _("written to too often"),
    }
    text = known.get(kind.split(" ")[0], kind)
    return f"{text} ({channel_text(detail)})" if detail else text


def limit_stage_text(stage: str) -> str:
    """Name a stage of a limit.

    Parameters
    ----------
    stage : str
        ``"one_per"``, ``"sample"`` or ``"top"``.

    Returns
    -------
    str
        In the visitor's language.
    """
    known = {"one_per": _("duplicates"), "sample": _("not in the sample"), "top": _("beyond the limit")}
    return known[stage]


def channel_text(channel: str) -> str:
    """Name a channel.

    Parameters
    ----------
    channel : str
        ``"email"``, ``"phone"``, ``"post"`` or ``"sms"``; anything else is given back.

    Returns
    -------
    str
        In the visitor's language.
    """
    known = {"email": _("e-mail"), "phone": _("telephone"), "post": _("post"), "sms": _("text message")}
    return known.get(channel, channel)


def _big(count: SegmentCount, as_of: dt.date) -> str:
    share = percent(count.total / count.base) if count.base else "–"
    of = _("of {base} contacts · {share} · as of {day}").format(base=number(count.base), share=share, day=day(as_of))
    return f'<div class="wb-total">{number(count.total)}</div><div class="wb-of">{escape(of)}</div>'


def _lines(count: SegmentCount) -> str:
    rows = [(_("Matched by the steps"), number(count.matched))]
    rows += [(f"− {reason_text(reason)}", number(size)) for reason, size in count.suppressed.items()]
    rows += [(f"− {limit_stage_text(stage)}", number(size)) for stage, size in count.dropped.items() if size]
    lines = "".join(f"<tr><td>{escape(text)}</td><td>{size}</td></tr>" for text, size in rows)
    reached = escape(_("Can be reached by"))
    head = f'<tr class="wb-head"><td colspan="2">{reached}</td></tr>'
    timing = _("Counted in {ms} ms at revision {revision}").format(
        ms=number(count.seconds * 1000, 1), revision=number(count.revision)
    )
    return (
        f'<table class="wb-lines">{lines}{head}{_reachable(count)}</table>'
        f'<div class="wb-of" style="font-size:0.78rem;margin-top:0.5rem">{escape(timing)}</div>'
    )


def _reachable(count: SegmentCount) -> str:
    rows = []
    for channel, size in count.reachable.items():
        width = 100 * size / count.total if count.total else 0
        bar = f'<span class="wb-track"><span class="wb-bar" style="width:{width:.1f}%"></span></span>'
        rows.append(f"<tr><td>{escape(channel_text(channel))}</td><td>{bar}{number(size)}</td></tr>")
    return "".join(rows)


def _left_out(found: DraftCount) -> None:
    if not found.counted.left_out or found.count is None:
        return
    size = len(found.counted.left_out)
    text = ngettext("{count} rule is not in the count.", "{count} rules are not in the count.", size)
    st.info(text.format(count=number(size)), icon=":material/pending:")


def _examples(count: SegmentCount | None) -> None:
    for failed in (*count.failed_examples, *count.failed_invariants) if count else ():
        st.warning(failures.plain(core(failed)), icon=":material/rule:")


def _scores(count: SegmentCount | None) -> None:
    """Say how old the scores are that the definition names; what has no run is among the notes."""
    if count is None:
        return
    for name, scored_on in count.scores.items():
        if scored_on is not None:
            days = (count.as_of - scored_on).days
            said = ngettext("Score {score} of {day}, {count} day old", "Score {score} of {day}, {count} days old", days)
            st.caption(said.format(score=failures.plain(name), day=day(scored_on), count=number(days)))


def _notes(count: SegmentCount | None) -> None:
    for note in count.notes if count else ():
        st.warning(failures.plain(core(note)), icon=":material/info:")
