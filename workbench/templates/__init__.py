"""Interaction templates, their groups and languages, and the files and documents that are sent with them."""

from __future__ import annotations

from workbench.templates.document_setup import DocumentSetup
from workbench.templates.files import Files
from workbench.templates.groups import Groups
from workbench.templates.keeping import Keeping
from workbench.templates.results import Attachment, Listing, Template, TemplateCard, TemplateReceipt
from workbench.templates.rows import content_for, for_document, found
from workbench.templates.sending import Sending
from workbench.templates.word_templates import WordTemplates

__all__ = [
    "Attachment",
    "Listing",
    "Template",
    "TemplateCard",
    "TemplateReceipt",
    "Templates",
    "content_for",
    "for_document",
    "found",
]


class Templates(Keeping, Sending, WordTemplates, Files, Groups, DocumentSetup):
    """Everything a workbench does with interaction templates and what is sent with them.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings.

    Notes
    -----
    Every method that writes takes `dry_run`: it gives the same receipt by the same computation and writes nothing.
    """
