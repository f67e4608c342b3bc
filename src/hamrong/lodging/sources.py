"""From the bytes of a request or a file to numbered rows, or the one reason why they cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import msgspec

from hamrong.lodging.decoding import decode
from hamrong.lodging.shapes import Reading

JSON: Final = "application/json"
NDJSON: Final = "application/x-ndjson"
MOST_BYTES: Final = 100 * 1024 * 1024
MOST_ROWS: Final = 100_000


@dataclass(frozen=True, slots=True)
class FileRefused:
    """Why a whole file was not taken: a code and what to do, in both languages."""

    code: str
    message_vi: str
    message_en: str
    hint_vi: str
    hint_en: str = ""


class Source(Protocol):
    """Rows that can be gone through more than once; each is its number and what could be read of it."""

    @property
    def total(self) -> int: ...
    def readings(self) -> Iterator[tuple[int, Reading]]: ...


@dataclass(frozen=True, slots=True)
class JsonRows:
    """Stays as JSON values, not decoded before their turn: 100,000 rows stay as small as their text."""

    raw: Sequence[msgspec.Raw | bytes]

    @property
    def total(self) -> int:
        return len(self.raw)

    def readings(self) -> Iterator[tuple[int, Reading]]:
        for place, each in enumerate(self.raw, start=1):
            yield place, decode(bytes(each))


_LIST: Final = msgspec.json.Decoder(list[msgspec.Raw])
_REFUSALS: Final[Mapping[str, FileRefused]] = {
    each.code: each
    for each in (
        FileRefused(
            "file.malformed", "Nội dung không phải là một danh sách JSON đọc được.",
            "This is not a readable JSON list.",
            "Gửi một danh sách JSON, mỗi phần tử là một lượt lưu trú, mã hóa UTF-8.",
            "Send a JSON list of stays, encoded in UTF-8.",
        ),
        FileRefused(
            "file.empty", "Tệp không có dòng nào.", "There are no rows in it.",
            "Kiểm tra lại tệp; đêm không có khách thì báo «không có khách».",
            "Check the file; for a night without guests report that there are none.",
        ),
        FileRefused(
            "file.too_large", f"Tệp lớn hơn {MOST_BYTES // 1024 // 1024} MB.",
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.", "Chia tệp thành nhiều phần.",
            "Send it in parts.",
        ),
        FileRefused(
            "file.too_many_rows", f"Tệp có hơn {MOST_ROWS} dòng.", f"There are more than {MOST_ROWS} rows.",
            "Chia tệp thành nhiều phần.", "Send it in parts.",
        ),
    )
}  # fmt: skip


def read(data: bytes, file_name: str, media_type: str, mapping: Mapping[str, Any] | None) -> Source | FileRefused:
    """The rows of a request's body or a file; what it is, its media type says, or else its name."""
    kind = media_type.split(";")[0].strip().lower()
    return read_json(data, lines=kind == NDJSON or file_name.lower().endswith((".jsonl", ".ndjson")))


def read_json(data: bytes, *, lines: bool) -> Source | FileRefused:
    """Stays in a JSON list, or one a line (`lines`); what is wrong with a row is left to the row."""
    if len(data) > MOST_BYTES:
        return _REFUSALS["file.too_large"]
    raw: Sequence[msgspec.Raw | bytes]
    if lines:
        raw = [line for line in data.split(b"\n") if line.strip()]
    else:
        try:
            raw = _LIST.decode(data)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            return _REFUSALS["file.malformed"]
    if not raw:
        return _REFUSALS["file.empty"]
    return JsonRows(raw) if len(raw) <= MOST_ROWS else _REFUSALS["file.too_many_rows"]
