"""A material put into the ward's library: a file or an address."""

from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError

from households.actions.support.materials import TOO_LARGE
from households.models import Material
from households.models.support.materials import LARGEST
from thanhsen.filetypes import TAKEN, TYPES
from thanhsen.forms import AreaChoice, PortalForm
from thanhsen.models import Area

PLAIN = "Ghi địa chỉ đầy đủ, bắt đầu bằng https://, ví dụ https://hatinh.gov.vn/…; không kèm tên, mật khẩu."


class MaterialForm(PortalForm):
    ward = AreaChoice(label="Phường", queryset=Area.objects.none(), empty_label=None)
    title = forms.CharField(label="Tên tài liệu", max_length=200)
    topic = forms.CharField(
        label="Chủ đề", max_length=200, required=False, help_text="Ví dụ: vay vốn, BHYT, nuôi bò."
    )
    audience = forms.ChoiceField(
        label="Dùng cho",
        choices=[("", "(chọn)"), *Material.Audience.choices],
        help_text="Tài liệu cho cán bộ, cộng tác viên còn được dùng ở các lớp tập huấn.",
    )
    author = forms.CharField(label="Nơi soạn, nguồn", max_length=200)
    file = forms.FileField(
        label="Tệp",
        required=False,
        max_length=250,
        help_text=f"{TAKEN}. Tối đa {LARGEST // 1_000_000} MB.",
        error_messages={
            "empty": "Tệp trống, không có nội dung nào. Chọn lại tệp.",
            "invalid": "Chưa gửi được tệp; chọn lại tệp rồi bấm lại.",
            "missing": "Chưa gửi được tệp; chọn lại tệp rồi bấm lại.",
            "max_length": "Tên tệp dài quá; đổi tên ngắn hơn rồi gửi lại.",
        },
    )
    link = forms.CharField(
        label="Hoặc địa chỉ trên mạng", max_length=500, required=False, help_text="Bắt đầu bằng https://."
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, wards, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = wards
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{each}" for each in [*TYPES, "jpeg"])
        self.fields["link"].widget.attrs |= {"inputmode": "url", "autocomplete": "off"}

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and not _is_plain(link):
            raise ValidationError(PLAIN)
        return link

    def clean_file(self):
        """Too large a file is refused before it is read."""
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise ValidationError(TOO_LARGE)
        return file

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if {"file", "link"} <= set(data) and bool(data["file"]) == bool(data["link"]):
            self.add_error("file", "Gửi một tệp hoặc ghi một địa chỉ trên mạng, chỉ một trong hai.")
        if file := data.pop("file", None):
            data.update(content=file.read(), file_name=file.name)
        return data


def _is_plain(link: str) -> bool:
    """An https address of a named host: no name or password in it, nothing that cannot be printed."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    spaced = any(char.isspace() or not char.isprintable() or char in '"<>\\^`{|}' for char in link)
    return parts.scheme == "https" and "." in host.strip(".") and "@" not in parts.netloc and not spaced
