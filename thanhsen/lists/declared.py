"""What a list is: whom it serves, what it finds for an address with its filters, what stands in its columns."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model

from thanhsen.permissions import Permission
from thanhsen.workbook.listed import Kind, Value


@dataclass(frozen=True)
class Column:
    """`value`: from a line to what stands in the cell; `hide`: what is left of a number of an
    identity paper for who may not see it whole."""

    heading: str
    value: Callable[[Any], Value]
    width: float = 14
    kind: Kind = Kind.TEXT
    hide: Callable[[str], str] | None = None


def themselves(records: list) -> Iterable:
    """A record is one line."""
    return records


@dataclass(frozen=True)
class Found:
    """What a list holds for somebody who asks. `records`: in order, all pages; `asked`: the filters of the address,
    (what, chosen or "", as a function where it has to be looked up); `name`: of what it is the list, such as a
    round; `shown`: what its page shows beside; `lines`: the lines of some records, in their order."""

    records: Any  # a queryset
    asked: Sequence[tuple[str, Any]] = ()
    name: str = ""
    shown: dict[str, Any] = field(default_factory=dict)
    lines: Callable[[list], Iterable] = themselves

    @cached_property
    def filters(self) -> list[tuple[str, str]]:
        """The filters that are set, in words."""
        return [(what, chosen() if callable(chosen) else chosen) for what, chosen in self.asked if chosen]

    @property
    def words(self) -> str:
        """The filters as one line, "" for none."""
        return "; ".join(f"{what}: {chosen}" for what, chosen in self.filters)


@dataclass(frozen=True)
class List:
    """`find(request, today=, **of the address)` gives Found; `unit`: what is
    counted; `note`: what the page says before the file is made; `personal`: whether the file names people."""

    title: str
    file: str
    act: str
    permission: Permission
    of: type[Model]
    unit: str
    columns: Sequence[Column]
    find: Callable[..., Found]
    note: str = ""
    personal: bool = True

    @property
    def has_secrets(self) -> bool:
        return any(each.hide for each in self.columns)
