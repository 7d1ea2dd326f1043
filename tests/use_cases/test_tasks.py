"""Tasks: created, passed on, completed, canceled, attended, listed; the rules of table 5080."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import workbench as wb
from tests.use_cases.task_world import DAY, office
from workbench.errors import ConfigError, ConflictError, NotFoundError, RuleError, WorkbenchError
from workbench.tasks import TaskReceipt

LATER = dt.date(2026, 4, 10)


@pytest.fixture(name="bench", scope="module")
def one_office() -> wb.Workbench:
    """One store for all of these tests, each of which creates its own tasks."""
    return office()


def new(bench: wb.Workbench, **fields: Any) -> str:
    made = bench.tasks.create(DAY, **{"description": "Do it", "salesperson_code": "JO", **fields})
    assert made.task_no is not None
    return made.task_no


def meeting(bench: wb.Workbench, **fields: Any) -> str:
    return new(bench, type="meeting", attendees=["P1", "P2"], colleagues=["PS"], **fields)


def team_call(bench: wb.Workbench, **fields: Any) -> str:
    return new(bench, type="phone_call", salesperson_code=None, team_code="EAST", contact_no="P1", **fields)


def field(bench: wb.Workbench, task_no: str, *names: str) -> list[Any]:
    task = bench.tasks.get(task_no).task
    return [getattr(task, name) for name in names]


def who(bench: wb.Workbench, task_no: str) -> list[tuple[str, str]]:
    people = bench.tasks.get(task_no).attendees
    return list(zip(people["no"], people["attendance"].fillna(""), strict=True))


def copies(bench: wb.Workbench, task_no: str) -> list[str]:
    return list(bench.tasks.get(task_no).attendees["task_no"])


def changed(receipt: TaskReceipt) -> dict[str, Any]:
    return dict(zip(receipt.changes["field"], receipt.changes["after"], strict=True))


def refusal(work: Any) -> tuple[str, str]:
    with pytest.raises(WorkbenchError) as caught:
        work()
    return caught.value.message, caught.value.hint


class TestCreating:
    def test_a_preview_is_the_task_without_writing_it(self, bench: wb.Workbench) -> None:
        asked: dict[str, Any] = {
            "description": "Call Ann",
            "type": "phone_call",
            "contact_no": "P1",
            "dated_on": "2026-04-02",
        }
        planned = bench.tasks.create(DAY, dry_run=True, **asked)
        made = bench.tasks.create(DAY, **asked)
        assert (planned.is_written, made.is_written) == (False, True)
        assert planned.tasks.equals(made.tasks)
        assert made.frame()["salesperson_code"].tolist() == ["JO"]

    def test_days_priorities_and_statuses_have_defaults(self, bench: wb.Workbench) -> None:
        number = new(bench)
        assert field(bench, number, "dated_on", "priority", "status", "role") == [
            DAY,
            "normal",
            "not_started",
            "organizer",
        ]

    def test_the_day_follows_the_marketing_setup(self, bench: wb.Workbench) -> None:
        bench.setup.set_marketing("default_task_date_formula", "1W")
        try:
            assert field(bench, new(bench), "dated_on") == [dt.date(2026, 4, 7)]
        finally:
            bench.setup.set_marketing("default_task_date_formula", "")

    def test_the_salesperson_is_that_of_worksheet_then_contact(self, bench: wb.Workbench) -> None:
        asked: dict[str, Any] = {"description": "Call", "contact_no": "P1", "dry_run": True}
        assert bench.tasks.create(DAY, **asked).tasks["salesperson_code"].tolist() == ["JO"]
        assert bench.tasks.create(DAY, segment_no="SM00001", **asked).tasks["salesperson_code"].tolist() == ["PS"]

    def test_a_worksheet_gives_each_contact_a_task_once_and_leaves_blocked_ones_out(self, bench: wb.Workbench) -> None:
        made = bench.tasks.create(DAY, description="Call about spring", type="phone_call", segment_no="SM00001")
        assert made.tasks["contact_no"].tolist() == ["P1", "P2"]
        assert made.notes == ("Left out, because privacy is blocked: 1.",)
        assert field(bench, str(made.task_no), "campaign_no", "segment_no") == ["CP1", "SM00001"]

    def test_a_meeting_for_a_worksheet_has_its_contacts_as_attendees(self, bench: wb.Workbench) -> None:
        made = bench.tasks.create(DAY, description="Fair", type="meeting", segment_no="SM00001")
        assert made.tasks["contact_no"].isna().all()
        assert who(bench, str(made.task_no)) == [("P1", "required"), ("P2", "required")]

    def test_a_meeting_without_a_time_takes_all_day_and_half_an_hour_with_one(self, bench: wb.Workbench) -> None:
        assert field(bench, meeting(bench), "start_time", "duration_minutes", "contact_no") == [None, 1440, None]
        assert field(bench, meeting(bench, start_time="9:05"), "start_time", "duration_minutes") == ["09:05", 30]

    def test_a_team_s_task_has_a_copy_for_each_member(self, bench: wb.Workbench) -> None:
        number = team_call(bench)
        assert field(bench, number, "role", "salesperson_code", "contact_no") == ["team", None, "P1"]
        assert who(bench, number) == [("JO", ""), ("PS", "")]
        own = bench.tasks.get(copies(bench, number)[0]).task
        assert (own.role, own.salesperson_code, own.organizer_task_no, own.contact_no) == (
            "organizer",
            "JO",
            number,
            "P1",
        )

    def test_a_team_s_meeting_is_organized_by_one(self, bench: wb.Workbench) -> None:
        number = meeting(bench, team_code="WEST")
        assert who(bench, number) == [
            ("JO", "organizer"),
            ("P1", "required"),
            ("P2", "required"),
            ("PS", "required"),
            ("ZZ", "required"),
        ]

    def test_a_number_of_one_s_own_is_taken_once(self, bench: wb.Workbench) -> None:
        bench.number_series.save("TASK", is_manual=True)
        assert new(bench, task_no="MINE") == "MINE"
        with pytest.raises(ConflictError, match='The number "MINE" is taken'):
            new(bench, task_no="MINE")


WHOSE = "A task is a salesperson's or a team's"
REFUSED: list[tuple[dict[str, Any], type[WorkbenchError], str, str]] = [
    ({"description": " "}, ConfigError, "A task needs a description.", "Say what is to be done."),
    (
        {"salesperson_code": None}, RuleError, f"{WHOSE}.", "Name a salesperson_code or a team_code.",
    ),
    (
        {"team_code": "EAST"}, RuleError, f"{WHOSE}, not both.",
        "Name one of them; only the meeting of a team has a salesperson, who organizes it.",
    ),
    (
        {"contact_no": "P3"}, RuleError, "P3 is privacy blocked, which forbids creating a task.",
        "Clear privacy blocked first.",
    ),
    ({"contact_no": "P11"}, NotFoundError, 'There is no contact "P11".', 'Did you mean "P1"?'),
    (
        {"salesperson_code": None, "team_code": "IDLE"}, RuleError, "The team IDLE has no salespeople.",
        "Add one to it first: workbench setup code team_salesperson.",
    ),
    (
        {"type": "meeting", "salesperson_code": "ZZ"}, RuleError,
        "ZZ has no e-mail address, which organizing a meeting needs.",
        "Add it: workbench setup code salesperson ZZ --set email=…",
    ),
    (
        {"type": "meeting", "salesperson_code": None, "team_code": "EAST"}, RuleError,
        "A meeting needs a salesperson who organizes it.", "Name one as salesperson_code.",
    ),
    (
        {"attendees": ["P1"]}, ConfigError, "Only meetings have attendees.",
        "Give the task the type meeting, or name one contact.",
    ),
    (
        {"location": "Here"}, ConfigError, "Only meetings have a location.",
        "Leave it out, or give the task the type meeting.",
    ),
    (
        {"recurring_formula": "1W"}, ConfigError, "A recurring task needs recurring_formula and recurs_from.",
        "Such as 1W, from due_date or closing_date; or leave both out.",
    ),
    (
        {"duration_minutes": "0.5"}, ConfigError, '"0.5" is no duration of a task.',
        "Write minutes, from 1 to those of ten years.",
    ),
    ({"start_time": "25:00"}, ConfigError, '"25:00" is no time of the day.', "Write hours and minutes: 14:30."),
    (
        {"dated_on": "1899-12-31"}, ConfigError, "The day 1899-12-31 is none for a task.",
        "Days from 1900-01-01 to 2999-12-31 are.",
    ),
    ({"priority": "urgent"}, ConfigError, '"urgent" is no value of priority.', "Known: high, low, normal."),
    (
        {"status": "completed"}, ConfigError, "A status does not complete a task.",
        "Complete it: workbench task complete TASK_NO.",
    ),
    ({"locaton": "Here"}, ConfigError, 'A task has no field "locaton" that can be given.', 'Did you mean "location"?'),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "error", "message", "hint"), REFUSED)
def test_a_task_is_refused(
    bench: wb.Workbench, fields: dict[str, Any], error: type[WorkbenchError], message: str, hint: str
) -> None:
    with pytest.raises(error) as caught:
        new(bench, **fields)
    assert (caught.value.message, caught.value.hint) == (message, hint)


class TestActivities:
    def test_each_step_becomes_a_task_on_its_day(self, bench: wb.Workbench) -> None:
        planned = bench.tasks.assign_activity("FIRST", DAY, contact_no="P1", dry_run=True)
        made = bench.tasks.assign_activity("FIRST", DAY, contact_no="P1")
        told = (
            made.tasks.astype({"dated_on": "str"})[["dated_on", "type", "description", "priority"]]
            .to_numpy(None)
            .tolist()
        )
        assert [row[0] for row in told] == ["2026-04-01", "2026-04-07", "2026-04-08"]
        assert [row[2:] for row in told] == [["Ask for a day", "high"], ["Visit", "normal"], ["Write it down", "low"]]
        assert planned.tasks.drop(columns="task_no").equals(made.tasks.drop(columns="task_no"))
        assert made.tasks["salesperson_code"].unique().tolist() == ["JO"]
        first, visit, _ = made.tasks["task_no"]
        assert field(bench, first, "activity_code", "contact_no") == ["FIRST", "P1"]
        assert who(bench, visit) == [("P1", "required")]

    def test_for_a_worksheet_everybody_gets_each_step_and_meets_once(self, bench: wb.Workbench) -> None:
        made = bench.tasks.assign_activity("FIRST", DAY, starting_on=LATER, segment_no="SM00001")
        assert made.tasks["type"].fillna("").tolist() == ["phone_call", "phone_call", "meeting", "", ""]
        assert made.tasks["dated_on"].min().date() == dt.date(2026, 4, 11)

    def test_for_a_team_the_organizer_of_the_meeting_is_named(self, bench: wb.Workbench) -> None:
        made = bench.tasks.assign_activity("FIRST", DAY, team_code="EAST", salesperson_code="PS")
        assert made.tasks["team_code"].tolist() == ["EAST"] * 3
        assert who(bench, made.tasks["task_no"].iloc[1]) == [("PS", "organizer"), ("JO", "required")]

    def test_what_is_no_activity_is_refused(self, bench: wb.Workbench) -> None:
        assert refusal(lambda: bench.tasks.assign_activity("FRST", DAY))[0] == 'There is no activity "FRST".'
        assert refusal(lambda: bench.tasks.assign_activity("EMPTY", DAY))[0] == "The activity EMPTY has no steps."


class TestChanging:
    def test_copies_follow_their_task(self, bench: wb.Workbench) -> None:
        number = team_call(bench)
        receipt = bench.tasks.change(number, DAY, dated_on="2026-04-03", priority="high", contact_no="P2")
        assert set(changed(receipt)) == {"dated_on", "priority", "contact_no"}
        for one in copies(bench, number):
            assert field(bench, one, "dated_on", "priority", "contact_no") == [dt.date(2026, 4, 3), "high", "P2"]

    def test_a_preview_of_a_change_leaves_the_task(self, bench: wb.Workbench) -> None:
        number = new(bench)
        planned = bench.tasks.change(number, DAY, team_code="EAST", dry_run=True)
        assert (planned.copies_added, changed(planned)["salesperson_code"]) == (2, None)
        assert field(bench, number, "team_code") == [None]

    def test_a_task_passes_from_salesperson_to_team_to_team_and_back(self, bench: wb.Workbench) -> None:
        number = new(bench)
        assert bench.tasks.change(number, DAY, team_code="EAST").copies_added == 2
        to_west = bench.tasks.change(number, DAY, team_code="WEST")
        assert (to_west.copies_added, to_west.copies_removed) == (1, 1)
        assert who(bench, number) == [("PS", ""), ("ZZ", "")]
        assert bench.tasks.change(number, DAY, salesperson_code="JO").copies_removed == 2
        assert field(bench, number, "role", "team_code", "salesperson_code") == ["organizer", None, "JO"]

    def test_a_meeting_keeps_its_attendees_when_it_passes_on(self, bench: wb.Workbench) -> None:
        number = meeting(bench)
        bench.tasks.change(number, DAY, team_code="WEST")
        assert who(bench, number)[0] == ("JO", "organizer")
        bench.tasks.change(number, DAY, salesperson_code="PS")
        assert sorted(who(bench, number)) == [
            ("JO", "required"),
            ("P1", "required"),
            ("P2", "required"),
            ("ZZ", "required"),
        ]

    def test_a_closed_task_that_passes_on_is_open_again(self, bench: wb.Workbench) -> None:
        number = new(bench)
        bench.tasks.complete(number, DAY)
        receipt = bench.tasks.change(number, DAY, team_code="EAST")
        assert receipt.notes == (f"{number} was closed and is open again.",)
        assert field(bench, number, "is_closed", "closed_on", "status") == [False, None, "in_progress"]

    def test_what_a_task_is_cannot_change_freely(self, bench: wb.Workbench) -> None:
        gathering, call = meeting(bench), new(bench)
        assert refusal(lambda: bench.tasks.change(call, DAY, type="meeting")) == (
            "A meeting stays a meeting, and nothing else becomes one.", "Cancel the task, and create another one."
        )  # fmt: skip
        assert field(bench, call, "type") == [None]
        assert changed(bench.tasks.change(call, DAY, type="phone_call")) == {"type": "phone_call"}
        assert refusal(lambda: bench.tasks.change(gathering, DAY, salesperson_code="PS"))[0] == (
            f"JO organizes {gathering}, so its salesperson cannot change."
        )
        assert refusal(lambda: bench.tasks.change(gathering, DAY, contact_no="P1"))[0] == (
            f"{gathering} is a meeting, which contacts attend."
        )
        assert refusal(lambda: bench.tasks.change(call, DAY, salesperson_code=""))[0] == (
            "A task is a salesperson's or a team's."
        )
        assert refusal(lambda: bench.tasks.change(call, DAY, description=" "))[0] == "A task needs a description."
        own = copies(bench, gathering)[0]
        assert refusal(lambda: bench.tasks.change(own, DAY, priority="low")) == (
            f"{own} is a copy of {gathering}, so it is not changed by itself.",
            f"Work on {gathering}; its copies follow.",
        )


class TestClosing:
    def test_completing_a_call_records_an_interaction(self, bench: wb.Workbench) -> None:
        number = new(bench, type="phone_call", contact_no="P2", campaign_no="CP1", interaction_template_code="CALL")
        planned = bench.tasks.complete(number, LATER, dry_run=True)
        assert (planned.interaction_count, field(bench, number, "is_closed")) == (1, [False])
        bench.tasks.complete(number, LATER)
        assert field(bench, number, "is_closed", "closed_on", "status") == [True, LATER, "completed"]
        log = bench.tasks.get(number).interactions
        assert log[["contact_no", "interaction_template_code", "description"]].to_numpy().tolist() == [
            ["P2", "CALL", "Do it"]
        ]
        with bench.database.reading() as con:
            said = con.execute(
                "SELECT i.campaign_no, e.campaign_no, i.cost_amount::DOUBLE, i.duration_minutes, i.salesperson_code, "
                "i.task_no FROM interaction i JOIN campaign_entry e USING (campaign_entry_no) WHERE i.task_no = ?",
                [number],
            ).fetchall()
        assert said == [("CP1", "CP1", 3.5, 5.0, "JO", number)]

    def test_completing_a_meeting_records_one_for_each_contact(self, bench: wb.Workbench) -> None:
        number = meeting(bench)
        receipt = bench.tasks.complete(number, LATER, interaction_template_code="MEET")
        assert receipt.interaction_count == 2
        assert bench.tasks.get(number).interactions["contact_no"].tolist() == ["P1", "P2"]
        assert bench.tasks.get(number).attendees["is_closed"].all()

    def test_setup_names_the_template_of_a_call(self, bench: wb.Workbench) -> None:
        number = new(bench, type="phone_call", contact_no="P2")
        assert refusal(lambda: bench.tasks.complete(number, LATER)) == (
            f"{number} has no interaction template to be recorded with.",
            "Name one, or complete the task without recording it.",
        )
        assert bench.tasks.complete(number, LATER, records=False).interaction_count == 0

    def test_what_is_about_nobody_records_nothing(self, bench: wb.Workbench) -> None:
        number = new(bench)
        assert bench.tasks.complete(number, LATER, records=True).notes == (
            f"Nothing was recorded: {number} is about no contact.",
        )

    def test_a_team_s_task_says_who_completed_it(self, bench: wb.Workbench) -> None:
        number = team_call(bench)
        assert refusal(lambda: bench.tasks.complete(number, LATER, records=False)) == (
            f"{number} is a team's: say who completed it.",
            "Name a salesperson as completed_by.",
        )
        bench.tasks.complete(number, LATER, completed_by="PS", records=False)
        for one in (number, *copies(bench, number)):
            assert field(bench, one, "is_closed", "completed_by") == [True, "PS"]

    def test_a_member_completes_the_own_copy_alone(self, bench: wb.Workbench) -> None:
        number = team_call(bench, interaction_template_code="CALL")
        mine, other = copies(bench, number)
        assert bench.tasks.complete(mine, LATER).interaction_count == 1
        assert [field(bench, one, "is_closed") for one in (mine, other, number)] == [[True], [False], [False]]
        assert bench.tasks.get(number).interactions["contact_no"].tolist() == ["P1"]
        bench.tasks.reopen(mine)
        assert field(bench, mine, "is_closed", "completed_by") == [False, None]

    def test_canceling_closes_and_reopening_undoes_both(self, bench: wb.Workbench) -> None:
        number = meeting(bench)
        bench.tasks.cancel(number, LATER)
        assert field(bench, copies(bench, number)[0], "is_canceled", "is_closed", "status") == [True, True, "completed"]
        assert refusal(lambda: bench.tasks.cancel(number, LATER))[0] == f"{number} is closed since 2026-04-10."
        bench.tasks.reopen(number)
        assert field(bench, copies(bench, number)[0], "is_canceled", "is_closed", "closed_on") == [False, False, None]
        assert refusal(lambda: bench.tasks.reopen(number))[0] == f"{number} is open."

    def test_an_attendee_s_copy_is_closed_with_the_meeting_only(self, bench: wb.Workbench) -> None:
        number = meeting(bench)
        own = copies(bench, number)[0]
        assert refusal(lambda: bench.tasks.complete(own, LATER)) == (
            f"{own} is the copy of an attendee.",
            f"Complete or reopen the meeting: {number}.",
        )


class TestRecurring:
    @pytest.mark.parametrize(
        ("recurs_from", "day"), [("due_date", dt.date(2026, 4, 7)), ("closing_date", dt.date(2026, 4, 17))]
    )
    def test_another_follows_with_copies_and_comments(
        self, bench: wb.Workbench, recurs_from: str, day: dt.date
    ) -> None:
        number = meeting(bench, recurring_formula="1W", recurs_from=recurs_from, comments=["Bring the plan."])
        planned = bench.tasks.complete(number, LATER, records=False, dry_run=True)
        receipt = bench.tasks.complete(number, LATER, records=False)
        assert planned.next_task_no == receipt.next_task_no
        following = bench.tasks.get(str(receipt.next_task_no))
        assert (following.task.dated_on, following.task.status, following.task.recurring_formula) == (
            day,
            "not_started",
            "1W",
        )
        assert following.comments["comment"].tolist() == ["Bring the plan."]
        assert who(bench, following.task.task_no) == who(bench, number)

    def test_reopening_makes_no_second_one(self, bench: wb.Workbench) -> None:
        number = new(bench, recurring_formula="1M", recurs_from="due_date")
        assert bench.tasks.complete(number, LATER).next_task_no is not None
        bench.tasks.reopen(number)
        assert bench.tasks.complete(number, LATER).next_task_no is None

    def test_canceling_goes_on_unless_it_stops_the_series(self, bench: wb.Workbench) -> None:
        one, other = (new(bench, recurring_formula="1M", recurs_from="due_date") for _ in range(2))
        assert bench.tasks.cancel(one, LATER).next_task_no is not None
        assert bench.tasks.cancel(other, LATER, stops_recurring=True).next_task_no is None


class TestAttending:
    def test_attendees_come_answer_and_go(self, bench: wb.Workbench) -> None:
        number = meeting(bench)
        assert bench.tasks.attend(number, DAY, salesperson_code="ZZ", is_optional=True).copies_added == 1
        answered = bench.tasks.attend(number, DAY, contact_no="P1", answer="accepted")
        assert (answered.copies_added, changed(answered)["invitation_status"]) == (0, "accepted")
        people = bench.tasks.get(number).attendees.set_index("no")
        assert people.loc["ZZ", "attendance"] == "optional"
        assert people.loc["P1", "invitation_status"] == "accepted"
        assert bench.tasks.leave(number, salesperson_code="ZZ", dry_run=True).copies_removed == 1
        assert bench.tasks.leave(number, salesperson_code="ZZ").copies_removed == 1
        assert "ZZ" not in dict(who(bench, number))

    def test_the_organizer_stays(self, bench: wb.Workbench) -> None:
        number, ours = meeting(bench), meeting(bench, team_code="WEST")
        for one in (number, ours):
            assert refusal(lambda one=one: bench.tasks.leave(one, salesperson_code="JO"))[0] == f"JO organizes {one}."
        assert (
            refusal(lambda: bench.tasks.attend(ours, DAY, salesperson_code="JO", is_optional=True))[0]
            == "JO organizes the meeting."
        )
        assert refusal(lambda: bench.tasks.attend(number, DAY, salesperson_code="JO"))[0] == f"JO organizes {number}."

    def test_what_cannot_attend_is_refused(self, bench: wb.Workbench) -> None:
        number, call = meeting(bench), new(bench)
        assert (
            refusal(lambda: bench.tasks.attend(number, DAY, contact_no="P3"))[0]
            == "P3 is privacy blocked, which forbids attending a meeting."
        )
        assert (
            refusal(lambda: bench.tasks.attend(call, DAY, contact_no="P1"))[0]
            == f"{call} is no meeting, so nobody attends it."
        )
        assert refusal(lambda: bench.tasks.attend(number, DAY))[0] == "An attendee is a contact or a salesperson."
        assert (
            refusal(lambda: bench.tasks.attend(number, DAY, contact_no="P1", answer="maybe"))[0]
            == '"maybe" is no answer to an invitation.'
        )
        assert refusal(lambda: bench.tasks.leave(number, contact_no="C1"))[0] == f"C1 does not attend {number}."


class TestListing:
    def test_a_salesperson_sees_own_tasks_copies_and_meetings(self) -> None:
        bench = office()
        own, ours, gathering = new(bench, salesperson_code="PS"), team_call(bench), meeting(bench)
        mine = bench.tasks.list(DAY, salesperson_code="PS").tasks
        assert mine["organizer_task_no"].fillna("").tolist() == ["", ours, gathering]
        assert own in mine["task_no"].tolist()
        assert bench.tasks.list(DAY).tasks["task_no"].tolist() == [own, ours, gathering]
        of_ann = bench.tasks.list(DAY, contact_no="P1").tasks
        assert of_ann["role"].tolist() == ["team", "contact_attendee"]
        assert bench.tasks.list(DAY, contact_no="C1").total == 3
        assert bench.tasks.list(DAY, team_code="EAST").tasks["task_no"].tolist() == [ours]

    def test_figures_count_what_is_due(self) -> None:
        bench = office()
        for day in ("2026-03-30", "2026-03-31", "2026-04-01"):
            new(bench, dated_on=day)
        closed = new(bench, dated_on="2026-03-01")
        bench.tasks.complete(closed, DAY)
        listed = bench.tasks.list(DAY, rows=1)
        assert (listed.total, listed.overdue_count, listed.due_today_count, len(listed.tasks)) == (3, 1, 1, 1)
        assert bench.tasks.list(DAY, state="completed").tasks["task_no"].tolist() == [closed]
        assert bench.tasks.list(DAY, since=DAY, until=DAY).total == 1
        assert (
            refusal(lambda: bench.tasks.list(DAY, state="late"))[1] == "Choose one of: open, completed, canceled, all."
        )

    def test_a_contact_counts_a_task_once(self) -> None:
        bench = office()
        team_call(bench)
        meeting(bench, dated_on="2026-05-01")
        count = {"field": "open_task_count", "op": "is", "value": 2}
        assert bench.segments.members({"steps": [{"add": count}]}, DAY)["contact_no"].tolist() == ["P1"]


class TestContacts:
    def test_an_erased_contact_is_named_by_no_task_any_more(self) -> None:
        bench = office()
        call, alone = team_call(bench, comments=["Ann rings back"]), new(bench, type="meeting", attendees=["P1"])
        together = meeting(bench, comments=["Both come"])
        told = {one.name: one.rows for one in bench.privacy.access("P1", DAY).sections}
        assert sorted(told["task_comment"]["comment"]) == ["Ann rings back", "Both come"]
        planned = bench.privacy.erase("P1", as_of=DAY, force=True, dry_run=True)
        done = bench.privacy.erase("P1", as_of=DAY, force=True)
        assert done.frame().equals(planned.frame())
        for one in (call, *copies(bench, call), alone):
            assert field(bench, one, "description", "is_canceled") == [None, True]
        assert field(bench, together, "description", "is_canceled") == ["Do it", False]
        assert bench.tasks.get(together).comments["comment"].tolist() == ["Both come"]
        assert bench.tasks.get(call).comments.empty

    def test_tasks_leave_a_worksheet_with_the_last_line_of_their_contact(self) -> None:
        bench = office()
        made = bench.tasks.create(DAY, description="Call", segment_no="SM00001").tasks
        bench.worksheets.delete_line("SM00001", 10000, DAY)
        assert field(bench, made["task_no"][0], "segment_no") == ["SM00001"]
        bench.worksheets.delete_line("SM00001", 40000, DAY)
        assert [field(bench, one, "segment_no") for one in made["task_no"]] == [[None], ["SM00001"]]

    def test_a_salesperson_s_new_code_is_known_everywhere(self) -> None:
        bench = office()
        number = team_call(bench)
        bench.tasks.complete(number, DAY, completed_by="PS", records=False)
        bench.codes.rename("salesperson", "PS", "PAM")
        assert field(bench, number, "completed_by") == ["PAM"]
        assert dict(who(bench, number)) == {"JO": "", "PAM": ""}


class TestKeeping:
    def test_comments_are_those_of_the_task(self, bench: wb.Workbench) -> None:
        number = team_call(bench)
        bench.tasks.comment(copies(bench, number)[0], " Rings at noon. ", DAY)
        comments = bench.tasks.get(number).comments
        assert comments[["line_no", "comment"]].to_numpy().tolist() == [[10000, "Rings at noon."]]
        bench.tasks.delete_comment(number, 10000)
        assert bench.tasks.get(number).comments.empty
        assert refusal(lambda: bench.tasks.delete_comment(number, 10000))[0] == f"{number} has no comment 10000."
        assert refusal(lambda: bench.tasks.comment(number, " ", DAY))[0] == "A comment needs a text."

    def test_deleting_takes_canceled_tasks_with_their_copies(self) -> None:
        bench = office()
        kept, gone = new(bench), team_call(bench, comments=["No."])
        bench.tasks.cancel(gone, DAY)
        assert bench.tasks.delete(dry_run=True).task_nos == (gone,)
        deleted = bench.tasks.delete()
        assert (deleted.task_nos, deleted.copy_count, deleted.comment_count) == ((gone,), 2, 1)
        assert bench.tasks.list(DAY, state="all").tasks["task_no"].tolist() == [kept]
        assert bench.tasks.delete(kept).task_nos == (kept,)
        assert refusal(lambda: bench.tasks.get(kept))[0] == f'There is no task "{kept}".'
