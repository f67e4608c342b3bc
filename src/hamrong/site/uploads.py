"""Files of a request while it runs: what does not stay in memory lies on the disk sealed (`kernel.seal.spool`)."""

from io import BufferedReader
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from hamrong.kernel.seal.spool import PIECE, Spool
from hamrong.papers.actions.attachments import LARGEST


class Cut(Spool):
    """What is kept of a file that is too large: its size, so that whoever takes it in can say so, and no byte."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size


class SealedUpload(FileUploadHandler):
    """Keeps what comes in spools; files of one request that are together larger than one may be are cut."""

    chunk_size = PIECE

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._spool, self._whole = Spool(), True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._taken += len(raw_data)
        if self._taken <= LARGEST:
            self._spool.write(raw_data)
        elif self._whole:
            self._spool.close()
            self._whole = False

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        size = file_size if self._whole else max(file_size, LARGEST + 1)
        reader = BufferedReader(self._spool if self._whole else Cut(size), PIECE)
        return UploadedFile(
            reader, self.file_name, self.content_type, size, self.charset, self.content_type_extra
        )  # fmt: skip

    def upload_interrupted(self) -> None:
        """The other end went away: nothing waits for the collector."""
        self._spool.close()
