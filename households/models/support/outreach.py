"""Tuyên truyền, vận động: campaigns, visits and meetings, who was reached and what they answered; materials."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.of_wards import OfWardQuerySet
from households.models.register import Household
from households.models.support.livelihoods import LivelihoodProject
from households.models.support.plans import OfHouseholdQuerySet
from households.models.support.programmes import Entitled, Group, Programme
from thanhsen.models import Area, User


class Material(models.Model):
    """A leaflet, talk, film or slide for outreach and for the training courses: a file or an address."""

    class Audience(models.TextChoices):
        FAMILIES = "families", "Hộ gia đình"
        OFFICERS = "officers", "Cán bộ, cộng tác viên"
        BOTH = "both", "Cả hai"

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="phường")
    title = models.CharField("tên tài liệu", max_length=200)
    topic = models.CharField("chủ đề", max_length=200, blank=True)
    audience = models.CharField("dùng cho", max_length=8, choices=Audience)
    author = models.CharField("nơi soạn, nguồn", max_length=200)
    link = models.URLField("địa chỉ trên mạng", max_length=500, blank=True)
    file_name = models.CharField("tên tệp", max_length=200, blank=True, editable=False)
    size = models.PositiveIntegerField(null=True, editable=False)  # bytes
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    withdrawn_on = models.DateField("thôi dùng ngày", null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = OfWardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "title"],
                condition=Q(withdrawn_on=None),
                name="material_once",
                violation_error_message="Đã có tài liệu cùng tên đang dùng.",
            ),
            models.CheckConstraint(
                name="material_is_somewhere",
                condition=(~Q(link="") & Q(file_name="", size=None, sha256=""))
                | (Q(link="", size__isnull=False) & ~Q(file_name="") & ~Q(sha256="")),
                violation_error_message="Gửi tệp hoặc ghi địa chỉ trên mạng, một trong hai.",
            ),
            models.CheckConstraint(
                name="material_titled",
                condition=~Q(title="") & ~Q(author=""),
                violation_error_message="Ghi tên tài liệu và nơi soạn.",
            ),
        ]

    def __str__(self):
        return self.title


class MaterialFile(models.Model):
    """The bytes of a material, kept apart so that lists do not read them."""

    of = models.OneToOneField(Material, models.PROTECT, related_name="file", primary_key=True)
    content = models.BinaryField()

    def __str__(self):
        return str(self.of)


class Campaign(models.Model):
    """A đợt vận động: what it wants, whom it addresses, from when to when, with which materials."""

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

    objects = OfWardQuerySet.as_manager()

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
        ]

    def __str__(self):
        return self.name


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(area__in=Area.objects.under(user.area_ids))

    def counted(self):
        """Without those that were entered by mistake."""
        return self.filter(voided_at=None)


class Activity(models.Model):
    """One visit, meeting or broadcast: when, where, by whom, about what, how many came."""

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
        return self.filter(activity__voided_at=None)

    def to_visit(self):
        """With a next visit that no later contact of the household has answered, of present households."""
        later = Contact.objects.counted().filter(
            household=models.OuterRef("household"), activity__date__gt=models.OuterRef("activity__date")
        )
        return self.counted().filter(
            ~models.Exists(later), next_visit_on__isnull=False, household__closed_date=None
        )


class Contact(models.Model):
    """A household reached by an activity: whom they spoke with, what the family answered and why, when to come again."""

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
