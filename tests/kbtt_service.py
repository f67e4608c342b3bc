"""A local stand-in for the ministry's interface, with its manners: no id, no code, one sentence for the first error."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Service:
    """What the stand-in received, how it behaves: `fine`, `refuse`, `break` (answers 502) or `silent` (hangs up)."""

    url: str = ""
    mood: str = "fine"
    received: list[tuple[str, Any]] = field(default_factory=list)
    tokens: int = 0


@contextmanager
def running() -> Iterator[Service]:
    """The service on a free port of this machine."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path.endswith("token"):
                service.tokens += 1
                self._answer(200, {"access_token": f"t{service.tokens}", "expires_in": 300})
            elif service.mood == "silent":
                service.received.append((self.path, json.loads(body)))
                self.connection.close()
            else:
                service.received.append((self.path, json.loads(body)))
                self._judge()

        def _judge(self) -> None:
            if service.mood == "break":
                self._answer(502, {})
            elif service.mood == "refuse":
                self._answer(400, {"message": "Bản khai báo 1: Số giấy tờ không hợp lệ", "data": None})
            else:
                self._answer(200, {"message": "Thành công", "data": None})

        def _answer(self, status: int, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
