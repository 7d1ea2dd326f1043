"""Printed letters: merged into files, checked before anything is written, and marked once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.letter_world import keep_template, logged, shop, texts, word
from tests.use_cases.worksheet_world import DAY, new
from workbench.letters import Rules
from workbench.store.cancelling import Cancellation
from workbench.templates import attachments

NOON = dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)


@pytest.fixture
def bench(tmp_path: Path) -> wb.Workbench:
    return shop(tmp_path, correspondence="hard_copy")


def test_letters_become_one_file_for_each_contact_and_go_once(bench: wb.Workbench, tmp_path: Path) -> None:
    entry = logged(bench)
    seen: list[tuple[int, int]] = []

    planned = bench.letters.merge(entry, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    done = bench.letters.merge(entry, tmp_path / "out", dry_run=False, progress=lambda *figures: seen.append(figures))
    again = bench.letters.merge(entry, tmp_path / "more", dry_run=False)

    assert (planned.went, done.went, again.went) == (2, 2, 0)
    assert done.states == {"ready": 0, "delivered": 2, "in_doubt": 0, "failed": 0, "held_back": 1}
    assert done.reasons == {"no_address": 1}  # Zoe has no street
    assert seen == [(0, 2), (1, 2)]
    assert [path.name.partition("-")[2] for path in done.files] == ["C11.docx", "C12.docx"]
    assert texts(done.files[0].read_bytes()) == ["Dear Ann,", "thank you & goodbye.", "Pia Sales"]
    assert not (tmp_path / "more").exists()
    held = bench.privacy.exports("C11").frame()
    assert list(held["place"]) == [str(tmp_path / "out")]


def test_all_letters_fit_into_one_file_with_a_section_each(bench: wb.Workbench, tmp_path: Path) -> None:
    entry = logged(bench)

    done = bench.letters.merge(entry, tmp_path, one_file=True, dry_run=False)

    (path,) = done.files
    said = texts(path.read_bytes())
    assert [line for line in said if line.startswith("Dear")] == ["Dear Ann,", "Dear Bob,"]
    with path.open("rb") as file:
        from docx import Document

        assert len(Document(file).sections) == 2
    keep_template(bench, "HEADED", word("Hello", header="For {{ name }}"))
    with pytest.raises(wb.RuleError) as caught:
        bench.letters.merge(logged(bench, template="HEADED"), tmp_path, one_file=True, dry_run=False)
    assert caught.value.message == (
        '"headed.docx" has merge fields in headers, footers or footnotes, which letters of one file share.'
    )


def test_fields_that_do_not_exist_or_that_contacts_lack_are_refused_before_anything_is_written(
    bench: wb.Workbench, tmp_path: Path
) -> None:
    keep_template(bench, "TYPO", word("Dear {{ frist_name }}"))
    keep_template(bench, "TITLED", word("Dear {{ job_title }} {{ surname or 'friend' }}"))
    for template, message, hint in (
        ("TYPO", '"typo.docx" has merge fields that do not exist: frist_name.', 'Did you mean "first_name"?'),
        (
            "TITLED",
            '"titled.docx" prints job_title, which contacts lack: 2, the first of them C11.',
            'Fill it in, or let the template say what stands there otherwise, such as {{ first_name or "friend" }}.',
        ),
    ):
        entry = logged(bench, template=template)
        for dry_run in (True, False):
            with pytest.raises(wb.RuleError) as caught:
                bench.letters.merge(entry, tmp_path / "out", dry_run=dry_run)
            assert (caught.value.message, caught.value.hint) == (message, hint)
        assert bench.letters.status(entry).states["ready"] == 2
    assert not (tmp_path / "out").exists()


def test_a_template_may_ask_for_what_is_blank(bench: wb.Workbench, tmp_path: Path) -> None:
    keep_template(bench, "KIND", word(
        "{% if job_title %}{{ job_title }}{% else %}Friend{% endif %} of {{ company_name }}",
        "{{ address_block }}", "{{ letter_date }}", "{{ name }}",
    ))  # fmt: skip
    bench.sources.load(
        "contact", pd.DataFrame({"contact_no": ["C11"], "name": ["Ann <b> & Co"], "language_code": ["cs"]})
    )

    done = bench.letters.merge(logged(bench, ("C11",), template="KIND"), tmp_path, dry_run=False)

    assert texts(done.files[0].read_bytes()) == [
        "Friend of adatum", "adatum\nAnn <b> & Co\nDlouhá 1\nPrague", "31. března 2026", "Ann <b> & Co",
    ]  # fmt: skip


def test_a_template_that_is_wrong_or_wants_more_is_refused(bench: wb.Workbench, tmp_path: Path) -> None:
    for text, message in (
        ("Dear {{ name", 'The merge fields of "broken.docx" cannot be read'),
        ("{{ ''.__class__.__mro__ }}", 'The template "broken.docx" asks for more than values'),
        ("{{ name / 0 }}", 'The template "broken.docx" cannot be filled'),
    ):
        keep_template(bench, "BROKEN", word(text))
        with pytest.raises(wb.RuleError) as caught:
            bench.letters.merge(logged(bench, template="BROKEN"), tmp_path)
        assert caught.value.message.startswith(message)


def test_what_is_no_word_document_goes_as_it_is_but_shares_no_file(bench: wb.Workbench, tmp_path: Path) -> None:
    with bench.database.writing() as con:
        number = attachments.store(con, "flyer.pdf", b"%PDF-1.7")
    entry = logged(bench, attachment_no=number)

    with pytest.raises(wb.RuleError, match=r'"flyer\.pdf" is no Word document'):
        bench.letters.merge(entry, tmp_path, one_file=True, dry_run=False)
    done = bench.letters.merge(entry, tmp_path, dry_run=False)

    assert {path.suffix for path in done.files} == {".pdf"}
    keep_template(bench, "FAKE", b"no archive", "fake.docx")
    with pytest.raises(wb.RuleError, match=r'"fake\.docx" is no Word document'):
        bench.letters.merge(logged(bench, template="FAKE"), tmp_path)


def test_files_and_marks_appear_together_or_not_at_all(bench: wb.Workbench, tmp_path: Path) -> None:
    entry = logged(bench)
    second = bench.letters.merge(entry, tmp_path, dry_run=True).frame()["entry_no"].iloc[1]
    out = tmp_path / "out"
    out.mkdir()
    (out / f"{second}-C11.docx").write_text("mine")

    with pytest.raises(wb.ConflictError, match="exists already"):
        bench.letters.merge(entry, out, dry_run=False)
    assert [path.read_text() for path in out.iterdir()] == ["mine"]
    assert bench.letters.status(entry).states["ready"] == 2

    stop = Cancellation()
    stop.cancel()
    with pytest.raises(wb.CancelledError):
        bench.letters.merge(entry, out, dry_run=False, overwrite=True, cancellation=stop)
    assert bench.letters.status(entry).states["ready"] == 2
    assert bench.letters.merge(entry, out, dry_run=False, overwrite=True).went == 2


def test_consent_and_privacy_are_respected(bench: wb.Workbench, tmp_path: Path) -> None:
    entry = logged(bench)
    bench.contacts.record_consent("C11", "post", None, False, NOON)
    assert bench.letters.status(entry).reasons == {"consent_refused": 1, "no_address": 1}
    bench.contacts.record_consent("C11", "post", "news", True, NOON + dt.timedelta(days=1))
    assert bench.letters.status(entry, Rules(purpose="surveys")).reasons["consent_refused"] == 1
    assert bench.letters.status(entry, Rules(purpose="news")).states["ready"] == 2
    assert bench.letters.status(entry, Rules(purpose="news", needs_consent=True)).states["ready"] == 1
    bench.contacts.change("C11", {"is_privacy_blocked": "yes"}, as_of=DAY)
    assert bench.letters.merge(entry, tmp_path, dry_run=False).reasons == {"privacy_blocked": 1, "no_address": 1}
    bench.worksheets.cancel_logged([entry])
    assert bench.letters.status(entry).reasons["canceled"] == 2


def test_merge_fields_are_listed_with_those_of_the_store(bench: wb.Workbench) -> None:
    bench.setup.add_field("contact", "shoe_size", "number", "size of shoes")
    keep_template(bench, "MIXED", word("{{ first_name }} {{ shoe_size }} {{ nonsense }}"))

    listed = bench.letters.fields("MIXED")

    rows = listed.frame().set_index("field")
    assert rows.loc["shoe_size", "meaning"] == "size of shoes"
    assert set(rows.index[rows["is_used"]]) == {"first_name", "shoe_size"}
    assert listed.unknown == ("nonsense",)
    assert "salutation_formal" in bench.letters.fields().frame()["field"].tolist()
    with pytest.raises(wb.NotFoundError, match='There is no Word template "NONE"'):
        bench.letters.fields("NONE")


def test_a_logged_segment_without_letters_says_so(bench: wb.Workbench) -> None:
    with pytest.raises(wb.NotFoundError, match="There is no logged segment 1"):
        bench.letters.status(1)
    sheet = new(bench, "C11", description="x", salesperson_code="PS", interaction_template_code="THANKS")
    entry = bench.worksheets.log(sheet, DAY).entry_no
    with pytest.raises(wb.RuleError, match=f"The logged segment {entry} has nothing to deliver"):
        bench.letters.status(entry)
