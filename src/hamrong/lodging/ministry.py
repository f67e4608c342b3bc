"""The way to the ministry's interface: a token, one declaration a request, and an honest word on what became of it."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import httpx

from hamrong.lodging.actions.forwarding import Answered
from hamrong.lodging.kbtt import GUIDE

PATHS = GUIDE["paths"]
NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Ministry:
    """A connection to the interface at `url`, as `client` with `secret` (OAuth 2 client credentials, RFC 6749 §4.4)."""

    def __init__(self, url: str, client: str, secret: str, *, seconds: float = 20) -> None:
        self._http = httpx.Client(base_url=url, timeout=seconds, follow_redirects=False)
        self._credentials = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret}
        self._token = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def send(self, kind: str, declaration: Sequence[dict[str, Any]]) -> Answered:
        """Send one declaration. `queued`: surely not sent; `unknown`: it may have arrived, do not send again."""
        if not self._token and (problem := self._sign_in()):
            return problem
        try:
            answer = self._http.post(
                PATHS[kind], json=list(declaration), headers={"Authorization": f"Bearer {self._token}"}
            )
        except NOTHING_SENT as error:
            return Answered("queued", type(error).__name__)
        except httpx.HTTPError as error:
            return Answered("unknown", type(error).__name__)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            self._token = ""
            return Answered("queued", "401")
        return judged(answer)

    def _sign_in(self) -> Answered | None:
        try:
            answer = self._http.post(PATHS["token"], data=self._credentials)
            self._token = str(answer.raise_for_status().json()["access_token"])
        except (httpx.HTTPError, KeyError, ValueError) as error:
            return Answered("queued", f"token: {type(error).__name__}")
        return None


def judged(answer: httpx.Response) -> Answered:
    """What an answer means: refused with its sentence, confirmed, or nobody knows."""
    words = _sentence(answer)
    if answer.status_code in GUIDE["refused_statuses"]:
        return Answered("rejected", words)
    if not answer.is_success:
        return Answered("unknown", f"{answer.status_code} {words}".strip())
    return Answered("rejected" if words.startswith("Bản khai báo") else "confirmed", words)


def _sentence(answer: httpx.Response) -> str:
    try:
        told = answer.json()
    except ValueError:
        return ""
    return str(told.get("message") or "") if isinstance(told, dict) else ""
