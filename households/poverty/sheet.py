"""A survey sheet as JSON: bytes in, the pieces of an assessment out, every fault said in one Vietnamese line."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from households.poverty.answers import Answer, Finding, find, lacking_codes
from households.poverty.household import EDUCATION, SCHOOLING, SEX, WORK, Facts, Person
from households.poverty.scoring import Assessment
from households.poverty.standard import AreaType, load
from households.poverty.strict import Malformed, Reader

LARGEST_SHEET = 1_000_000  # bytes: a household, not an archive
LONGEST_NUMBER = 30


@dataclass(frozen=True)
class Sheet:
    """`findings` and `surveyed_on` are there when the indicators were derived, not listed."""

    assessment: Assessment
    findings: tuple[Finding, ...] = ()
    surveyed_on: date | None = None


def read_sheet(raw: bytes) -> Sheet:
    """The sheet in these bytes. ValueError or LookupError, in Vietnamese, for anything that is not one."""
    top = Reader(_parsed(raw), "")
    standard = load(top.text("standard"))
    area_type = AreaType(top.text("area_type", among=set(AreaType)))
    income_score = top.integer("income_score") if top.has("income_score") else None
    per_capita_income = top.integer("per_capita_income") if top.has("per_capita_income") else None
    asks_average = top.boolean("asks_average") if top.has("asks_average") else False
    in_agriculture = top.boolean("in_agriculture") if top.has("in_agriculture") else False
    findings: tuple[Finding, ...] = ()
    surveyed_on = None
    if top.has("lacking"):
        listed = top.texts("lacking")
        if len(set(listed)) != len(listed):
            raise top.fail("lacking", "có chỉ số ghi hai lần")
        lacking = frozenset(listed)
        if any(top.has(key) for key in ("surveyed_on", "floor_area", "members", "answers")):
            raise Malformed(
                "Chỉ ghi “lacking”, hoặc “surveyed_on”, “members” và “answers”, không ghi cả hai."
            )
    elif top.has("members") or top.has("answers"):
        surveyed_on = top.day("surveyed_on")
        facts = Facts(
            area_type=area_type,
            surveyed_on=surveyed_on,
            people=tuple(_person(each) for each in top.tables("members")) if top.has("members") else (),
            floor_area=top.number("floor_area") if top.has("floor_area") else None,
        )
        answers = _answers(top.table("answers")) if top.has("answers") else {}
        top.close()
        findings = find(standard, facts, answers)
        lacking = lacking_codes(findings)
    else:
        raise Malformed("Thiếu “lacking” (các chỉ số thiếu hụt) hoặc “members” và “answers” (để suy ra).")
    top.close()
    assessment = Assessment(
        standard, area_type, income_score, per_capita_income, lacking, asks_average, in_agriculture
    )
    return Sheet(assessment, findings, surveyed_on)


def _parsed(raw: bytes) -> object:
    if len(raw) > LARGEST_SHEET:
        raise Malformed("Dữ liệu quá lớn: một phiếu không quá 1 MB.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Malformed("Dữ liệu không phải UTF-8.") from None
    if not text.strip():
        raise Malformed("Dữ liệu trống.")
    try:
        parsed: object = json.loads(
            text,
            object_pairs_hook=_without_repeats,
            parse_constant=_not_a_number,
            parse_int=_integer,
            parse_float=_decimal,
        )
    except json.JSONDecodeError as error:
        raise Malformed(f"Dữ liệu không phải JSON (dòng {error.lineno}, cột {error.colno}).") from None
    except RecursionError:
        raise Malformed("Dữ liệu lồng nhau quá sâu.") from None
    return parsed


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) != len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise Malformed(f"Khóa “{twice}” ghi hai lần.")
    return table


def _not_a_number(text: str) -> object:
    raise Malformed(f"Không nhận giá trị {text}.")


def _integer(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise Malformed("Có số quá dài.")
    return int(text)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Malformed("Có số quá lớn.") from None
    if len(text) > LONGEST_NUMBER or abs(number.adjusted()) > LONGEST_NUMBER:
        raise Malformed("Có số quá dài.")
    return number


def _person(table: Reader) -> Person:
    birth_date = table.day("birth_date") if table.has("birth_date") else None
    if birth_date is not None and not table.has("birth_year"):
        birth_year = birth_date.year
    else:
        birth_year = table.integer("birth_year")
    person = Person(
        id=table.text("id") if table.has("id") else "",
        name=table.text("name"),
        sex=table.text("sex", among={*SEX, ""}),
        birth_year=birth_year,
        birth_date=birth_date,
        is_head=_flag(table, "is_head"),
        schooling=_code(table, "schooling", SCHOOLING),
        education=_code(table, "education", EDUCATION),
        employer_trained=_flag(table, "employer_trained"),
        work=_code(table, "work", WORK),
        has_insurance=table.boolean("has_insurance") if table.has("has_insurance") else None,
        undernourished=table.boolean("undernourished") if table.has("undernourished") else None,
        has_disability=_flag(table, "has_disability"),
        has_monthly_allowance=_flag(table, "has_monthly_allowance"),
    )
    table.close()
    return person


def _flag(table: Reader, key: str) -> bool:
    return table.boolean(key) if table.has(key) else False


def _code(table: Reader, key: str, codes: dict[str, str]) -> str:
    return table.text(key, among={*codes, ""}) if table.has(key) else ""


def _answers(table: Reader) -> dict[str, Answer]:
    answers = {}
    for code in table.keys():  # noqa: SIM118  a Reader is not a dict
        if not table.has(code):
            continue  # an explicit null: not answered
        each = table.table(code)
        answers[code] = Answer(
            lacking=each.boolean("lacking") if each.has("lacking") else None,
            value=_value(each) if each.has("value") else None,
            override_reason=each.text("override_reason") if each.has("override_reason") else "",
        )
        each.close()
    return answers


def _value(table: Reader) -> str | tuple[str, ...]:
    return table.texts("value") if table.holds_list("value") else table.text("value")
