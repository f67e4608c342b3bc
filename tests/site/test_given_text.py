"""One text, or one a line."""

import pytest

from hamrong.site.given_text import cases


@pytest.mark.parametrize(
    ("data", "lines", "expected"),
    [
        (b"", False, [""]),
        (b"a\nb\n", False, ["a\nb\n"]),
        (b"\xef\xbb\xbfa", False, ["a"]),
        (b"a\xff", False, ["a\ufffd"]),
        ("\ufeffữ\r\nb\r\n".encode("utf-16-le"), True, ["ữ", "b"]),
        ("\ufeffữ".encode("utf-16-be"), False, ["ữ"]),
        (b"", True, []),
        (b"a\r\n\nb", True, ["a", "", "b"]),
        (b"\n", True, [""]),
    ],
)
def test_input_is_divided_only_where_it_is_asked_for(data: bytes, lines: bool, expected: list[str]) -> None:
    assert list(cases(data, lines)) == expected
