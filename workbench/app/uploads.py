"""Files that a visitor brings, kept on disk for as long as the session needs them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from streamlit.runtime.uploaded_file_manager import UploadedFile

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Upload:
    """A file a visitor brought.

    Attributes
    ----------
    folder : tempfile.TemporaryDirectory
        Deleted with everything in it when the session forgets the upload.
    name : str
        As the visitor calls it, without folders.
    size : int
        Bytes.
    file_id : str
        Tells one upload from another of the same name.
    """

    folder: TemporaryDirectory[str]
    name: str
    size: int
    file_id: str

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(self.folder.name) / self.name


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
    upload = Upload(TemporaryDirectory(prefix="workbench-"), Path(file.name).name, file.size, file.file_id)
    file.seek(0)
    with upload.path.open("wb") as target:
        while block := file.read(_BLOCK):
            target.write(block)
    return upload
