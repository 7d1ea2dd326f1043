"""Files that a visitor brings, kept on disk for as long as the session needs them."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from streamlit.runtime.uploaded_file_manager import UploadedFile

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Upload:
    """A file a visitor brought.

    Attributes
    ----------
    folder : pathlib.Path
        Its own; deleted with everything in it when the session forgets the upload.
    name : str
        As the visitor calls it, without folders.
    size : int
        Bytes.
    file_id : str
        Tells one upload from another of the same name.
    """

    folder: Path
    name: str
    size: int
    file_id: str

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.folder / self.name


def kept(file: UploadedFile) -> Upload:
    """Write an upload to disk.

    Parameters
    ----------
    file : UploadedFile
        As the browser sent it.

    Returns
    -------
    Upload
        Under the name the visitor gave it, which the receipt of a load repeats.
    """
    folder = Path(tempfile.mkdtemp(prefix="workbench-"))
    upload = Upload(folder, Path(file.name).name, file.size, file.file_id)
    weakref.finalize(upload, shutil.rmtree, folder, ignore_errors=True)
    file.seek(0)
    with upload.path.open("wb") as target:
        while block := file.read(_BLOCK):
            target.write(block)
    return upload


def together(files: Sequence[UploadedFile]) -> Upload:
    """Write several uploads to one folder on disk.

    Parameters
    ----------
    files : sequence of UploadedFile
        As the browser sent them, one at least.

    Returns
    -------
    Upload
        Its path is the file where there is one, else the folder; of files with the same name, each is there.
    """
    if len(files) == 1:
        return kept(files[0])
    folder = Path(tempfile.mkdtemp(prefix="workbench-"))
    upload = Upload(folder, "", sum(file.size for file in files), " ".join(file.file_id for file in files))
    weakref.finalize(upload, shutil.rmtree, folder, ignore_errors=True)
    for number, file in enumerate(files, 1):
        own = folder / str(number)
        own.mkdir()
        (own / Path(file.name).name).write_bytes(file.getvalue())
    return upload
