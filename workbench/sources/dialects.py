"""How a text file is written: its encoding and the sign between its cells, found from its own bytes."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import charset_normalizer

from workbench.errors import SourceError

BLOCK = 1 << 20
SAMPLE = 1 << 16
DELIMITERS = (",", ";", "\t", "|")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What offices really write when they do not write UTF-8; fewer candidates make short files safer to tell.
_LEGACY = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "gb18030", "big5", "euc_kr", "koi8_r")


@dataclass(frozen=True)
class FileBytes:
    """What one pass over the bytes of a file tells.

    Attributes
    ----------
    sha256 : str
        Of the whole content, in hexadecimal.
    size : int
        Bytes.
    line_count : int
        Lines by their ``\\n``, the last one with or without.
    encoding : str
        Python's name of the encoding.
    has_other_line_ends : bool
        Whether ``\\r`` stands anywhere without ``\\n`` behind it.
    errors : str
        What reading does with bytes that are not in the encoding.
    notes : tuple of str
        What a person should know about the encoding.
    """

    sha256: str
    size: int
    line_count: int
    encoding: str
    has_other_line_ends: bool = False
    errors: str = "strict"
    notes: tuple[str, ...] = ()


def examined(path: Path, encoding: str | None = None) -> FileBytes:
    """Hash a file and find its encoding in one pass.

    Parameters
    ----------
    path : pathlib.Path
        A readable file.
    encoding : str, optional
        The encoding to use instead of the one found.

    Returns
    -------
    FileBytes
        Hash, size, lines and encoding.

    Raises
    ------
    SourceError
        When `encoding` is none that Python knows.

    Notes
    -----
    A byte order mark decides; then NUL bytes at every second place mean UTF-16; then valid UTF-8 is UTF-8. A file of
    which most lines beyond ASCII are UTF-8 is, and its other bytes are read as Windows does. The rest is told by
    charset-normalizer from the lines that are not plain ASCII. Memory is one block.
    """
    digest, size, lines, legacy, valid = hashlib.sha256(), 0, 0, b"", True
    decoder = codecs.getincrementaldecoder("utf-8")()
    head = last = b""
    returns = 0
    for block in _blocks(path):
        digest.update(block)
        head = head or block
        returns += block.count(b"\r") - block.count(b"\r\n") - (last == b"\r" and block.startswith(b"\n"))
        size, lines, last = size + len(block), lines + block.count(b"\n"), block[-1:]
        valid = valid and _decodes(decoder, block)
        if not block.isascii() and len(legacy) < SAMPLE:
            legacy += b"\n".join(line for line in block.splitlines() if not line.isascii())[:SAMPLE]
    valid = valid and _decodes(decoder, b"", final=True)
    found = known_encoding(encoding) if encoding else _encoding(head, valid, legacy)
    told = FileBytes(digest.hexdigest(), size, lines + (last != b"\n"), found, returns > 0)
    return told if encoding or valid or found.startswith(("utf-16", "utf-32")) else _mixed(path, told)


def _mixed(path: Path, told: FileBytes) -> FileBytes:
    """Two files may have been joined, or cells pasted: the lines say which encoding most of them have."""
    good, bad, first = 0, 0, 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.isascii():
                continue
            if _decodes(codecs.getincrementaldecoder("utf-8")(), line, final=True):
                good += 1
            else:
                bad, first = bad + 1, first or number
    if good < bad:
        return told
    what = "1 line is" if bad == 1 else f"{bad:,} lines are"
    note = f"{what} not written in UTF-8 like the rest, the first being line {first:,}; read there as Windows (cp1252)."
    return replace(told, encoding=_utf8(told.encoding), errors=_AS_WINDOWS, notes=(note,))


def _utf8(found: str) -> str:
    return found if found == "utf-8-sig" else "utf-8"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_AS_WINDOWS = "as-windows"
codecs.register_error(_AS_WINDOWS, _as_windows)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def known_encoding(name: str) -> str:
    """Check the name of an encoding.

    Parameters
    ----------
    name : str
        Any spelling Python accepts: ``"latin1"``, ``"UTF-16"``.

    Returns
    -------
    str
        Python's own name of it.

    Raises
    ------
    SourceError
        When Python knows no such text encoding.
    """
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise SourceError(
            f'There is no encoding "{name}".', "Use utf-8, utf-16, cp1252 or another name Python knows."
        ) from None


def _encoding(head: bytes, is_utf8: bool, legacy: bytes) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if wide := _without_mark_utf16(head[:SAMPLE]):
        return wide
    return "utf-8" if is_utf8 else _legacy(legacy)


def _without_mark_utf16(head: bytes) -> str:
    """UTF-16 text of any western kind has a NUL in nearly every second place, and on one side only."""
    if len(head) < 4:
        return ""
    half = len(head) // 2
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else ""


def _legacy(sample: bytes) -> str:
    matches = charset_normalizer.from_bytes(sample, cp_isolation=list(_LEGACY))
    best = matches.best()
    if best is None:
        return "latin-1"
    western = [match for match in matches if match.encoding == "cp1252"]
    # Between equally plausible readings, the one Western offices write is the likeliest.
    if western and western[0].chaos <= best.chaos:
        return "cp1252"
    return str(best.encoding)


def delimiter_of(sample: str, ending: str = ".csv") -> str:
    """Find the sign between the cells.

    Parameters
    ----------
    sample : str
        The beginning of the text; its last line may be cut.
    ending : str, optional
        The file's ending; ``.tsv`` breaks a tie in favour of the tab.

    Returns
    -------
    str
        The delimiter under which most rows have as many cells as the header, at least two; a comma for
        a file of one column.

    Examples
    --------
    >>> delimiter_of("name;amount\\nAda;1,50\\nBo;2,25\\n")
    ';'
    """
    if sample[:4].lower() == "sep=" and len(sample) > 4:
        return sample[4]
    order = ("\t", *DELIMITERS) if ending == ".tsv" else DELIMITERS
    scores = {delimiter: _agreement(sample, delimiter) for delimiter in order}
    best = max(order, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > (0.0, 0) else order[0]


def _agreement(sample: str, delimiter: str) -> tuple[float, int]:
    """Share of the rows that are as wide as the header, and the width; nothing when the header is one cell."""
    rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row]
    complete = rows[:-1] if len(rows) > 2 else rows
    if not complete or len(complete[0]) < 2:
        return (0.0, 0)
    widths = Counter(len(row) for row in complete)
    return (round(widths[len(complete[0])] / len(complete), 3), len(complete[0]))
