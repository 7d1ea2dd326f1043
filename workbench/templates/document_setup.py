"""Which template documents of a kind are recorded with (table 5122)."""

from __future__ import annotations

import pandas as pd

from pipelines.interaction_tables import DOCUMENT_TYPES
from workbench.errors import ConfigError, nearest
from workbench.store import tables
from workbench.store.connection import first_row
from workbench.templates import rows
from workbench.templates.results import Listing, TemplateReceipt
from workbench.templates.work import TemplateWork

_LISTED = """
    SELECT s.document_type, s.interaction_template_code, t.description
    FROM interaction_template_setup s LEFT JOIN interaction_template t USING (interaction_template_code)
"""
_HELD = "SELECT interaction_template_code FROM interaction_template_setup WHERE document_type = ?"


class DocumentSetup(TemplateWork):
    """Templates of documents."""

    def document_types(self) -> Listing:
        """List the kinds of documents with the template each is recorded with.

        Returns
        -------
        Listing
            In the product's order: document_type, interaction_template_code and its description; documents of a kind
            without a template are not recorded.
        """
        with self._database.reading() as con:
            said = tables.frame(con, _LISTED)
        kinds = pd.DataFrame({"document_type": list(DOCUMENT_TYPES)})
        return Listing(kinds.merge(said, on="document_type", how="left"))

    def set_document_type(
        self, document_type: str, interaction_template_code: str | None, *, dry_run: bool = False
    ) -> TemplateReceipt:
        """Choose the template that documents of a kind are recorded with.

        Parameters
        ----------
        document_type : str
            The kind, such as ``"sales_invoice"``.
        interaction_template_code : str or None
            The template; blank or None where such documents are not to be recorded.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TemplateReceipt
            What is different now.

        Raises
        ------
        ConfigError
            When there is no such kind of document.
        NotFoundError
            When there is no such template.
        RuleError
            When the template has languages: a document is sent as itself. The product refuses only when a document is
            recorded.
        """
        if document_type not in DOCUMENT_TYPES:
            raise ConfigError(f'"{document_type}" is no kind of document.', nearest(document_type, DOCUMENT_TYPES))
        wanted = (interaction_template_code or "").strip()
        with self._unit(dry_run) as con:
            template = rows.found(con, wanted) if wanted else None
            if template is not None:
                rows.refuse_content(con, template, document_type)
            code = None if template is None else template.interaction_template_code
            (before,) = first_row(con, _HELD, [document_type]) or (None,)
            if code != before and not dry_run:
                con.execute("DELETE FROM interaction_template_setup WHERE document_type = ?", [document_type])
                if code is not None:
                    con.execute("INSERT INTO interaction_template_setup VALUES (?, ?)", [document_type, code])
        changed = {} if code == before else {"interaction_template_code": code}
        return TemplateReceipt(document_type, "changed" if changed else "unchanged", changed, is_written=not dry_run)
