"""A question with its answers, and the filters of the bank, as they are typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from thanhsen import vietnamese
from thanhsen.forms import PortalForm
from thanhsen.forms.fields import prepare
from trainings.actions.learning.bank import Part
from trainings.models import Question, Topic

Kind = Question.Kind
MOST = 8  # answers of a question (`question_has_its_answers`)
TRUE_FALSE = ("Đúng", "Sai")


class QuestionForm(PortalForm):
    topic: Any = forms.ModelChoiceField(
        label="Chuyên đề", queryset=Topic.objects.none(), empty_label="(chọn)"
    )
    kind = forms.ChoiceField(
        label="Kiểu câu hỏi", choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.CHOICE
    )
    text = forms.CharField(label="Câu hỏi", max_length=2000, widget=forms.Textarea({"rows": 3}))
    verdict = forms.ChoiceField(
        label="Câu này",
        choices=[(each, each) for each in TRUE_FALSE],
        required=False,
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label="Giải thích đáp án", max_length=2000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Học viên đọc sau khi bài đóng. Nêu văn bản, điều khoản nếu có.",
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    request_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, topics, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = topics
        for number in range(1, MOST + 1):
            answer = forms.CharField(label=f"Đáp án {number}", max_length=500, required=False)
            answer.widget.attrs |= {"class": "form-control", "aria-label": f"Đáp án {number}"}
            prepare(answer)
            self.fields[f"answer{number}"] = answer
            self.fields[f"right{number}"] = forms.BooleanField(label="đúng", required=False)
        self.fields["topic"].widget.attrs["class"] = "form-select"
        for name in ("text", "explanation"):
            self.fields[name].widget.attrs["class"] = "form-control"

    @property
    def rows(self) -> list:
        """(field of the answer, field of whether it is right) of each row of the page."""
        return [(self[f"answer{number}"], self[f"right{number}"]) for number in range(1, MOST + 1)]

    def clean(self):
        data = super().clean() or self.cleaned_data
        kind = data.get("kind")
        typed = [(data.get(f"answer{n}", ""), bool(data.get(f"right{n}"))) for n in range(1, MOST + 1)]
        offers = [each for each in typed if each[0]]
        if kind == Kind.TRUE_FALSE:
            if not data.get("verdict"):
                self.add_error("verdict", "Chọn câu này đúng hay sai.")
            offers = [(each, each == data.get("verdict")) for each in TRUE_FALSE]
        elif len(offers) < 2:
            self.add_error(None, "Ghi ít nhất hai đáp án.")
        elif len({vietnamese.fold(text) + text for text, _ in offers}) < len(offers):
            self.add_error(None, "Có hai đáp án giống nhau.")
        elif any(right and not text for text, right in typed) and kind != Kind.ORDER:
            self.add_error(None, "Đánh dấu đúng ở một dòng trống. Bỏ dấu hoặc ghi đáp án.")
        elif kind != Kind.ORDER:
            right = sum(is_right for _, is_right in offers)
            if kind == Kind.CHOICE and right != 1:
                self.add_error(
                    None,
                    "Đánh dấu đúng một đáp án đúng; nhiều đáp án đúng thì chọn kiểu “Chọn nhiều đáp án”.",
                )
            elif not right:
                self.add_error(None, "Đánh dấu các đáp án đúng.")
        return {
            name: data.get(name) for name in ("topic", "kind", "text", "explanation", "version", "request_id")
        } | {"offers": offers}


def started(question: Question) -> dict[str, Any]:
    """What the form shows of a stored question."""
    start = {name: getattr(question, name) for name in ("topic", "kind", "text", "explanation", "version")}
    for choice in question.choices.order_by("number"):
        start |= {f"answer{choice.number}": choice.text, f"right{choice.number}": choice.is_right}
        if question.kind == Kind.TRUE_FALSE and choice.is_right:
            start["verdict"] = choice.text
    return start


class QuestionFilter(PortalForm):
    q = forms.CharField(label="Chữ trong câu hỏi", max_length=100, required=False)
    chuyen_de: Any = forms.ModelChoiceField(
        label="Chuyên đề", queryset=Topic.objects.none(), required=False, empty_label="Tất cả"
    )
    kieu = forms.ChoiceField(label="Kiểu", choices=[("", "Tất cả"), *Kind.choices], required=False)
    xem = forms.ChoiceField(
        label="Xem", choices=[("", "Đang dùng"), ("thoi", "Đã thôi dùng")], required=False
    )

    def __init__(self, *args, topics, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chuyen_de"].queryset = topics


class BankForm(PortalForm):
    """Which topic of the ward each topic of the bank is."""

    def __init__(self, *args, topics, bank: tuple[Part, ...], **kwargs):
        super().__init__(*args, **kwargs)
        named = {vietnamese.fold(each.name): each for each in topics}
        for part in bank:
            field = forms.ModelChoiceField(
                label=f"{part.name} ({len(part.questions)} câu)", queryset=topics, required=False,
                empty_label=f"Thêm chuyên đề “{part.name}”", initial=named.get(vietnamese.fold(part.name)),
            )  # fmt: skip
            prepare(field)
            self.fields[part.key] = field

    def clean(self):
        data = super().clean() or self.cleaned_data
        if self.errors:
            raise ValidationError("Chọn lại chuyên đề.")
        return {"topics": data}
