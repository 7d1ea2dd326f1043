"""Files kept in the store: what templates send, and what belongs to one interaction (table 5062)."""

# Names of tables and columns come from the list below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

import pandas as pd

from workbench import clock, config
from workbench.errors import ConfigError, NotFoundError, RuleError, SourceError
from workbench.store import Connection, tables
from workbench.store.connection import first_row
from workbench.templates.results import Attachment

MOST_BYTES = 50 * 1024 * 1024
_KEPT_FOR = " UNION ALL ".join(
    f"SELECT attachment_no FROM {table}" for table in ("interaction_template_language", "word_template", "worksheet")
)
_USES = f"{_KEPT_FOR} UNION ALL SELECT attachment_no FROM interaction"
_LISTED = f"""
    SELECT a.attachment_no, a.file_name, a.media_type, a.byte_count, count(u.attachment_no) AS use_count,
        a.stored_at, a.stored_by, a.sha256
    FROM attachment a LEFT JOIN ({_USES}) u USING (attachment_no)
    GROUP BY ALL ORDER BY a.attachment_no
"""
_ONLY_OF = f"""
    SELECT attachment_no FROM interaction WHERE list_contains($ids, contact_id) AND attachment_no IS NOT NULL
    EXCEPT (
        SELECT attachment_no FROM interaction WHERE NOT list_contains($ids, contact_id)
        UNION ALL {_KEPT_FOR}
    )
    ORDER BY attachment_no
"""
_READ = "SELECT attachment_no, file_name, media_type, sha256, content FROM attachment WHERE attachment_no = ?"
# The types that the standard library knows would depend on what the machine has installed.
_TYPES = mimetypes.MimeTypes()
for _ending, _type in {
    ".docx": "wordprocessingml.document", ".xlsx": "spreadsheetml.sheet", ".pptx": "presentationml.presentation",
}.items():  # fmt: skip
    _TYPES.add_type(f"application/vnd.openxmlformats-officedocument.{_type}", _ending)


def given(file: str | Path, content: bytes | None = None) -> tuple[str, bytes]:
    """Read a file that is to be stored, unless its content is there already.

    Parameters
    ----------
    file : str or pathlib.Path
        The file; only its name where `content` is given.
    content : bytes, optional
        What is in it.

    Returns
    -------
    tuple of str and bytes
        Its name without folders, and its content.

    Raises
    ------
    SourceError
        When there is no such file, or it cannot be read.
    RuleError
        When it has no name, is empty or larger than 50 MB; such a file is not read.
    """
    if content is not None:
        return named(str(file), content), content
    path = Path(file)
    try:
        _refuse_size(path.name, path.stat().st_size)
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}.", "Name a file that is there.") from error
    return named(path.name, content), content


def store(con: Connection, file_name: str, content: bytes) -> int:
    """Keep a file, once for each content.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    file_name : str
        Its name; folders in front of it are left out.
    content : bytes
        What is in it, from 1 byte to 50 MB.

    Returns
    -------
    int
        Its number; that of the file which has the same content already, where there is one.

    Raises
    ------
    RuleError
        When it has no name, is empty or larger than 50 MB.
    """
    return kept(con, named(file_name, content), content)[0]


def kept(con: Connection, name: str, content: bytes, *, dry_run: bool = False) -> tuple[int, tuple[str, ...]]:
    """Keep a file whose name was checked, or tell under which number it would be kept.

    Parameters
    ----------
    con : connection
        A unit of work that writes, unless this is a preview.
    name : str
        As from `named`.
    content : bytes
        What is in it.
    dry_run : bool, optional
        Only tell what would happen.

    Returns
    -------
    tuple of int and tuple of str
        Its number, and what there is to know: that the store has the content under another name.
    """
    row = first_row(con, "SELECT attachment_no, file_name FROM attachment WHERE sha256 = ?", [_digest(content)])
    if row is not None:
        return int(row[0]), (_kept_already(row[0], row[1]),) if row[1] != name else ()
    (next_no,) = first_row(con, "SELECT coalesce(max(attachment_no), 0) + 1 FROM attachment") or (1,)
    if not dry_run:
        _insert(con, int(next_no), name, content)
    return int(next_no), ()


def _kept_already(attachment_no: int, name: str) -> str:
    return f"The store has this file already: it is attachment {attachment_no}, {name}."


def _insert(con: Connection, attachment_no: int, name: str, content: bytes) -> None:
    con.execute(
        "INSERT INTO attachment (attachment_no, file_name, media_type, sha256, byte_count, content, stored_at, "
        "stored_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [attachment_no, name, media_type(name), _digest(content), len(content), content,
         clock.now().replace(tzinfo=None), config.user()],
    )  # fmt: skip


def named(file_name: str, content: bytes) -> str:
    """Check that a file can be stored.

    Parameters
    ----------
    file_name : str
        Its name.
    content : bytes
        What is in it.

    Returns
    -------
    str
        Its name without folders.

    Raises
    ------
    RuleError
        When it has no name, is empty or larger than 50 MB.
    """
    name = PurePath(file_name.replace("\\", "/")).name.strip()
    if not name or not name.isprintable():
        raise RuleError(f'"{file_name}" is no name of a file.', "Name it like letter.docx.")
    if not content:
        raise RuleError(f"{name} is empty.", "Choose a file with something in it.")
    _refuse_size(name, len(content))
    return name


def same(con: Connection, content: bytes) -> int | None:
    """Find the file that has a content already.

    Parameters
    ----------
    con : connection
        An open unit of work.
    content : bytes
        What is looked for.

    Returns
    -------
    int or None
        Its number.
    """
    row = first_row(con, "SELECT attachment_no FROM attachment WHERE sha256 = ?", [_digest(content)])
    return None if row is None else int(row[0])


def read(con: Connection, attachment_no: int) -> Attachment:
    """Read a file.

    Parameters
    ----------
    con : connection
        An open unit of work.
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
    row = first_row(con, _READ, [attachment_no])
    if row is None:
        raise missing(attachment_no)
    return Attachment(*row)


def number(text: str) -> int:
    """Read the number of a file.

    Parameters
    ----------
    text : str
        What somebody wrote.

    Returns
    -------
    int
        The number.

    Raises
    ------
    ConfigError
        When it is none.
    """
    if not (text.isascii() and text.isdigit()):
        raise ConfigError(f'"{text}" is no value of attachment_no.', "Give the number of a file in the store.")
    return int(text)


def check(con: Connection, attachment_no: int) -> None:
    """Refuse a number that no file has.

    Parameters
    ----------
    con : connection
        An open unit of work.
    attachment_no : int
        The number.

    Raises
    ------
    NotFoundError
        When there is none of the number.
    """
    if first_row(con, "SELECT 1 FROM attachment WHERE attachment_no = ?", [attachment_no]) is None:
        raise missing(attachment_no)


def missing(attachment_no: int) -> NotFoundError:
    """Say that there is no such file.

    Parameters
    ----------
    attachment_no : int
        The number asked for.

    Returns
    -------
    NotFoundError
        To be raised by the caller.
    """
    return NotFoundError(
        f"There is no attachment {attachment_no}.", "See `workbench interaction attachment list` for those there are."
    )


def listed(con: Connection) -> pd.DataFrame:
    """List the files of the store.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    pandas.DataFrame
        By number: attachment_no, file_name, media_type, byte_count, use_count (interactions, languages of templates,
        Word templates and worksheets that refer to it), stored_at, stored_by, sha256.
    """
    return tables.frame(con, _LISTED)


def use_count(con: Connection, attachment_no: int) -> int:
    """Count what refers to a file.

    Parameters
    ----------
    con : connection
        An open unit of work.
    attachment_no : int
        Its number.

    Returns
    -------
    int
        Interactions, languages of templates, Word templates and worksheets.
    """
    (count,) = first_row(con, f"SELECT count(*) FROM ({_USES}) WHERE attachment_no = ?", [attachment_no]) or (0,)
    return int(count)


def only_of(con: Connection, contact_ids: Sequence[int]) -> list[int]:
    """Find the files that nothing but interactions of some contacts refers to.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_ids : sequence of int
        The contacts.

    Returns
    -------
    list of int
        Numbers of files, in their order.
    """
    return [number for (number,) in con.execute(_ONLY_OF, {"ids": list(contact_ids)}).fetchall()]


def drop_unused(con: Connection, attachment_nos: Iterable[int]) -> int:
    """Delete those of some files that nothing refers to any more.

    Parameters
    ----------
    con : connection
        A unit of work that writes, in which what referred to them is gone already.
    attachment_nos : iterable of int
        Their numbers.

    Returns
    -------
    int
        How many were deleted.
    """
    gone = con.execute(
        "DELETE FROM attachment WHERE list_contains(?::BIGINT[], attachment_no) AND attachment_no NOT IN "
        f"(SELECT attachment_no FROM ({_USES}) WHERE attachment_no IS NOT NULL) RETURNING 1",
        [sorted(set(attachment_nos))],
    )
    return len(gone.fetchall())


def media_type(file_name: str) -> str:
    """Tell what kind of file it is, from its name.

    Parameters
    ----------
    file_name : str
        With its ending.

    Returns
    -------
    str
        A media type; ``"application/octet-stream"`` where the ending says none.

    Examples
    --------
    >>> media_type("offer.pdf")
    'application/pdf'
    """
    return _TYPES.guess_type(file_name)[0] or "application/octet-stream"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _refuse_size(name: str, size: int) -> None:
    if size > MOST_BYTES:
        raise RuleError(
            f"{name} has {size / 1024**2:,.1f} MB; a file in the store has at most {MOST_BYTES // 1024**2} MB.",
            "Keep it elsewhere, and send or note where it is.",
        )
