"""The officer's answers laid over what was derived: one finding per indicator, both values kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from households.poverty.derive import derive
from households.poverty.household import Facts
from households.poverty.standard import Indicator, Question, Standard
from households.poverty.wording import lacking_word, listed


class Incomplete(ValueError):
    """Some indicator has no answer yet, or its answer has a problem."""


@dataclass(frozen=True)
class Answer:
    """What the officer entered for one indicator.

    `value`: the option of a single-choice question, or a tuple of the options of a multi-choice one (an empty
    tuple is an answer: none of them). `lacking`: the officer's own word, which wins over what is derived. `against`:
    what was derived, and why, when that word and its reason were given; None where that is not known.
    """

    lacking: bool | None = None
    value: str | tuple[str, ...] | None = None
    override_reason: str = ""
    against: tuple[bool | None, str] | None = None


@dataclass(frozen=True)
class Finding:
    """`derived` is what the people or the chosen options say, `lacking` what counts. `asks_again`: the officer's word
    was given against something else than is derived now."""

    indicator: Indicator
    derived: bool | None
    lacking: bool | None
    reason: str
    overridden: bool = False
    override_reason: str = ""
    problem: str = ""
    asks_again: bool = False


def find(standard: Standard, facts: Facts, answers: Mapping[str, Answer]) -> tuple[Finding, ...]:
    """One finding per indicator, in order. ValueError (Vietnamese) for an answer to an unknown indicator."""
    unknown = sorted(set(answers) - set(standard.codes))
    if unknown:
        raise ValueError(f"{standard.title} không có chỉ số: {listed(unknown)}.")
    derived = derive(standard, facts)
    findings = []
    for indicator in standard.indicators:
        answer = answers.get(indicator.code, Answer())
        problem = ""
        if indicator.question is not None:
            value, reason, problem = _chosen(indicator.question, answer.value)
        else:
            value, reason = derived[indicator.code].lacking, derived[indicator.code].reason
            if answer.value is not None:
                problem = "Chỉ số này suy ra từ thành viên và nhà ở, không có phương án để chọn."
        findings.append(_finding(indicator, value, reason, problem, answer))
    return tuple(findings)


def _finding(indicator: Indicator, value: bool | None, reason: str, problem: str, answer: Answer) -> Finding:
    said, why = answer.lacking, answer.override_reason.strip()
    overridden = said is not None and said != value
    asks_again = bool(overridden and why and answer.against not in (None, (value, reason)))
    if said is not None and overridden and not problem:
        problem = _unfounded(said, value, reason, why, asks_again)
    if said is not None and value is None:
        reason = f"{reason} Cán bộ ghi {lacking_word(said)}."
    return Finding(
        indicator=indicator,
        derived=value,
        lacking=value if said is None else said,
        reason=reason,
        overridden=overridden,
        override_reason=why if overridden else "",
        problem=problem,
        asks_again=asks_again,
    )


def _unfounded(said: bool, value: bool | None, reason: str, why: str, asks_again: bool) -> str:
    """What the officer's word against what is derived lacks, or nothing: a reason, given for what is derived now."""
    if asks_again:
        return f"Xác nhận lại: lý do “{why}” ghi khi máy tính ra khác bây giờ. Nay: {reason}"
    if why:
        return ""
    if value is None:
        return (
            f"Xác nhận lại: cán bộ ghi {lacking_word(said)} nhưng máy chưa đủ thông tin để tính ({reason.rstrip('.')}). "
            "Ghi thêm ở sổ hộ, hoặc ghi lý do."
        )
    return f"Cán bộ ghi {lacking_word(said)}, khác với kết quả {lacking_word(value)}: cần ghi lý do thay đổi."


def _chosen(question: Question, value: str | tuple[str, ...] | None) -> tuple[bool | None, str, str]:
    """Lacking, reason and problem of the options chosen."""
    if value is None:
        return None, "Chưa trả lời.", ""
    multi = question.at_least is not None
    if isinstance(value, str) == multi:
        expected = "một danh sách phương án" if multi else "đúng một phương án"
        return None, "Chưa trả lời.", f"Câu hỏi này cần {expected}."
    codes = {value} if isinstance(value, str) else set(value)
    unknown = sorted(code for code in codes if question.option(code) is None)
    if unknown:
        return None, "Chưa trả lời.", f"Không có phương án: {listed(unknown)}."
    options = [option for option in question.options if option.code in codes]
    labels = listed(option.label for option in options) or "không có phương án nào"
    if question.at_least is None:
        return options[0].lacking, f"Chọn: {labels}.", ""
    return len(options) < question.at_least, f"Chọn: {labels}.", ""


def lacking_codes(findings: Iterable[Finding]) -> frozenset[str]:
    """Codes that count as lacking; Incomplete names every indicator that is unanswered or has a problem."""
    found = tuple(findings)
    faults = [
        f"{each.indicator.name} ({(each.problem or each.reason).rstrip('.')})"
        for each in found
        if each.problem or each.lacking is None
    ]
    if faults:
        raise Incomplete(f"Chưa đủ thông tin để phân loại: {'; '.join(faults)}.")
    return frozenset(each.indicator.code for each in found if each.lacking)
