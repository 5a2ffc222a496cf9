"""The personal code in an address: letters and digits, so that nothing else reaches the database."""

from django.urls import register_converter


class Code:
    regex = "[0-9A-Za-z]{1,40}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Code, "code")
