"""My key: make it, another passphrase for it, another key instead of it, and giving it up."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded
from hamrong.kernel.seal.cards import fingerprint
from hamrong.sealed import queries, unlocked
from hamrong.sealed.actions import keys, rotation
from hamrong.sealed.actions.tokens import MOST
from hamrong.sealed.forms import ChangeForm, RotateForm, TwiceForm, UnlockForm, touched
from hamrong.sealed.models import Key, Token
from hamrong.sealed.pages.frame import next_place, opened
from hamrong.sealed.pages.tokens import address_of
from hamrong.sealed.rings import person_of
from hamrong.sealed.touches import STRANGE, WANTED, read
from hamrong.ui.answers import private, tell, words
from hamrong.ui.formats import day
from hamrong.ui.parts import Answer

UNOPENED = (keys.WRONG, WANTED, STRANGE)
"""Refusals that belong to the field of the passphrase that holds now."""

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@guarded("sealed.key", "own")
def key_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """One's key as it stands, or the form that makes it."""
    key = queries.live_key(person_of(grant))
    if key is not None:
        held = queries.tokens(key)
        values = {
            "answers": _told(key, held), "is_open": unlocked.find(request, grant) is not None, "tokens": held,
            "few": len(held) == 1, "full": len(held) >= MOST, **address_of(request),
        }  # fmt: skip
        return private(request, "sealed/key.html", values)
    form = TwiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = keys.make_key(by=grant, passphrase=form.cleaned_data["password_new"], at=timezone.now())
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Đã tạo khóa niêm phong của bạn."))
            return redirect("sealed:key")
        form.add_error("password_new", words(answer))
    return private(request, "sealed/key_new.html", {"form": form})


def _told(key: Key, held: list[Token]) -> list[Answer]:
    both = _("Câu mật khẩu và khóa bảo mật")
    return [
        Answer(_("Mở bằng"), both if held else _("Câu mật khẩu")),
        Answer(_("Tạo ngày"), day(key.made_on)),
        Answer(_("Khóa thứ"), key.epoch),
        Answer(_("Mã nhận dạng của khóa"), fingerprint(bytes(key.public))),
    ]


def _changing(
    request: HttpRequest, template: str, form: ChangeForm, act: Callable[[], object], done: str, **values: object
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        answer = act()
        if not isinstance(answer, Refusal):
            tell(request, answer, done)
            return redirect("sealed:key")
        form.add_error("password" if answer in UNOPENED else "password_new", words(answer))
    return private(request, template, {"form": form, **values})


@form_page
@guarded("sealed.key", "own")
def passphrase_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Another passphrase for the same key."""
    form = ChangeForm(request.POST or None)
    return _changing(
        request, "sealed/passphrase.html", form,
        lambda: keys.change_passphrase(
            by=grant, old=form.cleaned_data["password"], new=form.cleaned_data["password_new"], touch=touched(form),
            at=timezone.now(),
        ),
        _("Đã đổi câu mật khẩu."),
    )  # fmt: skip


@form_page
@guarded("sealed.key", "own")
def rotate_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Another key instead of this one; what was wrapped for it is wrapped anew."""
    form = RotateForm(request.POST or None)
    key = queries.live_key(person_of(grant))
    held = queries.tokens(key) if key else []

    def act() -> object:
        given, touch, now = form.cleaned_data, touched(form), timezone.now()
        ring = keys.unlock(by=grant, passphrase=given["password"], touch=touch, at=now)
        if isinstance(ring, Refusal):
            return ring
        salt = read(given["password_salt"])
        return rotation.rotate(by=grant, ring=ring, passphrase=given["password_new"], touch=touch, salt=salt, at=now)

    done = _("Khóa mới đã thay khóa cũ.")
    if len(held) > 1:
        done = _("Khóa mới đã thay khóa cũ. Nó chỉ mở với khóa bảo mật vừa chạm: hãy thêm lại khóa dự phòng.")
    return _changing(request, "sealed/rotate.html", form, act, done, tokens=len(held))


@form_page
@guarded("sealed.key", "own")
def give_up_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """The page before giving the key up, and the act."""
    if request.method == "POST":
        tell(request, keys.give_up(by=grant, at=timezone.now()), _("Đã bỏ khóa. Bạn có thể tạo khóa mới."))
        return redirect("sealed:key")
    return private(request, "sealed/give_up.html", {"layout": "ui/desk.html", "danger": True, "back_url": "../khoa/"})


@form_page
@guarded("sealed.key", "own")
def unlock_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Open the key for half an hour of reading, and go back to where it was needed."""
    form = UnlockForm(request.POST or None)
    ring = opened(grant, form) if request.method == "POST" and form.is_valid() else None
    if ring is None:
        key = queries.live_key(person_of(grant))
        return private(request, "sealed/unlock.html", {"form": form, "tokens": queries.tokens(key) if key else []})
    response = redirect(next_place(request, "sealed:key"))
    unlocked.keep(request, response, ring)
    return response


@require_POST
@guarded("sealed.key", "own")
def lock_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Close the key at once."""
    response = redirect("sealed:key")
    unlocked.forget(request, response)
    tell(request, grant, _("Đã đóng khóa."))
    return response
