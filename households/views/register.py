"""The register on screen: search, one household, its members."""

import re
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate

from households import groups
from households.actions import register
from households.actions.life import homes
from households.exchange.lists import households
from households.forms.register import HeadForm, HouseholdForm, MemberForm, NewHouseholdForm, NewMemberForm
from households.models import Household, LifeEvent, Listing, Member, Notice, Request
from households.reports import history, today
from thanhsen import events
from thanhsen.addresses import key, typed
from thanhsen.gathering import Rows, gathered
from thanhsen.permissions import Permission, requires

PAGE = 50
CODE = re.compile(r"[hH][0-9]{7,11}")


@requires(Permission.VIEW_HOUSEHOLDS)
def household_list(request):
    """Search and filter the register. A search for one exact code goes straight to that household."""
    found = households.find(request, today=localdate())
    text, narrowed = found.shown["text"], found.shown["narrowed"]
    if CODE.fullmatch(text) and (exact := _own(request).filter(code=text.upper()).first()):
        return redirect("household_detail", pk=exact.pk)
    page, broad = None, bool(text) and Member.objects.are_many(text)
    if broad:
        shown = list(narrowed.first_found(text, PAGE))
    else:
        page = Paginator(found.records.prefetch_related(None), PAGE).get_page(typed(request, "trang"))
        shown = list(page)
    if text or found.shown["area"]:
        events.read(
            by=request.user, act="household.list", of=Household, ids=[each.pk for each in shown], name=text
        )
    context = {**found.shown, "page": page, "broad": broad, "rows": today.beside(shown, localdate())}
    return render(request, "households/household_list.html", context)


@requires(Permission.VIEW_HOUSEHOLDS)
def household_detail(request, pk):
    household = _household(request, pk)
    members = list(household.members.head_first())
    listings = (
        Listing.objects.visible_to(request.user)
        .filter(household=household, sheet=None, round__closed_at=None)
        .select_related("round", "request")
    )
    sheets = list(household.sheets.select_related("round", "score").order_by("-round__year", "-pk"))
    events.read(by=request.user, act="household.view", of=Household, ids=[household.pk], name=str(household))
    asked = Request.objects.visible_to(request.user).waiting().filter(household=household).order_by("pk")
    told = Notice.objects.visible_to(request.user).filter(listing__household=household).order_by("pk")
    requests, notices = gathered(
        Household.objects.visible_to(request.user).filter(pk=household.pk),
        [Rows(asked, ("channel", "form", "received_on")), Rows(told, ("issued_on", "number"))],
    )
    context = {
        "household": household,
        "members": [each for each in members if not each.left_date],
        "groups": groups.of_household(
            household, [each for each in members if not each.left_date], localdate()
        ),
        "left": [each for each in members if each.left_date],
        "steps": (steps := history.of_household(household)),
        "line": history.drawn(steps, localdate()),
        "gone_to": _gone_to(household),
        "sheets": sheets,
        "listings": list(listings),
        "requests": requests,
        "certificates": household.certificates.with_holds().order_by("-issued_on", "-serial"),
        "notices": notices,
        "today": localdate(),
        "request_id": uuid4(),
    }
    return render(request, "households/household_detail.html", context)


@requires(Permission.EDIT_HOUSEHOLDS)
def household_create(request):
    form = NewHouseholdForm(request.POST or None, by=request.user, initial={"request_id": uuid4()})
    head = HeadForm(request.POST or None)
    valid = request.method == "POST" and form.is_valid() & head.is_valid()
    if valid and form.carried_out(lambda **_: _opened(request, form, head)):
        messages.success(request, f"Đã đưa vào sổ hộ {form.result}. Ghi tiếp các thành viên khác của hộ.")
        return redirect("household_detail", pk=form.result.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "households/household_create.html", {"form": form, "head": head}, status=status)


def _opened(request, form, head) -> Household:
    """The new household: entered into the register, or come from elsewhere as a life event."""
    typed_in, data = {"household": form.values(), "head": head.values()}, form.cleaned_data
    if form.moves_in:
        return homes.arrived(
            by=request.user, date=data["opened_date"], reason=data["came_with"], today=localdate(),
            request_id=data["request_id"], **typed_in,
        ).household  # fmt: skip
    return register.open_household(
        by=request.user, opened_date=data["opened_date"], request_id=data["request_id"], **typed_in
    )


@requires(Permission.EDIT_HOUSEHOLDS)
def household_edit(request, pk):
    household = _household(request, pk)
    form = HouseholdForm(request.POST or None, instance=household)
    if request.method == "POST" and form.kept_by(
        lambda **kept: register.update_household(by=request.user, household=household, **kept)
    ):
        messages.success(request, "Đã lưu thông tin hộ.")
        return _back(request, household)
    return _form_page(request, form, household, "Sửa thông tin hộ")


@requires(Permission.EDIT_HOUSEHOLDS)
def member_create(request, pk):
    household = _household(request, pk)
    form = NewMemberForm(request.POST or None, initial={"request_id": uuid4()})
    if request.method == "POST" and form.is_valid():
        named = {name: form.cleaned_data[name] for name in ("joined_date", "request_id")}
        added = form.carried_out(
            lambda **_: register.add_member(
                by=request.user, household=household, values=form.values(), **named
            )
        )
        if added:
            messages.success(request, f"Đã thêm {form.result.full_name}.")
            again = request.POST.get("do") == "another"
            return redirect("member_create", pk=household.pk) if again else _back(request, household)
    return _form_page(request, form, household, "Thêm thành viên", another=True)


@requires(Permission.EDIT_HOUSEHOLDS)
def member_edit(request, pk):
    member = _member(request, pk)
    form = MemberForm(request.POST or None, instance=member)
    if request.method == "POST" and form.kept_by(
        lambda **kept: register.update_member(by=request.user, member=member, **kept)
    ):
        messages.success(request, f"Đã lưu {form.result.full_name}.")
        return _back(request, member.household)
    return _form_page(request, form, member.household, f"Sửa thành viên: {member.full_name}", member=member)


def _gone_to(household) -> list:
    """Where a closed household lives on: merged into another, or entered twice."""
    if not household.closed_date:
        return []
    kinds = [LifeEvent.Kind.MERGE, LifeEvent.Kind.DUPLICATE]
    return list(household.life_events.in_force().filter(kind__in=kinds).select_related("other_household"))


def _own(request):
    return Household.objects.visible_to(request.user)


def _household(request, pk) -> Household:
    return get_object_or_404(_own(request).select_related("area__parent"), pk=pk)


def _member(request, pk) -> Member:
    return get_object_or_404(Member.objects.visible_to(request.user).select_related("household__area"), pk=pk)


def _back(request, household):
    """To the sheet being filled, where the person came from one; otherwise to the household."""
    if sheet := key(request, "phieu"):
        return redirect("sheet_edit", pk=sheet)
    return redirect("household_detail", pk=household.pk)


def _form_page(request, form, household, title, **more):
    status = 409 if getattr(form, "conflicts", None) else 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "household": household,
        "title": title,
        "sheet_pk": key(request, "phieu"),
        **more,
    }
    return render(request, "households/register_form.html", context, status=status)
