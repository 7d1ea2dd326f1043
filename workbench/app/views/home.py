"""The page Home: what is in the store, how it went month by month, and where to go on."""

from __future__ import annotations

import streamlit as st

from workbench.app import cached, failures, state
from workbench.app.language import _, amount, day, ngettext, number
from workbench.app.widgets import activity, response, tiles
from workbench.bench import Workbench
from workbench.overview import StoreFigures


def page() -> None:
    """Draw the page."""
    bench, as_of = cached.bench(), state.as_of()
    figures = cached.by_revision(bench, lambda: bench.overview.figures(as_of), "figures", as_of)
    st.title(_("What is in the store"))
    if not figures.contact_count and figures.rows["row_count"].sum() == 0:
        _welcome()
        return
    _about(bench, figures)
    _counts(bench, figures)
    with failures.shown():
        activity.draw(bench, figures)
    with failures.shown():
        response.draw(bench, as_of)
    with failures.shown():
        _segments(bench)


def _welcome() -> None:
    st.markdown(
        _("Nothing yet. Begin by loading a file of contacts; then interactions, campaigns and sales about them.")
    )
    st.page_link(state.pages()["data"], label=_("Load a file"), icon=":material/upload_file:")


def _about(bench: Workbench, figures: StoreFigures) -> None:
    parts = [_("As of {day}").format(day=day(figures.as_of))]
    if figures.period:
        first, last = figures.period
        parts.append(_("what is recorded happened from {first} to {last}").format(first=day(first), last=day(last)))
    parts.append(_("days in {zone}").format(zone=bench.setup.settings().time_zone))
    later = int(figures.rows["later_count"].sum())
    if later:
        text = ngettext("{count} later row is left out", "{count} later rows are left out", later)
        parts.append(text.format(count=number(later)))
    st.caption(" · ".join(parts))


def _counts(bench: Workbench, figures: StoreFigures) -> None:
    people, companies = figures.contacts["person"], figures.contacts["company"]
    kinds = [
        ngettext("{count} person", "{count} people", people).format(count=number(people)),
        ngettext("{count} company", "{count} companies", companies).format(count=number(companies)),
    ]
    targets = figures.row_count("campaign_target")
    currency = bench.setup.settings().currency_code
    tiles.draw(
        [
            tiles.Tile(_("Contacts"), number(figures.contact_count), ", ".join(kinds)),
            tiles.Tile(
                _("Interactions"), number(figures.row_count("interaction")), _("letters, calls, mails, responses")
            ),
            tiles.Tile(
                _("Campaigns"),
                number(figures.row_count("campaign")),
                ngettext("{count} contact targeted", "{count} times a contact was targeted", targets).format(
                    count=number(targets)
                ),
            ),
            tiles.Tile(_("Opportunities"), number(figures.row_count("opportunity")), _("possible sales")),
            tiles.Tile(_("Sales entries"), number(figures.row_count("sales_entry")), _("posted sales lines")),
            tiles.Tile(_("Sales value"), amount(figures.sales_amount, currency), _("sum of all sales entries")),
        ]
    )


def _segments(bench: Workbench) -> None:
    saved = list(bench.segments.list())
    st.subheader(_("Saved segments"))
    target = state.pages()["segments"]
    for segment in saved:
        name, about = st.columns([1, 3], vertical_alignment="center")
        name.page_link(target, label=segment.name, icon=":material/filter_alt:", query_params={"segment": segment.name})
        about.caption(segment.description or _("no description"))
    if not saved:
        st.caption(_("None yet."))
    st.page_link(target, label=_("Build a segment"), icon=":material/add:")
