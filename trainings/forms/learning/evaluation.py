"""The evaluation form: as it is set, and as a trainee fills it in."""

import json

from django import forms

from thanhsen.forms import PortalForm
from thanhsen.forms.fields import prepare
from trainings.models import EvaluationItem

Kind = EvaluationItem.Kind
MOST = 15
# Offered where a course has no form yet; to be changed at will.
USUAL = [
    (Kind.SCALE, "Nội dung khoá học sát với công việc của tôi"),
    (Kind.SCALE, "Báo cáo viên trình bày dễ hiểu"),
    (Kind.SCALE, "Tài liệu dùng được khi làm việc"),
    (Kind.SCALE, "Thời gian, địa điểm, hậu cần"),
    (Kind.TEXT, "Điều tôi sẽ làm khác đi sau khoá học"),
    (Kind.TEXT, "Điều cần sửa ở khoá sau"),
]
SCALE = [("5", "5 · rất tốt"), ("4", "4 · tốt"), ("3", "3 · được"), ("2", "2 · kém"), ("1", "1 · rất kém")]


class ItemsForm(PortalForm):
    """Lines of the form in their order; an empty line is left out."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, items: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = json.dumps(items, ensure_ascii=False)
        for number in range(1, MOST + 1):
            kind, text = (items or USUAL)[number - 1] if number <= len(items or USUAL) else (Kind.SCALE, "")
            line = forms.CharField(label=f"Dòng {number}", max_length=300, required=False, initial=text)
            line.widget.attrs["class"] = "form-control"
            choice = forms.ChoiceField(label=f"Kiểu của dòng {number}", choices=Kind.choices, initial=kind)
            choice.widget.attrs |= {"class": "form-select", "aria-label": f"Kiểu của dòng {number}"}
            line.widget.attrs["aria-label"] = f"Dòng {number}"
            for name, field in ((f"text{number}", line), (f"kind{number}", choice)):
                prepare(field)
                self.fields[name] = field

    @property
    def rows(self) -> list:
        return [(self[f"text{number}"], self[f"kind{number}"]) for number in range(1, MOST + 1)]

    def clean(self):
        data = super().clean() or self.cleaned_data
        numbers = range(1, MOST + 1)
        items = [
            (data.get(f"kind{n}") or Kind.SCALE, data[f"text{n}"]) for n in numbers if data.get(f"text{n}")
        ]
        if not items:
            self.add_error(None, "Ghi ít nhất một nội dung đánh giá.")
        try:
            seen = [(kind, text) for kind, text in json.loads(data.get("seen") or "[]")]
        except (ValueError, TypeError):
            seen = []
        return {"items": [(str(kind), text) for kind, text in items], "seen": seen}


class EvaluationForm(PortalForm):
    """Nothing is required: a trainee answers what they wish to."""

    def __init__(self, *args, items: list[EvaluationItem], **kwargs):
        super().__init__(*args, **kwargs)
        for item in items:
            field = (
                forms.ChoiceField(label=item.text, choices=SCALE, required=False, widget=forms.RadioSelect)
                if item.kind == Kind.SCALE
                else forms.CharField(
                    label=item.text, max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
                )
            )
            prepare(field)
            self.fields[str(item.pk)] = field

    def clean(self):
        data = super().clean() or self.cleaned_data
        scales = {name for name, field in self.fields.items() if isinstance(field, forms.ChoiceField)}
        return {
            "answers": {
                name: int(value) if name in scales else value for name, value in data.items() if value != ""
            }
        }
