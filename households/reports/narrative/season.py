"""How the review of a year was carried out, from its records: one sentence a step, in their order."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q, Sum

from households.models import Complaint, Decision, Listing, Meeting, Opinion, Posting, Round, Sheet
from households.models.review import Vote
from thanhsen.models import Area
from thanhsen.papers.wording import numbered
from thanhsen.vietnamese import day, number

NO_ROUND = "[Cổng không có đợt rà soát định kỳ năm {year}: nêu thời gian rà soát, số hộ, các cuộc họp, niêm yết, ý kiến của tỉnh.]"
NAMED = 6  # decisions outside the periodic round told one by one


def decisions_of(ward: Area, year: int) -> list[Decision]:
    """The decisions of the year's rounds, and those without a round dated in it, each with `decided`, its households.
    One query."""
    found = Decision.objects.filter(ward=ward).filter(Q(round__year=year) | Q(round=None, date__year=year))
    decided = Count("statuses", filter=Q(statuses__event=None, statuses__voided_at=None))
    return list(found.select_related("round", "corrects").annotate(decided=decided).order_by("date", "pk"))


@dataclass(frozen=True)
class Conduct:
    """What was done in the year, as sentences. `undecided`: the periodic round that has no decision yet."""

    told: list[str]
    undecided: Round | None


def conduct(ward: Area, year: int, decisions: list[Decision]) -> Conduct:
    """`decisions` from `decisions_of`. Ten queries at most."""
    rounds = list(Round.objects.filter(ward=ward, year=year).order_by("starts_on", "pk"))
    periodic = next((each for each in rounds if each.kind == Round.Kind.PERIODIC), None)
    own = [each for each in decisions if periodic is not None and each.round_id == periodic.pk]
    regular = _regular(rounds, [each for each in decisions if each not in own])
    if periodic is None:
        return Conduct([NO_ROUND.format(year=year), *regular], None)
    told = [
        f"{periodic.name}: từ ngày {day(periodic.starts_on)}, hạn nộp phiếu ngày {day(periodic.ends_on)}.",
        *_listed(periodic), *_surveyed(periodic), *_met(periodic), *_posted(periodic), *_asked(periodic),
    ]  # fmt: skip
    decided = [_decision(each) for each in own] or ["Chưa có quyết định công nhận kết quả rà soát định kỳ."]
    return Conduct([*told, *decided, *regular], None if own else periodic)


def _listed(round_: Round) -> list[str]:
    found = Listing.objects.filter(round=round_).aggregate(
        all=Count("pk"),
        asked=Count("pk", filter=Q(source="request")),
        checked=Count("pk", filter=~Q(state="listed")),
        stopped=Count("pk", filter=Q(state="stopped")),
    )
    if not found["all"]:
        return ["Chưa lập danh sách hộ cần rà soát."]
    kept = found["all"] - found["asked"]
    told = f"Danh sách rà soát có {number(found['all'])} hộ: {number(kept)} hộ nghèo, hộ cận nghèo đang quản lý, {number(found['asked'])} hộ có đơn đề nghị."
    if found["checked"]:
        stopped = f", {number(found['stopped'])} hộ dừng ở bước này" if found["stopped"] else ""
        told += f" Nhận dạng nhanh (Phiếu A) {number(found['checked'])} hộ{stopped}."
    return [told]


def _surveyed(round_: Round) -> list[str]:
    found = Sheet.objects.filter(round=round_).aggregate(
        sent=Count("pk", distinct=True, filter=~Q(state__in=["draft", "returned"])),
        back=Count("pk", distinct=True, filter=Q(remarks__isnull=False)),
    )
    if not found["sent"]:
        return ["Chưa có phiếu rà soát (Phiếu B) nào được nộp."]
    told = f"Thu thập thông tin, chấm điểm (Phiếu B) {number(found['sent'])} hộ"
    if found["back"]:
        told += f"; {number(found['back'])} phiếu được trả lại để bổ sung, rà soát lại"
    return [f"{told}."]


def _met(round_: Round) -> list[str]:
    found = Meeting.objects.filter(round=round_).aggregate(
        n=Count("pk"), places=Count("area", distinct=True), first=Min("held_on"), last=Max("held_on"), people=Sum("present")
    )  # fmt: skip
    if not found["n"]:
        return ["Chưa tổ chức họp tổ dân phố."]
    votes = Vote.objects.filter(meeting__round=round_).aggregate(
        n=Count("pk"), failed=Count("pk", filter=Q(passed=False))
    )
    told = (
        f"Tổ chức {number(found['n'])} cuộc họp tại {number(found['places'])} tổ dân phố {_between(found['first'], found['last'])}, "
        f"{number(found['people'])} lượt người dự, biểu quyết {number(votes['n'])} lượt hộ"
    )
    if votes["failed"]:
        told += f", trong đó {number(votes['failed'])} lượt chưa đạt 50 % số người dự họp, phải rà soát lại"
    return [f"{told}."]


def _posted(round_: Round) -> list[str]:
    found = Posting.objects.filter(round=round_).aggregate(
        n=Count("pk"), first=Min("starts_on"), last=Max("ends_on"), again=Count("pk", filter=Q(after_recheck=True))
    )  # fmt: skip
    if not found["n"]:
        return ["Chưa niêm yết kết quả."]
    told = f"Niêm yết công khai {number(found['n'])} danh sách {_between(found['first'], found['last'])}"
    if found["again"]:
        told += f", trong đó {number(found['again'])} danh sách niêm yết lại sau phúc tra"
    return [f"{told}.", _complained(round_)]


def _complained(round_: Round) -> str:
    rows = Complaint.objects.filter(sheet__round=round_).values_list("outcome")
    found = dict(rows.annotate(n=Count("pk")).order_by())
    if not found:
        return "Không có khiếu nại trong thời gian niêm yết."
    names = {each.value: each.label for each in Complaint.Outcome} | {"": "Đang phúc tra"}
    parts = [f"{name[:1].lower()}{name[1:]}: {found[key]}" for key, name in names.items() if key in found]
    return f"Tiếp nhận {number(sum(found.values()))} khiếu nại ({'; '.join(parts)})."


def _asked(round_: Round) -> list[str]:
    found = Opinion.objects.filter(round=round_).order_by("sent_on", "pk")
    return [f"Báo cáo số {numbered(each.letter_number)} ngày {day(each.sent_on)} xin ý kiến của tỉnh; {_answer(each)}." for each in found]  # fmt: skip


def _answer(opinion: Opinion) -> str:
    if not opinion.answer:
        return f"chưa có văn bản trả lời (hạn {day(opinion.due_on)})"
    if opinion.answer == Opinion.Answer.NO_ANSWER:
        return f"quá hạn {day(opinion.due_on)} không có văn bản trả lời"
    said = opinion.get_answer_display()
    return f"tỉnh trả lời tại Văn bản số {opinion.answer_number} ngày {day(opinion.answered_on)}: {said[:1].lower()}{said[1:]}"


def _decision(decision: Decision) -> str:
    number_ = f"Quyết định số {numbered(decision.number)} ngày {day(decision.date)}"
    households = number(decision.decided)  # type: ignore[attr-defined]  # given by decisions_of
    if decision.corrects:
        return f"{number_} đính chính Quyết định số {numbered(decision.corrects.number)} đối với {households} hộ."
    return f"{number_} công nhận kết quả rà soát của {households} hộ."


def _regular(rounds: list[Round], decisions: list[Decision]) -> list[str]:
    regular = sum(each.kind == Round.Kind.REGULAR for each in rounds)
    told = [f"Trong năm có {number(regular)} đợt rà soát thường xuyên."] if regular else []
    if not decisions:
        return told
    if len(decisions) <= NAMED:
        return [*told, *map(_decision, decisions)]
    first, last = decisions[0].date, decisions[-1].date
    return [*told, f"{number(len(decisions))} quyết định khác trong năm, {_between(first, last)}."]


def _between(first: date, last: date) -> str:
    return f"ngày {day(first)}" if first == last else f"từ ngày {day(first)} đến ngày {day(last)}"
