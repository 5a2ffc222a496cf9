"""Why somebody who receives is no longer entitled: the fact behind the rule's answer, to be told to the family."""

from households.models import Status, Support
from households.poverty.entitlement import Refusal

ENDED = "Chương trình đã hết áp dụng và không có bản thay thế."


def why(refusal: str) -> str:
    """A reason as the family is told it. `refusal`: a code of the core, or "programme_ended"."""
    return ENDED if refusal == "programme_ended" else Refusal(refusal).sentence


def why_now(support: Support, refusal: str) -> str:
    """The same with the decision, the day of leaving or the age behind it. `support.household.held`: the household's
    statuses, the newest first."""
    return f"{why(refusal)}{_fact(support, refusal)}"


def _fact(support: Support, refusal: str) -> str:
    home, member = support.household, support.member
    if refusal == Refusal.LEFT_REGISTER and home.closed_date:
        return f" {home.get_closed_reason_display()}, ngày {home.closed_date:%d/%m/%Y}."
    if refusal == Refusal.PERSON_GONE and member and member.left_date:
        reason = f"{member.left_reason}, ngày" if member.left_reason else "Ngày"
        return f" {reason} {member.left_date:%d/%m/%Y}."
    if refusal in (Refusal.CLASS, Refusal.TERM, Refusal.LACKING):
        held: list[Status] = home.held  # type: ignore[attr-defined]
        if held and not held[0].valid_to:
            return (
                f" Từ {held[0].valid_from:%d/%m/%Y}: {held[0].get_classification_display().lower()}, theo {held[0].decision}"
                f" ngày {held[0].decision.date:%d/%m/%Y}."
            )
        return " Không còn quyết định phân loại nào đang hiệu lực."
    if refusal == Refusal.AGE and member:
        return f" Sinh {member.birth_date.strftime('%d/%m/%Y') if member.birth_date else member.birth_year}."
    return ""
