"""Interaction templates: kept and checked, what they send in each language, and what their interactions came to."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from workbench import templates
from workbench.templates import attachments


def word(text: str = "Dear {{ name }}") -> bytes:
    """As much of a Word document as the store looks at."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", text)
    return file.getvalue()


def interaction(day: str, template: str, **more: Any) -> dict[str, Any]:
    row = {"contact_no": "1", "occurred_at": f"{day} 10:00", "interaction_template_code": template,
           "interaction_group_code": "LETTERS", "cost_amount": 2.5, "duration_minutes": 10, "is_canceled": False,
           "is_postponed": False}  # fmt: skip
    return {**row, **more}


def filled() -> wb.Workbench:
    bench = wb.open(":memory:")
    for table, code in (("interaction_group", "LETTERS"), ("language", "CS"), ("language", "EN")):
        bench.codes.save(table, code)
    bench.templates.save("BROCHURE", interaction_group_code="LETTERS", unit_cost_amount="1.25", language_code="EN")
    bench.templates.save("CALL", interaction_group_code="LETTERS", unit_duration_minutes=5)
    bench.templates.save_word_template("LETTER", "letter.docx", word(), description="To all")
    bench.templates.attach("BROCHURE", "EN", "brochure.pdf", b"in English")
    return bench


@pytest.fixture
def bench() -> wb.Workbench:
    return filled()


@pytest.fixture(scope="module")
def read() -> wb.Workbench:
    """A store that its tests only read or fail to change."""
    bench = filled()
    bench.sources.load("contact", pd.DataFrame({"contact_no": ["1"], "name": ["Ana"], "type": ["person"]}))
    rows = [
        interaction("2026-01-31", "BROCHURE"),
        interaction("2026-02-01", "BROCHURE"),
        interaction("2026-02-02", "CALL", is_canceled=True),
        interaction("2026-02-03", "CALL", is_postponed=True),
        interaction("2026-02-04", "GONE", interaction_group_code="OLD"),
    ]
    bench.sources.load("interaction", pd.DataFrame(rows))
    bench.templates.set_document_type("sales_invoice", "CALL")
    return bench


def test_a_new_template_says_what_is_given_and_goes_by_e_mail(read: wb.Workbench) -> None:
    card = read.templates.get("brochure")
    assert card.template == templates.Template(
        "BROCHURE", interaction_group_code="LETTERS", unit_cost_amount=Decimal("1.25"), language_code="EN",
        correspondence_type="email",
    )  # fmt: skip
    assert card.languages[["language_code", "attachment_no", "file_name"]].to_numpy().tolist() == [
        ["EN", 2, "brochure.pdf"]
    ]
    assert read.templates.get("CALL").document_types == ("sales_invoice",)


def test_a_preview_is_what_saving_says_and_writes_nothing(bench: wb.Workbench) -> None:
    planned = bench.templates.save("brochure", description="Spring", dry_run=True)
    assert (planned.key, planned.change, planned.changed) == ("BROCHURE", "changed", {"description": "Spring"})
    assert not planned.is_written
    assert bench.templates.get("BROCHURE").template.description is None
    done = bench.templates.save("BROCHURE", description="Spring")
    assert (done.change, done.changed, done.is_written) == (planned.change, planned.changed, True)
    assert bench.templates.save("BROCHURE", description="Spring").change == "unchanged"


@pytest.mark.parametrize(
    ("code", "fields", "error", "message", "hint"),
    [
        ("NEW", {}, wb.RuleError, "NEW has no interaction group.", "Name one: interaction_group_code=CODE."),
        ("CALL", {"interaction_group_code": ""}, wb.RuleError, "CALL has no interaction group.",
         "Name one: interaction_group_code=CODE."),
        ("CALL", {"interaction_group_code": "LETTER"}, wb.NotFoundError, 'There is no interaction group "LETTER".',
         'Did you mean "LETTERS"?'),
        ("CALL", {"language_code": "C"}, wb.NotFoundError, 'There is no language "C".', 'Did you mean "CS"?'),
        ("CALL", {"campaign_no": "CP1"}, wb.NotFoundError, 'There is no campaign "CP1".',
         "Add it first: workbench campaign new CP1."),
        ("CALL", {"word_template_code": "LETTERS"}, wb.NotFoundError, 'There is no Word template "LETTERS".',
         'Did you mean "LETTER"?'),
        ("CALL", {"unit_cost_amount": "-1"}, wb.ConfigError, '"-1" is no value of unit_cost_amount.',
         "Write a number from 0 up."),
        ("CALL", {"unit_duration_minutes": "1.5"}, wb.ConfigError, '"1.5" is no value of unit_duration_minutes.',
         "Write whole minutes."),
        ("CALL", {"wizard_action": "opens"}, wb.ConfigError, '"opens" is no value of wizard_action.',
         'Did you mean "open"?'),
        ("CALL", {"colour": "red"}, wb.ConfigError, 'interaction_template has no column "colour".', None),
        (" ", {"interaction_group_code": "LETTERS"}, wb.ConfigError, "A template needs a code.",
         "Write one such as BROCHURE."),
    ],
)  # fmt: skip
def test_what_a_template_cannot_say_is_refused(
    read: wb.Workbench, code: str, fields: dict[str, str], error: type[wb.WorkbenchError], message: str,
    hint: str | None,
) -> None:  # fmt: skip
    with pytest.raises(error) as caught:
        read.templates.save(code, **fields)
    assert caught.value.message == message
    assert hint is None or caught.value.hint == hint


def test_a_wizard_action_is_held_to_what_the_template_sends(bench: wb.Workbench) -> None:
    assert bench.templates.save("CALL", wizard_action="merge").change == "changed"  # it has no language yet
    with pytest.raises(wb.RuleError) as caught:
        bench.templates.save("BROCHURE", wizard_action="merge")
    assert caught.value.message == "BROCHURE has nothing to merge in EN, so its wizard action cannot be merge."
    assert bench.templates.save("BROCHURE", wizard_action="import").change == "changed"
    with pytest.raises(wb.RuleError) as caught:
        bench.templates.save("BROCHURE", word_template_code="LETTER")
    assert caught.value.message == "BROCHURE has the Word template LETTER, so its wizard action cannot be import."
    with pytest.raises(wb.RuleError, match="so its wizard action cannot be import"):
        bench.templates.save_language("BROCHURE", "EN", word_template_code="LETTER")
    bench.templates.save("BROCHURE", wizard_action="merge", word_template_code="LETTER")


def test_what_is_sent_is_the_contacts_language_then_the_templates_then_its_word_template(bench: wb.Workbench) -> None:
    bench.templates.save("BROCHURE", word_template_code="LETTER")
    bench.templates.save_word_template("DOPIS", "dopis.docx", word("Mila {{ name }}"))
    bench.templates.save_language("BROCHURE", "CS", word_template_code="DOPIS")
    with bench.database.reading() as con:
        sent = {code: templates.content_for(con, "BROCHURE", code) for code in ("CS", "EN", "DE", None)}
        assert templates.content_for(con, "CALL", "EN") == (None, None)
    assert sent == {"CS": (None, "DOPIS"), "EN": (2, None), "DE": (2, None), None: (2, None)}
    bench.templates.delete_language("BROCHURE", "EN")
    with bench.database.reading() as con:
        assert templates.content_for(con, "BROCHURE", "DE") == (None, "LETTER")


def test_a_file_and_a_word_template_take_each_others_place(bench: wb.Workbench) -> None:
    done = bench.templates.save_language("BROCHURE", "EN", word_template_code="LETTER")
    assert done.changed == {"attachment_no": None, "word_template_code": "LETTER"}
    assert list(bench.templates.attachments().rows["attachment_no"]) == [1]  # nothing else referred to the brochure
    assert bench.templates.attach("BROCHURE", "EN", "x.pdf", b"x").changed == {
        "attachment_no": 2, "word_template_code": None
    }  # fmt: skip
    with pytest.raises(wb.RuleError) as caught:
        bench.templates.save_language("BROCHURE", "EN", attachment_no=2, word_template_code="LETTER")
    assert caught.value.message == "A template sends an attachment or a Word template, not both."


def test_a_content_is_kept_once(bench: wb.Workbench) -> None:
    planned = bench.templates.attach("BROCHURE", "CS", "cesky.pdf", b"in English", dry_run=True)
    done = bench.templates.attach("BROCHURE", "CS", "cesky.pdf", b"in English")
    assert planned.changed == done.changed == {"attachment_no": 2}
    assert done.notes == ("The store has this file already: it is attachment 2, brochure.pdf.",)
    assert bench.templates.add_attachment("again.pdf", b"in English").change == "unchanged"
    listed = bench.templates.attachments().rows
    assert listed[["file_name", "media_type", "byte_count", "use_count"]].to_numpy().tolist() == [
        ["letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", len(word()), 1],
        ["brochure.pdf", "application/pdf", 10, 2],
    ]


def test_a_file_comes_back_as_it_went_in(bench: wb.Workbench, tmp_path: Path) -> None:
    (tmp_path / "letter.bin").write_bytes(bytes(range(256)))
    planned = bench.templates.add_attachment(tmp_path / "letter.bin", dry_run=True)
    assert bench.templates.add_attachment(tmp_path / "letter.bin").key == planned.key == "3"
    assert bench.templates.attachment(3).content == bytes(range(256))
    out = bench.templates.write_attachment(3, tmp_path / "out" / "back.bin")
    assert out.read_bytes() == bytes(range(256))
    with pytest.raises(wb.ConflictError):
        bench.templates.write_attachment(3, out)
    assert bench.templates.delete_attachment(3).change == "deleted"
    with pytest.raises(wb.NotFoundError) as caught:
        bench.templates.attachment(3)
    assert caught.value.message == "There is no attachment 3."


def test_files_that_cannot_be_kept_are_refused(
    read: wb.Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MOST_BYTES", 1024**2)
    large = tmp_path / "film.mp4"
    large.write_bytes(bytes(1024**2 + 1))
    for name, content, message in [
        (large, None, "film.mp4 has 1.0 MB; a file in the store has at most 1 MB."),
        ("film.mp4", bytes(2 * 1024**2), "film.mp4 has 2.0 MB; a file in the store has at most 1 MB."),
        ("a/", b"", "a is empty."),
        ("/", b"x", '"/" is no name of a file.'),
    ]:
        with pytest.raises(wb.RuleError) as caught:
            read.templates.add_attachment(name, content)
        assert caught.value.message == message
    with pytest.raises(wb.SourceError, match=r"none\.pdf cannot be read: No such file or directory\."):
        read.templates.add_attachment(tmp_path / "none.pdf")


def test_documents_have_templates_that_send_nothing(read: wb.Workbench) -> None:
    with pytest.raises(wb.RuleError) as caught:
        read.templates.set_document_type("sales_quote", "BROCHURE")
    assert caught.value.message == (
        "BROCHURE cannot record documents of the kind sales_quote: it has languages (EN), "
        "and a document is sent as itself."
    )
    with pytest.raises(wb.RuleError) as caught:
        read.templates.save_language("CALL", "EN", word_template_code="LETTER")
    assert caught.value.message == "CALL records documents of the kind sales_invoice, so it cannot have languages."
    with pytest.raises(wb.ConfigError, match='"sales_qoute" is no kind of document'):
        read.templates.set_document_type("sales_qoute", "CALL")
    listed = read.templates.document_types().rows.dropna(subset="interaction_template_code")
    assert listed[["document_type", "interaction_template_code"]].to_numpy().tolist() == [["sales_invoice", "CALL"]]


def test_a_documents_template_from_a_file_is_held_to_the_same_when_it_is_used(bench: wb.Workbench) -> None:
    rows = {"document_type": ["email", "outgoing_call"], "interaction_template_code": ["BROCHURE", "CALL"]}
    bench.sources.load("interaction_template_setup", pd.DataFrame(rows))
    with bench.database.reading() as con:
        assert templates.for_document(con, "sales_quote") is None
        call = templates.for_document(con, "outgoing_call")
        with pytest.raises(wb.RuleError, match="BROCHURE cannot record documents of the kind email"):
            templates.for_document(con, "email")
    assert call is not None
    assert call.interaction_template_code == "CALL"
    assert bench.templates.set_document_type("email", "").changed == {"interaction_template_code": None}


def test_figures_leave_out_what_was_canceled_or_postponed(read: wb.Workbench) -> None:
    names = ["interaction_count", "cost_amount", "duration_minutes"]
    listed = read.templates.list().rows.set_index("interaction_template_code")[names]
    assert listed.to_numpy().tolist() == [[2, 5.0, 20.0], [0, 0.0, 0.0]]
    within = read.templates.list(dt.date(2026, 2, 1), dt.date(2026, 2, 28)).rows
    assert list(within["interaction_count"]) == [1, 0]
    groups = read.templates.groups().rows.set_index("code")[["template_count", *names, "is_described"]]
    assert groups.to_numpy().tolist() == [[2, 2, 5.0, 20.0, True], [0, 1, 2.5, 10.0, False]]


def test_what_is_still_named_cannot_be_deleted(bench: wb.Workbench) -> None:
    bench.templates.save("CALL", word_template_code="LETTER")
    bench.templates.set_document_type("email", "CALL")
    named = "cannot be deleted. Places that still name it: 1, the first of them"
    refusals = [
        (
            lambda: bench.templates.delete_word_template("LETTER"),
            f"The Word template LETTER {named} interaction template CALL.",
        ),
        (
            lambda: bench.templates.delete_attachment(2),
            "Attachment 2 cannot be deleted. Interactions, templates and worksheets that refer to it: 1.",
        ),
        (
            lambda: bench.templates.delete("CALL"),
            f"The interaction template CALL {named} document type email.",
        ),
        (
            lambda: bench.codes.delete("interaction_group", "LETTERS"),
            "The interaction group LETTERS cannot be deleted: templates have it, such as BROCHURE.",
        ),
    ]
    for delete, message in refusals:
        with pytest.raises(wb.RuleError) as caught:
            delete()
        assert caught.value.message == message


def test_a_template_is_renamed_wherever_it_stands_and_goes_with_its_files(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConflictError, match='There is an interaction template "call" already'):
        bench.templates.rename("BROCHURE", "call")
    planned = bench.templates.rename("BROCHURE", "FLYER", dry_run=True)
    renamed = bench.templates.rename("BROCHURE", "FLYER")
    assert (renamed.elsewhere, renamed.key) == (planned.elsewhere, planned.key) == (1, "FLYER")
    assert bench.codes.rename("language", "EN", "ENG").elsewhere == 2
    assert list(bench.templates.get("flyer").languages["language_code"]) == ["ENG"]
    assert bench.templates.delete("FLYER").elsewhere == 1
    assert list(bench.templates.attachments().rows["file_name"]) == ["letter.docx"]
    with pytest.raises(wb.NotFoundError) as caught:
        bench.templates.get("FLYER")
    assert caught.value.message == 'There is no interaction template "FLYER".'


def test_a_word_template_is_a_word_document(bench: wb.Workbench) -> None:
    with pytest.raises(wb.RuleError) as caught:
        bench.templates.save_word_template("PLAIN", "plain.docx", b"Dear")
    assert (caught.value.message, caught.value.hint) == ("plain.docx is no Word document.", "Save it as .docx.")
    with pytest.raises(wb.ConfigError, match="The Word template PLAIN has no document"):
        bench.templates.save_word_template("PLAIN", description="Plain")
    planned = bench.templates.save_word_template("letter", "new.docx", word("Hi"), dry_run=True)
    assert bench.templates.save_word_template("letter", "new.docx", word("Hi")).changed == planned.changed
    listed = bench.templates.word_templates().rows
    assert listed[["code", "description", "file_name", "use_count"]].to_numpy().tolist() == [
        ["LETTER", "To all", "new.docx", 0]
    ]
    assert bench.templates.delete_word_template("Letter").key == "LETTER"
