"""HEIC, sound and RTF without what telephones, recorders and programs wrote into them unseen."""

import io
import secrets
import struct
import wave
from dataclasses import replace
from pathlib import Path

import pytest

from hamrong.access.actors import Refusal
from hamrong.papers import queries
from hamrong.papers.actions import attachments
from tests.papers.test_attachments import a_report, add, photo, reporter, taken
from tests.papers.test_cleaning import CANARY, a_pdf, box, clean

MARK = CANARY.encode()
PICTURE = bytes(range(256)) * 20


def a_still(*, way: int = 0, version: int = 1) -> bytes:
    """A HEIC of one picture with Exif and XMP, told by `iinf` and `iloc`; with `way` 1 these lie in `idat`."""
    exif, xmp = b"\0\0\0\x06Exif\0\0MM\0*" + MARK, b"<x:xmpmeta>" + MARK
    kinds = [(1, b"hvc1"), (2, b"Exif"), (3, b"mime")]
    infe = [box(b"infe", b"\x02\0\0\0" + struct.pack(">HH", number, 0) + kind + b"\0") for number, kind in kinds]
    iinf = box(b"iinf", bytes(4) + struct.pack(">H", len(infe)), *infe)
    ftyp = box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")

    def made(picture_at: int, exif_at: int) -> bytes:
        places = [
            (1, 0, picture_at, len(PICTURE)),
            (2, way, exif_at, len(exif)),
            (3, way, exif_at + len(exif), len(xmp)),
        ]
        rows = b"".join(
            struct.pack(">H", number)
            + (struct.pack(">H", how) if version else b"")
            + struct.pack(">HHII", 0, 1, at, size)
            for number, how, at, size in places
        )
        iloc = box(b"iloc", bytes([version, 0, 0, 0, 0x44, 0]) + struct.pack(">H", 3) + rows)
        inside = [box(b"idat", exif + xmp)] if way else []
        meta = box(b"meta", bytes(4), box(b"hdlr", bytes(24)), iinf, iloc, *inside)
        return ftyp + meta + box(b"mdat", PICTURE, *([] if way else [exif + xmp]))

    start = len(made(0, 0)) - len(PICTURE) - (0 if way else len(exif + xmp))
    return made(start, 0 if way else start + len(PICTURE))


def an_mp3() -> bytes:
    id3 = b"ID3\x04\0\0" + bytes([0, 0, 0, len(MARK) + 10]) + b"TXXX" + bytes(6) + MARK
    lyrics = b"LYRICSBEGIN" + MARK
    ape = b"APETAGEX" + struct.pack("<III", 2000, 32 + len(MARK), 1) + bytes(12)
    return (
        id3
        + SOUND
        + lyrics
        + f"{len(lyrics):06d}".encode()
        + b"LYRICS200"
        + MARK
        + ape
        + b"TAG"
        + MARK.ljust(125, b"\0")
    )


SOUND = (b"\xff\xfb\x90\x44" + bytes(range(200)) * 2) * 3


def a_wave() -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(range(256)) * 10)
    plain = written.getvalue()
    info = b"INFOIART" + struct.pack("<I", len(MARK)) + MARK
    more = b"".join(
        name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)
        for name, content in ((b"LIST", info), (b"bext", MARK * 2), (b"id3 ", MARK))
    )
    return b"RIFF" + struct.pack("<I", len(plain) - 8 + len(more)) + plain[8:] + more


def slow_sum(page: bytes) -> int:
    """The sum of a page of Ogg, bit by bit (RFC 3533)."""
    value = 0
    for byte in page:
        value ^= byte << 24
        for _bit in range(8):
            value = (value << 1) ^ (0x104C11DB7 if value >> 31 else 0)
    return value


def a_page(content: bytes, segments: bytes, number: int, *, first: bool = False, goes_on: bool = False) -> bytes:
    head = b"OggS\0" + bytes([2 * first + goes_on]) + bytes(8) + struct.pack("<II", 7, number)
    page = head + bytes(4) + bytes([len(segments)]) + segments + content
    return head + slow_sum(page).to_bytes(4, "little") + page[26:]


def an_ogg(*, words: int = 1, vorbis: bool = False) -> bytes:
    """Opus or Vorbis, its tags over two pages where there are many words."""
    said = struct.pack("<I", 4) + b"prog" + struct.pack("<I", words)
    said += b"".join(struct.pack("<I", len(MARK)) + MARK for _ in range(words))
    head = b"\x01vorbis" + bytes(23) if vorbis else b"OpusHead" + bytes(11)
    tags = b"\x03vorbis" + said + b"\x01" if vorbis else b"OpusTags" + said
    lacing = bytes([255] * (len(tags) // 255) + [len(tags) % 255])
    pages = [a_page(head, bytes([len(head)]), 0, first=True)]
    for start in range(0, len(lacing), 255):
        content = tags[start * 255 : (start + 255) * 255]
        pages.append(a_page(content, lacing[start : start + 255], len(pages), goes_on=start > 0))
    return b"".join(pages) + a_page(b"sound" * 40, bytes([200]), len(pages))


def an_rtf() -> bytes:
    return rb"""{\rtf1\ansi{\*\generator Msftedit CANARY-OF-THE-DEVICE;}{\info{\author CANARY-OF-THE-DEVICE}
{\creatim\yr2026\mo11\dy26\hr22\min50}{\operator CANARY-OF-THE-DEVICE \'e0}}
{\*\template C:\\Users\\CANARY-OF-THE-DEVICE}
{\*\revtbl{Unknown;}{CANARY-OF-THE-DEVICE;}}{\*\userprops{\propname x}{\staticval CANARY-OF-THE-DEVICE}}
\pard\insrsid1234567 N\u7897?i dung \{\b t\u7889? c\'e1o\b0\}\revauth1\revdttm-1234567 .{\pict\jpegblip\picw1
""" + photo().hex().encode() + b"\n}\\par}"  # fmt: skip


REAL = (Path(__file__).with_name("still.heic")).read_bytes()
"""A picture of 16 × 16 that libheif wrote (pillow-heif 1.8), with a make, a place (GPS) and XMP: nobody's photo."""

MADE = {
    "real": REAL,
    "still": a_still(), "still-idat": a_still(way=1), "still-0": a_still(version=0), "mp3": an_mp3(), "wave": a_wave(),
    "opus": an_ogg(), "opus-long": an_ogg(words=4000), "vorbis": an_ogg(vorbis=True), "rtf": an_rtf(),
}  # fmt: skip


@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_nothing_hidden_is_left_and_the_original_is_kept_as_it_came(made):
    assert MARK in made
    kept = add(made)
    assert not isinstance(kept, Refusal) and queries.told(kept).cleaned and taken(kept, original=True) == made
    assert MARK not in taken(kept) and MARK.hex().encode() not in taken(kept)


@pytest.mark.parametrize("made", [a_still(), a_still(way=1), a_still(version=0)])
def test_a_picture_of_a_telephone_keeps_its_length_and_its_pixels(made):
    after = clean(made) or b""
    assert len(after) == len(made) and PICTURE in after and after.count(b"MM\0*") == 1 and b"hvc1" in after


def test_a_picture_that_a_library_wrote_keeps_all_but_what_it_hides():
    after = clean(REAL) or b""
    differs = [at for at, (one, other) in enumerate(zip(REAL, after, strict=True)) if one != other]
    exif, xmp = REAL.index(b"Exif\0\0"), REAL.index(b"<x:xmpmeta")
    assert min(differs) >= exif - 4 and after[:exif].startswith(REAL[: exif - 4]) and MARK not in after
    assert after[xmp:].strip(b"\0") == b"" and REAL.endswith(b"/></x:xmpmeta>")


def test_a_picture_that_was_cut_off_is_refused_wherever_it_ends():
    """A transfer that broke off leaves a stub: its hidden data could be anywhere, so it is not taken for clean."""
    kept = {end: clean(REAL[:end]) for end in range(12, len(REAL))}
    assert not [end for end, after in kept.items() if after is not None]
    by, key = reporter(), secrets.token_bytes(32)
    for end in (40, len(REAL) // 2, len(REAL) - 1):
        stub = add(REAL[:end], "anh.heic", to=replace(a_report(by.scope), sealed=True), by=by, key=key)
        assert stub == attachments.TRACES


def test_an_mp3_is_its_sound_alone():
    assert clean(an_mp3()) == SOUND and clean(SOUND) == SOUND


def test_a_wave_sounds_the_same():
    with wave.open(io.BytesIO(clean(a_wave()) or b"")) as after, wave.open(io.BytesIO(a_wave())) as before:
        assert after.readframes(9999) == before.readframes(9999) and after.getparams() == before.getparams()


@pytest.mark.parametrize(("made", "tags"), [(an_ogg(words=4000), b"OpusTags"), (an_ogg(vorbis=True), b"\x03vorbis")])
def test_pages_of_ogg_have_their_sums_and_empty_tags(made, tags):
    after, at, pages = clean(made) or b"", 0, 0
    while at < len(after):
        count = after[at + 26]
        end = at + 27 + count + sum(after[at + 27 : at + 27 + count])
        page = after[at:end]
        assert page[:4] == b"OggS" and slow_sum(page[:22] + bytes(4) + page[26:]) == int.from_bytes(
            page[22:26], "little"
        )
        at, pages = end, pages + 1
    assert len(after) == len(made) and b"sound" * 40 in after and tags + bytes(8) in after
    assert pages == made.count(b"OggS")


def test_words_of_an_rtf_stay_as_they_were_typed():
    after = clean(an_rtf()) or b""
    assert rb"N\u7897?i dung \{\b t\u7889? c\'e1o\b0\}" in after and b"{?;}{?;}" in after and rb"\insrsid0 N" in after
    groups = after.replace(b"\\{", b"").replace(b"\\}", b"")
    assert b"Exif".hex().encode() not in after and groups.count(b"{") == groups.count(b"}")


@pytest.mark.parametrize(
    "broken",
    [
        a_still()[:200], box(b"ftyp", b"heic", bytes(4)) + box(b"mdat", b"x"), b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + MARK,
        an_ogg()[:-10], an_ogg().replace(b"OpusHead", b"Speex   "), b"OggS\0\x02" + bytes(40),
        b"{\\rtf1{\\info{\\author x}", an_rtf().replace(b"\\pard", b"\\pard{\\object\\objdata 0105}"),
        b"{\\rtf1\\\\{\\info{\\author x}}}",
    ],
)  # fmt: skip
def test_what_is_not_understood_stays_as_it_came(broken):
    assert clean(broken) is None


def test_what_cannot_be_cleaned_is_not_taken_for_a_sealed_petition_and_it_is_said_why():
    by, key = reporter(), secrets.token_bytes(32)
    to = replace(a_report(by.scope), sealed=True)
    old_word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + MARK * 20
    locked = a_pdf(password="123456")
    assert add(locked, "don.pdf", to=to, by=by, key=key) == attachments.TRACES
    assert add(old_word, "don.doc", to=to, by=by, key=key) == attachments.OLD_WORD
    assert add(old_word, "don.doc", to=a_report(by.scope), by=by) == attachments.OLD_WORD
    for content in (an_rtf(), "Chữ".encode()):
        assert not isinstance(add(content, to=to, by=by, key=key), Refusal)
    assert not isinstance(add(old_word), Refusal) and not isinstance(add(locked), Refusal)
