"""The commands about interaction templates and what is sent with them."""

from __future__ import annotations

from tests.cli.command import Shell
from tests.use_cases.test_interaction_templates import word


def test_a_template_is_made_given_a_file_shown_and_deleted(own: Shell) -> None:
    own.run("setup", "code", "interaction_group", "LETTERS", "--set", "description=Letters")
    planned = own.run("interaction", "template", "set", "NEWS", "--set", "interaction_group_code=LETTERS", "--dry-run")
    assert planned.out.splitlines()[0] == "NEWS would be added."
    made = own.run("interaction", "template", "set", "NEWS", "--set", "interaction_group_code=LETTERS", "--json").json
    assert (made["key"], made["change"], made["is_written"]) == ("NEWS", "added", True)
    own.run("setup", "code", "language", "EN")
    own.file("offer.txt", "Buy")
    attached = own.run("interaction", "template", "language", "NEWS", "EN", "--file", "offer.txt")
    assert attached.out == "NEWS EN added.\n  attachment_no: 1\n"
    shown = own.run("interaction", "template", "show", "news", "--json").json
    assert (shown["correspondence_type"], shown["languages"][0]["file_name"]) == ("email", "offer.txt")
    assert "offer.txt" in own.run("interaction", "template", "show", "NEWS").out
    listed = own.run("interaction", "template", "list", "--since", "2024-12-01", "--json").json
    assert [(row["interaction_template_code"], row["interaction_count"]) for row in listed] == [("NEWS", 2)]
    assert "LETTERS" in own.run("interaction", "template", "list").out
    assert own.run("interaction", "template", "rename", "NEWS", "PAPER").out.splitlines() == [
        "PAPER renamed.",
        "Other rows touched: 4.",
    ]
    assert own.run("interaction", "template", "language", "PAPER", "EN", "--delete").out == "PAPER EN deleted.\n"
    assert own.run("interaction", "template", "delete", "PAPER").out == "PAPER deleted.\n"
    assert [row["description"] for row in own.run("interaction", "groups", "--json").json] == ["Letters"]


def test_files_and_word_templates_go_in_and_out(own: Shell) -> None:
    (own.folder / "letter.docx").write_bytes(word())
    made = own.run("interaction", "word-template", "set", "LETTER", "letter.docx", "--description", "To all")
    assert made.out == "LETTER added.\n  description: To all\n  attachment_no: 1\n"
    assert own.run("interaction", "word-template", "list", "--json").json[0]["file_name"] == "letter.docx"
    own.file("offer.txt", "Buy")
    assert own.run("interaction", "attachment", "add", "offer.txt", "--dry-run").out.splitlines()[0] == (
        "2 would be added."
    )
    assert own.run("interaction", "attachment", "add", "offer.txt", "--json").json["key"] == "2"
    refused = own.run("interaction", "attachment", "write", "2")
    assert (refused.code, refused.err.splitlines()[0]) == (15, '"offer.txt" exists already.')
    assert own.run("interaction", "attachment", "write", "2", "--out", "copy.txt").out == "Wrote copy.txt.\n"
    assert (own.folder / "copy.txt").read_text() == "Buy"
    assert len(own.run("interaction", "attachment", "list").out.splitlines()) == 3
    assert own.run("interaction", "attachment", "delete", "2").out == "2 deleted.\n"
    assert own.run("interaction", "word-template", "delete", "LETTER").out == "LETTER deleted.\n"


def test_documents_are_given_a_template(own: Shell) -> None:
    own.run("setup", "code", "interaction_group", "SALES")
    own.run("interaction", "template", "set", "INVOICE", "--set", "interaction_group_code=SALES")
    done = own.run("interaction", "setup", "set", "sales_invoice", "INVOICE")
    assert done.out == "sales_invoice changed.\n  interaction_template_code: INVOICE\n"
    kinds = {row["document_type"]: row["interaction_template_code"]
             for row in own.run("interaction", "setup", "list", "--json").json}  # fmt: skip
    assert (len(kinds), kinds["sales_invoice"], kinds["email"]) == (27, "INVOICE", None)
    refused = own.run("interaction", "template", "language", "INVOICE", "EN", "--set", "description=x", "--delete")
    assert refused.err.splitlines() == ["--file, --set and --delete are three ways.", "Choose one of them."]
    assert own.run("interaction", "setup", "set", "sales_invoice", "").out.splitlines()[0] == "sales_invoice changed."
