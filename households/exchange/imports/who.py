"""Which person of a known household a line of a file is, and what makes that sure."""

from collections.abc import Sequence
from typing import Any

from households.models import Member
from households.reports.alike import same_name
from thanhsen.vietnamese import fold


def who_is_who(lines: Sequence[dict[str, Any]], people: dict[int, Member]) -> dict[int, Member]:
    """Place of a line → who of the household it is. What is surest is settled for all lines first, so that nobody is
    taken for a brother because he stands above him in the file."""
    free, found = dict(people), {}
    for told in (_by_id, _by_cccd, is_the_same, _is_nearly):
        for place, line in enumerate(lines):
            given = line["given"]
            if place in found or ("member" in given and told is not _by_id):
                continue
            same = [each for each in free.values() if told(given, each)]
            if len(same) == 1:
                found[place] = free.pop(same[0].pk)
    return found


def _by_id(given: dict[str, str], member: Member) -> bool:
    return given.get("member", "").lstrip("0") == str(member.pk)


def _by_cccd(given: dict[str, str], member: Member) -> bool:
    return bool(member.cccd) and given.get("cccd") == member.cccd


def _is_nearly(given: dict[str, str], member: Member) -> bool:
    """The same name and year within one household; whose name has other marks differs in nothing else."""
    name = given.get("full_name", "")
    if fold(name) != fold(member.full_name) or _year(given) not in (None, member.birth_year):
        return False
    return same_name(name, member.full_name) or not (
        _differ(given.get("birth_date"), f"{member.birth_date:%d/%m/%Y}" if member.birth_date else None)
        or ("•" not in given.get("cccd", "") and _differ(given.get("cccd"), member.cccd))
    )


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def is_the_same(given: dict[str, str], member: Member) -> bool:
    """Whether everything that is said of a person is so of the member: name, birth, sex, and the number where both
    have one."""
    if fold(given.get("full_name", "")) != fold(member.full_name):
        return False
    born = given.get("birth_date")
    if born and member.birth_date and born != f"{member.birth_date:%d/%m/%Y}":
        return False
    cccd = given.get("cccd", "")
    if cccd and member.cccd and "•" not in cccd:
        return cccd == member.cccd
    if not same_name(given.get("full_name", ""), member.full_name):
        return False
    return _year(given) == member.birth_year and given.get("sex", member.sex) == member.sex


def _year(given: dict[str, str]) -> int | None:
    text = given.get("birth_year") or given.get("birth_date", "")[-4:]
    return int(text) if text.isdigit() else None
