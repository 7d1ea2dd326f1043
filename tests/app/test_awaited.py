"""A count that nobody waits for any more is given up, and its session goes on with the next."""

from __future__ import annotations

import threading
import time

import pytest
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
from streamlit.testing.v1 import AppTest

import workbench as wb
from workbench.app import awaited
from workbench.store import Database

ENDLESS = "SELECT count(*) FROM range(10000000) a(x), range(10000000) b(y) WHERE hash(x + y) = 1"


def test_work_gives_its_result_and_raises_its_errors() -> None:
    database = Database(":memory:")
    assert awaited.result(database, database.revision) == 0

    def refused() -> None:
        with database.reading() as con:
            con.execute("SELECT nothing FROM nowhere")

    with pytest.raises(wb.StoreError, match="The store refused: Catalog Error"):
        awaited.result(database, refused)


@pytest.mark.parametrize("request_of", ["fragment", "page", "leaving"])
def test_whatever_the_visitor_does_next_overtakes_the_run(request_of: str) -> None:
    requests = ScriptRequests()
    assert not awaited.is_overtaken(requests)
    if request_of == "leaving":
        requests.request_stop()
    else:
        requests.request_rerun(RerunData(fragment_id="a" if request_of == "fragment" else None))
    assert awaited.is_overtaken(requests)


def test_without_a_session_nothing_overtakes() -> None:
    assert not awaited.is_overtaken(None)


def _endless_page() -> None:
    """Count without end, unless the session is asked for something else."""
    import streamlit as st

    from tests.app.test_awaited import counted_without_end

    st.session_state.seconds = counted_without_end()


def counted_without_end() -> float:
    """Have this session asked for another run of a fragment soon after the count began; tell how long it took."""

    context = get_script_run_ctx()
    assert context is not None
    assert context.script_requests is not None
    edit = threading.Timer(0.3, context.script_requests.request_rerun, [RerunData(fragment_id="builder")])
    edit.start()
    database, started = Database(":memory:"), time.monotonic()

    def work() -> None:
        with database.reading() as con:
            con.execute(ENDLESS).fetchall()

    with pytest.raises(wb.CancelledError):
        awaited.result(database, work)
    assert database.revision() == 0
    return time.monotonic() - started


def test_an_edit_stops_the_count_of_the_draft_before_it() -> None:
    page = AppTest.from_function(_endless_page, default_timeout=60).run()
    assert not page.exception
    assert page.session_state.seconds < 2
