"""Contacts of households; the households a campaign addresses."""

from datetime import date

from django.db.models import Q
from django.shortcuts import get_object_or_404

from households.exchange.lists.words import area_in_words
from households.models import Activity, Campaign, Contact, Household
from households.reports.support import outreach as report
from thanhsen.addresses import key, typed
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.models import Area
from thanhsen.permissions import Permission

VISITS = {"qua": "quá ngày hẹn", "sap": "hẹn trong 3 ngày", "co": "có hẹn"}


def find_contacts(request, *, today: date) -> Found:
    """By tổ dân phố, campaign, answer and appointment; the latest first."""
    area, campaign = key(request, "to"), key(request, "dot")
    answer, visit = typed(request, "tra-loi"), typed(request, "hen")
    rows = Contact.objects.visible_to(request.user).counted()
    if area:
        rows = rows.filter(household__area=area)
    if campaign:
        rows = rows.filter(activity__campaign=campaign)
    if answer in Contact.Answer.values:
        rows = rows.filter(answer=answer)
    if visit in VISITS:
        due = {
            "qua": Q(next_visit_on__lt=today),
            "sap": Q(next_visit_on__gte=today, next_visit_on__lte=today + report.SOON),
            "co": Q(),
        }[visit]
        rows = rows.filter(
            pk__in=Contact.objects.visible_to(request.user).to_visit().filter(due).values("pk")
        )
    campaigns = Campaign.objects.visible_to(request.user).order_by("-starts_on", "name", "pk")
    shown = {
        "areas": Area.objects.visible_to(request.user).groups().in_order(), "area": area,
        "campaigns": campaigns, "campaign": campaign, "answers": Contact.Answer.choices, "answer": answer,
        "visits": VISITS.items(), "visit": visit,
    }  # fmt: skip
    asked = [
        ("Tổ dân phố", area_in_words(request.user, area)),
        ("Đợt", lambda: str(campaigns.filter(pk=campaign).first() or "") if campaign else ""),
        ("Trả lời", dict(Contact.Answer.choices).get(answer, "")),
        ("Hẹn", VISITS.get(visit, "")),
    ]
    rows = rows.select_related("household__area", "activity__campaign")
    return Found(rows.order_by("-activity__date", "-pk"), asked, shown=shown)


CONTACTS = List(
    title="Hộ đã vận động",
    file="ho-da-van-dong",
    act="contact.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Contact,
    unit="lượt",
    columns=(
        Column("Ngày", lambda each: each.activity.date, 13, Kind.DAY),
        Column("Hình thức", lambda each: each.activity.get_kind_display(), 16),
        Column("Mã hộ", lambda each: each.household.code, 12),
        Column("Chủ hộ", lambda each: each.household.head_name, 26),
        Column("Tổ dân phố", lambda each: each.household.area.name, 24),
        Column("Đợt", lambda each: str(each.activity.campaign or ""), 26),
        Column("Nội dung đã nói", lambda each: each.activity.subject, 40),
        Column("Gặp ai", lambda each: each.person, 20),
        Column("Trả lời", lambda each: each.get_answer_display(), 20),
        Column("Vì sao không", lambda each: each.get_refusal_display(), 26),
        Column("Ghi rõ", lambda each: each.refusal_note or each.said, 36),
        Column("Đến lại ngày", lambda each: each.next_visit_on, 13, Kind.DAY),
    ),
    find=find_contacts,
)

STATES = {"": "Mọi hộ của đợt", "chua": "Chưa gặp được", **dict(Contact.Answer.choices)}


def find_addressed(request, *, today: date, pk: int) -> Found:
    """The households a campaign addresses, by their newest answer; a line is the household and that contact or None."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user), pk=pk)
    state, area = typed(request, "tra-loi"), key(request, "to")
    state = state if state in STATES else ""
    contacts = report.last_contacts(campaign, request.user)
    homes = report.target(campaign, request.user, today).distinct()
    if area:
        homes = homes.filter(area=area)
    if state == "chua":
        homes = homes.exclude(pk__in=[pk for pk, each in contacts.items() if each.answer != "absent"])
    elif state:
        homes = homes.filter(pk__in=[pk for pk, each in contacts.items() if each.answer == state])
    shown = {
        "campaign": campaign, "state": state, "states": STATES.items(), "area": area,
        "areas": Area.objects.visible_to(request.user).groups().filter(parent=campaign.ward_id).in_order(),
    }  # fmt: skip
    asked = [("Trả lời", STATES[state] if state else ""), ("Tổ dân phố", area_in_words(request.user, area))]
    return Found(
        homes.select_related("area").in_order(),
        asked,
        str(campaign),
        shown,
        lambda records: [(each, contacts.get(each.pk)) for each in records],
    )


ADDRESSED = List(
    title="Hộ của đợt vận động",
    file="ho-cua-dot-van-dong",
    act="contact.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Household,
    unit="hộ",
    columns=(
        Column("Mã hộ", lambda line: line[0].code, 12),
        Column("Chủ hộ", lambda line: line[0].head_name, 26),
        Column("Tổ dân phố", lambda line: line[0].area.name, 24),
        Column("Địa chỉ", lambda line: line[0].address, 30),
        Column("Gặp ngày", lambda line: line[1].activity.date if line[1] else None, 13, Kind.DAY),
        Column("Trả lời", lambda line: line[1].get_answer_display() if line[1] else "chưa gặp", 20),
        Column("Vì sao không", lambda line: line[1].get_refusal_display() if line[1] else "", 26),
    ),
    find=find_addressed,
)


def find_activities(request, *, today: date) -> Found:
    """Visits, meetings, calls and broadcasts of the reader's tổ dân phố, the latest first."""
    area, kind, campaign = key(request, "to"), typed(request, "hinh-thuc"), key(request, "dot")
    rows = Activity.objects.visible_to(request.user).select_related(
        "area", "campaign", "made_by", "voided_by"
    )
    if area:
        rows = rows.filter(area=area)
    if campaign:
        rows = rows.filter(campaign=campaign)
    if kind in Activity.Kind.values:
        rows = rows.filter(kind=kind)
    shown = {
        "areas": Area.objects.visible_to(request.user).groups().in_order(), "area": area,
        "kinds": Activity.Kind.choices, "kind": kind,
    }  # fmt: skip
    return Found(rows.order_by("-date", "-pk"), (), shown=shown)
