"""Mô hình phát triển kinh tế: the model, the households that take part, how it goes month by month."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.of_wards import OfWardQuerySet
from households.models.register import Household
from households.models.support.plans import OfHouseholdQuerySet
from households.models.support.programmes import A_HUNDRED_THOUSAND_MILLION, Programme
from households.models.support.supports import Support
from thanhsen.models import Area, User


class LivelihoodProject(models.Model):
    """One mô hình: what is raised, grown, caught, made or sold; who leads it, with how much, and what became of it."""

    class Kind(models.TextChoices):
        LIVESTOCK = "livestock", "Chăn nuôi"
        CROPS = "crops", "Trồng trọt"
        FISHERY = "fishery", "Ngư nghiệp, nuôi trồng thuỷ sản"
        SALT = "salt", "Diêm nghiệp"
        FORESTRY = "forestry", "Lâm nghiệp"
        CRAFT = "craft", "Tiểu thủ công nghiệp, chế biến"
        SERVICE = "service", "Dịch vụ, buôn bán"
        OTHER = "other", "Khác"

    class Outcome(models.TextChoices):
        WORKED = "worked", "Thành công, nên nhân rộng"
        PARTLY = "partly", "Đạt một phần"
        FAILED = "failed", "Không thành công"

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="phường")
    name = models.CharField("tên mô hình", max_length=200)
    kind = models.CharField("loại hình", max_length=9, choices=Kind)
    description = models.CharField("cách làm, kỹ thuật", max_length=2000, blank=True)
    lead = models.CharField("đơn vị, người chủ trì", max_length=200, blank=True)
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name="thuộc chương trình",
    )
    planned_capital = models.PositiveBigIntegerField("vốn dự kiến (đồng)", null=True, blank=True)
    started_on = models.DateField("bắt đầu ngày")
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="nhân rộng từ"
    )
    ended_on = models.DateField("kết thúc ngày", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=6, choices=Outcome, blank=True)
    lessons = models.CharField("vì sao, bài học", max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = OfWardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "name", "started_on"],
                name="project_once",
                violation_error_message="Phường đã có mô hình cùng tên bắt đầu ngày này.",
            ),
            models.CheckConstraint(
                name="project_named", condition=~Q(name=""), violation_error_message="Ghi tên mô hình."
            ),
            models.CheckConstraint(
                name="project_ended_with_outcome",
                condition=Q(ended_on=None, outcome="")
                | (
                    Q(ended_on__isnull=False, ended_on__gte=F("started_on")) & ~Q(outcome="") & ~Q(lessons="")
                ),
                violation_error_message="Kết thúc mô hình phải có ngày (không trước ngày bắt đầu), kết quả và bài học.",
            ),
            models.CheckConstraint(
                name="project_not_from_itself", condition=Q(copied_from=None) | ~Q(copied_from=F("pk"))
            ),
            models.CheckConstraint(
                name="project_capital_sensible",
                condition=Q(planned_capital=None) | Q(planned_capital__lte=A_HUNDRED_THOUSAND_MILLION),
                violation_error_message="Số tiền tính bằng đồng, không quá 100 tỷ.",
            ),
        ]

    def __str__(self):
        return self.name


class Participation(models.Model):
    """A household in a model: what it put in, what it was given, its income before and after, why it left.

    Incomes are those of the household from this livelihood, in đồng a month. What the ward gave is a `support`, whose
    receipts carry the money, so that no sum counts it twice.
    """

    class LeftReason(models.TextChoices):
        FINISHED = "finished", "Xong chu kỳ, tự làm được"
        FAILED = "failed", "Không thành công"
        WITHDREW = "withdrew", "Xin thôi"
        MOVED = "moved", "Chuyển đi, ra khỏi sổ"
        MISTAKE = "mistake", "Ghi nhầm"

    project = models.ForeignKey(LivelihoodProject, models.PROTECT, related_name="participations")
    household = models.ForeignKey(Household, models.PROTECT, related_name="participations")
    joined_on = models.DateField("tham gia ngày")
    own_capital = models.PositiveBigIntegerField("vốn gia đình góp (đồng)", null=True, blank=True)
    loan = models.PositiveBigIntegerField("vốn vay (đồng)", null=True, blank=True)
    equipment = models.CharField("con giống, vật tư, thiết bị được cấp", max_length=500, blank=True)
    training = models.CharField("tập huấn đã nhận", max_length=500, blank=True)
    support = models.ForeignKey(
        Support,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name="khoản hỗ trợ",
    )
    income_before = models.PositiveBigIntegerField("thu nhập trước (đồng/tháng)", null=True, blank=True)
    income_after = models.PositiveBigIntegerField("thu nhập sau (đồng/tháng)", null=True, blank=True)
    left_on = models.DateField("ra khỏi mô hình ngày", null=True, blank=True)
    left_reason = models.CharField("lý do ra", max_length=8, choices=LeftReason, blank=True)
    left_note = models.CharField("vì sao, ghi rõ", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = OfHouseholdQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "household"],
                condition=~Q(left_reason="mistake"),
                name="participation_once",
                violation_error_message="Hộ đã tham gia mô hình này.",
            ),
            models.CheckConstraint(
                name="participation_left_with_reason",
                condition=Q(left_on=None, left_reason="", left_note="")
                | (Q(left_on__isnull=False, left_on__gte=F("joined_on")) & ~Q(left_reason="")),
                violation_error_message="Ra khỏi mô hình phải có ngày (không trước ngày tham gia) và lý do.",
            ),
            models.CheckConstraint(
                name="participation_failure_explained",
                condition=~Q(left_reason="failed") | ~Q(left_note=""),
                violation_error_message="Không thành công thì ghi rõ vì sao, để nơi khác tránh.",
            ),
            models.CheckConstraint(
                name="participation_money_sensible",
                condition=(Q(own_capital=None) | Q(own_capital__lte=A_HUNDRED_THOUSAND_MILLION))
                & (Q(loan=None) | Q(loan__lte=A_HUNDRED_THOUSAND_MILLION))
                & (Q(income_before=None) | Q(income_before__lte=A_HUNDRED_THOUSAND_MILLION))
                & (Q(income_after=None) | Q(income_after__lte=A_HUNDRED_THOUSAND_MILLION)),
                violation_error_message="Số tiền tính bằng đồng, không quá 100 tỷ.",
            ),
        ]

    def __str__(self):
        return f"{self.household} · {self.project}"


class FollowUp(models.Model):
    """How it goes with a household's part in a model in one month."""

    class Condition(models.TextChoices):
        GOOD = "good", "Tốt"
        FAIR = "fair", "Bình thường"
        BAD = "bad", "Khó khăn"
        LOST = "lost", "Mất trắng"

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="follow_ups")
    month = models.DateField("tháng")  # its first day
    visited_on = models.DateField("xem ngày")
    condition = models.CharField("tình trạng", max_length=4, choices=Condition)
    text = models.CharField("ghi nhận", max_length=500, blank=True)
    income = models.PositiveBigIntegerField("thu trong tháng (đồng)", null=True, blank=True)
    next_action = models.CharField("việc cần làm", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "month"],
                name="follow_up_once_a_month",
                violation_error_message="Tháng này đã ghi theo dõi; sửa dòng đó.",
            ),
            models.CheckConstraint(name="follow_up_month_is_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="follow_up_trouble_explained",
                condition=Q(condition__in=["good", "fair"]) | ~Q(text=""),
                violation_error_message="Khó khăn hoặc mất trắng thì ghi rõ chuyện gì.",
            ),
            models.CheckConstraint(
                name="follow_up_income_sensible",
                condition=Q(income=None) | Q(income__lte=A_HUNDRED_THOUSAND_MILLION),
                violation_error_message="Số tiền tính bằng đồng, không quá 100 tỷ.",
            ),
        ]

    def __str__(self):
        return f"{self.participation} {self.month:%m/%Y}"
