"""Interaction templates, their groups and languages, and the files and documents that are sent with them."""

from __future__ import annotations

from workbench.templates.results import Attachment, Listing, Template, TemplateCard, TemplateReceipt
from workbench.templates.rows import content_for, for_document, found

__all__ = [
    "Attachment",
    "Listing",
    "Template",
    "TemplateCard",
    "TemplateReceipt",
    "content_for",
    "for_document",
    "found",
]
