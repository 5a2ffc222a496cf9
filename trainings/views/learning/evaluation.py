"""The evaluation of a course: what the forms say, the form as it is set, and on the phone of a trainee."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from thanhsen.permissions import Permission, open_to_all, requires
from trainings.actions.learning import evaluation as actions
from trainings.forms.learning.evaluation import EvaluationForm, ItemsForm
from trainings.reports.learning import evaluation as report
from trainings.reports.learning.taking import trainee_of
from trainings.views.loading import governed_course, shown

acts = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def evaluation(request, pk):
    """Averages, how the marks are spread, what was written; hidden while too few have answered."""
    course = governed_course(request, pk)
    count, people = report.given(course)
    context = shown(
        request, course, items=report.asked(course),
        results=report.results(course), count=count, people=people, fewest=report.FEWEST,
        marks=report.MARKS,
    )  # fmt: skip
    return render(request, "trainings/learning/evaluation.html", context)


@acts
@requires(Permission.MANAGE_COURSES)
def evaluation_edit(request, pk):
    """The lines of the form, until the first has answered."""
    course = governed_course(request, pk)
    items = [(each.kind, each.text) for each in report.asked(course)]
    form = ItemsForm(request.POST or None, items=items)

    def save(items, seen):
        actions.save_items(by=request.user, course=course, items=items, seen=seen)

    if request.method == "POST" and form.carried_out(save):
        messages.success(request, "Đã lưu phiếu đánh giá.")
        return redirect("evaluation", pk)
    context = shown(
        request, course, form=form,
        is_answered=report.is_answered(course),
    )  # fmt: skip
    return render(request, "trainings/learning/evaluation_form.html", context, status=form.status)


@open_to_all("Học viên không có tài khoản gửi phiếu đánh giá bằng mã riêng; phiếu không ghi tên người gửi.")
@never_cache
@acts
def give_evaluation(request, code):
    if (trainee := trainee_of(code)) is None:
        raise Http404
    items = report.asked(trainee.course)
    form = EvaluationForm(request.POST if request.method == "POST" else None, items=items)

    def give(answers):
        actions.give_evaluation(trainee=trainee, answers=answers)

    if request.method == "POST" and form.carried_out(give):
        return redirect("give_evaluation", code)
    context = {"trainee": trainee, "form": form, "items": items, "has_given": report.has_given(trainee)}
    return render(request, "trainings/learning/give_evaluation.html", context, status=form.status)
