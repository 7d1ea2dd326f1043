"""The draft: edits that are taken once, undo and redo, saved and new ones. No page and no store."""

from __future__ import annotations

from typing import Any

from workbench.app import drafts
from workbench.app.drafts import Draft

PRAGUE = {"field": "city", "op": "is", "value": "Prague"}
MADRID = {"field": "city", "op": "is", "value": "Madrid"}


def adding(*rules: dict[str, Any]) -> dict[str, Any]:
    return {"steps": [{"add": {"all": list(rules)}}]}


def edit(sequence: int, definition: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"sequence": sequence, "definition": definition, **more}


def edited(*edits: dict[str, Any]) -> Draft:
    draft = drafts.blank()
    for one in edits:
        draft = drafts.edited(draft, one)
    return draft


def test_a_new_draft_adds_everybody() -> None:
    assert drafts.blank().definition == {"version": 1, "steps": [{"add": {"all": []}}]}


def test_an_edit_changes_the_structure_and_leaves_the_name() -> None:
    named = drafts.described(drafts.blank(), name="praguers")
    draft = drafts.edited(named, edit(1, adding(PRAGUE)))
    assert draft.definition == {"version": 1, "name": "praguers", **adding(PRAGUE)}
    assert draft.sequence == 1
    assert draft.version > named.version


def test_an_edit_is_taken_once_and_an_older_one_not_at_all() -> None:
    draft = edited(edit(2, adding(PRAGUE)))
    assert drafts.edited(draft, edit(2, adding(MADRID))) is draft
    assert drafts.edited(draft, edit(1, adding(MADRID))) is draft
    assert drafts.edited(draft, None) is draft


def test_undo_goes_back_and_redo_forth() -> None:
    draft = edited(edit(1, adding(PRAGUE)), edit(2, adding(PRAGUE, MADRID)))
    back = drafts.undone(draft)
    assert drafts.structure(back.definition) == adding(PRAGUE)
    assert drafts.structure(drafts.undone(back).definition) == {"steps": [{"add": {"all": []}}]}
    assert drafts.redone(back).definition == draft.definition


def test_a_new_edit_forgets_what_was_undone() -> None:
    draft = drafts.undone(edited(edit(1, adding(PRAGUE)), edit(2, adding(PRAGUE, MADRID))))
    draft = drafts.edited(draft, edit(3, adding(MADRID)))
    assert draft.future == ()
    assert drafts.redone(draft) is draft


def test_typing_is_undone_at_once() -> None:
    words = [{"field": "city", "op": "is", "value": text} for text in ("P", "Pr", "Pra")]
    draft = edited(*(edit(n, adding(word), merge=n > 1) for n, word in enumerate(words, start=1)))
    assert drafts.structure(drafts.undone(draft).definition) == {"steps": [{"add": {"all": []}}]}


def test_undo_from_the_builder_takes_along_what_was_not_sent_yet() -> None:
    draft = edited(edit(1, adding(PRAGUE)), edit(2, adding(PRAGUE, MADRID), action="undo"))
    assert drafts.structure(draft.definition) == adding(PRAGUE)
    assert drafts.structure(drafts.redone(draft).definition) == adding(PRAGUE, MADRID)
    assert draft.sequence == 2


def test_nothing_to_undo_changes_nothing() -> None:
    draft = drafts.blank()
    assert drafts.undone(draft) is draft
    assert drafts.redone(draft) is draft


def test_an_edit_that_says_the_same_is_nothing_to_undo() -> None:
    draft = edited(edit(1, adding(PRAGUE)), edit(2, adding(PRAGUE)))
    assert len(draft.past) == 1


def test_a_rewritten_definition_can_be_undone() -> None:
    draft = drafts.rewritten(edited(edit(1, adding(PRAGUE))), {"version": 1, "name": "new", **adding(MADRID)})
    assert draft.name == "new"
    assert drafts.structure(drafts.undone(draft).definition) == adding(PRAGUE)


def test_removing_base_suppressions_and_limit_removes_them() -> None:
    full = {**adding(PRAGUE), "base": {"type": "person"}, "suppress": ["privacy_blocked"], "limit": {"top": 5}}
    draft = edited(edit(1, full), edit(2, adding(PRAGUE)))
    assert drafts.structure(draft.definition) == adding(PRAGUE)


def test_an_opened_segment_knows_what_it_was() -> None:
    draft = drafts.opened({"version": 1, "name": "praguers", **adding(PRAGUE)}, "abc", before=edited(edit(7, adding())))
    assert (draft.saved_as, draft.known_hash, draft.sequence, draft.past) == ("praguers", "abc", 7, ())


def test_a_draft_taken_up_again_takes_no_edit_meant_for_another() -> None:
    other = edited(edit(9, adding(MADRID)))
    draft = drafts.resumed(edited(edit(1, adding(PRAGUE))), after=other)
    assert drafts.edited(draft, edit(9, adding(MADRID))) is draft
    assert draft.version > other.version


def test_a_copy_is_not_saved() -> None:
    saved = drafts.saved(drafts.blank(), {"version": 1, "name": "praguers", **adding(PRAGUE)}, "abc")
    copy = drafts.duplicated(saved, "praguers copy")
    assert (copy.name, copy.saved_as, copy.known_hash) == ("praguers copy", "", None)
    assert drafts.structure(copy.definition) == adding(PRAGUE)


def test_the_history_is_kept_within_bounds() -> None:
    rules = [{"field": "city", "op": "is", "value": str(n)} for n in range(drafts.REMEMBERED + 20)]
    draft = edited(*(edit(n, adding(rule)) for n, rule in enumerate(rules, start=1)))
    assert len(draft.past) == drafts.REMEMBERED
