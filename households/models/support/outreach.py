"""Tuyên truyền, vận động: campaigns, visits and meetings, who was reached and what they answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from households.models.of_wards import OfWardQuerySet
from households.models.register import Household
from households.models.support.livelihoods import LivelihoodProject
from households.models.support.materials import Material
from households.models.support.plans import OfHouseholdQuerySet
from households.models.support.programmes import Entitled, Group, Programme
from thanhsen.models import Area, User

REFUSALS = (
    "no_labour", "no_capital", "no_land", "no_skill", "risk", "health", "loses_benefit", "no_trust", "other",
)  # fmt: skip


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

    It addresses the households of `areas` (none: of the whole ward) that are of one of `classes` and belong to one of
    `groups`; none given: any. Who left poverty is of `left_poor` while the last class before was poor.
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
                condition=Q(classes__contained_by=Entitled.values, groups__contained_by=Group.values),
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


class ContactQuerySet(OfHouseholdQuerySet):
    def counted(self):
        """Without those of activities taken back as mistakes."""
        return self.filter(activity__voided_at=None)

    def met(self):
        """Those where somebody of the household was spoken with."""
        return self.exclude(answer="absent")

    def latest_first(self):
        return self.order_by("-activity__date", "-pk")

    def to_revisit(self):
        """Promised to come again and not come since. Who came and met nobody, and set no other day, still has to."""
        since = Q(activity__date__gt=OuterRef("activity__date")) | Q(
            activity__date=OuterRef("activity__date"), pk__gt=OuterRef("pk")
        )
        came = Contact.objects.counted().filter(~Q(answer="absent") | Q(next_visit_on__isnull=False))
        came = came.filter(since, household=OuterRef("household"))
        return self.counted().filter(~Exists(came), next_visit_on__isnull=False, household__closed_date=None)


class Contact(models.Model):
    """A household reached by an activity: whom they spoke with, what the family answered and why, when to come again.

    What a family answers later is another contact: the latest counts."""

    class Answer(models.TextChoices):
        AGREED = "agreed", "Đồng ý tham gia"
        CONSIDERING = "considering", "Còn cân nhắc"
        REFUSED = "refused", "Không tham gia"
        ABSENT = "absent", "Không gặp được"
        INFORMED = "informed", "Đã nghe, không hỏi ý kiến"

    class Refusal(models.TextChoices):
        NO_LABOUR = "no_labour", "Không có người làm"
        NO_CAPITAL = "no_capital", "Không có vốn góp, sợ nợ"
        NO_LAND = "no_land", "Không có đất, chỗ làm"
        NO_SKILL = "no_skill", "Không biết cách làm"
        RISK = "risk", "Sợ thất bại, sợ mất mùa, mất giá"
        HEALTH = "health", "Ốm đau, phải chăm người bệnh"
        LOSES_BENEFIT = "loses_benefit", "Sợ mất chế độ hộ nghèo"
        NO_TRUST = "no_trust", "Không tin chương trình"
        OTHER = "other", "Lý do khác"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="contacts")
    household = models.ForeignKey(Household, models.PROTECT, related_name="contacts")
    person = models.CharField("gặp ai", max_length=120, blank=True)
    said = models.CharField("gia đình nói gì", max_length=500, blank=True)
    answer = models.CharField("trả lời", max_length=11, choices=Answer)
    refusal = models.CharField("vì sao không", max_length=13, choices=Refusal, blank=True)
    refusal_note = models.CharField("lý do, ghi rõ", max_length=300, blank=True)
    next_visit_on = models.DateField("đến lại ngày", null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_visit_on"], name="contact_to_visit", condition=Q(next_visit_on__isnull=False)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="contact_answer_known",
                condition=Q(answer__in=["agreed", "considering", "refused", "absent", "informed"]),
            ),
            models.CheckConstraint(name="contact_refusal_known", condition=Q(refusal__in=["", *REFUSALS])),
            models.UniqueConstraint(
                fields=["activity", "household"],
                name="contact_once",
                violation_error_message="Hộ đã có trong lần vận động này.",
            ),
            models.CheckConstraint(
                name="contact_refusal_has_reason",
                condition=Q(answer="refused") & ~Q(refusal="")
                | ~Q(answer="refused") & Q(refusal="", refusal_note=""),
                violation_error_message="Không tham gia thì ghi vì sao; trả lời khác thì để trống.",
            ),
            models.CheckConstraint(
                name="contact_other_refusal_explained",
                condition=~Q(refusal="other") | ~Q(refusal_note=""),
                violation_error_message="Lý do khác thì ghi rõ.",
            ),
        ]

    def __str__(self):
        return f"{self.activity} · {self.household}"
