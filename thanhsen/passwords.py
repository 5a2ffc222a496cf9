"""What a password must be, said in Vietnamese. Security level 2: at least 14 characters."""

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from thanhsen.vietnamese import fold


class LongEnough:
    def __init__(self, min_length: int = 14):
        self.min_length = min_length

    def validate(self, password, user=None):
        if len(password) < self.min_length:
            raise ValidationError(
                f"Mật khẩu cần ít nhất {self.min_length} ký tự (đang có {len(password)}). "
                "Ghép vài từ dễ nhớ lại là đủ dài.",
                code="password_too_short",
            )

    def get_help_text(self):
        return f"Ít nhất {self.min_length} ký tự; nên là một câu dễ nhớ."


class NotLikeThePerson:
    def validate(self, password, user=None):
        plain = fold(password).replace(" ", "")
        for value in (getattr(user, "username", ""), getattr(user, "full_name", "")):
            part = fold(value or "").replace(" ", "")
            if len(part) >= 4 and part in plain and len(plain) - len(part) < 8:
                raise ValidationError(
                    "Mật khẩu quá giống tên hoặc tên đăng nhập.", code="password_too_similar"
                )

    def get_help_text(self):
        return "Không lấy tên hoặc tên đăng nhập làm mật khẩu."


class NotCommon(CommonPasswordValidator):
    def validate(self, password, user=None):
        if len(set(password)) < 5:
            raise ValidationError("Mật khẩu lặp lại quá ít ký tự.", code="password_too_common")
        try:
            super().validate(password, user)
        except ValidationError:
            raise ValidationError("Mật khẩu này quá phổ biến, dễ đoán.", code="password_too_common") from None

    def get_help_text(self):
        return "Không dùng mật khẩu phổ biến."
