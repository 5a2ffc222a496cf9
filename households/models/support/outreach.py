"""Tuyên truyền, vận động: campaigns, visits, meetings and broadcasts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.of_wards import OfWardQuerySet
from households.models.support.livelihoods import LivelihoodProject
from households.models.support.materials import Material
from households.models.support.programmes import Entitled, Group, Programme
from households.models.support.vulnerability import Side
from thanhsen.models import Area, User

JUST_LEFT = ["left_poor", "left_near_poor"]


class CampaignQuerySet(OfWardQuerySet):
    def handled_by(self, user):
        """Those all of whose tổ dân phố are the user's (one without any addresses the whole ward): who may edit them."""
        mine = Area.objects.under(user.area_ids)
        elsewhere = Area.objects.exclude(pk__in=mine.values("pk")).values("pk")
        beyond = Campaign.objects.filter(areas__in=elsewhere).values("pk")
        own = Q(ward__in=mine) | Q(areas__isnull=False)
        return self.visible_to(user).filter(own).exclude(pk__in=beyond).distinct()

    def running(self, day):
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def newest_first(self):
        return self.order_by("-starts_on", "-pk")


class Campaign(models.Model):
    """A đợt vận động: what it wants, whom it addresses, from when to when, with which materials.

    It addresses the households of `areas` (none: of the whole ward) that are of one of `classes`, belong to one of
    `groups`, lack one of `lacking` and are weak on one of `sides`; none given: any. Who is neither poor nor near poor and left the list less
    than `term_months` ago is of `left_poor` or `left_near_poor`, by the last class before.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="phường")
    name = models.CharField("tên đợt vận động", max_length=200)
    purpose = models.CharField("mục đích", max_length=500)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name="tổ dân phố")  # none: all
    classes = ArrayField(
        models.CharField(max_length=14, choices=Entitled), default=list, blank=True, verbose_name="diện hộ"
    )
    groups = ArrayField(
        models.CharField(max_length=17, choices=Group), default=list, blank=True, verbose_name="nhóm"
    )
    lacking = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name="chỉ hộ thiếu hụt"
    )
    sides = ArrayField(
        models.CharField(max_length=19, choices=Side), default=list, blank=True, verbose_name="mặt yếu"
    )
    term_months = models.PositiveSmallIntegerField("hộ mới thoát: không quá (tháng)", null=True, blank=True)
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name="mời vào chương trình",
    )
    project = models.ForeignKey(
        LivelihoodProject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name="mời vào mô hình",
    )
    materials = models.ManyToManyField(
        Material, blank=True, related_name="campaigns", verbose_name="tài liệu"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "name", "starts_on"],
                name="campaign_once",
                violation_error_message="Phường đã có đợt vận động cùng tên bắt đầu ngày này.",
            ),
            models.CheckConstraint(
                name="campaign_has_purpose",
                condition=~Q(name="") & ~Q(purpose=""),
                violation_error_message="Ghi tên và mục đích đợt vận động.",
            ),
            models.CheckConstraint(
                name="campaign_dates_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="campaign_audience_known",
                condition=Q(
                    classes__contained_by=Entitled.values,
                    groups__contained_by=Group.values,
                    sides__contained_by=Side.values,
                ),
            ),
            models.CheckConstraint(
                name="campaign_term_where_left",
                condition=Q(
                    classes__overlap=JUST_LEFT,
                    term_months__gte=1,
                    term_months__isnull=False,
                    term_months__lte=120,
                )
                | (~Q(classes__overlap=JUST_LEFT) & Q(term_months=None)),
                violation_error_message="Hộ mới thoát: ghi thoát không quá mấy tháng (1–120); diện khác thì để trống.",
            ),
        ]

    def __str__(self):
        return self.name


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(area__in=Area.objects.under(user.area_ids))

    def counted(self):
        """Without those taken back as mistakes."""
        return self.filter(voided_at=None)

    def newest_first(self):
        return self.order_by("-date", "-pk")


class Activity(models.Model):
    """One visit, meeting or broadcast: when, where, by whom, about what, how many came. It stays as it was recorded;
    one recorded by mistake is voided, and counts no more with all its contacts."""

    class Kind(models.TextChoices):
        VISIT = "visit", "Đến nhà"
        MEETING = "meeting", "Họp, nói chuyện"
        CALL = "call", "Gọi điện, nhắn tin"
        BROADCAST = "broadcast", "Loa, pano, mạng xã hội"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name="thuộc đợt"
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="tổ dân phố")
    kind = models.CharField("hình thức", max_length=9, choices=Kind)
    date = models.DateField("ngày")
    place = models.CharField("nơi", max_length=200, blank=True)
    subject = models.CharField("nội dung đã nói", max_length=1000)
    led_by = models.CharField("người thực hiện", max_length=200)
    attended = models.PositiveIntegerField("số người dự, nghe", null=True, blank=True)
    materials = models.ManyToManyField(
        Material, blank=True, related_name="activities", verbose_name="tài liệu đã dùng"
    )
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)
    voided_at = models.DateTimeField(null=True, editable=False)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField("lý do bỏ", max_length=300, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["area", "date"], name="activity_of_area")]
        constraints = [
            models.CheckConstraint(
                name="activity_kind_known", condition=Q(kind__in=["visit", "meeting", "call", "broadcast"])
            ),
            models.CheckConstraint(
                name="activity_says_what",
                condition=~Q(subject="") & ~Q(led_by=""),
                violation_error_message="Ghi nội dung đã nói và người thực hiện.",
            ),
            models.CheckConstraint(
                name="activity_attended_sensible",
                condition=Q(attended=None) | Q(attended__lte=100_000),
                violation_error_message="Số người dự không quá 100.000.",
            ),
            models.CheckConstraint(
                name="activity_voided_with_reason",
                condition=Q(voided_at=None, void_reason="", voided_by=None)
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                violation_error_message="Bỏ một lần vận động ghi nhầm phải có lý do.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.date:%d/%m/%Y}"
