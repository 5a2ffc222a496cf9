"""From the residents' meeting to the province's opinion: what stands behind the steps of a sheet."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.survey import CLASSIFICATIONS, Round, Score, Sheet
from thanhsen.models import Area, User


class OfGroupsQuerySet(models.QuerySet):
    """Of a tổ dân phố each."""

    def visible_to(self, user):
        return self.filter(area__in=Area.objects.under(user.area_ids))

    def newest_first(self):
        return self.order_by("-pk")


class Meeting(models.Model):
    """The minutes (biên bản) of a residents' meeting of one tổ dân phố. `present`: how many were there to vote."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="meetings")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="tổ dân phố")
    held_on = models.DateField("ngày họp")
    place = models.CharField("địa điểm", max_length=200)
    chair = models.CharField("chủ trì", max_length=120)
    secretary = models.CharField("thư ký", max_length=120)
    present = models.PositiveSmallIntegerField("số người dự họp")
    attendees = models.TextField("thành phần dự họp", blank=True)
    opinions = models.TextField("ý kiến tại cuộc họp", blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = OfGroupsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meeting_is_signed",
                condition=~Q(chair="") & ~Q(secretary="") & ~Q(place=""),
                violation_error_message="Biên bản họp phải có địa điểm, người chủ trì và thư ký.",
            ),
            models.CheckConstraint(
                name="meeting_chair_is_not_secretary",
                condition=~Q(chair=F("secretary")),
                violation_error_message="Chủ trì và thư ký phải là hai người.",
            ),
            models.CheckConstraint(
                name="meeting_somebody_present",
                condition=Q(present__gte=1, present__lte=5000),
                violation_error_message="Số người dự họp từ 1 đến 5.000.",
            ),
        ]

    def __str__(self):
        return f"Họp {self.area.name} ngày {self.held_on:%d/%m/%Y}"


class Vote(models.Model):
    """How the meeting voted on one household: at least half of those present must agree (QĐ 24/2021/QĐ-TTg)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="votes")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="votes")
    score = models.ForeignKey(Score, models.PROTECT, related_name="+")  # the result that was voted on
    present = models.PositiveSmallIntegerField("số người biểu quyết")
    agreed = models.PositiveSmallIntegerField("số người đồng ý")
    opinion = models.CharField("ý kiến", max_length=500, blank=True)
    passed = models.GeneratedField(
        expression=models.Case(
            models.When(Q(agreed__gte=F("present") - F("agreed")), then=models.Value(True)),
            default=models.Value(False),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "sheet"],
                name="vote_once_a_meeting",
                violation_error_message="Mỗi hộ chỉ biểu quyết một lần trong một cuộc họp.",
            ),
            models.CheckConstraint(
                name="vote_within_those_present",
                condition=Q(present__gte=1) & Q(agreed__lte=F("present")),
                violation_error_message="Số người đồng ý không thể nhiều hơn số người dự họp.",
            ),
            models.CheckConstraint(
                name="vote_failed_with_reason",
                condition=Q(agreed__gte=F("present") - F("agreed")) | ~Q(opinion=""),
                violation_error_message="Hộ không đạt 50 % đồng ý thì ghi lý do để rà soát lại.",
            ),
        ]

    def __str__(self):
        return f"{self.agreed}/{self.present}"


class Posting(models.Model):
    """A list posted in a tổ dân phố from a day to a day, both included."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="postings")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="tổ dân phố")
    starts_on = models.DateField("niêm yết từ ngày")
    ends_on = models.DateField("đến hết ngày")
    place = models.CharField("nơi niêm yết", max_length=300)
    after_recheck = models.BooleanField("niêm yết lại sau phúc tra", default=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = OfGroupsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="posting_dates_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày hết niêm yết không được trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="posting_has_a_place",
                condition=~Q(place=""),
                violation_error_message="Ghi nơi niêm yết danh sách.",
            ),
        ]

    def __str__(self):
        return f"Niêm yết {self.area.name} từ {self.starts_on:%d/%m/%Y}"


class PostedSheet(models.Model):
    """One line of a posted list. Kept: the head's name, the class and the result as they were posted, no more."""

    class Outcome(models.TextChoices):
        ENTERING = "entering", "Vào danh sách"
        STAYING = "staying", "Ở lại danh sách"
        LEAVING = "leaving", "Ra khỏi danh sách"
        NEITHER = "neither", "Không thuộc danh sách"

        @classmethod
        def of(cls, was: bool, is_: bool):
            """What becomes of a household that was on the list of poor and near-poor, and is on it now."""
            if was:
                return cls.STAYING if is_ else cls.LEAVING
            return cls.ENTERING if is_ else cls.NEITHER

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="lines")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="posted")
    head_name = models.CharField("chủ hộ", max_length=120)
    classification = models.CharField("phân loại", max_length=9, choices=CLASSIFICATIONS)
    outcome = models.CharField("kết quả", max_length=8, choices=Outcome)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "sheet"], name="posted_once"),
            models.CheckConstraint(
                name="posted_outcome_known",
                condition=Q(outcome__in=["entering", "staying", "leaving", "neither"]),
            ),
        ]

    def __str__(self):
        return f"{self.head_name}: {self.get_classification_display()}"


class ComplaintQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(sheet__household__area__in=Area.objects.under(user.area_ids))

    def waiting(self):
        return self.filter(outcome="")


class Complaint(models.Model):
    """Somebody disputes a posted result; the committee looks again (phúc tra) and says what it found.

    `before`, `after`: the disputed answers as the sheet had them and as they were found, question → answer in
    the shape of `Sheet.answers`, or a field's value.
    """

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "Giữ nguyên kết quả"
        CORRECTED = "corrected", "Sửa theo kết quả phúc tra"
        RESURVEY = "resurvey", "Rà soát lại từ đầu"
        WITHDRAWN = "withdrawn", "Người khiếu nại rút đơn"

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="complaints")
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="complaints")
    filed_on = models.DateField("nhận ngày")
    complainant = models.CharField("người khiếu nại", max_length=120)
    questions = ArrayField(models.CharField(max_length=30), default=list, blank=True)  # what is disputed
    text = models.CharField("nội dung khiếu nại", max_length=1000)
    due_on = models.DateField("hạn phúc tra")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)
    outcome = models.CharField("kết quả phúc tra", max_length=9, choices=Outcome, blank=True)
    rechecked_on = models.DateField("phúc tra ngày", null=True, blank=True)
    rechecked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    finding = models.CharField("phúc tra thấy gì", max_length=1000, blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    score_before = models.ForeignKey(Score, models.PROTECT, null=True, related_name="+")
    score_after = models.ForeignKey(Score, models.PROTECT, null=True, related_name="+")

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="complaint_says_something",
                condition=~Q(complainant="") & ~Q(text=""),
                violation_error_message="Ghi người khiếu nại và nội dung khiếu nại.",
            ),
            models.CheckConstraint(
                name="complaint_settled_is_signed",
                condition=Q(outcome="", rechecked_on=None, rechecked_by=None, finding="")
                | (
                    Q(outcome__in=["upheld", "corrected", "resurvey", "withdrawn"])
                    & Q(
                        rechecked_by__isnull=False,
                        rechecked_on__isnull=False,
                        rechecked_on__gte=F("filed_on"),
                    )
                    & ~Q(finding="")
                ),
                violation_error_message="Kết quả phúc tra phải có ngày (không trước ngày nhận khiếu nại), người phúc tra và điều đã thấy.",
            ),
            models.CheckConstraint(
                name="complaint_corrected_has_a_new_score",
                condition=~Q(outcome="corrected") | Q(score_after__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Khiếu nại của {self.complainant} ngày {self.filed_on:%d/%m/%Y}"


class OpinionQuerySet(models.QuerySet):
    def visible_to(self, user):
        mine = Area.objects.under(user.area_ids)
        return self.filter(Q(round__ward__in=mine) | Q(round__ward__in=mine.values("parent")))

    def governed_by(self, user):
        return self.filter(round__ward__in=Area.objects.under(user.area_ids))


class Opinion(models.Model):
    """The ward's report to the province before a periodic decision, and the answer."""

    class Answer(models.TextChoices):
        AGREED = "agreed", "Thống nhất"
        ASKS_REVIEW = "asks_review", "Đề nghị rà soát lại một số hộ"
        NO_ANSWER = "no_answer", "Quá hạn không có văn bản trả lời"

    round = models.ForeignKey(Round, models.PROTECT, related_name="opinions")
    letter_number = models.CharField("số báo cáo", max_length=40)
    sent_on = models.DateField("gửi ngày")
    due_on = models.DateField("hạn trả lời")
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)
    answer = models.CharField("trả lời", max_length=11, choices=Answer, blank=True)
    answer_number = models.CharField("số văn bản trả lời", max_length=40, blank=True)
    answered_on = models.DateField("trả lời ngày", null=True, blank=True)
    answer_note = models.CharField("nội dung trả lời", max_length=1000, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = OpinionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opinion_letter_numbered",
                condition=~Q(letter_number="") & Q(due_on__gte=F("sent_on")),
                violation_error_message="Ghi số báo cáo và ngày gửi.",
            ),
            models.CheckConstraint(
                name="opinion_answer_is_complete",
                condition=Q(answer="", answered_on=None, answer_number="")
                | (
                    Q(
                        answer__in=["agreed", "asks_review"],
                        answered_on__isnull=False,
                        answered_on__gte=F("sent_on"),
                    )
                    & ~Q(answer_number="")
                )
                | (
                    Q(answer="no_answer", answered_on__isnull=False, answered_on__gt=F("due_on"))
                    & ~Q(answer_note="")
                ),
                violation_error_message="Ghi số và ngày văn bản trả lời (không trước ngày gửi); quá hạn không có trả lời thì chỉ ghi sau hạn và nêu căn cứ.",
            ),
        ]

    def __str__(self):
        return f"Báo cáo {self.letter_number}"
