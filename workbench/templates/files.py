"""Files of the store as their users see them: listed, put in, handed out, deleted."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import ExportError, RuleError
from workbench.exporting.placing import place, prepare, reason, unfinished
from workbench.templates import attachments
from workbench.templates.results import Attachment, Listing, TemplateReceipt
from workbench.templates.work import TemplateWork


class Files(TemplateWork):
    """Attachments."""

    def attachments(self) -> Listing:
        """List the files of the store.

        Returns
        -------
        Listing
            By number: attachment_no, file_name, media_type, byte_count, use_count (interactions, languages of
            templates, Word templates and worksheets that refer to it), stored_at (UTC), stored_by, sha256.
        """
        with self._database.reading() as con:
            return Listing(attachments.listed(con))

    def attachment(self, attachment_no: int) -> Attachment:
        """Fetch a file.

        Parameters
        ----------
        attachment_no : int
            Its number.

        Returns
        -------
        Attachment
            With its content.

        Raises
        ------
        NotFoundError
            When there is none of the number.
        """
        with self._database.reading() as con:
            return attachments.read(con, attachment_no)

    def write_attachment(self, attachment_no: int, path: str | Path | None = None, *, overwrite: bool = False) -> Path:
        """Write a file of the store to a file on disk.

        Parameters
        ----------
        attachment_no : int
            Its number.
        path : str or pathlib.Path, optional
            Where to; else under its own name in the current folder.
        overwrite : bool, optional
            Whether an existing file is replaced.

        Returns
        -------
        pathlib.Path
            Where it is.

        Raises
        ------
        NotFoundError
            When there is none of the number.
        ConflictError
            When the file exists and is not to be replaced.
        ExportError
            When it cannot be written.
        """
        kept = self.attachment(attachment_no)
        target = Path(path or kept.file_name)
        prepare(target, overwrite)
        try:
            with unfinished(target) as part:
                part.write_bytes(kept.content)
                place(part, target, overwrite)
        except OSError as error:
            raise ExportError(f'"{target}" cannot be written: {reason(error)}.', "Nothing was kept of it.") from None
        return target

    def add_attachment(
        self, file: str | Path, content: bytes | None = None, *, dry_run: bool = False
    ) -> TemplateReceipt:
        """Keep a file in the store, once for each content.

        Parameters
        ----------
        file : str or pathlib.Path
            The file; only its name where `content` is given.
        content : bytes, optional
            What is in it, up to 50 MB; else the file is read.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TemplateReceipt
            Its number is the key; a note says when the content is there under another name.

        Raises
        ------
        SourceError
            When the file cannot be read.
        RuleError
            When it has no name, is empty or larger than 50 MB.
        """
        name, content = attachments.given(file, content)
        with self._unit(dry_run) as con:
            is_there = attachments.same(con, content) is not None
            number, notes = attachments.kept(con, name, content, dry_run=dry_run)
        changed = {} if is_there else {"file_name": name, "byte_count": len(content)}
        return TemplateReceipt(
            str(number), "unchanged" if is_there else "added", changed, notes=notes, is_written=not dry_run
        )

    def delete_attachment(self, attachment_no: int, *, dry_run: bool = False) -> TemplateReceipt:
        """Delete a file that nothing refers to.

        Parameters
        ----------
        attachment_no : int
            Its number.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        TemplateReceipt
            What was deleted.

        Raises
        ------
        NotFoundError
            When there is none of the number.
        RuleError
            When an interaction, a language of a template, a Word template or a worksheet refers to it.
        """
        with self._unit(dry_run) as con:
            attachments.check(con, attachment_no)
            uses = attachments.use_count(con, attachment_no)
            if uses:
                raise RuleError(
                    f"Attachment {attachment_no} cannot be deleted. Interactions, templates and worksheets that refer "
                    f"to it: {uses:,}.",
                    "Delete or change those first; it goes with the last of them.",
                )
            if not dry_run:
                attachments.drop_unused(con, [attachment_no])
        return TemplateReceipt(str(attachment_no), "deleted", is_written=not dry_run)
