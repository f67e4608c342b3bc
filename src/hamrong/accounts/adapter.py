"""How django-allauth signs people in here: by user name, never by self-service, with sealed second factors."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hamrong.accounts import factors
from hamrong.accounts.models import Person

FRESH = 15 * 60
"""Seconds after signing in in which a first second factor may be added without giving the password again."""


class Adapter(DefaultAccountAdapter):
    """No sign-up, no e-mail; what it says is Vietnamese first."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã bị khóa."),
        "enter_current_password": _("Mật khẩu hiện tại không đúng."),
        "incorrect_code": _("Mã không đúng."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "invalid_login": _("Không đăng nhập được."),
        "rate_limited": _("Bạn thử quá nhanh. Hãy chờ một lát rồi thử lại."),
        "too_many_login_attempts": _("Đã thử sai quá nhiều lần. Hãy thử lại sau."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu không đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only the challenge of a passkey is fetched by a script; every form is answered with a page or a redirect."""
        return request.method == "GET" and bool(super().is_ajax(request))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for the first factor of somebody who just signed in, nor for the recovery codes that come with it."""
        user, session = self.request.user, self.request.session
        records = get_authentication_records(self.request, user)
        fresh = bool(records) and time.time() - records[-1]["at"] < FRESH
        first = session.get(factors.ENROLLED) == str(user.pk) or not factors.has_second_factor(user)
        return not (fresh and first)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """People here have no e-mail address; the record of audit and the account's page tell what happened."""


class FactorAdapter(DefaultMFAAdapter):
    """Second factors with sealed secrets."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Không thể bỏ bước xác thực thứ hai."),
        "cannot_generate_recovery_codes": _("Hãy đặt bước xác thực thứ hai trước khi tạo mã dự phòng."),
        "incorrect_code": _("Mã không đúng. Hãy kiểm tra giờ của điện thoại rồi nhập mã mới."),
    }

    def encrypt(self, text: str) -> str:
        return factors.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return factors.unseal(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        person: Person = user
        return person.username

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = sum(kind == type for kind in factors.factors_of(user).values()) + 1
        return gettext("Khóa %(number)d") % {"number": number}
