"""The residents' meeting and the posted list of a tổ dân phố, each on one page."""

from datetime import timedelta
from uuid import uuid4

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate

from households.actions import meetings, postings
from households.forms.season import MeetingForm, PostingForm
from households.models import Meeting, Posting, Round, Sheet
from thanhsen import events, vietnamese, workdays
from thanhsen.addresses import whole
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires

YEAR = timedelta(days=366)
TYPED = ("agreed", "opinion", "out")  # of each household, shown again as typed when the minutes are refused


@requires(Permission.RECORD_MEETINGS)
def meeting_create(request, pk, area):
    """Minutes and votes of every approved household of the tổ dân phố."""
    round_, area = _place(request, pk, area)
    sheets = list(_waiting(request, round_, area, Sheet.State.APPROVED))
    form = MeetingForm(request.POST if request.method == "POST" else None, initial={"request_id": uuid4()})
    ballots, missing = _ballots(request.POST, sheets) if request.method == "POST" else ({}, [])
    if request.method == "POST" and form.is_valid() and not missing:
        minutes = dict(form.cleaned_data)
        request_id = minutes.pop("request_id")
        if form.carried_out(
            lambda **_: meetings.record_meeting(
                by=request.user, round_=round_, area=area, minutes=minutes, ballots=[*ballots.values()], today=localdate(),
                request_id=request_id,
            )
        ):  # fmt: skip
            failed = form.result.votes.filter(passed=False).count()
            sent_back = f" {failed} hộ chưa đạt 50 %, phiếu đã trả về rà soát lại." if failed else ""
            messages.success(request, f"Đã ghi biên bản họp {area.name}: {len(ballots)} hộ.{sent_back}")
            return redirect("meeting_detail", pk=form.result.pk)
    if missing:
        form.add_error(None, missing[0])
    rows = [(sheet, *(request.POST.get(f"{name}-{sheet.pk}", "") for name in TYPED)) for sheet in sheets]
    context = {
        "form": form,
        "round": round_,
        "area": area,
        "rows": rows,
        "common": request.POST.get("common", ""),
    }
    return render(request, "households/meeting_form.html", context, status=form.status)


@requires(Permission.VIEW_HOUSEHOLDS)
def meeting_detail(request, pk):
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("round", "area", "made_by"), pk=pk
    )
    votes = list(
        meeting.votes.select_related("sheet__household", "score").order_by("sheet__household__sort_key", "pk")
    )
    events.read(
        by=request.user,
        act="household.list",
        of=Sheet,
        ids=[each.sheet_id for each in votes],
        name=str(meeting),
    )
    return render(request, "households/meeting_detail.html", {"meeting": meeting, "votes": votes})


@requires(Permission.POST_LISTS)
def posting_create(request, pk, area):
    """Post everybody of the tổ dân phố on whom the meeting agreed or whose complaint is settled."""
    round_, area = _place(request, pk, area)
    today = localdate()
    calendar = workdays.calendar_for(today, today + YEAR)
    initial = {
        "request_id": uuid4(), "starts_on": today, "ends_on": calendar.last_of(today, round_.posting_days),
        "place": f"Nhà văn hoá {area.name} và trụ sở UBND {round_.ward.name}",
    }  # fmt: skip
    form = PostingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.carried_out(
        lambda **data: postings.post_list(
            by=request.user, round_=round_, area=area, calendar=workdays.calendar_for(data["starts_on"], data["starts_on"] + YEAR),
            today=today, **data,
        )
    ):  # fmt: skip
        messages.success(request, f"Đã lập danh sách niêm yết {area.name}.")
        return redirect("posting_detail", pk=form.result.pk)
    rows = _waiting(request, round_, area, Sheet.State.AGREED)
    context = {
        "form": form,
        "round": round_,
        "area": area,
        "rows": rows,
        "weekends_only": workdays.notice({today.year}),
    }
    return render(request, "households/posting_form.html", context, status=form.status)


@requires(Permission.VIEW_HOUSEHOLDS)
def posting_detail(request, pk):
    """The list as it hangs there: the head's name, the class, the result."""
    posting = get_object_or_404(
        Posting.objects.visible_to(request.user).select_related("round__ward", "area", "made_by"), pk=pk
    )
    lines = list(posting.lines.select_related("sheet").order_by("sheet__household__sort_key", "pk"))
    events.read(
        by=request.user,
        act="household.list",
        of=Sheet,
        ids=[each.sheet_id for each in lines],
        name=str(posting),
    )
    context = {
        "posting": posting,
        "lines": lines,
        "over": posting.ends_on < localdate(),
        "late_by": max((localdate(posting.made_at) - posting.starts_on).days, 0),
    }
    return render(request, "households/posting_detail.html", context)


def _place(request, pk, area) -> tuple[Round, Area]:
    round_ = get_object_or_404(Round.objects.visible_to(request.user).select_related("ward"), pk=pk)
    groups = Area.objects.visible_to(request.user).groups().filter(parent=round_.ward_id)
    return round_, get_object_or_404(groups, pk=area)


def _waiting(request, round_, area, state):
    found = Sheet.objects.visible_to(request.user).of_present_households(round_)
    found = found.filter(state=state, household__area=area)
    return found.select_related("household", "score").in_order()


def _ballots(posted, sheets) -> tuple[dict[int, meetings.Ballot], list[str]]:
    """Sheet id → ballot as typed; the number typed for all stands where a household has none of its own."""
    common, found, missing = whole(posted.get("common")), {}, []
    for sheet in sheets:
        if posted.get(f"out-{sheet.pk}") == "1":
            continue
        own = posted.get(f"agreed-{sheet.pk}", "").strip()
        agreed = whole(own) if own else common
        if agreed is None:
            missing.append(
                f"Hộ {sheet.household}: ghi số người đồng ý bằng chữ số, hoặc đánh dấu “không đưa ra họp”."
            )
            continue
        found[sheet.pk] = meetings.Ballot(
            sheet.pk, whole(posted.get(f"version-{sheet.pk}")) or 0, agreed, vietnamese.clean(posted.get(f"opinion-{sheet.pk}", ""))[:500]
        )  # fmt: skip
    return found, missing
