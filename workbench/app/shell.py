"""The frame around every page: navigation, sidebar, language, day, errors."""

from __future__ import annotations

import streamlit as st

from workbench.app import cached, failures, state, theme
from workbench.app.language import _
from workbench.app.views import (
    campaigns,
    contacts,
    data,
    duplicates,
    home,
    interactions,
    opportunities,
    pipeline,
    questionnaires,
    reports,
    scores,
    segments,
    setup,
    tasks,
    worksheets,
)
from workbench.app.widgets import missing_store, sidebar
from workbench.errors import NotFoundError


def run(first: str = "home") -> None:
    """Draw the app once, as Streamlit asks for at every click.

    Parameters
    ----------
    first : str, optional
        Name of the page that an address without a path shows.
    """
    st.set_page_config(page_title=theme.PRODUCT, page_icon=str(theme.MARK), layout="wide")
    theme.draw_logo()
    sidebar.settle_language()
    pages = _pages(first)
    state.put(state.PAGES, pages)
    page = st.navigation(list(pages.values()), expanded=True)
    with failures.shown():
        try:
            bench = cached.bench()
        except NotFoundError:
            sidebar.draw_without_store()
            missing_store.draw()
            return
        sidebar.draw(bench)
        sidebar.draw_notice()
        page.run()


def _pages(first: str) -> dict[str, st.Page]:
    views = {
        "home": (home.page, _("Home"), ":material/home:"),
        "contacts": (contacts.page, _("Contacts"), ":material/person_search:"),
        "duplicates": (duplicates.page, _("Duplicates"), ":material/join_inner:"),
        "segments": (segments.page, _("Segments"), ":material/filter_alt:"),
        "scores": (scores.page, _("Scores"), ":material/leaderboard:"),
        "questionnaires": (questionnaires.page, _("Questionnaires"), ":material/quiz:"),
        "worksheets": (worksheets.page, _("Worksheets"), ":material/playlist_add_check:"),
        "campaigns": (campaigns.page, _("Campaigns"), ":material/campaign:"),
        "opportunities": (opportunities.page, _("Opportunities"), ":material/handshake:"),
        "pipeline": (pipeline.page, _("Pipeline"), ":material/monitoring:"),
        "interactions": (interactions.page, _("Interactions"), ":material/forum:"),
        "tasks": (tasks.page, _("Tasks"), ":material/task_alt:"),
        "reports": (reports.page, _("Reports"), ":material/print:"),
        "data": (data.page, _("Data"), ":material/database_upload:"),
        "setup": (setup.page, _("Setup"), ":material/tune:"),
    }
    return {
        name: st.Page(draw, title=title, icon=icon, url_path=name, default=name == first)
        for name, (draw, title, icon) in views.items()
    }
