"""Taking in a file: told by its content, looked through, cleaned where it is a picture, sealed and kept as it came."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Final
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.vietnamese import clean
from hamrong.papers import keeping, queries
from hamrong.papers.cleaning import BARE, Clean, cleaned
from hamrong.papers.keeping import Told
from hamrong.papers.kinds import OLD, kind_of
from hamrong.papers.models import Attachment
from hamrong.papers.pictures import Unreadable
from hamrong.papers.scanning import scanned
from hamrong.papers.subjects import Subject

LARGEST: Final = 200 * 1024 * 1024
MOST: Final = 50
"""Files of one object; whoever has more brings them to the counter."""

NAME: Final = 120
EMPTY = Refusal("invalid", "Tệp này trống.", "This file is empty.")
LARGE = Refusal(
    "invalid", "Các tệp gửi cùng lúc lớn hơn 200 MB. Hãy gửi từng tệp, chia nhỏ, hoặc mang đến nơi tiếp công dân.",
    "What was sent at once is larger than 200 MB. Send the files one by one, split them, or bring them to the counter.",
)  # fmt: skip
MANY = Refusal(
    "invalid", "Hồ sơ đã có 50 tệp. Hãy mang phần còn lại đến nơi tiếp công dân.",
    "There are 50 files already. Bring the rest to the counter.",
)  # fmt: skip
SEALED = Refusal(
    "state", "Đơn này niêm phong: hãy mở nội dung bằng khóa của bạn rồi thêm tệp ở đó.",
    "This petition is sealed: open its content with your key, and add the file there.",
)  # fmt: skip
KIND = Refusal(
    "invalid",
    "Không nhận loại tệp này. Hãy gửi ảnh (JPEG, PNG), PDF, Word, Excel, văn bản, âm thanh hoặc video MP4; "
    "không gửi tệp nén, chương trình hoặc tệp có macro.",
    "This kind of file is not taken. Send a picture (JPEG, PNG), PDF, Word, Excel, text, sound or MP4 video; "
    "no archive, program or file with macros.",
)  # fmt: skip
TRACES = Refusal(
    "invalid",
    "Không xóa được dữ liệu ẩn trong tệp này (tên người soạn, máy, nơi, giờ), mà nó có thể cho biết ai gửi đơn. "
    "Hãy lưu thành PDF không có mật khẩu, Word mới (.docx) hoặc ảnh rồi gửi lại, hoặc mang đến nơi tiếp công dân.",
    "What is hidden in this file (author, device, place, hour) cannot be removed, and it may tell who sent this. "
    "Save it as PDF without a password, as new Word (.docx) or as a picture and send that, or bring it to the counter.",
)  # fmt: skip
OLD_WORD = Refusal(
    "invalid",
    "Không nhận Word cũ (.doc): không xóa được dữ liệu ẩn, và tệp có thể chứa chương trình. Hãy mở tệp, chọn Lưu thành "
    "(Save as), chọn Word mới (.docx) hoặc PDF rồi gửi lại. Không lưu lại được thì in ra, mang hoặc gửi bản giấy.",
    "Old Word (.doc) is not taken: what is hidden in it cannot be removed, and it may hold a program. Open it, choose "
    "Save as, choose new Word (.docx) or PDF, and send that. If you cannot, print it and bring or post the paper.",
)  # fmt: skip
PICTURE = Refusal(
    "invalid", "Không mở được ảnh này, hoặc ảnh quá lớn. Hãy lưu lại ảnh rồi gửi lại.",
    "This picture cannot be opened, or is too large. Save it anew and send it again.",
)  # fmt: skip


def add(
    *, by: Grant, to: Subject, file: IO[bytes], name: str, at: datetime, key: bytes | None = None
) -> Attachment | Refusal:
    """Take a file in for an object. `file` can be read from its beginning more than once (Django's uploads can).

    `key` is of 32 bytes, where the object has a key of its own: the content key of a sealed report. With a reporter's
    grant the file belongs to the ticket, of its time only the day is kept, and there is no entry of audit. What the
    object has already, by name and content, is answered as it was kept.
    """
    if to.sealed and key is None:
        return SEALED
    size = _size(file)
    problem = _problem(size)
    kind = None if problem else kind_of(file)
    if problem or kind is None:
        return problem or KIND
    if kind in OLD and (to.sealed or by.scope_kind == "ticket"):
        return OLD_WORD
    found = scanned(settings.HAMRONG_CLAMAV, _from_start(file))
    if found:
        return found
    try:
        clean = cleaned(file, kind)
    except Unreadable:
        return PICTURE
    if clean is None and to.sealed and kind not in BARE:
        return TRACES
    return _kept(by, to, file, Told(_name(name), kind, size, _digest(file), clean is not None), clean, at, key)


def _kept(
    by: Grant, to: Subject, file: IO[bytes], told: Told, clean: Clean | None, at: datetime, key: bytes | None
) -> Attachment | Refusal:
    reporter = by.scope_kind == "ticket"
    number, used, ticket = uuid4(), key or keeping.house_key(), by.scope if reporter else to.ticket
    with acting(by):
        if queries.attachments(by, to.ref).count() >= MOST:
            return MANY
        twice = _twice(by, to, told, used)
        if twice is not None:
            return twice
        kept = Attachment(
            id=number, ref=to.ref, ticket=ticket or None, unit=to.unit or to.province, province=to.province,
            told=keeping.seal_told(number, told, used), own_key=key is not None, received_on=timezone.localdate(at),
            received_by="" if reporter else by.actor.ref,
        )  # fmt: skip
        kept.save(force_insert=True)
        if not reporter:
            enter(by, subject=f"attachment:{number}", stream=to.ref, at=at, kind=told.kind)
        try:
            keeping.write(number, _from_start(file), told.size, used, original=True)
            if clean is not None:
                keeping.write(number, clean.pieces, clean.size, used, original=False)
        except BaseException:
            keeping.forget(number)
            raise
    return kept


def _twice(by: Grant, to: Subject, told: Told, key: bytes) -> Attachment | None:
    """The same file of the same object, where it was sent already: a form that is sent again adds nothing."""
    for one in queries.attachments(by, to.ref):
        try:
            known = keeping.told_of(one.pk, bytes(one.told), key)
        except Broken:
            continue  # under another key: of another's hand
        if (known.digest, known.name) == (told.digest, told.name):
            return one
    return None


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size if size is not None else file.tell()


def _problem(size: int) -> Refusal | None:
    if size == 0:
        return EMPTY
    return LARGE if size > LARGEST else None


def _from_start(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    return keeping.pieces_of(file)


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in _from_start(file):
        digest.update(piece)
    return digest.hexdigest()


def _name(name: str) -> str:
    """The last part of the name as it was given, without what could be a path, short enough to keep."""
    plain = clean(name.replace("\\", "/").rsplit("/", 1)[-1])
    return plain if len(plain) <= NAME else f"{plain[: NAME - 12]}…{plain[-10:]}"
