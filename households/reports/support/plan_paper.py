"""The plan of a household as the paper that is signed: on the screen and in Word the same words."""

from datetime import date
from typing import Any

from django.db.models import Q

from households.documents.context import letterhead
from households.documents.papers import PlanLine, PlanNeed, PlanPaper
from households.documents.plans import beside_the_plan
from households.models import Need, Plan
from households.poverty import Classification
from households.reports.support.plans import named
from thanhsen.vietnamese import day

BLANK_DAY = "ngày …… tháng …… năm ………"
TO_FILL = PlanNeed(tt="1", noi_dung="……………………………………", loi_gia_dinh="")  # by hand, where nothing is known yet
STEP_TO_FILL = PlanLine(tt="1", viec_lam="", chinh_sach="", nhu_cau="", ai_lam="", truoc_ngay="")
Written = dict[str, Any]


def paper_of(plan: Plan, today: date) -> PlanPaper:
    """A draft as things stand `today`; a signed plan as it was signed. Loaded with household__area__parent__parent and
    responsible; three queries at most."""
    home, ward = plan.household, plan.household.area.parent
    assert ward is not None  # the database holds household_area_is_group
    said = plan.signed_as or _beside(plan, today)
    needs = [Need(**each) for each in said["needs"]]
    names = {each.pk: named(each) for each in needs}
    steps = plan.steps.select_related("need").order_by("position")
    head = letterhead(ward, plan.agreed_on, (plan.agreed_on or plan.made_on).year)
    return PlanPaper(
        **{**head, "ngay_thang": head["ngay_thang"] or BLANK_DAY}, chu_ho=said["head"], ma_ho=home.code,
        dia_chi=said["address"], to_dan_pho=said["area"], phan_loai=_class(said), muc_tieu=plan.goal,
        phan_dau=day(plan.leave_by), y_kien=plan.family_words, nguoi_ky=plan.agreed_by,
        xem_lai=f"ngày {day(plan.first_review_on)}" if plan.first_review_on else BLANK_DAY,
        phu_trach=plan.responsible.full_name if plan.responsible else "",
        nhu_cau=[_need(place, each) for place, each in enumerate(needs, start=1)] or [TO_FILL],
        viec=[
            PlanLine(
                tt=str(place), viec_lam=each.text, chinh_sach=each.get_policy_display(),
                nhu_cau=names.get(each.need.pk, named(each.need)) if each.need else "",
                ai_lam=": ".join(filter(None, [each.get_who_display(), each.who_name])), truoc_ngay=day(each.due_on),
            )
            for place, each in enumerate(steps, start=1)
        ]
        or [STEP_TO_FILL],
    )  # fmt: skip


def _beside(plan: Plan, today: date) -> Written:
    """Of a draft as things stand; of what was signed before that was kept, as the register had it that day."""
    on = plan.agreed_on or today
    needs = plan.household.needs.filter(Q(closed_on=None) | Q(closed_on__gt=on))
    return beside_the_plan(plan.household, on, needs.filter(opened_on__lte=on) if plan.agreed_on else needs)


def _class(said: Written) -> str:
    if not said["classification"]:
        return ""
    label = Classification(said["classification"]).label
    return f"{label[:1].lower()}{label[1:]} từ ngày {day(date.fromisoformat(said['since']))}"


def _need(place: int, need: Need) -> PlanNeed:
    name = named(need)
    words = need.family_words if need.family_words != name else ""
    return PlanNeed(tt=str(place), noi_dung=name, loi_gia_dinh=words)
