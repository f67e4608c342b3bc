"""What is wrong with a new password is said in the reader's language, with what to do."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from hamrong.accounts.models import Person

WHO = Person(username="tranvanbien", full_name="Trần Văn Biển")


@pytest.mark.parametrize(
    ("typed", "vi", "en"),
    [
        ("a-b-c", "Mật khẩu quá ngắn: cần ít nhất 12 ký tự.", "at least 12 characters"),
        ("password1234", "quá phổ biến", "easy to guess"),
        ("tranvanbien1", "quá giống tên", "too much like"),
    ],
)
def test_a_rule_says_what_to_do_in_both_languages(typed, vi, en):
    for language, words in (("vi", vi), ("en", en)):
        with translation.override(language), pytest.raises(ValidationError) as told:
            validate_password(typed, WHO)
        assert any(words in message for message in told.value.messages), told.value.messages
