"""The survey: a round of a year, one sheet per household, its scores and the remarks on it."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

from households.models.causes import Cause, Shock
from households.models.of_wards import OfWardQuerySet
from households.models.profile import Profile
from households.models.register import Household
from households.poverty import AreaType, Classification
from thanhsen.models import Area, User

REGULAR_FROM = 15  # day of the month a regular review begins (QĐ 24/2021/QĐ-TTg)
REGULAR_DAYS = timedelta(days=15)  # from its beginning to the decision
CLASSIFICATIONS = [(item.value, item.label) for item in Classification]


class RoundQuerySet(OfWardQuerySet):
    def current_first(self):
        return self.order_by("-year", "-starts_on", "-pk")


class Round(models.Model):
    """A review of one ward and year, with the standard that decides."""

    class Kind(models.TextChoices):
        PERIODIC = "periodic", "Định kỳ hằng năm"
        REGULAR = "regular", "Thường xuyên trong năm"

    ward = models.ForeignKey(Area, models.PROTECT, related_name="rounds", verbose_name="phường")
    year = models.PositiveSmallIntegerField("năm")
    kind = models.CharField("loại", max_length=8, choices=Kind, default=Kind.PERIODIC)
    name = models.CharField("tên đợt", max_length=120)
    standard_id = models.CharField("chuẩn nghèo quyết định", max_length=20)
    advisory_standard_id = models.CharField("chuẩn tham khảo", max_length=20, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("hạn nộp phiếu")
    meet_by = models.DateField("hạn họp tổ dân phố", null=True, blank=True)
    post_by = models.DateField("hạn niêm yết", null=True, blank=True)
    decide_by = models.DateField("hạn ban hành quyết định", null=True, blank=True)
    report_by = models.DateField("hạn báo cáo chính thức", null=True, blank=True)
    needs_opinion = models.BooleanField("xin ý kiến tỉnh trước khi quyết định", default=True)
    posting_days = models.PositiveSmallIntegerField("số ngày làm việc niêm yết", default=3)
    recheck_days = models.PositiveSmallIntegerField("số ngày làm việc để phúc tra", default=3)
    opinion_days = models.PositiveSmallIntegerField("số ngày làm việc chờ tỉnh trả lời", default=5)
    separate_decision = models.BooleanField("người duyệt phiếu không tự mình quyết định", default=True)
    closed_at = models.DateTimeField("đóng lúc", null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year"],
                condition=Q(kind="periodic"),
                name="round_one_periodic_a_year",
                violation_error_message="Năm này đã có đợt rà soát định kỳ.",
            ),
            models.CheckConstraint(
                name="round_dates_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Hạn nộp phiếu không được trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="round_starts_in_its_year",
                condition=Q(starts_on__year=F("year")),
                violation_error_message="Ngày bắt đầu phải nằm trong năm của đợt rà soát.",
            ),
            models.CheckConstraint(
                name="round_standards_differ",
                condition=~Q(standard_id=F("advisory_standard_id")) & ~Q(standard_id=""),
                violation_error_message="Chuẩn tham khảo phải khác chuẩn quyết định.",
            ),
            models.CheckConstraint(name="round_kind_known", condition=Q(kind__in=["periodic", "regular"])),
            models.UniqueConstraint(
                F("ward"), F("year"), models.functions.ExtractMonth("starts_on"),
                condition=Q(kind="regular"),
                name="round_one_regular_a_month",
                violation_error_message="Tháng này đã có đợt rà soát thường xuyên.",
            ),
            models.CheckConstraint(
                name="round_regular_from_the_15th",
                condition=~Q(kind="regular") | Q(starts_on__day__gte=REGULAR_FROM),
                violation_error_message="Rà soát thường xuyên bắt đầu từ ngày 15 hằng tháng (QĐ 24/2021/QĐ-TTg).",
            ),
            models.CheckConstraint(
                name="round_regular_within_15_days",
                condition=~Q(kind="regular")
                | Q(decide_by__isnull=False, decide_by__lte=F("starts_on") + REGULAR_DAYS, needs_opinion=False),
                violation_error_message="Rà soát thường xuyên: quyết định trong 15 ngày kể từ ngày bắt đầu, không xin ý kiến cấp trên.",
            ),
            models.CheckConstraint(
                name="round_deadlines_in_order",
                condition=Q(ends_on__lte=Coalesce(F("decide_by"), F("ends_on")))
                & Q(meet_by__gte=F("starts_on"), meet_by__lte=Coalesce(F("decide_by"), F("meet_by")))
                & Q(post_by__gte=Coalesce(F("meet_by"), F("starts_on")), post_by__lte=Coalesce(F("decide_by"), F("post_by"))),
                violation_error_message="Các hạn phải theo thứ tự: bắt đầu, họp tổ dân phố, niêm yết, quyết định.",
            ),
            models.CheckConstraint(
                name="round_days_sensible",
                condition=Q(posting_days__gte=1, posting_days__lte=30, recheck_days__gte=1, recheck_days__lte=30)
                & Q(opinion_days__gte=1, opinion_days__lte=30),
                violation_error_message="Số ngày làm việc của mỗi bước từ 1 đến 30.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    @property
    def is_open(self):
        return self.closed_at is None


# The states of a sheet by what they stand on. The table of transitions is households/steps.py.
BEFORE_THE_MEETING = ("draft", "submitted", "returned", "approved")
AFTER_THE_MEETING = ("agreed",)
AFTER_THE_POSTING = ("posted", "contested", "reported")
FINAL = ("decided", "certified")


class SheetQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(household__area__in=Area.objects.under(user.area_ids))

    def in_area(self, area):
        return self.filter(household__area__in=Area.objects.under([area]))

    def of_present_households(self, round_):
        """Of the round, of households still in the register and in its ward."""
        return self.filter(round=round_, household__closed_date=None, household__area__parent=round_.ward_id)

    def asked_or_decided(self):
        """Sent for the province's opinion, or decided."""
        return self.filter(state__in=[Sheet.State.REPORTED, *FINAL])

    def ready_to_decide(self, round_, day):
        """What a decision dated `day` may take up: the posting is over, no complaint is open, and where the round
        asks the province's opinion, it is answered by that day."""
        found = self.of_present_households(round_).filter(posting__ends_on__lt=day)
        if round_.needs_opinion:
            return found.filter(state=Sheet.State.REPORTED, opinion__answered_on__lte=day)
        return found.filter(state=Sheet.State.POSTED)

    def decidable_by(self, user):
        """Without those `user` submitted, or approved where their round keeps that apart."""
        return self.exclude(submitted_by=user).exclude(approved_by=user, round__separate_decision=True)

    def in_order(self):
        return self.order_by("household__sort_key", "household__code")


class Sheet(models.Model):
    """The sheet (phiếu) of one household in one round.

    `answers` holds, per indicator code: {"value": chosen option(s), "lacking": true/false/null,
    "override_reason": text, "against": [what was derived, why] when that word was given}. `facts` is the
    household as it was when the sheet was submitted, so that a later change of the register changes no sheet;
    see `households.facts` for its shape. `points` holds the answers to the items of `points_table`, from which
    `income_score` was computed.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Đang ghi"
        SUBMITTED = "submitted", "Chờ duyệt"
        RETURNED = "returned", "Trả lại"
        APPROVED = "approved", "Đã duyệt"
        AGREED = "agreed", "Đã họp, đồng ý"
        POSTED = "posted", "Đang niêm yết"
        CONTESTED = "contested", "Có khiếu nại"
        REPORTED = "reported", "Xin ý kiến tỉnh"
        DECIDED = "decided", "Đã có quyết định"
        CERTIFIED = "certified", "Đã trả kết quả"

    class ScoreSource(models.TextChoices):
        TYPED = "typed", "Ghi từ phiếu giấy"
        COMPUTED = "computed", "Tính từ bảng điểm"

    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets")
    household = models.ForeignKey(Household, models.PROTECT, related_name="sheets")
    listing = models.OneToOneField("Listing", models.PROTECT, related_name="sheet")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT)
    surveyed_on = models.DateField("ngày rà soát")
    income_score = models.PositiveSmallIntegerField("điểm B1", null=True, blank=True)
    income_score_source = models.CharField(max_length=8, choices=ScoreSource, default=ScoreSource.TYPED)
    income_score_for = models.CharField(
        max_length=5, choices=[(each.value, each.label) for each in AreaType], blank=True
    )  # the area type whose paper form a typed score was added up on; "" where that is not known
    per_capita_income = models.PositiveIntegerField(
        "thu nhập bình quân (đồng/người/tháng)", null=True, blank=True
    )
    asks_average = models.BooleanField("đề nghị công nhận mức sống trung bình", default=False)
    answers = models.JSONField(default=dict)
    points = models.JSONField("câu trả lời của bảng điểm", default=dict)  # item code → answer
    points_table = models.ForeignKey("PointsTable", models.PROTECT, null=True, related_name="sheets")
    causes = ArrayField(
        models.CharField(max_length=10, choices=Cause), default=list, blank=True, verbose_name="nguyên nhân"
    )
    main_cause = models.CharField("nguyên nhân chính", max_length=10, choices=Cause, blank=True)
    cause_note = models.CharField("nguyên nhân khác, ghi rõ", max_length=200, blank=True)
    shocks = ArrayField(
        models.CharField(max_length=10, choices=Shock),
        default=list,
        blank=True,
        verbose_name="biến cố 12 tháng qua",
    )
    note = models.CharField("ghi chú", max_length=500, blank=True)
    carried = ArrayField(
        models.CharField(max_length=30), default=list, blank=True
    )  # questions answered as in the last sheet, not confirmed yet: such a sheet counts as not surveyed
    facts = models.JSONField(null=True)
    score = models.ForeignKey("Score", models.PROTECT, null=True, related_name="+")  # the one that decides

    version = models.PositiveIntegerField(default=1, editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(db_default=Now(), editable=False)
    saved_at = models.DateTimeField(db_default=Now())
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    saved_from = models.UUIDField(null=True, editable=False)  # the opened page: its own saves do not conflict
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    # What each later step stands on: the newest of its kind.
    vote = models.ForeignKey("Vote", models.PROTECT, null=True, related_name="+")
    posting = models.ForeignKey("Posting", models.PROTECT, null=True, related_name="sheets")
    opinion = models.ForeignKey("Opinion", models.PROTECT, null=True, related_name="sheets")
    decision = models.ForeignKey("Decision", models.PROTECT, null=True, related_name="sheets")

    objects = SheetQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["round", "state"], name="sheet_of_round")]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "household"],
                name="sheet_one_per_household_and_round",
                violation_error_message="Hộ này đã có phiếu trong đợt rà soát.",
            ),
            models.CheckConstraint(
                name="sheet_state_known",
                condition=Q(state__in=[*BEFORE_THE_MEETING, *AFTER_THE_MEETING, *AFTER_THE_POSTING, *FINAL]),
            ),
            models.CheckConstraint(
                name="sheet_carried_is_confirmed",
                condition=Q(carried=[]) | Q(state__in=["draft", "returned"]),
                violation_error_message="Còn câu trả lời mang sang từ phiếu trước chưa xác nhận.",
            ),
            models.CheckConstraint(
                name="sheet_income_score_sensible",
                condition=Q(income_score=None) | Q(income_score__lte=1000),
                violation_error_message="Điểm B1 từ 0 đến 1000.",
            ),
            models.CheckConstraint(
                name="sheet_computed_by_its_table",
                condition=Q(income_score_source="typed", points_table=None)
                | Q(income_score_source="computed", points_table__isnull=False),
                violation_error_message="Điểm B1 do máy tính phải kèm bảng điểm đã dùng; điểm ghi tay thì không.",
            ),
            models.CheckConstraint(
                name="sheet_income_score_for_known", condition=Q(income_score_for__in=["", "urban", "rural"])
            ),
            models.CheckConstraint(
                name="sheet_income_sensible",
                condition=Q(per_capita_income=None) | Q(per_capita_income__lte=1_000_000_000),
                violation_error_message="Thu nhập bình quân tính bằng đồng, không quá 1.000.000.000.",
            ),
            models.CheckConstraint(
                name="sheet_submitted_is_complete",
                condition=Q(state__in=["draft", "returned"])
                | Q(
                    submitted_by__isnull=False,
                    submitted_at__isnull=False,
                    facts__isnull=False,
                    score__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="sheet_approved_is_signed",
                condition=Q(state__in=["draft", "submitted", "returned"])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            # Of a certified sheet not asked: one decided before the portal kept the meeting and the posting.
            models.CheckConstraint(
                name="sheet_agreed_has_vote",
                condition=Q(state__in=[*BEFORE_THE_MEETING, "certified"]) | Q(vote__isnull=False),
            ),
            models.CheckConstraint(
                name="sheet_posted_has_posting",
                condition=Q(state__in=[*BEFORE_THE_MEETING, *AFTER_THE_MEETING, "certified"])
                | Q(posting__isnull=False),
            ),
            models.CheckConstraint(
                name="sheet_reported_has_opinion", condition=~Q(state="reported") | Q(opinion__isnull=False)
            ),
            models.CheckConstraint(
                name="sheet_decided_has_decision", condition=~Q(state__in=FINAL) | Q(decision__isnull=False)
            ),
            models.CheckConstraint(
                name="sheet_approved_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("submitted_by")),
                violation_error_message="Người nộp phiếu không được tự duyệt phiếu của mình.",
            ),
            models.CheckConstraint(
                name="sheet_main_cause_among_causes",
                condition=Q(main_cause="")
                | Q(
                    causes__contains=models.functions.Cast(
                        models.Func(F("main_cause"), template="ARRAY[%(expressions)s]"),
                        ArrayField(models.CharField(max_length=10)),
                    )
                ),
                violation_error_message="Nguyên nhân chính phải là một trong các nguyên nhân đã chọn.",
            ),
            models.CheckConstraint(
                name="sheet_other_cause_explained",
                condition=~Q(causes__contains=["other"])
                | ~Q(cause_note="")
                | Q(state__in=["draft", "returned"]),
                violation_error_message="Nguyên nhân khác phải ghi rõ.",
            ),
        ]

    def __str__(self):
        return f"Phiếu {self.household.code} · {self.round.name}"

    @property
    def is_editable(self):
        return self.state in {Sheet.State.DRAFT, Sheet.State.RETURNED}


class Score(Profile):
    """What one standard makes of one sheet. Never changed: a new scoring adds a row."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="scores")
    standard_id = models.CharField(max_length=20)
    decides = models.BooleanField(default=True)  # False: an advisory, second standard
    area_type = models.CharField(max_length=5, choices=[(item.value, item.label) for item in AreaType])
    income_score = models.PositiveSmallIntegerField(null=True)
    per_capita_income = models.PositiveIntegerField(null=True)
    deprivation_score = models.PositiveSmallIntegerField(null=True)  # null: a standard without points
    lacking = ArrayField(models.CharField(max_length=20), default=list)
    classification = models.CharField("phân loại", max_length=9, choices=CLASSIFICATIONS)
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="score_classification_known",
                condition=Q(classification__in=[value for value, _ in CLASSIFICATIONS]),
            ),
            models.CheckConstraint(
                name="score_ten_points_per_indicator",
                condition=Q(deprivation_score=None)
                | Q(
                    deprivation_score=models.functions.Cast(
                        models.functions.Coalesce(
                            models.Func(F("lacking"), models.Value(1), function="array_length"), 0
                        )
                        * 10,
                        models.IntegerField(),
                    )
                ),
            ),
        ]

    def __str__(self):
        return f"{self.standard_id} {self.get_classification_display()}"


class Remark(models.Model):
    """Why a sheet came back, on the question concerned (an indicator code, a field name, or nothing)."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="remarks")
    question = models.CharField("câu hỏi", max_length=30, blank=True)
    text = models.CharField("nhận xét", max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="remark_says_something", condition=~Q(text=""))]

    def __str__(self):
        return self.text
