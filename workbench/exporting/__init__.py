"""Files out: one writer per format, a ledger that closes, a manifest, and a check before success is reported.

Knows frames and columns only; what a segment is, and why somebody is not in it, is the business of the
layers above, which hand over a frame, its columns, a ledger and the facts to record.
"""

from __future__ import annotations

from workbench.exporting.export import ExportReceipt, export_frame
from workbench.exporting.formats import FORMAT_NAMES
from workbench.exporting.ledger import Ledger
from workbench.exporting.manifest import ManifestCheck, verify_manifest

__all__ = ["FORMAT_NAMES", "ExportReceipt", "Ledger", "ManifestCheck", "export_frame", "verify_manifest"]
