"""The segment being worked on: a definition that may be unfinished, and the way it came to be.

Every function takes a draft and gives a new one; nothing here knows of a page or a store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Plain = dict[str, Any]

REMEMBERED = 100
_STRUCTURE = ("base", "steps", "limit", "suppress")


@dataclass(frozen=True)
class Draft:
    """One segment being worked on.

    Attributes
    ----------
    definition : dict
        In the form of the language, as plain values; rules may lack a field, an operator or a value.
    sequence : int
        Number of the last edit taken from the builder; older ones are not taken again.
    version : int
        Raised by each change, wherever it comes from.
    saved_as : str
        Name of the saved segment it was opened from; empty for a new one.
    known_hash : str or None
        Hash of that segment when it was opened or last saved.
    past, future : tuple of dict
        Structures that undo and redo go back and forth to.
    """

    definition: Plain
    sequence: int = 0
    version: int = 0
    saved_as: str = ""
    known_hash: str | None = None
    past: tuple[Plain, ...] = field(default=(), repr=False)
    future: tuple[Plain, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        """The name it has, perhaps none yet."""
        return str(self.definition.get("name", ""))

    @property
    def description(self) -> str:
        """What it is for."""
        return str(self.definition.get("description", ""))


def blank() -> Draft:
    """Begin a segment: everybody.

    Returns
    -------
    Draft
        One step that adds everybody.
    """
    return Draft({"version": 1, "steps": [{"add": {"all": []}}]})


def opened(definition: Plain, known_hash: str, before: Draft) -> Draft:
    """Begin with a saved segment.

    Parameters
    ----------
    definition : dict
        The saved definition.
    known_hash : str
        Its hash.
    before : Draft
        The draft that it takes the place of.

    Returns
    -------
    Draft
        Without anything to undo.
    """
    name = str(definition.get("name", ""))
    return Draft(definition, before.sequence, before.version + 1, saved_as=name, known_hash=known_hash)


def emptied(before: Draft) -> Draft:
    """Begin a new segment in the place of another.

    Parameters
    ----------
    before : Draft
        The draft that it takes the place of.

    Returns
    -------
    Draft
        As from `blank`.
    """
    return replace(blank(), sequence=before.sequence, version=before.version + 1)


def resumed(begun: Draft, after: Draft) -> Draft:
    """Go on with a draft that was begun earlier.

    Parameters
    ----------
    begun : Draft
        That draft.
    after : Draft
        The one worked on in between, whose edits must not be taken for edits of this one.

    Returns
    -------
    Draft
        With its history.
    """
    return replace(begun, sequence=max(begun.sequence, after.sequence), version=after.version + 1)


def duplicated(draft: Draft, name: str) -> Draft:
    """Go on with a copy that is not saved yet.

    Parameters
    ----------
    draft : Draft
        What to copy.
    name : str
        The copy's name.

    Returns
    -------
    Draft
        With the same structure and history.
    """
    return replace(
        draft, definition={**draft.definition, "name": name}, version=draft.version + 1, saved_as="", known_hash=None
    )


def saved(draft: Draft, definition: Plain, known_hash: str) -> Draft:
    """Remember that the draft was saved.

    Parameters
    ----------
    draft : Draft
        What was saved.
    definition : dict
        The saved definition.
    known_hash : str
        Its hash.

    Returns
    -------
    Draft
        With its history.
    """
    name = str(definition["name"])
    return replace(draft, definition=definition, version=draft.version + 1, saved_as=name, known_hash=known_hash)


def described(draft: Draft, **texts: str) -> Draft:
    """Change the name or the description.

    Parameters
    ----------
    draft : Draft
        The draft.
    **texts : str
        `name`, `description` or both.

    Returns
    -------
    Draft
        With the texts; this is nothing to undo.
    """
    return replace(draft, definition={**draft.definition, **texts}, version=draft.version + 1)


def edited(draft: Draft, edit: Mapping[str, Any] | None) -> Draft:
    """Take an edit from the builder.

    Parameters
    ----------
    draft : Draft
        The draft.
    edit : mapping or None
        `sequence`, `definition` (base, steps, limit, suppress), `action` (change, undo or redo) and `merge`:
        whether it goes on with the edit before, as typing does, so that both are undone at once.

    Returns
    -------
    Draft
        The same when the edit was taken before.
    """
    if not edit or int(edit["sequence"]) <= draft.sequence:
        return draft
    changed = _restructured(draft, edit["definition"], merge=bool(edit.get("merge")))
    step_back = {"undo": undone, "redo": redone}.get(edit.get("action", "change"))
    return replace(step_back(changed) if step_back else changed, sequence=int(edit["sequence"]))


def rewritten(draft: Draft, definition: Plain) -> Draft:
    """Take a whole definition, as from its YAML.

    Parameters
    ----------
    draft : Draft
        The draft.
    definition : dict
        The new definition.

    Returns
    -------
    Draft
        It can be undone.
    """
    return replace(_restructured(draft, definition), definition=definition, version=draft.version + 1)


def undone(draft: Draft) -> Draft:
    """Go back to the structure before.

    Parameters
    ----------
    draft : Draft
        The draft.

    Returns
    -------
    Draft
        The same when there is nothing to undo.
    """
    if not draft.past:
        return draft
    future = (structure(draft.definition), *draft.future)
    return _with_structure(replace(draft, past=draft.past[:-1], future=future), draft.past[-1])


def redone(draft: Draft) -> Draft:
    """Go forth to the structure that was undone.

    Parameters
    ----------
    draft : Draft
        The draft.

    Returns
    -------
    Draft
        The same when there is nothing to redo.
    """
    if not draft.future:
        return draft
    past = (*draft.past, structure(draft.definition))
    return _with_structure(replace(draft, past=past, future=draft.future[1:]), draft.future[0])


def structure(definition: Plain) -> Plain:
    """Give the part of a definition that the builder shows.

    Parameters
    ----------
    definition : dict
        A definition.

    Returns
    -------
    dict
        Its base, steps, limit and suppressions.
    """
    return {key: definition[key] for key in _STRUCTURE if definition.get(key)}


def _restructured(draft: Draft, definition: Plain, *, merge: bool = False) -> Draft:
    """Put a new structure in the place of the old one, which is remembered unless both are one edit."""
    before, after = structure(draft.definition), structure(definition)
    if before == after:
        return draft
    past = draft.past if merge and draft.past else (*draft.past, before)[-REMEMBERED:]
    return _with_structure(replace(draft, past=past, future=()), after)


def _with_structure(draft: Draft, new: Plain) -> Draft:
    rest = {key: value for key, value in draft.definition.items() if key not in _STRUCTURE}
    return replace(draft, definition={**rest, **new}, version=draft.version + 1)
