"""Life events on screen: what can be recorded, one page per kind with a look ahead, the timeline and the undoing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from households.actions.life import homes, people, record
from households.actions.life.undo import refusal, undo
from households.exchange.lists.home import find_events
from households.forms import life as forms
from households.models import Household, LifeEvent, Sheet
from thanhsen import events
from thanhsen.addresses import key, typed
from thanhsen.permissions import Permission, requires


@dataclass(frozen=True)
class Choice:
    """A kind of event as it is offered: its name, a sentence for who never recorded one, its form and action."""

    title: str
    says: str
    form: type
    act: Callable


CHOICES = {
    "sinh": Choice("Sinh con", "Trẻ mới sinh là thành viên của hộ từ ngày sinh; số nhân khẩu tăng một.", forms.BirthForm, people.born),
    "qua-doi": Choice("Có người qua đời", "Người mất rời hộ từ ngày mất. Chủ hộ mất thì chọn chủ hộ mới; người cuối cùng mất thì hộ ra khỏi sổ.", forms.DeathForm, people.died),
    "ve-o": Choice("Có người về ở", "Một người về ở cùng hộ: kết hôn, về với con, xuất ngũ.", forms.JoinForm, people.joined),
    "chuyen-di": Choice("Có người chuyển đi", "Một hay nhiều người rời hộ đi nơi khác; những người còn lại vẫn là hộ này.", forms.LeaveForm, people.left),
    "doi-chu-ho": Choice("Đổi chủ hộ", "Người khác trong hộ làm chủ hộ. Số nhân khẩu và phân loại không đổi.", forms.HeadChangeForm, people.head_changed),
    "tach-ho": Choice("Tách hộ", "Một số người ra ở riêng thành một hộ mới trong phường.", forms.SplitForm, homes.split),
    "nhap-ho": Choice("Nhập vào hộ khác", "Mọi người của hộ này sang ở chung với một hộ khác; hộ này ra khỏi sổ.", forms.MergeForm, homes.merged),
    "chuyen-to": Choice("Chuyển tổ dân phố", "Cả hộ sang ở tổ dân phố khác trong phường và giữ nguyên phân loại.", forms.MoveInsideForm, homes.moved_inside),
    "ca-ho-chuyen-di": Choice("Cả hộ chuyển đi", "Cả hộ rời phường; hộ ra khỏi sổ và ra khỏi danh sách từ ngày đó.", forms.GoneForm, homes.gone),
    "ghi-trung": Choice("Phát hiện ghi trùng", "Hộ này và một hộ khác trong sổ là một; giữ hộ kia, hộ này ra khỏi sổ.", forms.DuplicateForm, homes.duplicate),
    "ghi-nham": Choice("Ghi nhầm hộ", "Hộ này không có thật hoặc không thuộc phường; ra khỏi sổ và coi như chưa từng có phân loại.", forms.MistakeForm, homes.gone),
}  # fmt: skip


@requires(Permission.VIEW_HOUSEHOLDS)
def life_list(request, pk):
    """The life of a household: what can be recorded, and what was, the latest first."""
    found = find_events(request, today=localdate(), pk=pk)
    household, rows = found.shown["household"], list(found.records)
    latest = next((each for each in rows if not each.reversed_at), None)
    events.read(by=request.user, act="household.view", of=Household, ids=[household.pk], name=str(household))
    context = {
        "household": household,
        "choices": CHOICES,
        "events": rows,
        "latest": latest,
        "refusal": refusal(request.user, latest) if latest else "",
    }
    return render(request, "households/life_events.html", context)


@requires(Permission.EDIT_HOUSEHOLDS)
def life_create(request, pk, slug):
    """Ask, show what the event would change, then record it."""
    household, choice = _household(request, pk), CHOICES.get(slug)
    if choice is None:
        raise Http404
    if household.closed_date:
        return redirect("life_list", pk=household.pk)
    members = list(household.members.present().head_first())
    initial = {"request_id": uuid4(), **_person(request, members)}
    form = choice.form(
        request.POST or None, household=household, members=members, by=request.user, initial=initial
    )
    seen = digest(request.POST)
    saves = request.POST.get("do") == "save" and request.POST.get("seen") == seen
    act = partial(choice.act, by=request.user, household=household, today=localdate())
    if request.method == "POST" and form.carried_out(lambda **_: carry_out(act, form, saves)) and saves:
        messages.success(request, f"Đã ghi sự kiện “{form.result}”.")
        return redirect("life_list", pk=household.pk)
    context = {
        "form": form,
        "choice": choice,
        "household": household,
        "event": getattr(form, "result", None),
        "seen": seen,
        "frozen": frozen(household),
    }
    return render(request, "households/life_event_form.html", context, status=form.status)


@requires(Permission.EDIT_HOUSEHOLDS)
def life_undo(request, pk):
    """Say why, and everything is again as before the event."""
    event = get_object_or_404(
        LifeEvent.objects.visible_to(request.user).select_related("household__area", "made_by"), pk=pk
    )
    form = forms.UndoForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda **data: undo(by=request.user, event=event, at=now(), **data)
    ):
        messages.success(request, f"Đã huỷ sự kiện “{event}”.")
        return redirect("life_list", pk=event.household_id)
    context = {"form": form, "event": event, "refusal": refusal(request.user, event)}
    return render(request, "households/life_event_undo.html", context, status=form.status)


def _household(request, pk) -> Household:
    return get_object_or_404(Household.objects.visible_to(request.user).select_related("area__parent"), pk=pk)


def carry_out(act, form, saves: bool) -> LifeEvent:
    if saves:
        return act(**form.named())
    return record.tried(partial(act, **form.named()))


def _person(request, members) -> dict:
    """The one whose link led here, and the household it named, already chosen."""
    pk = key(request, "nguoi")
    chosen = {"member": pk, f"goes_{pk}": True} if pk in {each.pk for each in members} else {}
    return {**chosen, "other": typed(request, "ho")}


def digest(data) -> str:
    """What was typed, in short: saved only as it was looked at."""
    typed = sorted(
        (name, *data.getlist(name)) for name in data if name not in {"csrfmiddlewaretoken", "do", "seen"}
    )
    return sha256(repr(typed).encode()).hexdigest()[:16]


def frozen(household) -> list[Sheet]:
    """Sheets handed in and not decided yet: they keep the people of their day."""
    waiting = household.sheets.select_related("round").filter(round__closed_at=None)
    return list(waiting.exclude(state__in=["draft", "returned", "decided", "certified"]))
