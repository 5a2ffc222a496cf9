"""What a household was given for a period, and what of it was received, when."""

from datetime import datetime, time, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.utils.timezone import get_current_timezone

from households.models.register import Household, Member
from households.models.support.programmes import A_HUNDRED_THOUSAND_MILLION, Policy, Programme
from thanhsen.models import Area, DateRange, User

UNRECEIVED_DAYS = 30  # after the period began and it was given, "nothing received yet" is a reminder


class SupportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(household__area__in=Area.objects.under(user.area_ids))

    def counted(self):
        """Without those that were entered by mistake."""
        return self.filter(voided_at=None)

    def in_force(self, day):
        """Those whose period holds `day` and that were not stopped before it."""
        return self.counted().filter(
            Q(valid_to=None) | Q(valid_to__gt=day),
            Q(stopped_on=None) | Q(stopped_on__gt=day),
            valid_from__lte=day,
        )

    def with_received(self):
        """With `received`: the sum of what was received in đồng (None: nothing known), and `last_received_on`."""
        counted = Q(receipts__voided_at=None)
        return self.annotate(
            received=models.Sum("receipts__amount", filter=counted),
            last_received_on=models.Max("receipts__received_on", filter=counted),
        )

    def unreceived(self, day):
        """By a programme, in force on `day`, begun and given (a day here, not of UTC) a month before, with nothing noted
        as received."""
        received = Receipt.objects.filter(support=models.OuterRef("pk"), voided_at=None)
        begun = day - timedelta(days=UNRECEIVED_DAYS)
        return self.in_force(day).filter(
            ~models.Exists(received),
            programme__isnull=False,
            household__closed_date=None,  # who left is on the list of those no longer entitled
            valid_from__lte=begun,
            made_at__lt=datetime.combine(begun + timedelta(days=1), time(), get_current_timezone()),
        )

    def newest_first(self):
        return self.order_by("-valid_from", "-pk")

    def of_policy_first(self, *policies):
        """Those of the policies before the others, otherwise in their order."""
        is_other = models.Case(models.When(policy__in=policies, then=0), default=1)
        return self.order_by(is_other, *self.query.order_by)


class Support(models.Model):
    """One help given to one household, or to one person of it, for a period [valid_from, valid_to).

    By a programme, whose `line` may give to the same household (or person) once a period, or outside one (`programme`
    empty: recorded with its own words). It may be stopped before the end (`stopped_on`, the first day it no longer
    holds) and, as a mistake, voided; otherwise it never changes. `batch` is shared by those given in one act.
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="supports")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="supports", verbose_name="người hưởng"
    )
    person = models.ForeignKey(  # the member's first row: who moves to another household is still the same
        Member, models.PROTECT, null=True, editable=False, related_name="+"
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="tổ dân phố lúc nhận")
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="supports", verbose_name="chương trình"
    )
    line = models.ForeignKey(Programme, models.PROTECT, null=True, editable=False, related_name="+")
    policy = models.CharField("chính sách", max_length=11, choices=Policy)
    content = models.CharField("nội dung hỗ trợ", max_length=200)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    reason = models.CharField("lý do, căn cứ", max_length=300, blank=True)
    source = models.CharField("nguồn kinh phí", max_length=200, blank=True)
    batch = models.UUIDField(null=True, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)
    stopped_on = models.DateField("thôi hưởng từ ngày", null=True, blank=True)
    stopped_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    stop_reason = models.CharField("lý do thôi hưởng", max_length=300, blank=True)
    voided_at = models.DateTimeField(null=True, editable=False)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField("lý do bỏ", max_length=300, blank=True)

    objects = SupportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["area", "valid_from"], name="support_of_area"),
            models.Index(fields=["line", "valid_from"], name="support_of_line"),
            models.Index(fields=["batch"], name="support_of_batch", condition=Q(batch__isnull=False)),
        ]
        constraints = [
            ExclusionConstraint(
                name="support_once_a_period",
                expressions=[
                    ("line", RangeOperators.EQUAL),
                    ("household", RangeOperators.EQUAL),
                    (DateRange("valid_from", Coalesce("stopped_on", "valid_to")), RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at=None, line__isnull=False, member=None),
                violation_error_message="Hộ đã được giao chương trình này trong kỳ; mỗi kỳ chỉ hưởng một lần.",
            ),
            ExclusionConstraint(
                name="support_once_a_period_each",
                expressions=[
                    ("line", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DateRange("valid_from", Coalesce("stopped_on", "valid_to")), RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at=None, line__isnull=False, person__isnull=False),
                violation_error_message="Người này đã được giao chương trình này trong kỳ; mỗi kỳ chỉ hưởng một lần.",
            ),
            models.UniqueConstraint(
                F("household"), F("policy"), F("content"), F("valid_from"),
                condition=Q(voided_at=None, programme=None),
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
                name="support_of_a_line",
                condition=Q(programme=None, line=None) | Q(programme__isnull=False, line__isnull=False),
            ),
            models.CheckConstraint(
                name="support_of_a_person",
                condition=Q(member=None, person=None) | Q(member__isnull=False, person__isnull=False),
            ),
            models.CheckConstraint(
                name="support_by_programme_has_reason",
                condition=Q(programme=None) | ~Q(reason=""),
                violation_error_message="Giao hỗ trợ phải ghi lý do, căn cứ.",
            ),
            models.CheckConstraint(
                name="support_dates_in_order", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
            models.CheckConstraint(
                name="support_stopped_within",
                condition=Q(stopped_on=None)
                | Q(stopped_on__gte=F("valid_from"), valid_to=None)
                | Q(stopped_on__gte=F("valid_from"), stopped_on__lte=F("valid_to")),
                violation_error_message="Ngày thôi hưởng phải nằm trong kỳ đã giao.",
            ),
            models.CheckConstraint(
                name="support_stopped_with_reason",
                condition=Q(stopped_on=None, stop_reason="", stopped_by=None)
                | (Q(stopped_on__isnull=False, stopped_by__isnull=False) & ~Q(stop_reason="")),
                violation_error_message="Thôi hưởng phải có ngày và lý do.",
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


class ReceiptQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(support__household__area__in=Area.objects.under(user.area_ids))

    def counted(self):
        return self.filter(voided_at=None, support__voided_at=None)

    def of_day(self, supports, day):
        """What is noted of these on the day."""
        return self.filter(support__in=supports, received_on=day, voided_at=None)


class Receipt(models.Model):
    """What was received of a support on a day: money or worth in đồng (empty: not known). Kept; voided as a mistake."""

    support = models.ForeignKey(Support, models.PROTECT, related_name="receipts")
    received_on = models.DateField("nhận ngày")
    amount = models.PositiveBigIntegerField("số tiền hoặc trị giá (đồng)", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)
    voided_at = models.DateTimeField(null=True, editable=False)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField("lý do bỏ", max_length=300, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["received_on"], name="receipt_of_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["support", "received_on"],
                condition=Q(voided_at=None),
                name="receipt_once_a_day",
                violation_error_message="Khoản này đã được ghi nhận trong ngày đó.",
            ),
            models.CheckConstraint(
                name="receipt_amount_sensible",
                condition=Q(amount=None) | Q(amount__lte=A_HUNDRED_THOUSAND_MILLION),
                violation_error_message="Số tiền tính bằng đồng, không quá 100 tỷ.",
            ),
            models.CheckConstraint(
                name="receipt_voided_with_reason",
                condition=Q(voided_at=None, void_reason="", voided_by=None)
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                violation_error_message="Bỏ một lần nhận ghi nhầm phải có lý do.",
            ),
        ]

    def __str__(self):
        return f"{self.support} {self.received_on:%d/%m/%Y}"
