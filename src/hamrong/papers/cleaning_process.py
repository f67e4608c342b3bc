"""The program that takes hidden data out of one PDF, Office or RTF file, in a process that `cleaning.py` starts.

A library may ask for a terabyte or never end on a file made to harm; here that harms nobody else. In: the file.
Out: the same without what programs wrote into it unseen. Ends with an error where it cannot be read. Run as a file,
so that it imports nothing else of ours.
"""

import io
import re
import resource
import sys
import zipfile
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, StreamObject

MEMORY = 1 << 30
SECONDS = 60
LARGEST = 200 * 1024 * 1024
ENTRIES = 5000
HIDDEN = ("/Metadata", "/PieceInfo", "/LastModified")
NOTE = ("/T", "/M", "/CreationDate", "/NM")
"""Of an annotation: who wrote it, and when."""

AUTHORS = re.compile(rb'((?:w|w15|p15|p188):(?:author|initials|userId|providerId)=")[^"]*"')
DAYS = re.compile(rb'(w:date=")[^"]*"')
NAMES = re.compile(rb"(<(?:author|dc:creator|text:initial-creator)[^>]*>)[^<]*(</)")
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OPEN_XML = b"http://schemas.openxmlformats.org/"
EMPTY = {
    "docProps/core.xml": b'<cp:coreProperties xmlns:cp="%spackage/2006/metadata/core-properties"/>' % OPEN_XML,
    "docProps/app.xml": b'<Properties xmlns="%sofficeDocument/2006/extended-properties"/>' % OPEN_XML,
    "docProps/custom.xml": b'<Properties xmlns="%sofficeDocument/2006/custom-properties"/>' % OPEN_XML,
    "meta.xml": b'<o:document-meta xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" o:version="1.2"/>',
}
"""What stands in the place of a file's properties."""


GROUP = re.compile(rb"\\.|[{}]", re.DOTALL)
DROPPED = re.compile(
    rb"(?<!\\)\{\s*(?:\\\*\s*)?\\(?:info|userprops|generator|template|rsidtbl|datastore|xmlnstbl|atnauthor|atnid|atndate"
    rb"|company|passwordhash|protusertbl|docvar|listname|falt|blipuid|oldcprops|oldpprops)(?![a-z])"
)
"""Groups of RTF that tell of program, people and hours, and nothing that is read."""

PEOPLE = re.compile(rb"(\{\s*\\\*\s*\\revtbl)((?:\s*\{[^{}]*\})*)(\s*\})")
PERSON = re.compile(rb"\{[^{}]*\}")
TOLD = re.compile(rb"\\(?:info|author|operator|company)(?![a-z])")
"""What must not be left; where it is, the file was written in a way that is not understood here."""

HOURS = re.compile(rb"(\\(?:revdttm|revdttmdel|rsid|insrsid|charrsid|pararsid|sectrsid|tblrsid|rsidroot))-?\d+")
HEX = re.compile(rb"(?<![0-9a-fA-F])[fF][fF][dD]8[0-9a-fA-F\s]{16,}")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    work = {"pdf": plain_pdf, "office": plain_office, "rtf": plain_rtf}[sys.argv[1]]
    sys.stdout.buffer.write(work(sys.stdin.buffer.read()))


def plain_pdf(data: bytes) -> bytes:
    """A PDF without Info, XMP, the data of editors, authors of notes, and what cameras wrote into its pictures."""
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise ValueError("encrypted")
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    for each in writer._objects:
        if isinstance(each, DictionaryObject):
            tidy(each)
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def tidy(one: Any) -> None:
    for name in HIDDEN:
        one.pop(name, None)
    if one.get("/Type") == "/Annot" and one.get("/Subtype") != "/Widget":
        for name in NOTE:
            one.pop(name, None)
    filters = one.get("/Filter")
    if isinstance(one, StreamObject) and filters in ("/DCTDecode", ["/DCTDecode"]):
        one._data = plain_jpeg(one._data)


def plain_jpeg(data: bytes) -> bytes:
    """A JPEG without the segments of applications and comments; JFIF and Adobe's stay, because colours need them."""
    if data[:2] != b"\xff\xd8":
        return data
    kept, at = bytearray(data[:2]), 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        length = 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        marker = data[at + 1]
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            kept += data[at : at + length]
        at += length
    return bytes(kept) + data[at:]


def plain_office(data: bytes) -> bytes:
    """A Word, Excel, PowerPoint or OpenDocument file without properties, authors, days, and what cameras wrote."""
    written, left = io.BytesIO(), LARGEST
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        if len(old.infolist()) > ENTRIES:
            raise ValueError("too many entries")
        for info in old.infolist():
            left -= info.file_size
            if left < 0:
                raise ValueError("too large")
            new.writestr(named(info), plain_entry(info.filename, old.read(info)))
    return written.getvalue()


def plain_rtf(data: bytes) -> bytes:
    """An RTF without properties, authors, hours, and what cameras wrote; ValueError with an object packed into it."""
    if re.search(rb"\\(bin\d|objdata|objemb)", data):
        raise ValueError("something else is packed into it")
    kept, at = bytearray(), 0
    while found := DROPPED.search(data, at):
        kept += data[at : found.start()]
        at = group_end(data, found.start())
    plain = bytes(kept + data[at:])
    if TOLD.search(plain):
        raise ValueError("not understood")
    plain = HOURS.sub(rb"\g<1>0", plain)
    plain = PEOPLE.sub(lambda found: found[1] + PERSON.sub(b"{?;}", found[2]) + found[3], plain)
    return HEX.sub(plain_hex, plain)


def group_end(data: bytes, start: int) -> int:
    depth = 0
    for mark in GROUP.finditer(data, start):
        depth += {b"{": 1, b"}": -1}.get(mark[0], 0)
        if depth == 0:
            return mark.end()
    raise ValueError("a group does not end")


def plain_hex(found: re.Match[bytes]) -> bytes:
    digits = re.sub(rb"\s", b"", found[0])
    return plain_jpeg(bytes.fromhex(digits[: len(digits) // 2 * 2].decode())).hex().encode()


def named(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(info.filename)
    made.compress_type = info.compress_type if info.filename == "mimetype" else zipfile.ZIP_DEFLATED
    return made


def plain_entry(name: str, content: bytes) -> bytes:
    if name in EMPTY:
        return HEAD + EMPTY[name]
    if name.startswith("docProps/"):
        return b""
    if name.lower().endswith((".jpg", ".jpeg")):
        return plain_jpeg(content)
    if name.lower().endswith((".xml", ".rels")):
        content = DAYS.sub(rb'\g<1>1970-01-01T00:00:00Z"', AUTHORS.sub(rb'\1"', content))
        return NAMES.sub(rb"\1\2", content)
    return content


if __name__ == "__main__":
    main()
