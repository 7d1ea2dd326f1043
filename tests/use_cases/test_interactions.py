"""The log of interactions: created, looked at, postponed and resumed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.contact_world import run
from tests.use_cases.interaction_world import DAY, NINE, call, sign_in, world
from workbench.errors import ConditionError, ConfigError, NotFoundError, RuleError, WorkbenchError
from workbench.interactions import InteractionQuery

LETTER = ("letter.txt", b"Dear Ann")


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    return world()


def _draft(bench: wb.Workbench, contact_no: str = "ANN", **values: object) -> dict[str, Any]:
    return bench.interactions.draft({"contact_no": contact_no, **values}, DAY, at=NINE).values


def test_a_draft_begins_with_the_defaults_of_contact_and_template(bench: wb.Workbench) -> None:
    draft = bench.interactions.draft(
        {"contact_no": "ZOE", "interaction_template_code": "visit"}, DAY, at=dt.time(8, 59, 30)
    )
    values = draft.values
    assert (values["occurred_at"], values["interaction_template_code"]) == (pd.Timestamp("2026-03-31 09:00"), "VISIT")
    assert (values["description"], values["subject"], values["salesperson_code"]) == ("Visit", "Visit", "PS")
    assert (values["cost_amount"], values["duration_minutes"]) == (Decimal(40), 60.0)
    assert (values["campaign_no"], values["is_campaign_response"], values["correspondence_type"]) == (
        "CP0001", True, "hard_copy",
    )  # fmt: skip
    assert draft.missing == ()


def test_a_draft_says_what_is_missing(bench: wb.Workbench) -> None:
    assert bench.interactions.draft({}, DAY).missing == (
        "contact_no", "interaction_template_code", "salesperson_code", "description",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("contact_no", "template", "expected"),
    [("ANN", "CALL", "email"), ("ZOE", "MAIL", "hard_copy"), ("ANN", "ASIS", None), ("ADA", "MAIL", "email"),
     ("ADA", "CALL", None)],
)  # fmt: skip
def test_the_correspondence_type_follows_its_precedence(
    bench: wb.Workbench, contact_no: str, template: str, expected: str | None
) -> None:
    assert _draft(bench, contact_no, interaction_template_code=template)["correspondence_type"] == expected


def test_an_email_without_an_address_has_no_correspondence(bench: wb.Workbench) -> None:
    draft = bench.interactions.draft({"contact_no": "BOB", "interaction_template_code": "MAIL"}, DAY)
    assert draft.values["correspondence_type"] is None
    assert draft.notes == ("BOB has no e-mail address, so the correspondence type is blank.",)


def test_the_salesperson_is_who_works_here_then_the_contacts(bench: wb.Workbench) -> None:
    try:
        assert _draft(bench)["salesperson_code"] == "JO"
        sign_in(bench, salesperson_code="PS")
        assert _draft(bench)["salesperson_code"] == "PS"
        sign_in(bench, salesperson_code="JO", email="PETRA@us.example")
        assert _draft(bench)["salesperson_code"] == "PS"
        sign_in(bench, salesperson_code="OUT")
        assert _draft(bench)["salesperson_code"] == "JO"
    finally:
        run(bench, "DELETE FROM user_setup")


def _refused(bench: wb.Workbench, **values: object) -> WorkbenchError:
    given = {"contact_no": "ZOE", "interaction_template_code": "CALL", "correspondence_type": None, **values}
    with pytest.raises(WorkbenchError) as error:
        bench.interactions.create(given, DAY, dry_run=True)
    return error.value


@pytest.mark.parametrize(
    ("values", "kind", "message"),
    [
        ({"contact_no": ""}, RuleError, "The interaction lacks contact_no, salesperson_code."),
        ({"contact_no": "ZOF"}, NotFoundError, 'There is no contact "ZOF".'),
        ({"interaction_template_code": "CAL"}, NotFoundError, 'There is no interaction template "CAL".'),
        ({"interaction_template_code": None}, RuleError,
         "The interaction lacks interaction_template_code, description."),
        ({"salesperson_code": "OUT"}, RuleError, "The salesperson OUT is blocked."),
        ({"campaign_no": "CP9"}, NotFoundError, 'There is no campaign "CP9".'),
        ({"task_no": "T9"}, NotFoundError, 'There is no task "T9".'),
        ({"alternative_address_code": "SUMMER"}, NotFoundError, 'ZOE has no alternative address "SUMMER".'),
        ({"correspondence_type": "email"}, RuleError, "An e-mail needs an attachment or a Word template."),
        ({"interaction_template_code": "GONE"}, RuleError,
         "GONE opens an attachment or a Word template, and there is none."),
        ({"is_canceled": True}, ConfigError, "is_canceled of an interaction is not typed."),
        ({"evaluation": "superb"}, ConfigError, '"superb" is no value of evaluation.'),
        ({"moood": "x"}, ConfigError, '"moood" is no field of a row in interaction.'),
    ],
)  # fmt: skip
def test_refusals_name_what_is_wrong(
    bench: wb.Workbench, values: dict[str, object], kind: type[WorkbenchError], message: str
) -> None:
    error = _refused(bench, **values)
    assert isinstance(error, kind)
    assert error.message == message


def test_a_preview_is_the_same_and_writes_nothing(bench: wb.Workbench) -> None:
    given = {"contact_no": "ANN", "interaction_template_code": "CALL", "correspondence_type": ""}
    before = bench.interactions.list(as_of=DAY).total
    preview = bench.interactions.create(given, DAY, at=NINE, dry_run=True)
    assert (preview.entry_no, preview.is_written) == (None, False)
    assert bench.interactions.list(as_of=DAY).total == before
    assert bench.interactions.create(given, DAY, at=NINE).draft == preview.draft


def test_an_interaction_of_a_campaign_belongs_to_its_entry(bench: wb.Workbench) -> None:
    given = {"contact_no": "ANN", "interaction_template_code": "VISIT", "correspondence_type": ""}
    first, second = (bench.interactions.create(given, DAY, at=NINE) for _ in range(2))
    assert first.campaign_entry_no == second.campaign_entry_no
    entry = run(bench, "SELECT campaign_no, description, dated_on, salesperson_code, segment_no FROM campaign_entry")
    assert entry == [("CP0001", "Interactions", DAY, "JO", None)]


def test_a_file_and_comments_are_shown_with_the_entry(bench: wb.Workbench) -> None:
    given = {"contact_no": "ANN", "interaction_template_code": "MAIL"}
    name, content = LETTER
    made = bench.interactions.create(given, DAY, at=NINE, file=name, content=content, comments=["Sent twice", " ok "])
    assert made.entry_no is not None
    card = bench.interactions.show(made.entry_no)
    assert (card.title, card.file_name) == ("E-mail - by John", "letter.txt")
    assert card.comments["comment"].tolist() == ["Sent twice", "ok"]
    assert bench.templates.attachment(card.values["attachment_no"]).content == content


def test_a_blank_comment_and_an_unknown_entry_are_refused(bench: wb.Workbench) -> None:
    with pytest.raises(ConfigError, match="A comment needs a text"):
        bench.interactions.comment(1, "  ", DAY)
    with pytest.raises(NotFoundError, match="There is no interaction 4711"):
        bench.interactions.show(4711)


def test_comments_come_and_go_one_by_one(bench: wb.Workbench) -> None:
    number = call(bench)
    assert bench.interactions.comment(number, "first", DAY).line_no == 10000
    assert bench.interactions.comment(number, "second", DAY).line_no == 20000
    gone = bench.interactions.delete_comment(number, 10000)
    assert (gone.comment, gone.change) == ("first", "deleted")
    assert bench.interactions.show(number).comments["comment"].tolist() == ["second"]
    with pytest.raises(NotFoundError, match=f"Interaction {number} has no comment 10000"):
        bench.interactions.delete_comment(number, 10000)


def test_postponed_interactions_need_no_content_and_count_only_when_resumed() -> None:
    bench = world()
    given = {"contact_no": "ANN", "interaction_template_code": "MAIL", "campaign_no": "CP0001"}
    begun = bench.interactions.create(given, DAY, at=NINE, finish_later=True, comments=["Letter to be written"])
    number = begun.entry_no
    assert number is not None
    assert begun.campaign_entry_no is None
    assert bench.interactions.show(number).values["is_postponed"]

    later = DAY + dt.timedelta(days=3)
    with pytest.raises(RuleError, match="An e-mail needs an attachment"):
        bench.interactions.resume(number, {}, later)
    done = bench.interactions.resume(
        number, {"description": "Offer"}, later, at=NINE, file=LETTER[0], content=LETTER[1]
    )
    card = bench.interactions.show(number)
    assert done.entry_no == number
    assert done.campaign_entry_no == card.values["campaign_entry_no"] == "1"
    assert card.values["occurred_at"] == pd.Timestamp("2026-04-03 09:00")
    assert (card.values["description"], card.values["is_postponed"]) == ("Offer", False)
    assert card.comments["comment"].tolist() == ["Letter to be written"]
    with pytest.raises(RuleError, match=f"Interaction {number} is not postponed"):
        bench.interactions.resume(number, {}, later)


def test_resuming_with_another_template_and_other_comments_replaces_them() -> None:
    bench = world()
    begun = bench.interactions.create(
        {"contact_no": "ZOE", "interaction_template_code": "CALL", "description": "Ring"}, DAY, at=NINE,
        finish_later=True, comments=["one"], file=LETTER[0], content=LETTER[1],
    )  # fmt: skip
    number = begun.entry_no
    assert number is not None
    bench.interactions.resume(number, {"interaction_template_code": "VISIT"}, DAY, at=NINE, comments=["two"])
    card = bench.interactions.show(number)
    assert (card.values["description"], card.values["cost_amount"]) == ("Visit", Decimal(40))
    assert card.comments["comment"].tolist() == ["two"]
    assert run(bench, "SELECT count(*) FROM attachment") == [(0,)], "the file went with the template"


def test_blocked_contacts_get_no_interactions() -> None:
    bench = world()
    bench.contacts.change("ANN", {"is_privacy_blocked": True}, as_of=DAY)
    with pytest.raises(RuleError, match="ANN is privacy blocked, which forbids new interactions"):
        call(bench, "ANN")


def test_files_are_read_from_disk(tmp_path: Path) -> None:
    bench = world()
    path = tmp_path / "offer.pdf"
    path.write_bytes(b"%PDF")
    made = bench.interactions.create({"contact_no": "ANN", "interaction_template_code": "MAIL"}, DAY, file=path)
    assert made.entry_no is not None
    assert bench.interactions.show(made.entry_no).file_name == "offer.pdf"


@pytest.fixture(scope="module")
def log() -> wb.Workbench:
    bench = world()
    for day, contact_no, words in ((1, "ANN", "Offer"), (2, "BOB", "Offer again"), (3, "ZOE", "Thanks")):
        call(bench, contact_no, occurred_at=f"2026-03-0{day} 10:00", description=words)
    bench.interactions.cancel([3])
    return bench


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [3, 2, 1]),
        ("offer", [2, 1]),
        ("bob OFFER", [2]),
        (InteractionQuery(filters={"is_canceled": "no"}, sort="occurred_at"), [1, 2]),
        (InteractionQuery(filters={"contact_name": "Z*|Bob*"}), [3, 2]),
        (InteractionQuery(filters={"company_no": "ADA", "occurred_at": "2026-03-02.."}), [2]),
        (InteractionQuery(filters={"entry_no": "2.."}, sort="contact_no"), [2, 3]),
    ],
)
def test_the_log_is_searched_filtered_and_ordered(
    log: wb.Workbench, query: InteractionQuery | str, expected: list[int]
) -> None:
    page = log.interactions.list(query, as_of=DAY)
    assert page.frame()["entry_no"].tolist() == expected
    assert page.total == len(expected)


def test_the_log_has_pages(log: wb.Workbench) -> None:
    page = log.interactions.list(rows=1, skip=1, as_of=DAY)
    assert (page.frame()["entry_no"].tolist(), page.total) == ([2], 3)


def test_unknown_fields_of_the_log_are_refused(log: wb.Workbench) -> None:
    with pytest.raises(ConditionError, match="Filter on flow: interaction has no field"):
        log.interactions.list(InteractionQuery(filters={"flow": "x"}), as_of=DAY)
    with pytest.raises(ConditionError, match='The log cannot be sorted by "day"'):
        log.interactions.list(InteractionQuery(sort="day"), as_of=DAY)
