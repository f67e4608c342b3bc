"""What a new password has to be; Django's rules with words that say what to do, in both languages."""

from django.contrib.auth import password_validation as django
from django.utils.translation import gettext as _


class LongEnough(django.MinimumLengthValidator):
    """Long enough."""

    def get_error_message(self) -> str:
        """Says how long."""
        return _("Mật khẩu quá ngắn: cần ít nhất %(min_length)d ký tự. Hãy dùng một câu dễ nhớ.")


class NotCommon(django.CommonPasswordValidator):
    """None of those that everybody tries first."""

    def get_error_message(self) -> str:
        """Says why."""
        return _("Mật khẩu này quá phổ biến nên rất dễ đoán. Hãy chọn một câu khác.")


class UnlikeTheirName(django.UserAttributeSimilarityValidator):
    """Not the person's own name or user name."""

    def get_error_message(self) -> str:
        """Says why."""
        return _("Mật khẩu quá giống tên hoặc tên đăng nhập của bạn. Hãy chọn một câu khác.")
