"""Activities of outreach, households to visit again, households of a campaign: as their pages and files hold them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404

from households.exchange.lists.words import area_in_words
from households.models import Activity, Campaign, Contact, Household, Participation
from households.reports.support import campaigns, outreach
from thanhsen.addresses import key, typed
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.models import Area, User
from thanhsen.permissions import Permission

VISITS = {"co": "có hẹn đến lại", "qua": "đã quá ngày hẹn", "sap": "hẹn trong ba ngày tới"}


def find_activities(request, *, today: date) -> Found:
    """Activities, the latest first, also those taken back; a line is one with its counts of answers."""
    user, area, campaign = request.user, key(request, "to"), key(request, "dot")
    kind, answer = typed(request, "hinh-thuc"), typed(request, "tra-loi")
    found = Activity.objects.visible_to(user)
    if area:
        found = found.filter(area=area)
    if campaign:
        found = found.filter(campaign=campaign)
    if kind in Activity.Kind:
        found = found.filter(kind=kind)
    if answer in Contact.Answer:
        found = found.filter(pk__in=Contact.objects.filter(answer=answer, voided_at=None).values("activity"))
    shown = {
        "area": area, "campaign": campaign, "kind": kind, "answer": answer, "areas": _areas(user),
        "campaigns": Campaign.objects.visible_to(user).newest_first(),
        "kinds": Activity.Kind.choices, "answers": Contact.Answer.choices,
    }  # fmt: skip
    asked = [
        ("Tổ dân phố", area_in_words(user, area)),
        ("Đợt", _campaign_in_words(user, campaign)),
        ("Hình thức", dict(Activity.Kind.choices).get(kind)),
        ("Có hộ trả lời", dict(Contact.Answer.choices).get(answer)),
    ]
    found = found.select_related("area", "campaign", "made_by").newest_first()
    return Found(found, asked, shown=shown, lines=outreach.counted)


def find_contacts(request, *, today: date) -> Found:
    """Households reached, the latest first, by tổ dân phố, campaign and answer; where an appointment is asked for
    (`hen`), those to whom somebody is to come again, the longest overdue first."""
    user, area, campaign = request.user, key(request, "to"), key(request, "dot")
    answer, visit = typed(request, "tra-loi"), typed(request, "hen")
    found = Contact.objects.visible_to(user)
    found = found.to_revisit() if visit in VISITS else found.counted()
    if area:
        found = found.filter(household__area=area)
    if campaign:
        found = found.filter(activity__campaign=campaign)
    if answer in Contact.Answer:
        found = found.filter(answer=answer)
    if visit == "qua":
        found = found.filter(next_visit_on__lt=today)
    elif visit == "sap":
        found = found.filter(next_visit_on__gte=today, next_visit_on__lte=today + outreach.SOON)
    shown = {
        "area": area, "campaign": campaign, "answer": answer, "visit": visit if visit in VISITS else "",
        "areas": _areas(user), "campaigns": Campaign.objects.visible_to(user).newest_first(),
        "answers": Contact.Answer.choices, "visits": VISITS.items(),
    }  # fmt: skip
    asked = [
        ("Tổ dân phố", area_in_words(user, area)),
        ("Đợt", _campaign_in_words(user, campaign)),
        ("Trả lời", dict(Contact.Answer.choices).get(answer)),
        ("Hẹn", VISITS.get(visit)),
    ]
    found = found.opening_for(user).select_related("household__area", "activity__campaign")
    if visit in VISITS:
        return Found(found.order_by("next_visit_on", "household__sort_key", "pk"), asked, shown=shown)
    return Found(found.latest_first(), asked, shown=shown)


@dataclass(frozen=True)
class Reached:
    """A household of a campaign; `contact`: the latest that met somebody, else the latest; `joined`: whether it takes
    part in the model the campaign invites into."""

    household: Household
    contact: Contact | None
    joined: bool

    @property
    def answer(self) -> str:
        return self.contact.get_answer_display() if self.contact else "Chưa đến"


def find_reached(request, *, today: date, pk: int) -> Found:
    """The households of a campaign by tổ dân phố, by what they answered last, by why they refuse."""
    user = request.user
    found = Campaign.objects.visible_to(user).select_related("ward", "programme", "project")
    campaign = get_object_or_404(found.prefetch_related("areas"), pk=pk)
    area, state, why, text = (
        key(request, "to"),
        typed(request, "loai"),
        typed(request, "vi-sao"),
        typed(request, "q"),
    )
    homes = campaigns.in_state(campaign, user, today, state)
    if area:
        homes = homes.filter(area=area)
    if why in Contact.Refusal:
        homes = homes.filter(answer="refused", refusal=why)
    if text:
        homes = homes.filter(pk__in=Household.objects.visible_to(user).search(text).values("pk"))
    states = {code: label for code, (label, _) in campaigns.STATES.items()}
    states[campaigns.OUTSIDE] = "Đã gặp, ngoài nhóm đối tượng"
    shown = {
        "campaign": campaign, "area": area, "state": state, "why": why, "text": text,
        "areas": _areas(user).filter(parent=campaign.ward_id),
        "states": states.items(), "whys": Contact.Refusal.choices,
    }  # fmt: skip
    asked = [
        ("Tổ dân phố", area_in_words(user, area)),
        ("Tình trạng", states.get(state)),
        ("Vì sao không", dict(Contact.Refusal.choices).get(why)),
        ("Có chữ", text),
    ]
    homes = homes.select_related("area").in_order()
    return Found(homes, asked, str(campaign), shown, lambda records: _reached(campaign, records))


def _reached(campaign: Campaign, homes: list[Household]) -> Iterable[Reached]:
    """Two queries, however many households."""
    ids = [each.pk for each in homes]
    contacts: dict[int, Contact] = {}
    rows = Contact.objects.counted().filter(activity__campaign=campaign, household__in=ids)
    for each in rows.select_related("activity").order_by("activity__date", "pk"):
        before = contacts.get(each.household_id)
        if before is None or each.answer != "absent" or before.answer == "absent":
            contacts[each.household_id] = each
    joined = set()
    if campaign.project_id:
        parts = Participation.objects.filter(project=campaign.project_id, household__in=ids)
        joined = set(parts.exclude(left_reason="mistake").values_list("household", flat=True))
    return [Reached(each, contacts.get(each.pk), each.pk in joined) for each in homes]


def _areas(user: User):
    return Area.objects.visible_to(user).groups().in_order()


def _campaign_in_words(user: User, campaign: int | None):
    if campaign is None:
        return None
    found = Campaign.objects.visible_to(user).filter(pk=campaign)
    return lambda: found.values_list("name", flat=True).first() or "đợt của nơi khác"


ACTIVITIES = List(
    title="Các lần vận động",
    file="van-dong",
    act="activity.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Activity,
    unit="lần",
    columns=(
        Column("Ngày", lambda line: line[0].date, 13, Kind.DAY),
        Column("Hình thức", lambda line: line[0].get_kind_display(), 18),
        Column("Tổ dân phố", lambda line: line[0].area.name, 22),
        Column("Đợt", lambda line: str(line[0].campaign or ""), 32),
        Column("Nội dung đã nói", lambda line: line[0].subject, 50),
        Column("Nơi", lambda line: line[0].place, 24),
        Column("Người thực hiện", lambda line: line[0].led_by, 26),
        Column("Số người dự, nghe", lambda line: line[0].attended, 12, Kind.NUMBER),
        Column("Số hộ ghi tên", lambda line: line[1]["all"], 12, Kind.NUMBER),
        *(
            Column(label, lambda line, answer=answer: line[1].get(answer, 0), 12, Kind.NUMBER)  # type: ignore[misc]
            for answer, label in Contact.Answer.choices
        ),
        Column("Đã bỏ vì", lambda line: line[0].void_reason, 26),
    ),
    find=find_activities,
    personal=False,
)
CONTACTS = List(
    title="Hộ đã gặp, cần đến lại",
    file="ho-da-gap",
    act="contact.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Contact,
    unit="lượt",
    columns=(
        Column("Ngày", lambda each: each.activity.date, 13, Kind.DAY),
        Column("Hình thức", lambda each: each.activity.get_kind_display(), 16),
        Column("Tổ dân phố", lambda each: each.household.area.name, 22),
        Column("Mã hộ", lambda each: each.household.code, 14),
        Column("Chủ hộ", lambda each: each.household.head_name, 28),
        Column("Địa chỉ", lambda each: each.household.address, 32),
        Column("Điện thoại", lambda each: each.household.phone, 13),
        Column("Về việc", lambda each: str(each.activity.campaign or each.activity.subject), 40),
        Column("Gặp ai", lambda each: each.person, 22),
        Column("Trả lời", lambda each: each.get_answer_display(), 22),
        Column("Vì sao không", lambda each: each.refusal_note or each.get_refusal_display(), 30),
        Column("Gia đình nói", lambda each: each.said, 40),
        Column("Hẹn đến lại", lambda each: each.next_visit_on, 13, Kind.DAY),
    ),
    find=find_contacts,
)
REACHED = List(
    title="Hộ của đợt vận động",
    file="ho-dot-van-dong",
    act="campaign.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Household,
    unit="hộ",
    columns=(
        Column("Tổ dân phố", lambda line: line.household.area.name, 22),
        Column("Mã hộ", lambda line: line.household.code, 14),
        Column("Chủ hộ", lambda line: line.household.head_name, 28),
        Column("Địa chỉ", lambda line: line.household.address, 32),
        Column("Điện thoại", lambda line: line.household.phone, 13),
        Column("Trả lời", lambda line: line.answer, 24),
        Column("Vì sao không", lambda line: line.contact.get_refusal_display() if line.contact else "", 28),
        Column("Ghi rõ", lambda line: line.contact.refusal_note if line.contact else "", 30),
        Column("Gia đình nói", lambda line: line.contact.said if line.contact else "", 40),
        Column("Gặp ngày", lambda line: line.contact.activity.date if line.contact else None, 13, Kind.DAY),
        Column(
            "Hẹn đến lại", lambda line: line.contact.next_visit_on if line.contact else None, 13, Kind.DAY
        ),
        Column("Đã tham gia mô hình", lambda line: "có" if line.joined else "", 12),
    ),
    find=find_reached,
)
