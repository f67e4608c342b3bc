"""What programs and cameras write into files unseen is gone from the copies that are handed out."""

import io
import zipfile

import pytest
from docx import Document
from PIL import Image, ImageSequence
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, NameObject, TextStringObject

from hamrong.papers import queries
from hamrong.papers.cleaning import Clean, cleaned
from hamrong.papers.kinds import kind_of
from tests.papers.test_attachments import PDF, add, photo, taken

CANARY = "CANARY-OF-THE-DEVICE"


def clean(content: bytes) -> bytes | None:
    """The clean copy of what a file is by its content."""
    file = io.BytesIO(content)
    kind = kind_of(file)
    assert kind is not None
    found = cleaned(file, kind)
    if found is None:
        return None
    assert isinstance(found, Clean)
    whole = b"".join(found.pieces)
    assert len(whole) == found.size
    return whole


def a_pdf(password: str = "") -> bytes:
    """A scan as a telephone's program makes it: Info, XMP, a note with a name, and the photograph as it was taken."""
    picture = io.BytesIO()
    with Image.open(io.BytesIO(photo())) as taken_picture:
        taken_picture.save(picture, "PDF")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(picture.getvalue())))
    writer.add_metadata({"/Author": CANARY, "/Creator": CANARY})
    xmp = DecodedStreamObject()
    xmp.set_data(CANARY.encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    note = FreeText(text="Ghi chú", rect=(1, 1, 9, 9))
    note[NameObject("/T")] = note[NameObject("/NM")] = TextStringObject(CANARY)
    writer.add_annotation(0, note)
    for each in writer._objects:
        if isinstance(each, dict) and each.get("/Filter") == "/DCTDecode":
            each._data = photo()
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def box(kind: bytes, *content: bytes) -> bytes:
    inside = b"".join(content)
    return (8 + len(inside)).to_bytes(4, "big") + kind + inside


def a_film() -> bytes:
    """A film with the places of an Android and an iPhone, and the hours of its making."""
    hours = b"\0\0\0\0" + b"\xe0\x11\x22\x33" * 2 + bytes(80)
    place = box(b"udta", box(b"\xa9xyz", CANARY.encode()))
    track = box(
        b"trak", box(b"tkhd", hours), box(b"mdia", box(b"mdhd", b"\x01\0\0\0" + b"\xe0\x11\x22\x33" * 4)), place
    )
    moov = box(b"moov", box(b"mvhd", hours), track, box(b"meta", CANARY.encode()))
    return (
        box(b"ftyp", b"mp42", bytes(4)) + moov + box(b"mdat", bytes(range(256)) * 700) + box(b"uuid", CANARY.encode())
    )


def a_gif(frames: int = 3) -> bytes:
    written = io.BytesIO()
    pictures = [Image.new("RGB", (20, 10), (40 * number, 0, 0)) for number in range(frames)]
    pictures[0].save(
        written, "GIF", save_all=True, append_images=pictures[1:], duration=[70] * frames, comment=CANARY.encode()
    )
    return written.getvalue()


def a_letter() -> bytes:
    written, document = io.BytesIO(), Document()
    document.add_paragraph("Nội dung đơn")
    document.core_properties.author = document.core_properties.last_modified_by = CANARY
    document.save(written)
    changed = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/document.xml":
                mark = f'<w:ins w:id="1" w:author="{CANARY}" w:date="2026-11-26T22:50:00Z"/>'.encode()
                content = content.replace(b"<w:body>", b"<w:body>" + mark)
            new.writestr(info.filename, content)
        new.writestr("word/media/anh.jpeg", photo())
    return changed.getvalue()


@pytest.mark.parametrize("make", [a_pdf, a_film, a_gif, a_letter])
def test_nothing_hidden_is_left_and_the_original_is_kept_as_it_came(make):
    content = make()
    assert CANARY.encode() in content or CANARY.encode() in _unpacked(content)
    kept = add(content)
    assert queries.told(kept).cleaned and taken(kept, original=True) == content
    given = taken(kept)
    assert not any(hidden in part for part in (given, _unpacked(given)) for hidden in (CANARY.encode(), b"Exif"))


def _unpacked(content: bytes) -> bytes:
    """All that lies in a packed file."""
    if not content.startswith(b"PK"):
        return b""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(packed.read(each) for each in packed.namelist())


def test_a_pdf_is_still_the_same_to_read():
    before, after = PdfReader(io.BytesIO(a_pdf())), PdfReader(io.BytesIO(clean(a_pdf()) or b""))
    assert len(after.pages) == len(before.pages) == 1 and not after.metadata and "/Metadata" not in after.root_object
    assert after.pages[0].images[0].image.size == before.pages[0].images[0].image.size


def test_a_letter_still_opens_in_word():
    again = Document(io.BytesIO(clean(a_letter()) or b""))
    assert [each.text for each in again.paragraphs] == ["Nội dung đơn"] and again.core_properties.author == ""


def test_a_moving_picture_still_moves():
    with Image.open(io.BytesIO(clean(a_gif()) or b"")) as again:
        frames = list(ImageSequence.Iterator(again))
        assert len(frames) == 3 and again.info["duration"] == 70 and "comment" not in again.info


def test_a_film_keeps_its_length_its_pictures_and_loses_its_hours():
    before, after = a_film(), clean(a_film()) or b""
    assert len(after) == len(before) and bytes(range(256)) * 700 in after
    assert b"\xe0\x11\x22\x33" not in after and after.count(b"free") == 3
    assert [each in after for each in (b"ftyp", b"moov", b"mdat", b"tkhd")] == [True] * 4


@pytest.mark.parametrize(
    "content", [PDF, box(b"ftyp", b"mp42") + b"\0\0\0\xffmoov", box(b"ftyp", b"mp42") + b"\0\0\0\x02moov"]
)
def test_what_cannot_be_read_is_kept_as_it_came(content):
    assert clean(content) is None
    kept = add(content)
    assert not queries.told(kept).cleaned and taken(kept) == content


def test_a_file_made_to_harm_harms_nobody():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", bytes(250 * 1024 * 1024))
    assert clean(bomb.getvalue()) is None


def test_a_protected_pdf_is_kept_as_it_came():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf())))
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    assert clean(written.getvalue()) is None
