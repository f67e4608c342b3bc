"""Lists that officers take out of the house: bounded, on record with their number of rows, streamed as a file."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Final, TypeVar, cast

from django import forms
from django.db.models import Model, QuerySet
from django.http import FileResponse
from django.utils.translation import gettext_lazy

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.ui.answers import words
from hamrong.ui.sheets import TYPES, Format, Line, write_csv, write_xlsx

M = TypeVar("M", bound=Model)
AT_MOST: Final = 50_000
CHUNK: Final = 2000
IN_MEMORY: Final = 2 * 1024 * 1024


class FormatForm(forms.Form):
    """In which form the file is wanted."""

    format = forms.ChoiceField(
        label=gettext_lazy("Dạng tệp"),
        widget=forms.RadioSelect,
        initial="xlsx",
        choices=[("xlsx", "Excel (XLSX)"), ("csv", "CSV")],
    )


class TooMany(Exception):
    """More rows than an export may hold came out of the database."""


def export(
    *, by: Grant, found: QuerySet[M], head: Sequence[str], line: Callable[[M], Line], into: IO[bytes], form: Format,
    subject: str, at: datetime,
) -> int | Refusal:  # fmt: skip
    """Write the rows found to a file and put the export on record with their number.

    More than `AT_MOST` rows are refused, and then nothing counts as exported.
    """
    write = write_xlsx if form == "xlsx" else write_csv
    with acting(by):
        try:
            rows = write(into, head, (line(row) for row in _bounded(found)))
        except TooMany:
            return Refusal(
                "invalid",
                f"Kết quả có hơn {AT_MOST} dòng. Hãy thu hẹp trước khi xuất.",
                f"There are more than {AT_MOST} rows. Narrow the list before you export it.",
            )
        enter(by, subject=subject, at=at, rows=rows, format=form)
    return rows


def _bounded(found: QuerySet[M]) -> Iterator[M]:
    for number, row in enumerate(found[: AT_MOST + 1].iterator(chunk_size=CHUNK), 1):
        if number > AT_MOST:
            raise TooMany
        yield row


def sent(
    form: forms.Form, *, by: Grant, found: QuerySet[M], head: Sequence[str], line: Callable[[M], Line], name: str,
    subject: str, at: datetime,
) -> FileResponse | None:  # fmt: skip
    """The file that a valid `FormatForm` asks for, streamed from where it was written.

    None where it was refused, with the words put on the form.
    """
    kind: Format = form.cleaned_data["format"]
    file = cast(IO[bytes], SpooledTemporaryFile(IN_MEMORY))  # closed by the response  # noqa: SIM115
    answer = export(by=by, found=found, head=head, line=line, into=file, form=kind, subject=subject, at=at)
    if isinstance(answer, Refusal):
        file.close()
        form.add_error(None, words(answer))
        return None
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{name}.{kind}", content_type=TYPES[kind])
    response.headers["Cache-Control"] = "no-store, private"
    return response
