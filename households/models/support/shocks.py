"""What strikes many households at once."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.causes import Shock
from households.models.listing import Request
from households.models.of_wards import OfWardQuerySet
from households.models.register import Household
from households.models.status import Status
from households.models.support.plans import OfHouseholdQuerySet
from households.models.support.programmes import A_HUNDRED_THOUSAND_MILLION, Programme
from households.models.support.supports import Support
from thanhsen.models import Area, User

BADLY = ("heavy", "lost", "death")
STRUCK = ("light", *BADLY)


class ShockEventQuerySet(OfWardQuerySet):
    def counted(self):
        """Without those taken back as mistakes."""
        return self.filter(voided_at=None)

    def open(self):
        return self.counted().filter(closed_on=None)

    def newest_first(self):
        return self.order_by("-happened_on", "-pk")

    def handled_by(self, user):
        """Those all of whose tổ dân phố are the user's: who may correct and close them."""
        elsewhere = Area.objects.exclude(pk__in=Area.objects.under(user.area_ids)).values("pk")
        beyond = ShockEvent.objects.filter(areas__in=elsewhere).values("pk")
        return self.visible_to(user).exclude(pk__in=beyond)


class ShockEvent(models.Model):
    """A storm, an epidemic, a fall of prices: recorded once, for the tổ dân phố it struck. One recorded by mistake is
    voided: it stays to be read and counts for no household any more."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="phường")
    kind = models.CharField("loại", max_length=10, choices=Shock)
    name = models.CharField("tên gọi", max_length=200)
    happened_on = models.DateField("xảy ra ngày")
    ended_on = models.DateField("hết ngày", null=True, blank=True)
    description = models.CharField("mô tả, thiệt hại chung", max_length=1000, blank=True)
    areas = models.ManyToManyField(Area, related_name="+", verbose_name="tổ dân phố")
    programme = models.ForeignKey(  # by which emergency support is given
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="shocks",
        verbose_name="hỗ trợ khẩn cấp theo",
    )
    closed_on = models.DateField("xử lý xong ngày", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)
    voided_at = models.DateTimeField(null=True, editable=False)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField("lý do bỏ", max_length=300, blank=True)

    objects = ShockEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "name", "happened_on"],
                condition=Q(voided_at=None),
                name="shock_once",
                violation_error_message="Phường đã ghi biến cố cùng tên ngày này.",
            ),
            models.CheckConstraint(
                name="shock_named",
                condition=~Q(name=""),
                violation_error_message="Ghi tên gọi, ví dụ: Bão số 5.",
            ),
            models.CheckConstraint(name="shock_kind_known", condition=Q(kind__in=Shock.values)),
            models.CheckConstraint(
                name="shock_dates_in_order",
                condition=(Q(ended_on=None) | Q(ended_on__gte=F("happened_on")))
                & (Q(closed_on=None) | Q(closed_on__gte=F("happened_on"))),
                violation_error_message="Ngày hết, ngày xử lý xong không được trước ngày xảy ra.",
            ),
            models.CheckConstraint(
                name="shock_voided_with_reason",
                condition=Q(voided_at=None, void_reason="", voided_by=None)
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                violation_error_message="Bỏ một biến cố ghi nhầm phải có lý do.",
            ),
        ]

    def __str__(self):
        return self.name


class ShockImpactQuerySet(OfHouseholdQuerySet):
    def counted(self):
        """Without those of shocks taken back as mistakes."""
        return self.filter(shock__voided_at=None)

    def of_open_shocks(self):
        return self.counted().filter(shock__closed_on=None)

    def struck(self):
        return self.filter(severity__in=STRUCK)

    def unseen(self):
        return self.filter(severity="not_seen")

    def without_support(self):
        """Those given nothing, or something that was taken back as a mistake."""
        return self.filter(Q(support=None) | Q(support__voided_at__isnull=False))

    def to_relieve(self):
        """Badly struck, nothing given yet, still in the register and in the ward."""
        return self.without_support().filter(
            severity__in=BADLY,
            household__closed_date=None,
            household__area__parent=F("shock__ward"),
        )

    def to_review(self):
        """Pushed down and without a request that stands; the poor, whom every year reviews, need none (Mẫu 01)."""
        poor = Status.objects.filter(classification="poor", valid_to=None, voided_at=None).values("household")
        return (
            self.filter(Q(review=None) | Q(review__withdrawn_on__isnull=False))
            .filter(pushed_down=True, household__closed_date=None)
            .exclude(household__in=poor)
        )

    def in_order(self):
        """By the head's name, as lists of households are."""
        return self.order_by("household__sort_key", "household__code")

    def by_shock(self):
        """The newest shock first, each in order."""
        return self.order_by("-shock__happened_on", "shock", "household__sort_key", "household__code")


class ShockImpact(models.Model):
    """What a shock did to one household: how badly, what it lost, whether it may fall back. One entered by mistake is
    set to "not struck"; nothing of a closed shock changes.

    `support`: the emergency support it was given; `review`: the request (Mẫu 01) by which a regular review takes it up.
    """

    class Severity(models.TextChoices):
        NOT_SEEN = "not_seen", "Chưa xem"
        NONE = "none", "Không thiệt hại"
        LIGHT = "light", "Nhẹ"
        HEAVY = "heavy", "Nặng"
        LOST = "lost", "Mất trắng, sập nhà"
        DEATH = "death", "Có người chết, mất tích"

    shock = models.ForeignKey(ShockEvent, models.PROTECT, related_name="impacts")
    household = models.ForeignKey(Household, models.PROTECT, related_name="shock_impacts")
    severity = models.CharField("mức độ", max_length=8, choices=Severity, default=Severity.NOT_SEEN)
    seen_on = models.DateField("xem ngày", null=True, blank=True)
    loss = models.PositiveBigIntegerField("thiệt hại ước tính (đồng)", null=True, blank=True)
    text = models.CharField("thiệt hại gì", max_length=500, blank=True)
    pushed_down = models.BooleanField("có thể rơi vào nghèo, cận nghèo", default=False)
    support = models.ForeignKey(Support, models.PROTECT, null=True, blank=True, related_name="shock_impacts")
    review = models.ForeignKey(Request, models.PROTECT, null=True, blank=True, related_name="shock_impacts")
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ShockImpactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shock", "household"],
                name="impact_once",
                violation_error_message="Hộ đã có trong danh sách của biến cố này.",
            ),
            models.CheckConstraint(
                name="impact_severity_known", condition=Q(severity__in=["not_seen", "none", *STRUCK])
            ),
            models.CheckConstraint(
                name="impact_seen_on_a_day",
                condition=Q(severity="not_seen", seen_on=None)
                | (~Q(severity="not_seen") & Q(seen_on__isnull=False)),
                violation_error_message="Ghi mức độ thiệt hại thì ghi cả ngày xem.",
            ),
            models.CheckConstraint(
                name="impact_pushes_down_where_seen",
                condition=Q(pushed_down=False) | Q(severity__in=STRUCK),
                violation_error_message="Hộ không thiệt hại thì không đề nghị rà soát vì biến cố này.",
            ),
            models.CheckConstraint(
                name="impact_helped_is_struck",
                condition=Q(support=None) | Q(severity__in=STRUCK),
                violation_error_message="Hộ đã được hỗ trợ khẩn cấp vì biến cố này; bỏ khoản hỗ trợ ghi nhầm trước rồi sửa mức độ.",
            ),
            models.CheckConstraint(
                name="impact_loss_sensible",
                condition=Q(loss=None) | Q(loss__lte=A_HUNDRED_THOUSAND_MILLION),
                violation_error_message="Số tiền tính bằng đồng, không quá 100 tỷ.",
            ),
        ]

    def __str__(self):
        return f"{self.shock} · {self.household}"

    @property
    def harm(self) -> str:
        """What it did, as a sentence says it: “thiệt hại nặng”, “có người chết, mất tích”."""
        told = self.get_severity_display().lower()
        return f"thiệt hại {told}" if self.severity in ("light", "heavy") else told
