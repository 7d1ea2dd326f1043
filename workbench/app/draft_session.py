"""The drafts of one visitor's session: one for each saved segment that was opened, and one for a new one.

They live in the session and not in any widget, so that neither another page nor another language loses them.
"""

from __future__ import annotations

from typing import Any

from workbench.app import drafts, state
from workbench.app.drafts import Draft
from workbench.app.finishing import finished
from workbench.app.language import _
from workbench.bench import Workbench
from workbench.errors import ConditionError, ConflictError, RuleError, WorkbenchError
from workbench.segments import Segment

NEW = ""


def draft() -> Draft:
    """Give the draft being worked on.

    Returns
    -------
    Draft
        A new one when none was begun.
    """
    found: Draft = _drafts().setdefault(_open(), drafts.blank())
    return found


def put(changed: Draft) -> None:
    """Go on with a changed draft.

    Parameters
    ----------
    changed : Draft
        In the place of the one being worked on.
    """
    _drafts()[_open()] = changed


def is_changed(found: Draft) -> bool:
    """Tell whether a draft differs from what is saved.

    Parameters
    ----------
    found : Draft
        The draft.

    Returns
    -------
    bool
        For a new one, whether anything was begun.
    """
    if found.known_hash is None:
        return found.definition != drafts.blank().definition
    try:
        return Segment.from_dict(found.definition).hash != found.known_hash
    except ConditionError:
        return True


def changed_names() -> set[str]:
    """Tell which drafts differ from what is saved.

    Returns
    -------
    set of str
        Names of saved segments; `NEW` for the new one.
    """
    return {name for name, found in _drafts().items() if is_changed(found)}


def open_saved(bench: Workbench, name: str) -> None:
    """Open a saved segment, or go on with the changes begun on it.

    Parameters
    ----------
    bench : Workbench
        On the store.
    name : str
        The segment; `NEW` for the new one.

    Raises
    ------
    NotFoundError
        When none has the name.
    """
    begun = _drafts().get(name)
    if name != NEW and (begun is None or not is_changed(begun)):
        segment = bench.segments.get(name)
        _drafts()[name] = drafts.opened(segment.to_dict(), segment.hash, before=draft())
    elif begun is not None:
        _drafts()[name] = drafts.resumed(begun, after=draft())
    _turn_to(name)


def start_new() -> None:
    """Turn to the new segment; where it is open already, begin it again, which can be undone."""
    here = draft()
    if _open() == NEW:
        put(drafts.rewritten(here, drafts.blank().definition))
        return
    begun = _drafts().get(NEW)
    _drafts()[NEW] = drafts.resumed(begun, after=here) if begun else drafts.emptied(here)
    _turn_to(NEW)


def duplicate(name: str) -> None:
    """Go on with a copy of the draft as the new segment.

    Parameters
    ----------
    name : str
        The copy's name.
    """
    _drafts()[NEW] = drafts.duplicated(draft(), name)
    _turn_to(NEW)


def revert(bench: Workbench) -> None:
    """Give up the changes and open what is saved.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    here = draft()
    segment = bench.segments.get(here.saved_as)
    put(drafts.opened(segment.to_dict(), segment.hash, before=here))


def save(bench: Workbench, *, replace: bool = False) -> None:
    """Save the draft; what stands against it is remembered for the page to show.

    Parameters
    ----------
    bench : Workbench
        On the store.
    replace : bool, optional
        Whether to replace whatever has the name.
    """
    here = draft()
    state.forget(state.SEGMENT_CONFLICT, state.SEGMENT_FAILURE)
    try:
        segment = _written(bench, here, replace=replace)
    except ConflictError as conflict:
        state.put(state.SEGMENT_CONFLICT, conflict)
    except WorkbenchError as failure:
        state.put(state.SEGMENT_FAILURE, failure)
    else:
        _saved(drafts.saved(here, segment.to_dict(), segment.hash))


def _written(bench: Workbench, here: Draft, *, replace: bool) -> Segment:
    if not here.name.strip():
        raise RuleError(_("The segment has no name yet."), _("Give the segment a name to save it."))
    if finished(here.definition).left_out:
        raise RuleError(_("Some rules are not finished."), _("Finish or remove the unfinished rules to save."))
    is_same = here.name == here.saved_as and here.known_hash is not None
    known_hash = here.known_hash if is_same and not replace else None
    return bench.segments.save(here.definition, replace=replace or is_same, known_hash=known_hash)


def delete(bench: Workbench) -> None:
    """Delete the saved segment that is open; the draft goes on as a new one.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    here = draft()
    state.forget(state.SEGMENT_CONFLICT, state.SEGMENT_FAILURE)
    try:
        bench.segments.delete(here.saved_as)
    except WorkbenchError as failure:
        state.put(state.SEGMENT_FAILURE, failure)
        return
    state.put(state.SEGMENT_HAS_WRITTEN, True)
    _drafts().pop(here.saved_as, None)
    _drafts()[NEW] = drafts.duplicated(here, here.name)
    _turn_to(NEW)


def restore(bench: Workbench, name: str, version_no: int) -> None:
    """Save an old version as the newest, and open it.

    Parameters
    ----------
    bench : Workbench
        On the store.
    name : str
        A segment, saved or deleted.
    version_no : int
        Which version.
    """
    state.forget(state.SEGMENT_CONFLICT, state.SEGMENT_FAILURE)
    try:
        segment = bench.segments.restore(name, version_no)
    except WorkbenchError as failure:
        state.put(state.SEGMENT_FAILURE, failure)
        return
    state.put(state.SEGMENT_HAS_WRITTEN, True)
    _drafts()[name] = drafts.opened(segment.to_dict(), segment.hash, before=draft())
    _turn_to(name)


def _saved(found: Draft) -> None:
    state.put(state.SEGMENT_HAS_WRITTEN, True)
    _drafts().pop(_open(), None)
    _drafts()[found.saved_as] = found
    _turn_to(found.saved_as)


def _turn_to(name: str) -> None:
    state.put(state.SEGMENT_OPEN, name)
    state.forget(state.SEGMENT_CONFLICT, state.SEGMENT_FAILURE, state.SEGMENT_YAML_ERROR)


def _open() -> str:
    return str(state.get(state.SEGMENT_OPEN, NEW))


def _drafts() -> dict[str, Any]:
    state.start(state.SEGMENT_DRAFTS, {})
    found: dict[str, Any] = state.get(state.SEGMENT_DRAFTS)
    return found
