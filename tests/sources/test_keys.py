"""Which rows are new, changed and unchanged; nothing is loaded twice and nothing is lost."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.sources.conftest import Shelf, at
from workbench.errors import SourceError
from workbench.setup.series_book import NumberSeries


def contacts(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_contacts_are_found_by_number_and_only_columns_of_the_file_change(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["A", "B", "C"], name=["a", "b", "c"], city=["x", "y", "z"]))

    receipt = shelf.sources.load("contact", contacts(contact_no=["B", "C", "D"], name=["b2", "c", "d"]))

    assert receipt.counts == {"rows": 3, "new": 1, "changed": 1, "unchanged": 1, "rejected": 0}
    assert shelf.ask("SELECT contact_id, contact_no, name, city FROM contact ORDER BY 1") == [
        (1, "A", "a", "x"), (2, "B", "b2", "y"), (3, "C", "c", "z"), (4, "D", "d", None),
    ]  # fmt: skip


def test_a_blank_cell_makes_the_value_unknown(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["A"], city=["x"]))

    receipt = shelf.sources.load("contact", contacts(contact_no=["A"], city=[" "]))

    assert receipt.changed == 1
    assert shelf.ask("SELECT city FROM contact") == [(None,)]


def test_contacts_without_a_number_get_the_next_ones_of_the_series(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["CT000002", "X9", None], name=["a", "b", "c"]))
    shelf.sources.load("contact", contacts(name=["d", "e"]))

    assert shelf.ask("SELECT contact_no, name FROM contact ORDER BY contact_id") == [
        ("CT000002", "a"), ("X9", "b"), ("CT000001", "c"), ("CT000003", "d"), ("CT000004", "e"),
    ]  # fmt: skip


def test_numbers_grow_beyond_their_digits(shelf: Shelf) -> None:
    NumberSeries(shelf.database).save_line("CONT", 10000, last_no="CT999999")
    shelf.sources.load("contact", contacts(name=["b"]))

    assert shelf.ask("SELECT contact_no FROM contact WHERE name = 'b'") == [("CT1000000",)]


def test_an_external_id_names_contacts_when_there_is_no_number(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(external_id=["7", "8"], name=["a", "b"]))

    receipt = shelf.sources.load("contact", contacts(external_id=["8", "9"], name=["b2", "c"]))

    assert (receipt.new, receipt.changed) == (1, 1)
    assert shelf.ask("SELECT contact_no, external_id, name FROM contact ORDER BY 1") == [
        ("CT000001", "7", "a"), ("CT000002", "8", "b2"), ("CT000003", "9", "c"),
    ]  # fmt: skip


def test_any_text_field_can_name_contacts(shelf: Shelf) -> None:
    shelf.setup.add_field("contact", "loyalty_card", "text")
    shelf.sources.load("contact", contacts(loyalty_card=["L1", "L2"], name=["a", "b"]), key="loyalty_card")

    receipt = shelf.sources.load("contact", contacts(loyalty_card=["L2"], name=["b2"]), key="loyalty_card")

    assert receipt.changed == 1
    with pytest.raises(SourceError, match=r'Contacts cannot be found by "loyalty_crad"\. Did you mean "loyalty_card"'):
        shelf.sources.plan("contact", contacts(name=["x"]), key="loyalty_crad")
    with pytest.raises(SourceError, match="No column of the file goes to email, which is to be the key"):
        shelf.sources.plan("contact", contacts(name=["x"]), key="email")


def test_a_new_field_can_be_the_key_at_once(shelf: Shelf) -> None:
    frame = contacts(card=["L1", "L2"], name=["a", "b"])

    first = shelf.sources.load("contact", frame, {"card": "card:text"}, constants={"type": "person"})
    shelf.sources.load("contact", frame, key="card")

    assert first.new == 2
    assert shelf.ask("SELECT count(*) FROM contact") == [(2,)]


def test_another_key_than_the_number_never_makes_two_contacts_of_one_number(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["A", "B"], external_id=["1", "2"]))
    rows = contacts(
        contact_no=["A", "B", "C", "C", "D", "E"], external_id=["1", "9", "3", "4", "2", None], name=list("uvwxyz")
    )

    receipt = shelf.sources.load("contact", rows, key="external_id")

    assert receipt.counts == {"rows": 6, "new": 1, "changed": 1, "unchanged": 0, "rejected": 4}
    assert receipt.problems[["row", "value", "reason"]].values.tolist() == [
        [3, "B", "the number belongs to a contact with another external_id"],
        [5, "C", "an earlier row has this number with another external_id"],
        [6, "D", "the contact with this external_id has another number"],
        [7, "E", "the external_id that names this contact is blank"],
    ]
    assert shelf.ask("SELECT contact_no, external_id FROM contact ORDER BY 1") == [("A", "1"), ("B", "2"), ("C", "3")]


def test_a_key_that_several_contacts_share_is_a_problem(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["A", "B"], email=["x@y.z", "x@y.z"]))

    receipt = shelf.sources.load("contact", contacts(email=["x@y.z"], name=["?"]), key="email")

    assert receipt.problems["reason"].tolist() == ["several contacts have this email"]


def test_the_first_of_two_rows_with_one_key_wins(shelf: Shelf) -> None:
    receipt = shelf.sources.load("contact", contacts(contact_no=["A", "A", "A"], name=["a", "a", "b"]))

    assert receipt.counts == {"rows": 3, "new": 1, "changed": 0, "unchanged": 1, "rejected": 1}
    assert receipt.problems.values.tolist() == [
        [4, "contact_no", "A", "duplicate key: an earlier row of the file has other values for it"]
    ]
    assert receipt.notes == ("1 row repeats an earlier row of the file, counted as unchanged.",)
    assert shelf.ask("SELECT name FROM contact") == [("a",)]


def sales(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["contact_no", "date", "amount"])


def test_equal_rows_without_a_number_are_all_kept_and_not_loaded_twice(people: Shelf) -> None:
    rows = sales(("C1", "2024-01-31", 5), ("C1", "2024-01-31", 5), ("C2", "2024-01-31", 5))

    first = people.sources.load("sales_entry", rows)
    again = people.sources.load("sales_entry", rows)
    one_more = people.sources.load("sales_entry", sales(*rows.values.tolist(), ("C1", "2024-01-31", 5)))

    assert first.new == 3
    assert (again.new, again.unchanged, again.load_no) == (0, 3, None)
    assert (one_more.new, one_more.unchanged) == (1, 3)


def test_rows_with_a_number_of_their_own_are_changed_in_place(people: Shelf) -> None:
    people.sources.load("sales_entry", sales(("C1", "2024-01-31", 5), ("C1", "2024-01-31", 6)).assign(id=["1", None]))

    receipt = people.sources.load("sales_entry", sales(("C2", "2024-01-31", 7)).assign(id="1"))

    assert receipt.changed == 1
    assert people.ask("SELECT entry_no, contact_id, sales_amount::INTEGER FROM sales_entry ORDER BY 1") == [
        (1, 2, 7), (2, 1, 6),
    ]  # fmt: skip


def test_rows_about_nobody_are_problems_with_the_value(people: Shelf) -> None:
    receipt = people.sources.load("sales_entry", sales(("C9", "2024-01-31", 5), ("", "2024-01-31", 5)))

    assert receipt.problems.values.tolist() == [
        [2, "contact_no", "C9", "no contact has this contact_no"],
        [3, "contact_no", "", "is blank but needed"],
    ]


def test_contacts_of_rows_can_be_looked_up_by_another_field(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(external_id=["7", "8", "8b"], name=["Ada", "Bo", "Bo"]))
    rows = pd.DataFrame({"External ID": ["7", "9"], "date": ["2024-01-31"] * 2, "amount": [1, 2]})

    by_id = shelf.sources.load("sales_entry", rows, contact_key="external_id")
    by_name = shelf.sources.load(
        "sales_entry", pd.DataFrame({"who": ["Ada", "Bo"], "date": "2024-02-01"}), {"who": "name"}, contact_key="name"
    )

    assert (by_id.new, by_id.rejected) == (1, 1)
    assert by_name.problems["reason"].tolist() == ["several contacts have this name"]
    assert shelf.ask("SELECT contact_id, posted_at FROM sales_entry ORDER BY 2") == [
        (1, at("2024-01-31")), (1, at("2024-02-01")),
    ]  # fmt: skip


def test_consents_need_a_yes_or_no_and_a_later_word_for_the_same_moment_changes_it(people: Shelf) -> None:
    yes = pd.DataFrame({"contact_no": ["C1"], "channel": ["email"], "granted": ["yes"], "date": ["2024-01-31"]})

    first = people.sources.load("consent", yes)
    again = people.sources.load("consent", yes)
    withdrawn = people.sources.load("consent", yes.assign(granted="no"))
    silent = people.sources.load("consent", yes.assign(granted=""))

    assert (first.new, again.unchanged, withdrawn.changed, silent.rejected) == (1, 1, 1, 1)
    with pytest.raises(SourceError, match="No column of the file goes to is_granted"):
        people.sources.plan("consent", yes.drop(columns="granted"))


def test_lists_targets_relations_and_campaigns_are_kept_once(people: Shelf) -> None:
    frames = {
        "contact_list": pd.DataFrame({"list": ["vip", "vip"], "contact": ["C1", "C2"]}),
        "campaign": pd.DataFrame({"campaign": ["18"], "name": ["May"], "start date": ["2024-05-01"]}),
        "campaign_target": pd.DataFrame({"campaign": ["18", "18"], "contact": ["C1", "C2"], "arm": ["A", "B"]}),
        "business_relation": pd.DataFrame({"contact": ["C1"], "business relation": ["CUST"]}),
        "interaction": pd.DataFrame({"contact": ["C1"], "date": ["2024-05-02"], "direction": ["Inbound"]}),
    }
    for table, frame in frames.items():
        first = people.sources.load(table, frame)
        again = people.sources.load(table, frame)
        assert (first.new, first.rejected) == (len(frame), 0)
        assert (again.unchanged, again.load_no) == (len(frame), None)
    moved = people.sources.load("campaign_target", frames["campaign_target"].assign(arm=["A", "A"]))
    assert (moved.changed, moved.unchanged) == (1, 1)


def test_keys_that_do_not_fit_the_table_are_refused(people: Shelf) -> None:
    with pytest.raises(SourceError, match='key="external_id" is for files of contacts, not of sales_entry'):
        people.sources.plan("sales_entry", sales(("C1", "2024-01-31", 5)), key="external_id")
    with pytest.raises(SourceError, match="contact_key is for rows about contacts"):
        people.sources.plan("contact", contacts(name=["x"]), contact_key="external_id")


def test_plan_and_load_count_the_same_and_only_load_writes(shelf: Shelf) -> None:
    frame = contacts(contact_no=["A", "A", None], type=["person", "person", "robot"])

    plan = shelf.sources.plan("contact", frame)
    before = shelf.database.revision()
    receipt = shelf.sources.load("contact", frame)

    assert before == 0
    assert plan.counts == receipt.counts
    assert (receipt.load_no, receipt.revision) == (1, 1)
    assert shelf.ask("SELECT table_name, source, sha256, new_count, changed_count, unchanged_count, rejected_count "
                     "FROM load_receipt") == [("contact", "frame", plan.sha256, 1, 0, 1, 1)]  # fmt: skip


def test_progress_runs_to_the_end_and_can_cancel(people: Shelf) -> None:
    told: list[tuple[int, int]] = []

    people.sources.load("sales_entry", sales(("C1", "2024-01-31", 5)), progress=lambda *done: told.append(done))

    def cancel(done: int, total: int) -> None:
        if done >= total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        people.sources.load("sales_entry", sales(("C2", "2024-01-31", 5)), progress=cancel)
    assert told[-1] == (1, 1)
    assert people.ask("SELECT count(*) FROM sales_entry") == [(1,)]
    people.sources.load("sales_entry", sales(("C2", "2024-01-31", 5)))


def test_comments_have_no_key_and_are_told_apart_by_their_content(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["1"], name=["a"]))
    comments = pd.DataFrame({"contact_no": ["1", "1"], "comment": ["called", "called"]})

    assert [shelf.sources.load("contact_comment", comments).new for _ in range(2)] == [2, 0]


def test_tasks_and_purchases_need_no_number(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["1"], name=["a"]))
    task = pd.DataFrame({"contact_no": ["1"], "description": ["call"], "dated_on": ["2026-01-01"]})
    purchase = pd.DataFrame({"contact_no": ["1"], "posted_at": ["2026-01-01"], "purchase_amount": ["1.5"]})

    for table, rows in (("task", task), ("purchase_entry", purchase)):
        assert [shelf.sources.load(table, rows).new for _ in range(2)] == [1, 0]


def test_a_contact_of_whose_name_nothing_is_known_has_no_name(shelf: Shelf) -> None:
    parts = contacts(contact_no=["1", "2"], first_name=["Ada", None], middle_name=["K.", None], surname=["B", None])
    shelf.sources.load("contact", parts)

    assert shelf.ask("SELECT name FROM contact ORDER BY contact_no") == [("Ada K. B",), (None,)]
