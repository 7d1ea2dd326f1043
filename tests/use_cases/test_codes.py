"""Code tables: kept, counted, renamed wherever they stand, and refused to go while they are needed."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import workbench as wb


@pytest.fixture
def bench() -> wb.Workbench:
    bench = wb.open(":memory:")
    bench.sources.load(
        "contact",
        pd.DataFrame(
            {
                "contact_no": ["1", "2", "3"],
                "name": ["Ana", "Bo", "Cid"],
                "territory_code": ["N", "N", None],
                "mailing_group_codes": ["NEWS|VIP", "NEWS", None],
                "salesperson_code": ["JO", None, None],
            }
        ),
    )
    bench.codes.save("mailing_group", "NEWS", description="Newsletter")
    bench.codes.save("salesperson", "JO", name="Jo", commission_rate="0.05")
    return bench


def rows(bench: wb.Workbench, table: str) -> dict[str, tuple[int, bool]]:
    frame = bench.codes.list(table).rows
    return {code: (count, told) for code, count, told in frame[["code", "contact_count", "is_described"]].to_numpy()}


def test_codes_are_counted_and_those_without_an_entry_listed(bench: wb.Workbench) -> None:
    assert rows(bench, "mailing_group") == {"NEWS": (2, True), "VIP": (1, False)}
    assert rows(bench, "territory") == {"N": (2, False)}


def test_a_renamed_code_is_renamed_wherever_it_stands(bench: wb.Workbench) -> None:
    assert bench.codes.rename("mailing_group", "NEWS", "LETTER").elsewhere == 2
    assert rows(bench, "mailing_group") == {"LETTER": (2, True), "VIP": (1, False)}
    assert bench.codes.rename("salesperson", "JO", "JOE").elsewhere == 1


def test_a_rename_to_a_code_that_is_there_is_refused(bench: wb.Workbench) -> None:
    bench.codes.save("mailing_group", "VIP")
    with pytest.raises(wb.ConflictError, match='There is a mailing group "vip" already'):
        bench.codes.rename("mailing_group", "NEWS", "vip")


def test_codes_that_differ_only_by_capitals_are_one(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConflictError) as caught:
        bench.codes.save("mailing_group", "news")
    assert caught.value.message == '"news" and "NEWS" are the same code.'


def test_a_mailing_group_with_contacts_cannot_be_deleted(bench: wb.Workbench) -> None:
    with pytest.raises(wb.RuleError) as caught:
        bench.codes.delete("mailing_group", "NEWS")
    assert caught.value.message == "The mailing group NEWS cannot be deleted: 2 contacts are in it."


@pytest.mark.parametrize(
    ("table", "row", "what"),
    [
        ("task", {"task_no": "T1", "dated_on": "2026-01-01"}, "open tasks"),
        ("opportunity", {"opportunity_no": "O1", "status": "in_progress"}, "open opportunities"),
        ("sales_entry", {"sales_entry_no": "S1", "posted_at": "2026-01-01", "sales_amount": "1"}, "sales entries"),
    ],
)
def test_a_salesperson_who_is_needed_cannot_be_deleted(
    bench: wb.Workbench, table: str, row: dict[str, str], what: str
) -> None:
    bench.sources.load(table, pd.DataFrame([{"contact_no": "1", "salesperson_code": "JO", **row}]))
    with pytest.raises(wb.RuleError) as caught:
        bench.codes.delete("salesperson", "JO")
    assert caught.value.message == f"The salesperson JO cannot be deleted: there are 1 {what}."


def test_memberships_of_teams_go_with_a_salesperson(bench: wb.Workbench) -> None:
    bench.codes.save("team", "EAST")
    bench.codes.save("team_salesperson", ("EAST", "JO"))
    bench.codes.delete("salesperson", "JO")
    assert bench.codes.list("team_salesperson").rows.empty


def test_salespeople_come_with_their_statistics(bench: wb.Workbench) -> None:
    bench.sources.load(
        "opportunity",
        pd.DataFrame(
            {
                "opportunity_no": ["O1", "O2"],
                "contact_no": ["1", "1"],
                "salesperson_code": ["JO", "JO"],
                "estimated_amount": ["100", "300"],
            }
        ),
    )
    (row,) = bench.codes.list("salesperson").rows.to_dict("records")
    assert (row["opportunity_count"], row["estimated_amount"], row["average_estimated_amount"]) == (2, 400, 200)


def test_all_countries_and_languages_come_from_their_standards(bench: wb.Workbench) -> None:
    assert bench.codes.fill("country") == 249
    assert bench.codes.fill("country") == 0
    assert bench.codes.fill("language", "es") > 150
    names = bench.codes.list("language").rows.set_index("code")["description"]
    assert names["cs"] == "checo"


@pytest.mark.parametrize(
    ("table", "code", "values", "complaint"),
    [
        ("mailing_groop", "A", {}, 'There is no code table "mailing_groop".'),
        ("mailing_group", "A", {"colour": "red"}, 'mailing_group has no column "colour".'),
        ("mailing_group", "A" * 21, {}, f'The code "{"A" * 21}" has 21 signs.'),
        ("salesperson", "A", {"commission_rate": "5"}, '"5" is no commission.'),
        ("team_salesperson", "A", {}, "A row of team_salesperson is named by team_code, salesperson_code."),
        ("activity_step", ("A", "1"), {"type": "dance"}, '"dance" is no value of type.'),
        ("activity_step", ("A", "1"), {}, 'There is no activity "A".'),
        ("activity_step", ("CALL", "1"), {"date_formula": "soon"}, '"soon" is no date formula.'),
        ("team_salesperson", ("EAST", "JO"), {}, 'There is no team "EAST".'),
        ("user_setup", "maria", {"salesperson_code": "J"}, 'There is no salesperson "J".'),
        ("salutation_formula", ("F", "en", "formal"), {}, 'There is no salutation "F".'),
    ],
)
def test_what_suits_no_code_table_is_refused(
    bench: wb.Workbench, table: str, code: str | tuple[str, ...], values: dict[str, str], complaint: str
) -> None:
    bench.codes.save("activity", "CALL")
    with pytest.raises(wb.WorkbenchError) as caught:
        bench.codes.save(table, code, **values)
    assert caught.value.message == complaint


@pytest.mark.parametrize(
    ("table", "owned", "key"),
    [
        ("salutation", "salutation_formula", ("A", "", "formal")),
        ("activity", "activity_step", ("A", "1")),
        ("team", "team_salesperson", ("A", "JO")),
    ],
)
def test_what_belongs_to_a_code_goes_with_it(bench: wb.Workbench, table: str, owned: str, key: tuple[str, ...]) -> None:
    bench.codes.save(table, "A")
    bench.codes.save(owned, key)
    assert bench.codes.delete(table, "A").elsewhere == 1
    assert bench.codes.list(owned).rows.empty


def test_contacts_without_a_language_have_formulas_of_their_own(bench: wb.Workbench) -> None:
    bench.codes.save("salutation", "F")
    bench.codes.save("salutation_formula", ("F", "", "formal"), salutation="Dear %1,", name_1="first_name")
    assert bench.codes.list("salutation_formula").rows["language_code"].tolist() == [""]


def test_a_renamed_salesperson_is_renamed_on_worksheets(bench: wb.Workbench) -> None:
    made = bench.worksheets.create(dt.date(2026, 3, 31), salesperson_code="JO")
    bench.codes.rename("salesperson", "JO", "JOE")
    assert bench.worksheets.get(made.worksheet_no).header.salesperson_code == "JOE"


def test_a_code_that_marketing_setup_uses_cannot_be_deleted(bench: wb.Workbench) -> None:
    bench.setup.set_marketing("default_salesperson_code", "JO")
    with pytest.raises(wb.RuleError) as caught:
        bench.codes.delete("salesperson", "JO")
    assert caught.value.message == (
        "The salesperson JO cannot be deleted: marketing setup uses it for default_salesperson_code."
    )
    bench.setup.set_marketing("default_salesperson_code", "")
    assert bench.codes.delete("salesperson", "JO").change == "deleted"


def test_a_salesperson_whom_a_user_is_cannot_be_deleted(bench: wb.Workbench) -> None:
    bench.codes.save("user_setup", "ann", salesperson_code="JO")
    with pytest.raises(wb.RuleError) as caught:
        bench.codes.delete("salesperson", "JO")
    assert caught.value.message == "The salesperson JO cannot be deleted: ann is this salesperson."


def test_a_user_is_no_blocked_salesperson(bench: wb.Workbench) -> None:
    bench.codes.save("salesperson", "MH", is_privacy_blocked="yes")
    with pytest.raises(wb.RuleError, match="The salesperson MH is blocked"):
        bench.codes.save("user_setup", "ann", salesperson_code="MH")


def test_other_capitals_do_not_get_around_a_refusal(bench: wb.Workbench) -> None:
    with pytest.raises(wb.RuleError, match="The mailing group NEWS cannot be deleted"):
        bench.codes.delete("mailing_group", "news")
    assert bench.codes.rename("mailing_group", "news", "LETTER").elsewhere == 2
    assert rows(bench, "mailing_group")["LETTER"] == (2, True)


def test_a_code_is_not_renamed_to_nothing(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConfigError, match="A row of salesperson is named by code"):
        bench.codes.rename("salesperson", "JO", " ")
    assert bench.codes.rename("salesperson", "JO", " JOE ").key == ("JOE",)


def test_what_names_a_row_is_no_value_of_it(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConfigError, match="code names the row of salesperson, so it is no value of it"):
        bench.codes.save("salesperson", "JO", code="BO")


def test_a_step_is_changed_and_deleted_by_its_number(bench: wb.Workbench) -> None:
    bench.codes.save("activity", "CALL")
    bench.codes.save("activity_step", ("CALL", "10"), type="meeting")
    assert bench.codes.save("activity_step", ("CALL", "10"), priority="low").change == "changed"
    assert bench.codes.list("activity_step").rows[["step_no", "type", "priority"]].to_numpy().tolist() == [
        [10.0, "meeting", "low"]
    ]
    assert bench.codes.delete("activity_step", ("CALL", "10")).key == ("CALL", "10")
    for number in ("inf", "1.5", "ten"):
        with pytest.raises(wb.ConfigError, match=f'"{number}" is no value of step_no'):
            bench.codes.save("activity_step", ("CALL", number))
