"""What a visitor sees when something goes wrong: two sentences, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from workbench.app.language import _, core
from workbench.errors import WorkbenchError

_log = logging.getLogger(__name__)


def show(error: WorkbenchError) -> None:
    """Show an error a visitor can put right.

    Parameters
    ----------
    error : WorkbenchError
        Shown as what happened and what to do next, in the visitor's language.
    """
    st.error("\n\n".join(plain(core(text)) for text in (error.message, error.hint) if text))


@contextmanager
def shown() -> Iterator[None]:
    """Show whatever goes wrong inside, and go on behind it.

    Yields
    ------
    None
        Errors a visitor can put right become their two sentences; any other becomes a friendly one, and its
        details go to the log.
    """
    try:
        yield
    except WorkbenchError as error:
        show(error)
    except Exception:  # noqa: BLE001  (nobody is helped by a traceback in the browser)
        _log.exception("A page failed.")
        st.error(
            _("Something went wrong that should not have.")
            + "\n\n"
            + _("Nothing was changed. Try again; the details are in the log of the app.")
        )


def plain(text: str) -> str:
    """Keep Markdown from reading a user's values as its signs.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    str
        Shown as it is by everything that takes Markdown.
    """
    for sign in ("\\", "`", "*", "_", "[", "]", "$", "#", "<", "~", "|"):
        text = text.replace(sign, "\\" + sign)
    return text.replace(":", "&#58;")
