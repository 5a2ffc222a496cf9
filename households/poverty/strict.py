"""A strict reader of loose data (TOML, JSON): every key is asked for by type, and none may be left over."""

import re
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Malformed(ValueError):
    """The data does not have the agreed shape; the message is one Vietnamese line."""


class Reader:
    """One table of the data. `where` is its path, used in messages."""

    def __init__(self, data: object, where: str = "") -> None:
        if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
            raise Malformed(f"{where or 'Dữ liệu'}: phải là một bảng khóa – giá trị.")
        self.where = where
        self._left: dict[str, object] = dict(data)

    def path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def fail(self, key: str, what: str) -> Malformed:
        return Malformed(f"“{self.path(key)}” {what}.")

    def has(self, key: str) -> bool:
        """Whether the key is present with a value; an explicit null counts as absent."""
        if key in self._left and self._left[key] is None:
            del self._left[key]
        return key in self._left

    def keys(self) -> tuple[str, ...]:
        return tuple(self._left)

    def take(self, key: str) -> object:
        if not self.has(key):
            raise Malformed(f"Thiếu “{self.path(key)}”.")
        return self._left.pop(key)

    def text(self, key: str, *, among: Collection[str] | None = None) -> str:
        return self._text(key, self.take(key), among)

    def _text(self, key: str, value: object, among: Collection[str] | None = None) -> str:
        if not isinstance(value, str):
            raise self.fail(key, "phải là chữ")
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise self.fail(key, "có ký tự không hợp lệ")
        if among is not None and value not in among:
            known = ", ".join(sorted(code for code in among if code))
            raise self.fail(key, f"phải là một trong: {known}; không nhận “{value}”")
        return value

    def integer(self, key: str) -> int:
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fail(key, "phải là số nguyên")
        return value

    def number(self, key: str) -> Decimal:
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.fail(key, "phải là số")
        return Decimal(value)

    def boolean(self, key: str) -> bool:
        value = self.take(key)
        if not isinstance(value, bool):
            raise self.fail(key, "phải là true hoặc false")
        return value

    def day(self, key: str) -> date:
        """A TOML date, or text as yyyy-mm-dd."""
        value = self.take(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str) and ISO_DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise self.fail(key, "phải là ngày có thật, viết năm-tháng-ngày (ví dụ 2026-10-15)")

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.take(key)
        if not isinstance(value, list):
            raise self.fail(key, "phải là danh sách")
        return tuple(self._text(f"{key}[{at}]", each) for at, each in enumerate(value))

    def holds_list(self, key: str) -> bool:
        return isinstance(self._left.get(key), list)

    def table(self, key: str) -> "Reader":
        return Reader(self.take(key), self.path(key))

    def tables(self, key: str) -> tuple["Reader", ...]:
        value = self.take(key)
        if not isinstance(value, list):
            raise self.fail(key, "phải là danh sách")
        return tuple(Reader(each, f"{self.path(key)}[{at}]") for at, each in enumerate(value))

    def close(self) -> None:
        """Refuse what nobody asked for: a misspelt key must not be silently dropped."""
        if self._left:
            unknown = ", ".join(f"“{self.path(key)}”" for key in sorted(self._left))
            raise Malformed(f"Khóa lạ: {unknown}.")
