"""Openly invented words of a paper: for the preview of a template, and to try one before it is used."""

from dataclasses import fields, replace
from typing import Any

from households.documents.kinds import Kind
from households.documents.papers import Paper

NAMES = ["Nguyễn Thị Đào", "Hồ Ngọc Ẩn", "Phạm Thị Ưởng", "Đặng Văn Ổn", "Lê Thị Mỹ Hạnh", "Trần Quốc Vượng"]


def of(kind: Kind, rows: int = 3) -> Paper:
    """A paper of `kind` with every field filled, and `rows` rows in every list."""
    return _filled(kind.paper, rows)


def _filled(paper: type, rows: int) -> Any:
    values: dict[str, Any] = {}
    for each in fields(paper):
        row = each.metadata.get("row")
        values[each.name] = [_row(row, place) for place in range(rows)] if row else each.metadata["example"]
    return paper(**values)


def _row(row: type, place: int) -> Any:
    made = row(**{each.name: each.metadata["example"] for each in fields(row)})
    named = {each.name for each in fields(row)} & {"chu_ho", "ho_ten"}
    return replace(made, tt=str(place + 1), **dict.fromkeys(named, NAMES[place % len(NAMES)]))
