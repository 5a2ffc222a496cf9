"""Questions and practices on screen: recorded in a sitting, answered, put up; the ward's knowledge base."""

from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanhsen.addresses import key, typed, whole
from thanhsen.concurrency import Stale
from thanhsen.permissions import Permission, open_to_all, requires, signed_in
from trainings.actions import discussions as actions
from trainings.forms import discussions as forms
from trainings.models import Contribution
from trainings.reports import discussions as report
from trainings.reports.learning.taking import trainee_of
from trainings.views.loading import governed_course, shown

PAGE = 30
STALE = "Người khác vừa sửa nên chưa lưu. Xem lại nội dung mới rồi sửa tiếp."
acts = require_http_methods(["GET", "HEAD", "POST"])


@acts
@requires(Permission.TAKE_ATTENDANCE)
def course_discussion(request, pk):
    """What was said in the course, and lines to record more: session and kind stay for the next."""
    course = governed_course(request, pk)
    session, kind, state = key(request, "buoi"), typed(request, "loai"), typed(request, "xem")
    start = {"session": session, "kind": kind or "question", "request_id": uuid4()}
    form = forms.SittingForm(request.POST or None, course=course, initial=start)

    def record(texts, request_id, **values):
        return actions.record_contributions(
            by=request.user, course=course, texts=texts, request_id=request_id, **values
        )

    if request.method == "POST" and form.carried_out(record):
        messages.success(request, f"Đã ghi {len(form.cleaned_data['texts'])} ý. Ghi tiếp được ngay.")
        data = form.cleaned_data
        again = {"buoi": data["session"].pk if data["session"] else "", "loai": data["kind"]}
        return redirect(f"{request.path}?{urlencode(again)}")
    found = report.of_course(course, session=session, kind=typed(request, "chi"), state=state)
    context = shown(
        request, course, form=form, state=state,
        page=Paginator(found, PAGE).get_page(typed(request, "trang")), states=report.STATES,
    )  # fmt: skip
    return render(request, "trainings/discussions/course_discussion.html", context, status=form.status)


@acts
@requires(Permission.TAKE_ATTENDANCE)
def contribution_edit(request, pk):
    """Its words and its answer; who runs courses puts it up in the same go (`dua`)."""
    one = _contribution(request, pk)
    start = {name: getattr(one, name) for name in (*actions.FIELDS, "version")}
    start |= {} if one.answer else {"answered_by": request.user.full_name, "answered_on": localdate()}
    form = forms.ContributionForm(request.POST or None, contribution=one, initial=start)

    puts_up = request.POST.get("dua") and request.user.may(Permission.MANAGE_COURSES)

    def edit(version, values):
        return actions.edit_contribution(
            by=request.user,
            contribution=one,
            version=version,
            values=values,
            publish_at=now() if puts_up else None,
        )

    try:
        if request.method == "POST" and form.carried_out(edit):
            messages.success(request, "Đã lưu.")
            return _back(one)
    except Stale:
        messages.error(request, STALE)
        return redirect("contribution_edit", pk)
    context = {"form": form, "one": one}
    return render(request, "trainings/discussions/contribution_form.html", context, status=form.status)


@require_POST
@requires(Permission.MANAGE_COURSES)
def contribution_publish(request, pk):
    """Put up, or taken down (`go`)."""
    one, version = _contribution(request, pk), whole(request.POST.get("version"))
    try:
        at = None if request.POST.get("go") else now()
        actions.publish(by=request.user, contribution=one, version=version, at=at)
        messages.success(request, "Đã đưa lên." if at else "Đã gỡ xuống.")
    except Stale:
        messages.error(request, STALE)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(one)


@require_safe
@signed_in
def contribution_list(request):
    """The ward's knowledge base: searched without marks, by topic and by step of the review."""
    form = forms.KnowledgeFilter(request.GET, by=request.user)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = report.knowledge(
        request.user, text=chosen.get("q", ""), topic=chosen.get("chuyen_de"), step=chosen.get("step", ""),
        kind=chosen.get("loai", ""),
    )  # fmt: skip
    context = {
        "form": form, "page": Paginator(found, PAGE).get_page(typed(request, "trang")), "steps": dict(report.steps()),
    }  # fmt: skip
    return render(request, "trainings/discussions/contribution_list.html", context)


@open_to_all("Học viên không có tài khoản gửi câu hỏi, cách làm hay bằng mã riêng của mình.")
@never_cache
@acts
def send_contribution(request, code):
    if (trainee := trainee_of(code)) is None:
        raise Http404
    form = forms.SendForm(request.POST or None, ward=trainee.course.ward_id, initial={"request_id": uuid4()})

    def send(**values):
        return actions.send_contribution(trainee=trainee, **values)

    if request.method == "POST" and form.carried_out(send):
        messages.success(request, "Đã nhận. Ban tổ chức sẽ trả lời; tên anh/chị không hiện khi đưa lên.")
        return redirect("send_contribution", code)
    context = {"trainee": trainee, "form": form}
    return render(request, "trainings/discussions/send_contribution.html", context, status=form.status)


def _contribution(request, pk: int) -> Contribution:
    found = Contribution.objects.governed_by(request.user).select_related("course", "trainee", "session")
    return get_object_or_404(found, pk=pk)


def _back(one: Contribution):
    return redirect("course_discussion", one.course_id) if one.course_id else redirect("contribution_list")
