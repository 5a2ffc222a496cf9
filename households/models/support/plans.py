"""What a household needs, in whose words, and the plan agreed with it to leave poverty."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.register import Household
from households.models.support.programmes import Policy
from households.models.support.supports import Support
from households.models.survey import Sheet
from thanhsen.models import Area, DateRange, User


class OfHouseholdQuerySet(models.QuerySet):
    """Rows that belong to a household: who sees them."""

    def visible_to(self, user):
        return self.filter(household__area__in=Area.objects.under(user.area_ids))


class NeedQuerySet(OfHouseholdQuerySet):
    def open(self):
        return self.filter(closed_on=None)

    def in_order(self):
        """What the family puts first, then what its sheet showed, then the rest."""
        return self.order_by(F("priority").asc(nulls_last=True), "-is_wish", "opened_on", "pk")


class Need(models.Model):
    """What a household lacks (`indicator`), what keeps it poor (`cause`), or what else it needs (`other`).

    Of a decided sheet the first two open by themselves, and close when a later one shows them no more: as met, or because
    the standard of that one does not measure the indicator. `text` holds the officer's words, `family_words` the family's
    own; `priority` is the family's, 1 first, and of one open need alone.
    """

    class Kind(models.TextChoices):
        INDICATOR = "indicator", "Chỉ số thiếu hụt"
        CAUSE = "cause", "Nguyên nhân nghèo"
        OTHER = "other", "Nhu cầu khác"

    class CloseReason(models.TextChoices):
        MET = "met", "Phiếu sau không còn thiếu hụt"
        STANDARD = "standard", "Chuẩn mới không còn chỉ số này"
        SOLVED = "solved", "Đã được đáp ứng"
        WITHDRAWN = "withdrawn", "Gia đình không cần nữa"
        LEFT = "left", "Hộ ra khỏi sổ"
        MISTAKE = "mistake", "Ghi nhầm"

    LAST_RANK = 9

    household = models.ForeignKey(Household, models.PROTECT, related_name="needs")
    kind = models.CharField("loại", max_length=9, choices=Kind)
    code = models.CharField("chỉ số, nguyên nhân", max_length=20, blank=True)
    text = models.CharField("nội dung", max_length=300, blank=True)
    family_words = models.CharField("lời gia đình", max_length=500, blank=True)
    is_wish = models.BooleanField("nguyện vọng của gia đình", default=False)
    priority = models.PositiveSmallIntegerField("ưu tiên của gia đình", null=True, blank=True)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="needs")
    opened_on = models.DateField("ghi ngày")
    closed_on = models.DateField("hết ngày", null=True, blank=True)
    close_reason = models.CharField("vì sao hết", max_length=9, choices=CloseReason, blank=True)
    close_note = models.CharField("ghi rõ", max_length=300, blank=True)
    closing_sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="closed_needs")
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "kind", "code"],
                condition=Q(closed_on=None) & ~Q(code=""),
                name="need_open_once",
                violation_error_message="Hộ đã có nhu cầu này đang mở.",
            ),
            models.CheckConstraint(
                name="need_says_what",
                condition=Q(kind__in=["indicator", "cause"]) & ~Q(code="")
                | Q(kind="other", code="") & (~Q(text="") | ~Q(family_words="")),
                violation_error_message="Ghi nội dung nhu cầu, hoặc lời gia đình.",
            ),
            models.CheckConstraint(
                name="need_priority_few",
                condition=Q(priority=None) | Q(priority__gte=1, priority__lte=9),
                violation_error_message="Thứ tự ưu tiên từ 1 đến 9.",
            ),
            ExclusionConstraint(
                name="need_one_of_a_rank",
                expressions=[("household", RangeOperators.EQUAL), ("priority", RangeOperators.EQUAL)],
                condition=Q(closed_on=None, priority__isnull=False),
                deferrable=models.Deferrable.IMMEDIATE,  # several change places in one statement
                violation_error_message="Gia đình đã xếp một nhu cầu khác ở thứ này; tải lại trang rồi xếp lại.",
            ),
            models.CheckConstraint(
                name="need_closed_with_reason",
                condition=Q(closed_on=None, close_reason="", close_note="", closing_sheet=None)
                | (Q(closed_on__isnull=False, closed_on__gte=F("opened_on")) & ~Q(close_reason="")),
                violation_error_message="Đóng nhu cầu phải có ngày (không trước ngày ghi) và lý do.",
            ),
            models.CheckConstraint(
                name="need_met_by_a_sheet",
                condition=Q(close_reason__in=["met", "standard"], closing_sheet__isnull=False)
                | (~Q(close_reason__in=["met", "standard"]) & Q(closing_sheet=None)),
            ),
        ]

    def __str__(self):
        return self.text or self.family_words or self.code


class PlanQuerySet(OfHouseholdQuerySet):
    def kept_to(self):
        """Those that a family signed and that were no mistake."""
        return self.filter(agreed_on__isnull=False).exclude(close_reason="mistake")


class Plan(models.Model):
    """Kế hoạch hỗ trợ thoát nghèo of one household: agreed with the family, signed, reviewed at set dates.

    A draft may be changed; an agreed plan keeps its goal and steps (steps are carried out, or dropped with a reason),
    and a new one replaces it. One plan of a household is open at a time. `signed_as`: what else stood on the paper that
    day (head, address, area, classification, since, needs); None where it was signed before that was kept.
    """

    class CloseReason(models.TextChoices):
        ACHIEVED = "achieved", "Đạt mục tiêu"
        REPLACED = "replaced", "Thay bằng kế hoạch mới"
        STOPPED = "stopped", "Gia đình thôi tham gia"
        LEFT = "left", "Hộ ra khỏi sổ"
        MISTAKE = "mistake", "Lập nhầm"

    household = models.ForeignKey(Household, models.PROTECT, related_name="plans")
    made_on = models.DateField("lập ngày")
    goal = models.CharField("mục tiêu", max_length=500)
    leave_by = models.DateField("phấn đấu đến ngày", null=True, blank=True)
    family_words = models.CharField("ý kiến của gia đình", max_length=500, blank=True)
    responsible = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cán bộ phụ trách"
    )
    next_review_on = models.DateField("xem lại lần tới", null=True, blank=True)
    agreed_on = models.DateField("ký ngày", null=True, blank=True)
    agreed_by = models.CharField("người ký của gia đình", max_length=120, blank=True)
    first_review_on = models.DateField("xem lại lần đầu", null=True, editable=False)
    signed_as = models.JSONField(null=True, editable=False)
    closed_on = models.DateField("kết thúc ngày", null=True, blank=True)
    close_reason = models.CharField("lý do kết thúc", max_length=9, choices=CloseReason, blank=True)
    close_note = models.CharField("ghi rõ", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_review_on"], name="plan_to_review", condition=Q(closed_on=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(closed_on=None),
                name="plan_one_open",
                violation_error_message="Hộ đang có một kế hoạch; kết thúc hoặc thay kế hoạch đó trước.",
            ),
            ExclusionConstraint(
                name="plan_one_signed_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (DateRange("agreed_on", "closed_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(agreed_on__isnull=False) & ~Q(close_reason="mistake"),
                violation_error_message="Ngày này gia đình còn theo kế hoạch trước. Chọn ngày từ khi kế hoạch trước kết thúc.",
            ),
            models.CheckConstraint(
                name="plan_has_goal",
                condition=~Q(goal=""),
                violation_error_message="Ghi mục tiêu của kế hoạch.",
            ),
            models.CheckConstraint(
                name="plan_agreed_is_signed",
                condition=Q(agreed_on=None, agreed_by="")
                | (Q(agreed_on__isnull=False, agreed_on__gte=F("made_on")) & ~Q(agreed_by="")),
                violation_error_message="Kế hoạch đã thống nhất phải có người ký và ngày ký (không trước ngày lập).",
            ),
            models.CheckConstraint(
                name="plan_closed_with_reason",
                condition=Q(closed_on=None, close_reason="", close_note="")
                | (Q(closed_on__isnull=False, closed_on__gte=F("made_on")) & ~Q(close_reason="")),
                violation_error_message="Kết thúc kế hoạch phải có ngày (không trước ngày lập) và lý do.",
            ),
            models.CheckConstraint(
                name="plan_ends_after_signing",
                condition=Q(closed_on=None) | Q(agreed_on=None) | Q(closed_on__gte=F("agreed_on")),
                violation_error_message="Kế hoạch không kết thúc trước ngày gia đình ký.",
            ),
            models.CheckConstraint(
                name="plan_achieved_was_signed",
                condition=~Q(close_reason="achieved") | Q(agreed_on__isnull=False),
                violation_error_message="Bản nháp chưa ký thì không ghi “đạt mục tiêu”. Chọn lý do khác, hoặc ghi gia đình đã ký trước.",
            ),
        ]

    def __str__(self):
        return f"Kế hoạch ngày {self.made_on:%d/%m/%Y}"


class PlanStep(models.Model):
    """One thing to do: for which need, by whom, until when; done, or dropped with a reason."""

    class Who(models.TextChoices):
        FAMILY = "family", "Gia đình"
        GROUP = "group", "Tổ dân phố"
        WARD = "ward", "UBND phường"
        UNION = "union", "Hội, đoàn thể"
        BANK = "bank", "Ngân hàng Chính sách xã hội"
        OTHER = "other", "Nơi khác"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField("thứ tự")
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="steps", verbose_name="cho nhu cầu"
    )
    text = models.CharField("việc làm", max_length=300)
    policy = models.CharField("bằng chính sách", max_length=11, choices=Policy, blank=True)
    who = models.CharField("ai làm", max_length=6, choices=Who)
    who_name = models.CharField("họ tên, đơn vị", max_length=120, blank=True)
    due_on = models.DateField("trước ngày")
    support = models.ForeignKey(
        Support,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name="khoản hỗ trợ đã nhận",
    )
    done_on = models.DateField("xong ngày", null=True, blank=True)
    result = models.CharField("kết quả", max_length=300, blank=True)
    dropped_on = models.DateField("thôi ngày", null=True, blank=True)
    drop_reason = models.CharField("lý do thôi", max_length=300, blank=True)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="step_has_its_place"),
            models.CheckConstraint(
                name="step_says_what", condition=~Q(text=""), violation_error_message="Ghi việc làm."
            ),
            models.CheckConstraint(
                name="step_dropped_with_reason",
                condition=Q(dropped_on=None, drop_reason="")
                | (Q(dropped_on__isnull=False, done_on=None) & ~Q(drop_reason="")),
                violation_error_message="Thôi một việc phải có ngày và lý do; việc đã xong thì không thôi.",
            ),
        ]

    def __str__(self):
        return self.text


class PlanReviewQuerySet(models.QuerySet):
    def counted(self):
        """Without those taken back as mistakes."""
        return self.filter(voided_at=None)

    def latest_first(self):
        return self.order_by("-date", "-pk")


class PlanReview(models.Model):
    """What was seen and said when the plan was looked at again with the family. Never changed; one written by mistake is
    voided, and counts no more."""

    class Progress(models.TextChoices):
        ON_TRACK = "on_track", "Đúng kế hoạch"
        SLOW = "slow", "Chậm"
        STUCK = "stuck", "Vướng, cần giúp"
        DONE = "done", "Đã đạt"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reviews")
    date = models.DateField("xem lại ngày")
    progress = models.CharField("tiến độ", max_length=8, choices=Progress)
    text = models.CharField("nhận xét", max_length=1000)
    next_review_on = models.DateField("xem lại lần tới", null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)
    voided_at = models.DateTimeField(null=True, editable=False)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField("lý do bỏ", max_length=300, blank=True)

    objects = PlanReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plan_review_says_something",
                condition=~Q(text=""),
                violation_error_message="Ghi nhận xét.",
            ),
            models.CheckConstraint(
                name="plan_review_next_is_later",
                condition=Q(next_review_on=None) | Q(next_review_on__gt=F("date")),
                violation_error_message="Lần xem lại tới phải sau ngày này.",
            ),
            models.CheckConstraint(
                name="plan_review_voided_with_reason",
                condition=Q(voided_at=None, void_reason="", voided_by=None)
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                violation_error_message="Ghi lý do bỏ lần xem lại ghi nhầm.",
            ),
        ]

    def __str__(self):
        return f"{self.date:%d/%m/%Y} {self.get_progress_display()}"
