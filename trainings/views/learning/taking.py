"""A test on the phone of its trainee, opened by the personal code alone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thanhsen.permissions import open_to_all
from trainings.actions.learning import taking as actions
from trainings.forms.learning.taking import changes
from trainings.reports.learning import taking as report

acts = require_http_methods(["GET", "HEAD", "POST"])


@open_to_all(
    "Học viên không có tài khoản làm bài bằng mã riêng của mình; mã chỉ mở các trang học của người đó."
)
@never_cache
@acts
def take_test(request, code, pk):
    """Before, during and after: what the moment asks for. A page of the script saves as it goes (`do=luu`)."""
    do = request.POST.get("do", "")
    if do == "luu":
        is_kept = actions.save_answers(code=code, test=pk, changes=changes(request.POST), at=now())
        return HttpResponse(status=204 if is_kept else 409)
    if (seat := report.seat(code, pk, now())) is None:
        raise Http404
    if request.method == "POST":
        _act(request, seat, do)
        return redirect("take_test", code, pk)
    context = {"seat": seat, "test": seat.test, "trainee": seat.trainee, "attempt": seat.attempt}
    if seat.stage == report.Stage.READY:
        context["count"] = seat.test.asked.count()
    elif seat.attempt is not None:
        shown = seat.stage == report.Stage.RUNNING or seat.shows_key
        context["lines"] = report.lines(seat.attempt) if shown else []
        context["topics"] = report.by_topic(seat.attempt)
    return render(request, "trainings/learning/take_test.html", context)


def _act(request, seat: report.Seat, do: str) -> None:
    try:
        if do == "bat-dau":
            actions.begin(trainee=seat.trainee, test=seat.test, at=seat.at)
        elif do == "nop" and seat.attempt is not None:
            actions.hand_in(attempt=seat.attempt, changes=changes(request.POST), at=seat.at)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
