"""The sheet on screen: start, fill, hand in, check, return."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from households import carried, facts, steps
from households.actions import survey
from households.assessment import assess, assess_advisory
from households.exchange.lists.survey import find_sheets
from households.forms.sheet import SheetForm
from households.models import Cause, Household, Round, Sheet, Shock, Status
from households.reports.support.shocks import struck_before
from thanhsen import events
from thanhsen.addresses import typed, whole
from thanhsen.concurrency import Stale
from thanhsen.permissions import Permission, requires

PAGE = 50
TABLE_CHANGED = (
    "Bảng điểm B1 áp dụng cho phiếu này vừa thay đổi. Các mục của phần 2 đã theo bảng hiện nay; "
    "trả lời những mục còn trống."
)


@requires(Permission.VIEW_HOUSEHOLDS)
def sheet_list(request):
    """The sheets of a round by state and tổ dân phố."""
    found = find_sheets(request, today=localdate())
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    return render(request, "households/sheet_list.html", {**found.shown, "page": page})


@require_POST
@requires(Permission.FILL_SHEETS)
def sheet_start(request, pk):
    household = get_object_or_404(Household.objects.visible_to(request.user).select_related("area"), pk=pk)
    round_ = get_object_or_404(Round.objects.visible_to(request.user), pk=whole(request.POST.get("round")))
    try:
        sheet, new = survey.start_sheet(
            by=request.user, round_=round_, household=household, surveyed_on=localdate()
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("household_detail", pk=household.pk)
    if not new:
        messages.info(request, "Hộ này đã có phiếu trong đợt; đây là phiếu đó.")
    return redirect("sheet_edit" if sheet.is_editable else "sheet_detail", pk=sheet.pk)


@requires(Permission.VIEW_HOUSEHOLDS)
def sheet_detail(request, pk):
    """The sheet as handed in, with the explanation of its class, and the buttons of who checks it."""
    sheet = _sheet(request, pk)
    events.read(by=request.user, act="sheet.view", of=Sheet, ids=[sheet.pk], name=str(sheet))
    context = {
        **_seen(sheet, request.user),
        "causes": [Cause(code).label for code in sheet.causes],
        "shocks": [Shock(code).label for code in sheet.shocks],
        "status": Status.objects.visible_to(request.user)
        .filter(score__sheet=sheet)
        .select_related("decision")
        .first(),
        "votes": sheet.votes.select_related("meeting").order_by("pk"),
        "posted": sheet.posted.select_related("posting").order_by("pk"),
        "complaints": list(sheet.complaints.order_by("pk")),
        "returns": sheet.remarks.filter(question="")
        .exclude(settled_at=None)
        .select_related("by")
        .order_by("pk"),
        "may_return": any(sheet.state in steps.of(act).starts for act in ("sheet.return", "sheet.reopen")),
    }
    return render(request, "households/sheet_detail.html", context)


@requires(Permission.FILL_SHEETS)
def sheet_edit(request, pk):
    sheet = _sheet(request, pk)
    if not sheet.is_editable or not sheet.round.is_open:
        if request.method == "POST":
            messages.error(
                request, "Phiếu này không còn sửa được nên chưa lưu gì thêm; đây là nội dung đang có."
            )
        return redirect("sheet_detail", pk=sheet.pk)
    if request.method == "POST":
        return _save(request, sheet)
    events.read(by=request.user, act="sheet.view", of=Sheet, ids=[sheet.pk], name=str(sheet))
    return _fill(request, sheet, SheetForm(sheet=sheet, page=str(uuid4())))


@require_POST
@requires(Permission.APPROVE_SHEETS)
def sheet_approve(request, pk):
    sheet = _sheet(request, pk)
    try:
        survey.approve(by=request.user, sheet=sheet, version=whole(request.POST.get("version")), at=now())
    except (ValidationError, Stale) as refusal:
        return _refused(request, sheet, refusal)
    messages.success(
        request, f"Đã duyệt phiếu của hộ {sheet.household}. Dưới đây là phiếu chờ duyệt tiếp theo."
    )
    return _next_waiting(request, sheet)


@require_POST
@requires(Permission.APPROVE_SHEETS)
def sheet_return(request, pk):
    sheet = _sheet(request, pk)
    remarks = {
        name.removeprefix("remark-"): text
        for name, text in request.POST.items()
        if name.startswith("remark-")
    }
    outcome = _outcome(sheet)[0]
    known = {
        "",
        *(each.indicator.code for each in outcome.findings),
        *outcome.income.questions,
        "income_score",
        "per_capita_income",
        "causes",
    }
    remarks = {
        question: text.strip()[:500]
        for question, text in remarks.items()
        if question in known and text.strip()
    }
    try:
        survey.send_back(
            by=request.user,
            sheet=sheet,
            version=whole(request.POST.get("version")),
            remarks=remarks,
            at=now(),
        )
    except (ValidationError, Stale) as refusal:
        return _refused(request, sheet, refusal)
    messages.success(
        request,
        f"Đã trả lại phiếu của hộ {sheet.household} kèm nhận xét. Dưới đây là phiếu chờ duyệt tiếp theo.",
    )
    return _next_waiting(request, sheet)


# Filling in -------------------------------------------------------------------------------------


def _save(request, sheet):
    """Keep what reads well; then stay, go on to a member, or hand in, as the button says."""
    do = request.POST.get("do", "save")
    form = SheetForm(request.POST, sheet=sheet, page=request.POST.get("page", ""))
    form.is_valid()
    if "version" in form.errors or "page" in form.errors:
        return _fill(request, sheet, form, status=422)
    if taken := request.POST.getlist("take"):
        form.take(taken, sheet)
        form.full_clean()
    version, page = form.cleaned_data["version"], form.cleaned_data["page"]
    try:
        values = form.values()
        if do == "confirm":
            values["answers"] = _confirmed(sheet, values)
        held = sheet.carried if do == "confirm-carried" else request.POST.getlist("holds")
        sheet = survey.save_draft(
            by=request.user, sheet=sheet, version=version, values=values, at=now(), page=page, confirmed=held,
            area_type=form.cleaned_data.get("asked_area", ""),
        )  # fmt: skip
    except Stale as stale:
        return _conflict(request, stale.record, form)
    except ValidationError as error:
        form.refuse(error)
        return _fill(request, sheet, form, status=422)
    if request.headers.get("HX-Request"):
        return _panel(request, sheet, form)
    if form.asks_another_table:
        messages.warning(request, TABLE_CHANGED)
    if form.errors:
        return _fill(request, sheet, form, status=422)
    return _go_on(request, sheet, form, do)


def _go_on(request, sheet, form, do):
    kind, _, member = do.partition(":")
    if kind == "member" and whole(member):
        return redirect(reverse("member_edit", args=[member], query={"phieu": sheet.pk}))
    if kind == "new-member":
        return redirect(reverse("member_create", args=[sheet.household_id], query={"phieu": sheet.pk}))
    if kind == "household":
        return redirect(reverse("household_edit", args=[sheet.household_id], query={"phieu": sheet.pk}))
    if kind == "submit":
        try:
            survey.submit(by=request.user, sheet=sheet, version=sheet.version, at=now(), today=localdate())
        except Stale:  # saved or handed in elsewhere in the same moment: what was typed is saved already
            return redirect("sheet_edit", pk=sheet.pk)
        except ValidationError as error:
            form = SheetForm(_posted_again(request, sheet), sheet=sheet, page=request.POST["page"])
            form.is_valid()
            form.refuse(error)
            return _fill(request, sheet, form, status=422)
        messages.success(request, f"Đã nộp phiếu của hộ {sheet.household}. Phiếu chờ người khác duyệt.")
        return redirect("sheet_detail", pk=sheet.pk)
    messages.success(request, "Đã lưu nháp.")
    return redirect("sheet_edit", pk=sheet.pk)


def _posted_again(request, sheet):
    data = request.POST.copy()
    data["version"] = sheet.version
    return data


def _confirmed(sheet, values):
    """The answers with every derived indicator not yet answered confirmed as the portal derived it."""
    answers = dict(values["answers"])
    for finding in _outcome(sheet)[0].findings:
        code = finding.indicator.code
        if (
            finding.indicator.derived
            and finding.derived is not None
            and answers.get(code, {}).get("lacking") is None
        ):
            answers[code] = {**answers.get(code, {}), "lacking": finding.derived}
    return answers


def _conflict(request, stored, form):
    """Somebody saved first: the page again with what was typed, and what differs from what is stored."""
    stored = _sheet(request, stored.pk)
    fresh = SheetForm(_posted_again(request, stored), sheet=stored, page=str(form.cleaned_data["page"]))
    fresh.is_valid()
    conflicts = fresh.differences(stored)
    if request.headers.get("HX-Request"):
        return render(
            request, "households/_sheet_overtaken.html", {"sheet": stored, "conflicts": conflicts}, status=409
        )
    return _fill(request, stored, fresh, status=409, conflicts=conflicts)


def _fill(request, sheet, form, status=200, **more):
    struck = struck_before(sheet.household, sheet.surveyed_on)
    context = {**_seen(sheet, request.user), "form": form, "struck": struck, **more}
    return render(request, "households/sheet_form.html", context, status=status)


def _panel(request, sheet, form):
    return render(
        request, "households/_sheet_panel.html", {**_seen(sheet, request.user), "form": form, "live": True}
    )


# Loading ----------------------------------------------------------------------------------------


def _sheet(request, pk) -> Sheet:
    found = Sheet.objects.visible_to(request.user).select_related(
        "round",
        "household__area__parent",
        "score",
        "saved_by",
        "opinion",
        "points_table",
        "submitted_by",
        "approved_by",
        "started_by",
    )
    return get_object_or_404(found, pk=pk)


def _outcome(sheet):
    members = None
    stored = sheet.facts
    if sheet.is_editable or stored is None:
        members = list(sheet.household.members.present().head_first())
        stored = facts.of_household(sheet.household, members, sheet.surveyed_on)
    outcome = assess(sheet, stored)
    return outcome, assess_advisory(sheet, stored, outcome), stored, members


def _seen(sheet, user):
    outcome, advisory, stored, members = _outcome(sheet)
    remarks: dict[str, list] = {}
    for remark in sheet.remarks.filter(settled_at=None).select_related("by").order_by("at", "pk"):
        remarks.setdefault(remark.question, []).append(remark)
    return {
        "sheet": sheet,
        "household": sheet.household,
        "round": sheet.round,
        "members": members,
        "facts": stored,
        "outcome": outcome,
        "advisory": advisory,
        "remarks": remarks,
        "findings": {each.indicator.code: each for each in outcome.findings},
        "carried_from": carried.last_sheet(sheet.household) if sheet.carried else None,
        "may_approve": user.may(Permission.APPROVE_SHEETS) and sheet.submitted_by_id != user.pk,
    }


def _refused(request, sheet, refusal):
    if isinstance(refusal, Stale):
        messages.error(
            request, "Phiếu vừa thay đổi trong lúc anh/chị đang xem. Xem lại nội dung mới rồi quyết định."
        )
    else:
        messages.error(request, " ".join(refusal.messages))
    return redirect("sheet_detail", pk=sheet.pk)


def _next_waiting(request, sheet):
    """To the next sheet waiting for approval in the same tổ dân phố, then in the round."""
    waiting = Sheet.objects.visible_to(request.user).filter(round=sheet.round, state=Sheet.State.SUBMITTED)
    waiting = waiting.exclude(submitted_by=request.user)
    following = (
        waiting.filter(household__area=sheet.household.area_id).in_order().first()
        or waiting.in_order().first()
    )
    return redirect("sheet_detail", pk=following.pk) if following else redirect("sheet_list")
