"""A scanner of malware (ClamAV's INSTREAM), where the installation has one."""

import socket
from collections.abc import Iterable

from hamrong.access.actors import Refusal

WAIT = 60.0
INFECTED = Refusal("invalid", "Tệp có mã độc nên không được nhận.", "The file holds malware and was not taken.")
SILENT = Refusal(
    "state", "Máy quét mã độc chưa trả lời. Hãy thử lại sau ít phút.",
    "The malware scanner does not answer. Try again in a few minutes.",
)  # fmt: skip


def scanned(address: str, content: Iterable[bytes]) -> Refusal | None:
    """None where a scanner at `host:port` or at a socket's path finds nothing, or where there is no scanner (`''`)."""
    if not address:
        return None
    try:
        with _connected(address) as line:
            answer = _asked(line, content)
    except OSError:
        return SILENT
    if answer.endswith(b"FOUND"):
        return INFECTED
    return None if answer.endswith(b"OK") else SILENT


def _connected(address: str) -> socket.socket:
    if "/" in address:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(WAIT)
        line.connect(address)
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), WAIT)


def _asked(line: socket.socket, content: Iterable[bytes]) -> bytes:
    line.sendall(b"zINSTREAM\0")
    for piece in content:
        if piece:
            line.sendall(len(piece).to_bytes(4, "big") + piece)
    line.sendall(bytes(4))
    answer = b""
    while piece := line.recv(1024):
        answer += piece
    return answer.strip(b"\0\n ")
