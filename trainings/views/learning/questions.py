"""The bank of questions on screen: the list, one written or changed, retired, a bank to begin with."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanhsen.addresses import key, typed, whole
from thanhsen.concurrency import Stale
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires
from trainings.actions.learning import questions as actions
from trainings.actions.learning.bank import bank
from trainings.forms.learning.questions import BankForm, QuestionFilter, QuestionForm, started
from trainings.models import Question, Topic
from trainings.reports.learning import bank as report

PAGE = 50
STALE = "Người khác vừa sửa câu hỏi này nên chưa lưu. Xem lại nội dung mới rồi sửa tiếp."
acts = require_http_methods(["GET", "HEAD", "POST"])


def _topics(request):
    return Topic.objects.governed_by(request.user).in_use().in_order()


@require_safe
@requires(Permission.MANAGE_COURSES)
def question_list(request):
    """The bank by topic, searched and filtered."""
    form = QuestionFilter(request.GET, topics=Topic.objects.governed_by(request.user).in_order())
    chosen = form.cleaned_data if form.is_valid() else {}
    found = report.questions(
        request.user, text=chosen.get("q", ""), topic=chosen.get("chuyen_de"), kind=chosen.get("kieu", ""),
        retired=chosen.get("xem") == "thoi",
    )  # fmt: skip
    page = Paginator(found, PAGE).get_page(typed(request, "trang"))
    return render(request, "trainings/learning/question_list.html", {"form": form, "page": page})


@acts
@requires(Permission.MANAGE_COURSES)
def question_create(request):
    start = {"request_id": uuid4(), "topic": key(request, "chuyen_de")}
    form = QuestionForm(request.POST or None, topics=_topics(request), initial=start)

    def save(version, **values):
        return actions.save_question(by=request.user, **values)

    if request.method == "POST" and form.carried_out(save):
        messages.success(request, "Đã thêm câu hỏi. Soạn tiếp câu khác, hoặc về danh sách.")
        return redirect(f"{request.path}?chuyen_de={form.result.topic_id}")
    return render(request, "trainings/learning/question_form.html", {"form": form}, status=form.status)


@acts
@requires(Permission.MANAGE_COURSES)
def question_edit(request, pk):
    question = _question(request, pk)
    topics = _topics(request).filter(ward=question.ward_id) | Topic.objects.filter(pk=question.topic_id)
    form = QuestionForm(request.POST or None, topics=topics, initial=started(question))

    def save(request_id, **values):
        return actions.save_question(by=request.user, question=question, **values)

    try:
        if request.method == "POST" and form.carried_out(save):
            messages.success(request, "Đã lưu câu hỏi.")
            return redirect("question_list")
    except Stale:
        messages.error(request, STALE)
        return redirect("question_edit", pk)
    was_asked = question.asked_in.filter(test__attempts__isnull=False).exists()
    context = {"form": form, "question": question, "was_asked": was_asked}
    return render(request, "trainings/learning/question_form.html", context, status=form.status)


@require_POST
@requires(Permission.MANAGE_COURSES)
def question_retire(request, pk):
    """No longer used, or used again (`lai`)."""
    question, version = _question(request, pk), whole(request.POST.get("version"))
    try:
        if request.POST.get("lai"):
            actions.return_question(by=request.user, question=question, version=version)
        else:
            actions.retire_question(by=request.user, question=question, version=version, on=localdate())
        messages.success(request, "Đã ghi.")
    except Stale:
        messages.error(request, STALE)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("question_list")


@acts
@requires(Permission.MANAGE_COURSES)
def question_bank(request):
    """A bank to begin with, put into the ward's topics."""
    ward = Area.objects.visible_to(request.user).wards().valid_on(localdate()).in_order()
    ward = get_object_or_404(ward, pk=whole(request.POST.get("phuong"))) if request.POST else ward.first()
    topics = _topics(request).filter(ward=ward)
    form = BankForm(request.POST or None, topics=topics, bank=bank())

    def load(topics):
        return actions.load_bank(by=request.user, ward=ward, topics=topics, bank=bank())

    if request.method == "POST" and form.carried_out(load):
        messages.success(request, f"Đã thêm {form.result} câu hỏi; câu đã có thì không thêm lại.")
        return redirect("question_list")
    context = {"form": form, "ward": ward, "bank": bank()}
    return render(request, "trainings/learning/question_bank.html", context, status=form.status)


def _question(request, pk: int) -> Question:
    return get_object_or_404(Question.objects.governed_by(request.user), pk=pk)
