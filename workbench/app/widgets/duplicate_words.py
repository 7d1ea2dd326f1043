"""Why two contacts may be the same, in the visitor's words."""

from __future__ import annotations

import re

from workbench.app import labels
from workbench.app.language import _
from workbench.bench import Workbench


def reasons(bench: Workbench, text: str) -> str:
    """Write why a pair was found.

    Parameters
    ----------
    bench : Workbench
        On the store.
    text : str
        As the store keeps it: fields that are alike and fields that differ, or how many search strings.

    Returns
    -------
    str
        Fields by the names that pages give them.
    """
    if found := re.fullmatch(r"(\d+) search strings in common", text):
        return _("{count} search strings in common").format(count=found[1])
    if found := re.fullmatch(r"alike: (.*?)(?:; different: (.*))?", text):
        alike = _("alike: {fields}").format(fields=_named(bench, found[1]))
        if not found[2]:
            return alike
        different = _("different: {fields}").format(fields=_named(bench, found[2]))
        return f"{alike}; {different}"
    return _("decided by hand") if text == "decided by hand" else text


def _named(bench: Workbench, names: str) -> str:
    known = bench.setup.table("contact").by_name
    return ", ".join(labels.field(known[name]) if name in known else name for name in names.split(", "))
