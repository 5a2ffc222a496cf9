"""Who was reached by a visit or a meeting, what they answered, and how that was put right."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from households.models.register import Household
from households.models.support.outreach import Activity
from households.models.support.plans import OfHouseholdQuerySet
from thanhsen.models import Area, User

REFUSALS = (
    "no_labour", "no_capital", "no_land", "no_skill", "risk", "health", "loses_benefit", "no_trust", "other",
)  # fmt: skip
TO_THE_HOUSE = ("visit", "call")  # by which somebody comes to one household, as it was promised


class ContactQuerySet(OfHouseholdQuerySet):
    def opening_for(self, user):
        """With `opens`: whether the user sees the activity itself, which stays where it was when a household moves."""
        there = Q(activity__area__in=Area.objects.under(user.area_ids))
        return self.annotate(opens=models.ExpressionWrapper(there, models.BooleanField()))

    def counted(self):
        """Without those taken back as mistakes, alone or with their whole activity."""
        return self.filter(voided_at=None, activity__voided_at=None)

    def met(self):
        """Those where somebody of the household was spoken with."""
        return self.exclude(answer="absent")

    def latest_first(self):
        return self.order_by("-activity__date", "-pk")

    def to_revisit(self):
        """The appointments that stand, one a household: the day set last, until a visit or a call met somebody since.
        A meeting or a broadcast ends none, and who came and met nobody still has to come."""
        since = Q(activity__date__gt=OuterRef("activity__date")) | Q(
            activity__date=OuterRef("activity__date"), pk__gt=OuterRef("pk")
        )
        came = Q(activity__kind__in=TO_THE_HOUSE) & ~Q(answer="absent")
        ended = Contact.objects.counted().filter(came | Q(next_visit_on__isnull=False))
        ended = ended.filter(since, household=OuterRef("household"))
        return self.counted().filter(~Exists(ended), next_visit_on__isnull=False, household__closed_date=None)


class Contact(models.Model):
    """A household reached by an activity: whom they spoke with, what the family answered and why, when to come again.

    What a family answers later is another contact: the latest counts. What was written down wrongly is corrected, or the
    household taken out of the activity, each with a reason (`corrected_by`, `corrected_at`, `correction`); what stood
    before stays in `ContactChange`, written by the database itself.
    """

    SAID = (
        "person",
        "said",
        "answer",
        "refusal",
        "refusal_note",
        "next_visit_on",
    )  # what a correction may change

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
    version = models.PositiveIntegerField(default=1, editable=False)
    voided_at = models.DateTimeField(null=True, editable=False)
    corrected_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    corrected_at = models.DateTimeField(null=True, editable=False)
    correction = models.CharField("lý do sửa, bỏ", max_length=300, blank=True)

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
                condition=Q(voided_at=None),
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
            models.CheckConstraint(
                name="contact_corrected_with_reason",
                condition=Q(version=1, voided_at=None, corrected_by=None, corrected_at=None, correction="")
                | (
                    Q(version__gt=1, corrected_by__isnull=False, corrected_at__isnull=False)
                    & ~Q(correction="")
                ),
                violation_error_message="Sửa hoặc bỏ câu trả lời của một hộ phải có lý do.",
            ),
        ]

    def __str__(self):
        return f"{self.activity} · {self.household}"


class ContactChange(models.Model):
    """What a contact said before and after one correction: written by a trigger, never changed."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.contact} {self.at:%d/%m/%Y}"
