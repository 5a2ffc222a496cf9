"""Help a household received: the policy, the day, the amount, and where the money came from."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.register import Household
from thanhsen.models import Area, User


class Policy(models.TextChoices):
    """The policies that are followed, in the order of the domain (amounts and shares are data, never constants)."""

    INSURANCE = "insurance", "Bảo hiểm y tế"
    EDUCATION = "education", "Học phí, chi phí học tập"
    ELECTRICITY = "electricity", "Tiền điện"
    LOAN = "loan", "Vay vốn Ngân hàng Chính sách xã hội"
    HOUSING = "housing", "Nhà ở"
    LIVELIHOOD = "livelihood", "Sinh kế, mô hình phát triển kinh tế"
    ALLOWANCE = "allowance", "Trợ cấp xã hội"
    WORK = "work", "Dạy nghề, việc làm"
    PROVINCE = "province", "Nghị quyết của tỉnh"
    OTHER = "other", "Khác"


class SupportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(household__area__in=Area.objects.under(user.area_ids))

    def counted(self):
        """Without those that were entered by mistake."""
        return self.filter(voided_at=None)

    def newest_first(self):
        return self.order_by("-received_on", "-pk")


class Support(models.Model):
    """One help one household received. A row that was a mistake is kept with its reason (`voided_at`)."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="supports")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="tổ dân phố lúc nhận")
    policy = models.CharField("chính sách", max_length=11, choices=Policy)
    content = models.CharField("nội dung hỗ trợ", max_length=200)
    received_on = models.DateField("nhận ngày")
    amount = models.PositiveBigIntegerField("số tiền hoặc trị giá (đồng)", null=True, blank=True)
    source = models.CharField("nguồn kinh phí", max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)
    voided_at = models.DateTimeField(null=True, editable=False)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField("lý do bỏ", max_length=300, blank=True)

    objects = SupportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["area", "received_on"], name="support_of_area")]
        constraints = [
            models.UniqueConstraint(
                F("household"), F("policy"), F("content"), F("received_on"),
                condition=Q(voided_at=None),
                name="support_once_a_day",
                violation_error_message="Hộ đã được ghi khoản này trong ngày đó.",
            ),
            models.CheckConstraint(name="support_policy_known", condition=Q(policy__in=Policy.values)),
            models.CheckConstraint(
                name="support_says_what",
                condition=~Q(content=""),
                violation_error_message="Ghi nội dung hỗ trợ.",
            ),
            models.CheckConstraint(
                name="support_amount_sensible",
                condition=Q(amount=None) | Q(amount__lte=100_000_000_000),
                violation_error_message="Số tiền tính bằng đồng, không quá 100 tỷ.",
            ),
            models.CheckConstraint(
                name="support_voided_with_reason",
                condition=Q(voided_at=None, void_reason="", voided_by=None)
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                violation_error_message="Bỏ một khoản hỗ trợ ghi nhầm phải có lý do.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_policy_display()}: {self.content}"
