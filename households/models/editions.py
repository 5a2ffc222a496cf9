"""What was reported of a closed year, kept as it was; its corrections; and the words of the forms."""

from zlib import decompress

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from households.models.of_wards import OfWardQuerySet
from thanhsen.models import Area, User


class SnapshotQuerySet(OfWardQuerySet):
    def of(self, ward, year):
        """The versions of a year, the newest first, without what they hold."""
        return self.filter(ward=ward, year=year).order_by("-version").defer("content")


class Snapshot(models.Model):
    """One version of everything reported of a ward and year. Never changed; a later figure is a later version.

    `content`: the figures, the households behind them and the lists, as `households.reports.frozen` writes them
    (JSON, compressed). `digest`: SHA-256 over the content (not compressed) and the files, in hexadecimal.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="snapshots", verbose_name="phường")
    year = models.PositiveSmallIntegerField("năm")
    version = models.PositiveSmallIntegerField("phiên bản")
    reason = models.CharField("căn cứ", max_length=300)
    correction = models.ForeignKey("Correction", models.PROTECT, null=True, related_name="snapshots")
    content = models.BinaryField()
    digest = models.CharField("mã kiểm tra", max_length=64)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "year", "version"], name="snapshot_version_once"),
            models.CheckConstraint(
                name="snapshot_first_or_corrected",
                condition=Q(version=1, correction=None) | Q(version__gte=2, correction__isnull=False),
                violation_error_message="Phiên bản sau của một năm phải dẫn lần đính chính.",
            ),
            models.CheckConstraint(
                name="snapshot_is_complete", condition=~Q(reason="") & Q(digest__regex="^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self):
        return f"Số liệu năm {self.year}, phiên bản {self.version}"

    @property
    def text(self) -> bytes:
        """The content as it was before it was compressed."""
        return decompress(bytes(self.content))


class SnapshotFile(models.Model):
    """A workbook of a version, byte for byte. `form` 0 is the whole set."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="files")
    form = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "form"], name="snapshot_file_once")]

    def __str__(self):
        return self.name


class Correction(models.Model):
    """A closed year opened for a figure to be put right, until its new version is kept or nothing was changed.

    With a year, the closed years after it are open too: their opening stock is its closing stock.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", "Đã chốt phiên bản mới"
        DROPPED = "dropped", "Bỏ, không có số nào đổi"

    ward = models.ForeignKey(Area, models.PROTECT, related_name="corrections", verbose_name="phường")
    year = models.PositiveSmallIntegerField("năm")
    reason = models.CharField("lý do đính chính", max_length=500)
    document = models.CharField("văn bản làm căn cứ", max_length=200)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    outcome = models.CharField("kết quả", max_length=7, choices=Outcome, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = OfWardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward"],
                condition=Q(outcome=""),
                name="correction_one_at_a_time",
                violation_error_message="Phường đang có một lần đính chính chưa xong. Chốt hoặc bỏ lần đó trước.",
            ),
            models.CheckConstraint(
                name="correction_has_reason",
                condition=~Q(reason="") & ~Q(document=""),
                violation_error_message="Ghi lý do đính chính và văn bản làm căn cứ.",
            ),
            models.CheckConstraint(
                name="correction_ended_is_signed",
                condition=Q(outcome="", ended_by=None, ended_at=None)
                | Q(outcome__in=["kept", "dropped"], ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Đính chính số liệu năm {self.year}"


class FormWording(models.Model):
    """How a ward words a form: what is empty is as printed. `form` 0 speaks for every form."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="form_wordings", verbose_name="phường")
    form = models.PositiveSmallIntegerField("mẫu")
    label = models.CharField("ký hiệu mẫu", max_length=60, blank=True)
    name = models.CharField("tên biểu", max_length=200, blank=True)
    template = models.CharField("theo mẫu số", max_length=20, blank=True)
    circular = models.CharField("của văn bản", max_length=120, blank=True)
    note = models.CharField("dòng phụ dưới tên biểu", max_length=200, blank=True)
    recipients = models.TextField("nơi nhận", max_length=1000, blank=True)
    maker_title = models.CharField("chức danh người lập", max_length=80, blank=True)
    maker_name = models.CharField("họ tên người lập", max_length=120, blank=True)
    signer_title = models.CharField("chức danh người ký", max_length=80, blank=True)
    signer_name = models.CharField("họ tên người ký", max_length=120, blank=True)

    objects = OfWardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "form"], name="wording_once_a_form"),
            models.CheckConstraint(name="wording_of_a_form", condition=Q(form__gte=0, form__lte=15)),
        ]

    def __str__(self):
        return f"Lời văn mẫu {self.form}" if self.form else "Lời văn chung của các mẫu"
