"""The tests of a course on screen: in figures, set, their questions chosen, printed, and what each trainee got."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanhsen import events
from thanhsen.addresses import key, typed, whole
from thanhsen.concurrency import Stale
from thanhsen.permissions import Permission, requires
from trainings.actions.learning import papers as paper_actions
from trainings.actions.learning import testing as actions
from trainings.forms.learning import papers as paper_forms
from trainings.forms.learning.tests import TestForm, started
from trainings.models import Course, Question, Test, Trainee
from trainings.reports.learning import results as report
from trainings.views.loading import governed_course, shown

PAGE = 50
STALE = "Người khác vừa sửa bài này nên chưa lưu. Xem lại nội dung mới rồi sửa tiếp."
acts = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def test_list(request, pk):
    """The tests in figures, and what was gained topic by topic."""
    course = governed_course(request, pk)
    context = shown(request, course, standings=report.standings(course), gains=report.gain(course), at=now())
    return render(request, "trainings/learning/test_list.html", context)


@acts
@requires(Permission.MANAGE_COURSES)
def test_create(request, pk):
    course = governed_course(request, pk)
    form = TestForm(request.POST or None, initial={"opens_on": course.starts_on, "closes_on": course.ends_on})

    def create(values, version):
        return actions.save_test(by=request.user, course=course, values=values)

    if request.method == "POST" and form.carried_out(create):
        return redirect("test_questions", form.result.pk)
    context = shown(request, course, form=form)
    return render(request, "trainings/learning/test_form.html", context, status=form.status)


@acts
@requires(Permission.MANAGE_COURSES)
def test_edit(request, pk):
    test = _test(request, pk)
    form = TestForm(request.POST or None, initial=started(test))

    def edit(values, version):
        return actions.save_test(
            by=request.user, course=test.course, test=test, values=values, version=version
        )

    try:
        if request.method == "POST" and form.carried_out(edit):
            messages.success(request, "Đã lưu.")
            return redirect("test_list", test.course_id)
    except Stale:
        messages.error(request, STALE)
        return redirect("test_edit", pk)
    context = shown(request, test.course, form=form, test=test, is_begun=test.attempts.exists())
    return render(request, "trainings/learning/test_form.html", context, status=form.status)


@require_POST
@requires(Permission.MANAGE_COURSES)
def test_remove(request, pk):
    test = _test(request, pk)
    try:
        actions.remove_test(by=request.user, test=test, version=whole(request.POST.get("version")))
        messages.success(request, "Đã bỏ bài kiểm tra.")
    except Stale:
        messages.error(request, STALE)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("test_list", test.course_id)


@acts
@requires(Permission.MANAGE_COURSES)
def test_questions(request, pk):
    """Ticked from the bank with their points; a whole topic at once."""
    test = _test(request, pk)
    if request.method == "POST" and _choose(request, test):
        return redirect("test_list", test.course_id)
    asked = dict(test.asked.values_list("question", "points"))
    offered = Question.objects.governed_by(request.user).filter(ward=test.course.ward_id)
    offered = (offered.in_use() | offered.filter(pk__in=asked)).select_related("topic")
    offered = offered.order_by("topic__number", "topic", "pk")
    context = shown(
        request, test.course, test=test, is_begun=test.attempts.exists(),
        rows=[(each, each.pk in asked, asked.get(each.pk, 1)) for each in offered],
    )  # fmt: skip
    return render(request, "trainings/learning/test_questions.html", context)


def _choose(request, test: Test) -> bool:
    topics = set(request.POST.getlist("cd"))
    chosen = [
        (number, whole(request.POST.get(f"diem{number}")) or 1)
        for each in dict.fromkeys(request.POST.getlist("cau"))
        if (number := whole(each)) is not None
    ]
    if topics:  # ticked as a whole
        of_topics = Question.objects.governed_by(request.user).in_use().filter(
            ward=test.course.ward_id, topic__in=[number for each in topics if (number := whole(each)) is not None]
        )  # fmt: skip
        ticked = {number for number, _ in chosen}
        chosen += [
            (number, 1)
            for number in of_topics.order_by("pk").values_list("pk", flat=True)
            if number not in ticked
        ]
    try:
        version = whole(request.POST.get("version"))
        made = actions.choose_questions(by=request.user, test=test, version=version, chosen=chosen)
        messages.success(request, f"Bài có {made.asked.count()} câu hỏi.")
        return True
    except Stale:
        messages.error(request, STALE)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return False


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def test_results(request, pk):
    """What each trainee of a class got in each test of the course."""
    course = governed_course(request, pk)
    classes, held = report.class_of(course, key(request, "lop"))
    tests = [each.test for each in report.standings(course)]
    page = Paginator(report.people(course, held), PAGE).get_page(typed(request, "trang"))
    _told_of(request, [each.pk for each in page], course)
    rows = report.beside(list(page), tests)
    context = shown(request, course, classes=classes, held=held, tests=tests, page=page, rows=rows)
    return render(request, "trainings/learning/test_results.html", context)


@acts
@requires(Permission.TAKE_ATTENDANCE)
def test_papers(request, pk):
    """The letters of the papers of a class, a line a trainee."""
    test = _test(request, pk)
    classes, held = report.class_of(test.course, key(request, "lop"))
    asked = paper_actions.paper(test)
    people = report.people(test.course, held)
    page = Paginator(people, paper_forms.people_on_a_page(len(asked))).get_page(typed(request, "trang"))
    found = [(person, made[0]) for person, made in report.beside(list(page), [test])]
    lines = paper_forms.lines(found, asked, request.POST if request.method == "POST" else None)
    if request.method == "POST" and _entered(request, test, lines):
        return redirect(request.get_full_path())
    _told_of(request, [each.pk for each in page], test.course)
    context = shown(
        request, test.course, test=test, classes=classes, held=held, page=page, lines=lines, asked=asked
    )
    status = 422 if request.method == "POST" else 200
    return render(request, "trainings/learning/test_papers.html", context, status=status)


def _entered(request, test: Test, lines: list[paper_forms.Line]) -> bool:
    typed_in = paper_forms.read(lines)
    if any(line.faults for line in lines):
        messages.error(request, "Chưa ghi bài nào: xem dòng có chữ đỏ, sửa rồi bấm lại.")
        return False
    try:
        count = paper_actions.enter_papers(by=request.user, test=test, typed=typed_in, at=now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, f"Đã ghi và chấm {count} bài.")
    return True


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def test_print(request, pk):
    """The test to be printed for those without a phone; with `dap-an` the key beside it."""
    test = _test(request, pk)
    with_key = typed(request, "dap-an") == "1"
    context = {"test": test, "course": test.course, "asked": paper_actions.paper(test), "with_key": with_key}
    return render(request, "trainings/learning/test_print.html", context)


def _told_of(request, ids: list[int], course: Course) -> None:
    events.read(by=request.user, act="roster.view", of=Trainee, ids=ids, name=course.name)


def _test(request, pk: int) -> Test:
    return get_object_or_404(Test.objects.governed_by(request.user).select_related("course__ward"), pk=pk)
