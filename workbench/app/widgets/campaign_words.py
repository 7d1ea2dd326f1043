"""How campaigns are spoken of."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.app.language import _


def status_name(statuses: Mapping[str, str], code: str | None) -> str:
    """Name a status.

    Parameters
    ----------
    statuses : mapping of str to str
        Descriptions by code.
    code : str or None
        One of them, or none.

    Returns
    -------
    str
        Its description, else its code; what stands for none.
    """
    return _("Without status") if code is None else statuses.get(code, code)
