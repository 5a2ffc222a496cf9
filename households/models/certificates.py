"""What the household takes home: a certificate with its number in the register, or a notice of refusal."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from households.models.listing import Listing
from households.models.register import Household
from households.models.status import Decision, Status
from thanhsen.models import Area, User


class CertificateQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(household__area__in=Area.objects.under(user.area_ids))

    def with_holds(self):
        """Each with `holds`: whether its decision is still the household's, also where a life event continued it."""
        held = Status.objects.filter(
            household=OuterRef("household"), decision=OuterRef("status__decision"), valid_to=None
        )
        return self.annotate(holds=Exists(held))

    def in_force(self):
        """Neither revoked nor replaced, of a decision that still holds."""
        return self.with_holds().filter(holds=True, revoked_on=None)

    def not_revoked(self):
        """Those that may be printed: a paper taken back is not printed again."""
        return self.filter(revoked_on=None)


class Certificate(models.Model):
    """A certificate (giấy chứng nhận) of a status, with its number in the ward's register of the year."""

    class Kind(models.TextChoices):
        POOR = "poor", "Giấy chứng nhận hộ nghèo"
        NEAR_POOR = "near_poor", "Giấy chứng nhận hộ cận nghèo"
        LEFT = "left", "Giấy chứng nhận hộ thoát nghèo, thoát cận nghèo"

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    serial = models.PositiveIntegerField("số vào sổ")
    number = models.CharField("số giấy", max_length=60)
    kind = models.CharField("loại", max_length=9, choices=Kind)
    household = models.ForeignKey(Household, models.PROTECT, related_name="certificates")
    status = models.ForeignKey(Status, models.PROTECT, related_name="certificates")
    holder = models.CharField("chủ hộ ghi trên giấy", max_length=120)
    issued_on = models.DateField("cấp ngày")
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(db_default=Now(), editable=False)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    revoked_on = models.DateField("thu hồi ngày", null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_reason = models.CharField("lý do thu hồi", max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "year", "serial"], name="certificate_serial_once_a_year"),
            models.UniqueConstraint(
                fields=["status"],
                condition=Q(revoked_on=None),
                name="certificate_one_valid",
                violation_error_message="Hộ này đã có giấy chứng nhận còn hiệu lực; thu hồi hoặc cấp lại giấy đó.",
            ),
            models.CheckConstraint(
                name="certificate_revoked_with_reason",
                condition=Q(revoked_on=None, revoked_by=None, revoked_reason="")
                | (
                    Q(revoked_on__isnull=False, revoked_on__gte=F("issued_on"), revoked_by__isnull=False)
                    & ~Q(revoked_reason="")
                ),
                violation_error_message="Thu hồi phải có ngày (không trước ngày cấp) và lý do.",
            ),
            models.CheckConstraint(
                name="certificate_kind_known", condition=Q(kind__in=["poor", "near_poor", "left"])
            ),
            models.CheckConstraint(
                name="certificate_is_complete", condition=~Q(number="") & ~Q(holder="") & Q(serial__gte=1)
            ),
        ]

    def __str__(self):
        return f"Giấy số {self.number}"


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(listing__household__area__in=Area.objects.under(user.area_ids))


class Notice(models.Model):
    """The written answer to a household that is not recognised, with the reasons: by `decision`, or without one to
    a household that stopped at Phiếu A."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="notices")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="notices")
    number = models.CharField("số thông báo", max_length=60)
    issued_on = models.DateField("ngày thông báo")
    reasons = models.TextField("lý do")
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_says_why",
                condition=~Q(number="") & ~Q(reasons=""),
                violation_error_message="Thông báo phải có số và nêu lý do.",
            ),
            models.UniqueConstraint(
                fields=["listing"],
                condition=Q(decision=None),
                name="notice_once_at_phieu_a",
                violation_error_message="Hộ đã được trả lời về kết quả Phiếu A.",
            ),
            models.UniqueConstraint(
                fields=["listing", "decision"],
                name="notice_once_a_decision",
                violation_error_message="Hộ đã được trả lời theo quyết định này.",
            ),
        ]

    def __str__(self):
        return f"Thông báo {self.number}"
