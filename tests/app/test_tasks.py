"""The page Tasks on a real small store."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import DAY, Open, words


@pytest.fixture
def office(own_shop: Path) -> wb.Workbench:
    """A shop with salespeople, a team and an activity."""
    bench = wb.open(own_shop)
    for code in ("JO", "PS"):
        bench.codes.save("salesperson", code, email=f"{code}@us.example")
    bench.codes.save("team", "EAST")
    bench.codes.save("team_salesperson", ("EAST", "PS"))
    bench.codes.save("activity", "FIRST")
    bench.codes.save("activity_step", ("FIRST", "1"), description="Ask", date_formula="1W", priority="low")
    return bench


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def opened(own_shop: Path, open_page: Open, task_no: str, panel: str = "Task") -> AppTest:
    app = open_page(own_shop, "tasks", task=task_no, remembered={"task_panel": panel})
    assert not app.exception
    return app


def test_a_task_is_previewed_created_and_opened(office: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "tasks")
    assert "No such task." in words(app)
    app.text_input(key="task_new:description").set_value("Ring *Ada*")
    app.selectbox(key="task_new:salesperson_code").set_value("JO")
    press(app, "task_create_preview")
    assert "A preview; nothing was written." in words(app)
    assert office.tasks.list(DAY).total == 0
    press(app, "task_create")
    assert not app.exception
    assert office.tasks.list(DAY).tasks["description"].tolist() == ["Ring *Ada*"]
    assert app.title[0].value == r"TD000001 · Ring \*Ada\*"
    assert app.query_params["task"] == "TD000001"


def test_a_refusal_says_what_to_do(office: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "tasks")
    app.text_input(key="task_new:description").set_value("Nobody's")
    press(app, "task_create")
    assert "A task is a salesperson's or a team's.\n\nName a salesperson" in words(app)


def test_an_activity_shows_its_tasks_and_gives_a_team_copies(
    office: wb.Workbench, own_shop: Path, open_page: Open
) -> None:
    app = open_page(own_shop, "tasks")
    app.selectbox(key="task_activity:team_code").set_value("EAST")
    press(app, "task_assign_preview")
    assert app.dataframe[0].value.iloc[0].tolist()[2] == "Ask"
    press(app, "task_assign")
    assert office.tasks.list(DAY, salesperson_code="PS").tasks["team_code"].tolist() == ["EAST"]
    done = press(opened(own_shop, open_page, "TD000001"), "task_complete")
    assert "is a team's&#58; say who completed it." in words(done)


def test_a_task_is_changed_completed_reopened_and_deleted(
    office: wb.Workbench, own_shop: Path, open_page: Open
) -> None:
    made = office.tasks.create(DAY, description="Ring", salesperson_code="JO", contact_no="CT1", comments=["Noon."])
    app = opened(own_shop, open_page, str(made.task_no))
    app.text_input(key="task_field:description").set_value("Ring twice")
    press(app, "task_save")
    press(app, "task_complete")
    assert not app.exception
    task = office.tasks.get(str(made.task_no)).task
    assert (task.description, task.status, task.closed_on) == ("Ring twice", "completed", DAY)
    press(app, "task_reopen")
    press(app, "task_cancel")
    assert office.tasks.get(str(made.task_no)).task.is_canceled
    press(app, "task_delete")
    assert office.tasks.list(DAY, state="all").total == 0
    assert app.title[0].value == "Tasks"


def test_attendees_come_and_go(office: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    made = office.tasks.create(DAY, description="Meet", type="meeting", salesperson_code="JO", attendees=["CT1"])
    app = opened(own_shop, open_page, str(made.task_no), "Attendees and copies")
    app.selectbox(key="task_attendee:salesperson").set_value("PS")
    press(app, "task_attend")
    app.selectbox(key="task_attendee:contact:CT1:answer").set_value("accepted").run()
    people = office.tasks.get(str(made.task_no)).attendees.set_index("no")
    assert people["invitation_status"].to_dict() == {"CT1": "accepted", "PS": "none"}
    press(app, "task_attendee:salesperson:PS:leave")
    assert office.tasks.get(str(made.task_no)).attendees["no"].tolist() == ["CT1"]


def test_comments_and_what_was_recorded_are_shown(office: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    made = office.tasks.create(DAY, description="Ring", salesperson_code="JO", comments=["*Noon*"])
    app = opened(own_shop, open_page, str(made.task_no), "Comments")
    assert r"\*Noon\*" in words(app)
    press(app, "task_comment_delete:10000")
    assert office.tasks.get(str(made.task_no)).comments.empty
    app.session_state["task_panel"] = "Recorded"
    assert "Nothing was recorded yet." in words(app.run())


def test_the_card_of_a_contact_lists_its_tasks_and_makes_one(
    office: wb.Workbench, own_shop: Path, open_page: Open
) -> None:
    office.tasks.create(DAY, description="Ring *Ada*", type="phone_call", salesperson_code="JO", contact_no="CT1")
    app = open_page(own_shop, "contacts", remembered={"contact_panel": "Tasks"}, contact="CT1")
    assert r"**Ring \*Ada\***" in words(app)
    app.text_input(key="contact_task:description").set_value("Meet her")
    app.selectbox(key="contact_task:type").set_value("meeting")
    app.selectbox(key="contact_task:salesperson_code").set_value("PS")
    press(app, "contact_task_create")
    assert not app.exception
    listed = office.tasks.list(DAY, contact_no="CT1").tasks
    assert list(zip(listed["description"], listed["role"], strict=True)) == [
        ("Ring *Ada*", "organizer"), ("Meet her", "contact_attendee"),
    ]  # fmt: skip
