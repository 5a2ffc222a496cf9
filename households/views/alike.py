"""People of the register who may be one, one tổ dân phố at a time: put together, or said to be two."""

from collections import Counter
from functools import partial
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from households.actions import alike as actions
from households.actions.life.same import same_person as record_same_person
from households.forms.alike import NotSameForm, SamePersonForm
from households.models import Member, NotSame
from households.reports.alike import Kind, in_register
from households.views.life import carry_out, digest, frozen
from thanhsen import events
from thanhsen.addresses import key, typed
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires

PAGE = 20
KINDS = [
    (Kind.OLD_ID, "Cùng số CMND cũ"),
    (Kind.NAME, "Cùng họ tên (có thể khác dấu, đảo thứ tự)"),
    (Kind.NEAR_NAME, "Tên khác một chữ cái"),
]


@requires(Permission.EDIT_HOUSEHOLDS)
def alike_list(request):
    """The pairs of one tổ dân phố and what is within reach of it, the likeliest first; ticked ones are set apart."""
    areas = list(Area.objects.visible_to(request.user).groups().in_order())
    area = next((each for each in areas if each.pk == key(request, "to")), areas[0] if areas else None)
    kind = typed(request, "loai")
    within = [each.pk for each in areas if area and each.parent_id == area.parent_id]  # of the same ward
    pairs = in_register(within, [area.pk]) if area else []
    if kind in set(Kind):
        pairs = [each for each in pairs if each.kind == kind]
    page = Paginator(pairs, PAGE).get_page(typed(request, "trang"))
    form = NotSameForm(request.POST or None, offered=[(each.one, each.other) for each in page])
    people = _people(request, page)
    if request.method == "POST" and form.carried_out(partial(_set_apart, request.user, people)):
        messages.success(request, f"Đã ghi {len(form.result)} cặp là không trùng; lần sau không hỏi lại nữa.")
        return redirect(request.get_full_path())
    if area and people:
        events.read(by=request.user, act="member.alike", of=Member, ids=people, name=area.name)
    context = {
        "page": page,
        "rows": _rows(page, people, _together(request, pairs)),
        "form": form,
        "ticked": request.POST.getlist("pairs"),
        "areas": areas,
        "area": area,
        "kinds": KINDS,
        "kind": kind,
    }
    return render(request, "households/alike_list.html", context, status=form.status)


@requires(Permission.EDIT_HOUSEHOLDS)
def same_person(request, pk, kept):
    """The row `pk` leaves, `kept` stays: side by side, looked at, then recorded."""
    gone, stays = _member(request, pk), _member(request, kept)
    if gone.pk == stays.pk:
        raise Http404
    if gone.left_date or stays.left_date:
        return redirect("life_list", pk=gone.household_id)
    asked = [each for each in gone.household.members.present().head_first() if each.pk != gone.pk]
    form = SamePersonForm(
        request.POST or None, gone=gone, kept=stays, household=gone.household, by=request.user,
        members=asked if gone.is_head else [], initial={"request_id": uuid4()},
    )  # fmt: skip
    seen = digest(request.POST)
    saves = request.POST.get("do") == "save" and request.POST.get("seen") == seen
    act = partial(record_same_person, by=request.user, household=gone.household, today=localdate())
    if request.method == "POST" and form.carried_out(lambda **_: carry_out(act, form, saves)) and saves:
        messages.success(request, f"Đã ghi sự kiện “{form.result}”. Huỷ được ở trang sự kiện của hộ.")
        return redirect("life_list", pk=gone.household_id)
    names = f"{gone.full_name} / {stays.full_name}"
    events.read(by=request.user, act="member.alike", of=Member, ids=[gone.pk, stays.pk], name=names)
    context = {
        "form": form,
        "gone": gone,
        "kept": stays,
        "alone": not asked,
        "event": getattr(form, "result", None),
        "seen": seen,
        "frozen": frozen(gone.household),
    }
    return render(request, "households/same_person.html", context, status=form.status)


@requires(Permission.EDIT_HOUSEHOLDS)
def not_same_list(request):
    """What was said to be two people, the latest first; it may be taken back."""
    found = NotSame.objects.visible_to(request.user).in_force().newest_first()
    shown = found.select_related("one__household", "other__household", "made_by")
    page = Paginator(shown, PAGE).get_page(typed(request, "trang"))
    ids = [pk for each in page for pk in (each.one_id, each.other_id)]
    if ids:
        events.read(by=request.user, act="member.alike", of=Member, ids=ids)
    return render(request, "households/not_same_list.html", {"page": page})


@require_POST
@requires(Permission.EDIT_HOUSEHOLDS)
def not_same_undo(request, pk):
    found = get_object_or_404(NotSame.objects.visible_to(request.user).in_force(), pk=pk)
    try:
        actions.take_back(by=request.user, found=found, at=now())
        messages.success(request, "Đã bỏ ghi; hai người này lại được hỏi nếu còn giống nhau.")
    except ValidationError as refused:  # somebody else was first
        messages.error(request, refused.messages[0])
    return redirect("not_same_list")


def _set_apart(user, people, *, pairs, reason) -> list[NotSame]:
    named = [(people[one], people[other]) for one, other in pairs]
    return actions.set_apart(by=user, pairs=named, reason=reason)


def _rows(page, people, together) -> list[tuple]:
    """(value of the tick, the pair, the one, the other, how many pairs their two households have in common)."""
    return [
        (
            f"{each.one}-{each.other}",
            each,
            people[each.one],
            people[each.other],
            together.get((each.one, each.other)),
        )
        for each in page
    ]


def _together(request, pairs) -> dict[tuple[int, int], int]:
    """Of each pair of people of two households, how many such pairs those two have: many, and it is one household."""
    ids = {pk for each in pairs for pk in (each.one, each.other)}
    seen = Member.objects.visible_to(request.user).filter(pk__in=ids)
    homes = dict(seen.values_list("pk", "household"))
    between = {(each.one, each.other): frozenset({homes[each.one], homes[each.other]}) for each in pairs}
    count = Counter(between.values())
    return {pair: count[two] for pair, two in between.items() if len(two) == 2}


def _people(request, page) -> dict[int, Member]:
    ids = {pk for each in page for pk in (each.one, each.other)}
    seen = Member.objects.visible_to(request.user).filter(pk__in=ids)
    return seen.select_related("household__area").in_bulk()


def _member(request, pk) -> Member:
    return get_object_or_404(
        Member.objects.visible_to(request.user).select_related("household__area__parent"), pk=pk
    )
