"""Certificates of completion and the register of their numbers; the work of making many of them."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Now

from thanhsen import vietnamese
from thanhsen.models import User
from trainings.models.classes import OfCourseQuerySet
from trainings.models.courses import Course, OfWardQuerySet
from trainings.models.roster import Fold, Trainee, new_code
from trainings.models.signing import signer_title, title_is_known


class TrainingCertificateQuerySet(OfWardQuerySet):
    def valid(self):
        return self.filter(revoked_on=None)

    def search(self, text):
        """Those that say every word of it in name, number, unit or course, as issued; marks and case aside."""
        said = Fold(
            Concat(
                "full_name", Value(" "), "printed_number", Value(" "), "unit_name", Value(" "), "course_name"
            )
        )
        found = self.alias(said=said)
        for word in vietnamese.fold(text).split():
            found = found.filter(said__contains=word)
        return found

    def in_register_order(self):
        return self.order_by("year", "number")


class TrainingCertificate(models.Model):
    """A certificate: its number in the register of a ward and year, and its words as they were issued.

    Numbered without a gap (`training_certificate_without_gap`). Only revoked afterwards, never changed or removed
    (`training_certificate_only_revoked`): an old number still resolves. `code` stands in the QR and opens the public page. A re-issue is another row that `replaces` this one.
    """

    ward = models.ForeignKey("thanhsen.Area", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="certificates", verbose_name="khoá")
    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="certificates", verbose_name="học viên")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số thứ tự trong sổ")
    printed_number = models.CharField("số giấy", max_length=40)
    full_name = models.CharField("họ và tên", max_length=120)
    born = models.CharField("ngày hoặc năm sinh", max_length=10, blank=True)
    unit_name = models.CharField("đơn vị", max_length=160)
    course_name = models.CharField("tên khoá", max_length=200)
    studied = models.CharField("thời gian học", max_length=60)
    decision_number = models.CharField("số quyết định", max_length=40)
    issued_on = models.DateField("cấp ngày")
    signer_title = signer_title()
    signer = models.CharField("người ký", max_length=120)
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay giấy"
    )
    revoked_on = models.DateField("thu hồi ngày", null=True, blank=True)
    revoke_reason = models.CharField("lý do thu hồi", max_length=300, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = TrainingCertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year", "number"],
                name="training_certificate_number_once",
                violation_error_message="Số này đã có trong sổ cấp giấy của năm.",
            ),
            models.UniqueConstraint(
                fields=["trainee"],
                condition=Q(revoked_on=None),
                name="training_certificate_one_valid",
                violation_error_message="Người này đang có giấy còn giá trị. Thu hồi giấy ấy trước khi cấp lại.",
            ),
            models.CheckConstraint(
                name="training_certificate_revoked_is_whole",
                condition=Q(revoked_on=None, revoke_reason="", revoked_by=None)
                | (Q(revoked_on__isnull=False, revoked_by__isnull=False) & ~Q(revoke_reason="")),
                violation_error_message="Ghi ngày và lý do thu hồi.",
            ),
            models.CheckConstraint(
                name="training_certificate_revoked_after_issue",
                condition=Q(revoked_on=None) | Q(revoked_on__gte=F("issued_on")),
                violation_error_message="Ngày thu hồi phải từ ngày cấp trở đi.",
            ),
            models.CheckConstraint(
                name="training_certificate_of_its_year",
                condition=Q(issued_on__year=F("year")),
                violation_error_message="Giấy vào sổ của năm cấp.",
            ),
            title_is_known("training_certificate_signer_title_known"),
            models.CheckConstraint(
                name="training_certificate_numbered",
                condition=Q(number__gte=1) & ~Q(printed_number="") & ~Q(full_name="") & ~Q(signer="") & ~Q(decision_number=""),
                violation_error_message="Giấy phải có số, họ tên, số quyết định và người ký.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.printed_number} {self.full_name}"


class CertificateBatch(models.Model):
    """A file of many certificates, made by the background work. `doing`, `progress`, `steps`: how far it is."""

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        DONE = "done", "Đã xong"
        FAILED = "failed", "Không làm được"

    course = models.ForeignKey(Course, models.PROTECT, related_name="batches")
    certificates = models.ManyToManyField(TrainingCertificate, related_name="+")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    content = models.BinaryField(null=True)
    doing = models.CharField(max_length=120, blank=True)
    progress = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = OfCourseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="certificate_batch_done_has_file",
                condition=Q(state="done", content__isnull=False) | ~Q(state="done") & Q(content=None),
            ),
            models.CheckConstraint(
                name="certificate_batch_state_known", condition=Q(state__in=["waiting", "done", "failed"])
            ),
        ]

    def __str__(self):
        return f"Tệp giấy chứng nhận số {self.pk}"
