"""Who is entitled to a programme, the two morning lists of it, and those who receive it."""

from dataclasses import replace
from datetime import date

from django.db.models import Prefetch
from django.http import Http404

from households import entitlement
from households.actions.support.assigning import Recipient
from households.exchange.lists.households import class_of
from households.exchange.lists.words import area_in_words
from households.models import Household, Member, Programme, Status, Support
from households.models.support.supports import UNRECEIVED_DAYS
from households.reports.support.lapsing import why_now
from thanhsen.addresses import key, typed
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.models import Area
from thanhsen.permissions import Permission


def _asked(request, today: date, pk: int) -> tuple[Programme, list[int], dict, list]:
    """The programme (of its line the one of today, where there is one), the tổ dân phố asked for (ids), what the page
    shows, the filters in words."""
    asked_for = Programme.objects.filter(pk=pk).values("line")
    line = Programme.objects.visible_to(request.user).filter(line__in=asked_for).select_related("ward")
    versions = {each.pk: each for each in line}
    if pk not in versions:
        raise Http404
    running = (each for each in versions.values() if each.runs_on(today))
    programme = next(running, versions[pk])
    groups = Area.objects.visible_to(request.user).groups().filter(parent=programme.ward_id)
    area, text = key(request, "to"), typed(request, "q")
    areas = list(groups.in_order())
    ids = [each.pk for each in areas if not area or each.pk == area]
    shown = {"programme": programme, "areas": areas, "area": area, "text": text, "today": today}
    return programme, ids, shown, [("Có chữ", text), ("Tổ dân phố", area_in_words(request.user, area))]


def _homes(request, ids, text: str):
    homes = Household.objects.visible_to(request.user).filter(pk__in=ids)
    return (homes.search(text) if text else homes).select_related("area").in_order()


Pairs = list[tuple[int, int | None]]


def _entitled(request, programme: Programme, pairs: Pairs, shown: dict, asked: list) -> Found:
    """Households with those of them in `pairs`. `shown["recipients"]`: all of the filter, in order; a line is one of
    them."""
    of_home: dict[int, list[int | None]] = {}
    for home, member in pairs:
        of_home.setdefault(home, []).append(member)
    homes = _homes(request, list(of_home), shown["text"]).prefetch_related(
        Prefetch("statuses", Status.objects.on(shown["today"]), to_attr="in_force"),
        Prefetch(
            "members",
            Member.objects.filter(pk__in=[each for _, each in pairs if each]).head_first(),
            to_attr="entitled",
        ),
    )
    kept = set(homes.values_list("pk", flat=True)) if shown["text"] else set(of_home)
    shown["recipients"] = [Recipient(*pair) for pair in pairs if pair[0] in kept]

    def lines(records):
        return [
            (home, member)
            for home in records
            for member in (home.entitled if programme.per_person else [None])
        ]

    return Found(homes, asked, str(programme), shown, lines)


def find_proposed(request, *, today: date, pk: int) -> Found:
    """Entitled and not receiving."""
    programme, areas, shown, asked = _asked(request, today, pk)
    return _entitled(request, programme, entitlement.proposed(programme, areas, today), shown, asked)


STANDING = {"roi": ("given", "đã giao"), "chua": ("", "chưa giao"), "dung": ("stopped", "đã dừng")}
IN_WORDS = dict(STANDING.values())


def find_entitled(request, *, today: date, pk: int) -> Found:
    """Entitled, receiving or not; a line also says which."""
    programme, areas, shown, asked = _asked(request, today, pk)
    got = typed(request, "huong")
    found = [
        each
        for each in entitlement.entitled(programme, areas, today)
        if got not in STANDING or each.standing == STANDING[got][0]
    ]
    standing = {(each.household_id, each.member_id): IN_WORDS[each.standing] for each in found}
    shown |= {"got": got, "choices": [(code, words) for code, (_, words) in STANDING.items()]}
    asked = [*asked, ("Kỳ này", IN_WORDS[STANDING[got][0]] if got in STANDING else "")]
    pairs = list(standing)
    plain = _entitled(request, programme, pairs, shown, asked)

    def lines(records):
        return [
            (home, member, standing[home.pk, member and member.pk]) for home, member in plain.lines(records)
        ]

    return replace(plain, lines=lines)


PROPOSED = List(
    title="Đúng diện, chưa được hưởng",
    file="dung-dien-chua-huong",
    act="entitled.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Household,
    unit="hộ",
    columns=(
        Column("Mã hộ", lambda line: line[0].code, 12),
        Column("Chủ hộ", lambda line: line[0].head_name, 26),
        Column("Tổ dân phố", lambda line: line[0].area.name, 24),
        Column("Địa chỉ", lambda line: line[0].address, 30),
        Column("Phân loại", lambda line: class_of(line[0]), 18),
        Column("Người hưởng", lambda line: line[1].full_name if line[1] else "", 26),
        Column("Năm sinh", lambda line: line[1].birth_year if line[1] else None, 10, Kind.YEAR),
    ),
    find=find_proposed,
)

ENTITLED = List(
    title="Đúng diện",
    file="dung-dien",
    act="entitled.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Household,
    unit="hộ",
    columns=(
        *PROPOSED.columns,
        Column("Kỳ này", lambda line: line[2], 16),
    ),
    find=find_entitled,
)


def find_lapsed(request, *, today: date, pk: int) -> Found:
    """Receiving and no longer entitled: supports, each with `refusal`, the reason as a sentence."""
    programme, areas, shown, asked = _asked(request, today, pk)
    refusals = {each.support_id: each.refusal for each in entitlement.lapsed(programme, areas, today)}
    held = Status.objects.filter(valid_from__lte=today).select_related("decision").order_by("-valid_from")
    supports = (
        Support.objects.visible_to(request.user)
        .filter(pk__in=list(refusals))
        .select_related("household__area", "member")
        .prefetch_related(Prefetch("household__statuses", held, to_attr="held"))
        .order_by("household__sort_key", "household__code", "pk")
    )
    if shown["text"]:
        supports = supports.filter(household__in=Household.objects.search(shown["text"]).values("pk"))

    def lines(records):
        return [(each, why_now(each, refusals[each.pk])) for each in records]

    return Found(supports, asked, str(programme), shown, lines)


LAPSED = List(
    title="Đang hưởng, thôi đúng diện",
    file="thoi-dung-dien",
    act="entitled.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Support,
    unit="khoản",
    columns=(
        Column("Mã hộ", lambda line: line[0].household.code, 12),
        Column("Chủ hộ", lambda line: line[0].household.head_name, 26),
        Column("Tổ dân phố", lambda line: line[0].household.area.name, 24),
        Column("Người hưởng", lambda line: line[0].member.full_name if line[0].member else "", 26),
        Column("Từ ngày", lambda line: line[0].valid_from, 13, Kind.DAY),
        Column("Đến trước ngày", lambda line: line[0].valid_to, 13, Kind.DAY),
        Column("Vì sao thôi đúng diện", lambda line: line[1], 50),
    ),
    find=find_lapsed,
)

RECEIVED = {"chua": "chưa nhận lần nào", "roi": "đã nhận"}


def find_receiving(request, *, today: date, pk: int) -> Found:
    """Supports of the programme's line in force today, with what was received of each."""
    programme, areas, shown, asked = _asked(request, today, pk)
    got = typed(request, "nhan")
    supports = (
        Support.objects.visible_to(request.user)
        .in_force(today)
        .filter(line=programme.line_id, household__area__in=areas)
        .with_received()
        .select_related("household__area", "member", "programme")
        .order_by("household__sort_key", "household__code", "pk")
    )
    if shown["text"]:
        supports = supports.filter(household__in=Household.objects.search(shown["text"]).values("pk"))
    if got in RECEIVED:
        supports = supports.filter(last_received_on__isnull=got == "chua")
    shown |= {"got": got, "received_choices": RECEIVED.items()}
    return Found(supports, [*asked, ("Đã nhận", RECEIVED.get(got, ""))], str(programme), shown)


RECEIVING = List(
    title="Đang hưởng",
    file="dang-huong",
    act="support.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Support,
    unit="khoản",
    columns=(
        Column("Mã hộ", lambda each: each.household.code, 12),
        Column("Chủ hộ", lambda each: each.household.head_name, 26),
        Column("Tổ dân phố", lambda each: each.household.area.name, 24),
        Column("Người hưởng", lambda each: each.member.full_name if each.member else "", 26),
        Column("Từ ngày", lambda each: each.valid_from, 13, Kind.DAY),
        Column("Đến trước ngày", lambda each: each.valid_to, 13, Kind.DAY),
        Column("Lần nhận gần nhất", lambda each: each.last_received_on, 13, Kind.DAY),
        Column("Đã nhận (đồng)", lambda each: each.received, 16, Kind.NUMBER),
    ),
    find=find_receiving,
)


def find_unreceived(request, *, today: date) -> Found:
    """Given for more than a month, nothing received yet: of every programme."""
    area = key(request, "to")
    groups = Area.objects.visible_to(request.user).groups()
    supports = (
        Support.objects.visible_to(request.user)
        .unreceived(today)
        .with_received()
        .select_related("household__area", "member", "programme")
        .order_by("household__sort_key", "household__code", "pk")
    )
    if area:
        supports = supports.filter(household__area=area)
    shown = {"areas": groups.in_order(), "area": area, "days": UNRECEIVED_DAYS}
    asked = [("Tổ dân phố", area_in_words(request.user, area))]
    return Found(supports, asked, "Đã giao, chưa nhận", shown)


UNRECEIVED = List(
    title="Đã giao, chưa nhận",
    file="da-giao-chua-nhan",
    act="support.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Support,
    unit="khoản",
    columns=(Column("Chương trình", lambda each: each.content, 34), *RECEIVING.columns[:6]),
    find=find_unreceived,
)
