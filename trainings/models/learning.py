"""What was learned: a bank of questions, tests before and after, evaluation without names, assignments."""

import uuid

from django.db import models
from django.db.models import F, Q

from thanhsen.models import User
from trainings.models.classes import OfCourseQuerySet, TrainingClass
from trainings.models.courses import Course, OfWardQuerySet, Topic
from trainings.models.roster import Trainee


class QuestionQuerySet(OfWardQuerySet):
    def in_use(self):
        return self.filter(retired_on=None)


class Question(models.Model):
    """A question of the ward's bank. Once a test has asked it to somebody it is no longer changed: it is retired and
    another is written (`asked_question_stays`)."""

    class Kind(models.TextChoices):
        CHOICE = "choice", "Chọn một đáp án"
        CHOICES = "choices", "Chọn nhiều đáp án"
        TRUE_FALSE = "true_false", "Đúng hay sai"
        ORDER = "order", "Xếp thứ tự"

    ward = models.ForeignKey("thanhsen.Area", models.PROTECT, related_name="+", verbose_name="phường")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="questions", verbose_name="chuyên đề")
    kind = models.CharField("kiểu câu hỏi", max_length=10, choices=Kind)
    text = models.TextField("câu hỏi")
    explanation = models.TextField("giải thích đáp án", blank=True)
    retired_on = models.DateField("thôi dùng ngày", null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="question_worded", condition=~Q(text=""), violation_error_message="Ghi câu hỏi."
            ),
            models.CheckConstraint(
                name="question_kind_known", condition=Q(kind__in=["choice", "choices", "true_false", "order"])
            ),
        ]

    def __str__(self):
        return self.text[:80]


class Choice(models.Model):
    """An answer on offer. Of an `order` question `number` is the right place, and `is_right` is true of each; of the
    others `is_right` says whether it is right."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    number = models.PositiveSmallIntegerField()
    text = models.CharField("đáp án", max_length=500)
    is_right = models.BooleanField("đúng", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="choice_numbered"),
            models.CheckConstraint(
                name="choice_worded", condition=~Q(text=""), violation_error_message="Ghi nội dung đáp án."
            ),
        ]

    def __str__(self):
        return self.text


class TestQuerySet(OfCourseQuerySet):
    def in_order(self):
        return self.order_by("course", "opens_at", "pk")


class Test(models.Model):
    """A test of a course: the same questions for everybody, in an order of each one's own. `minutes`: the time limit.

    One before and one after the course at most, so that gain has one meaning.
    """

    __test__ = False  # not a test of pytest

    class Kind(models.TextChoices):
        PRE = "pre", "Trước khoá"
        POST = "post", "Sau khoá"

    course = models.ForeignKey(Course, models.PROTECT, related_name="tests", verbose_name="khoá")
    kind = models.CharField("bài", max_length=4, choices=Kind)
    opens_at = models.DateTimeField("mở lúc")
    closes_at = models.DateTimeField("đóng lúc")
    minutes = models.PositiveSmallIntegerField("thời gian làm bài (phút)")
    version = models.PositiveIntegerField(default=1)

    objects = TestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "kind"],
                name="test_once",
                violation_error_message="Khoá đã có bài kiểm tra này.",
            ),
            models.CheckConstraint(
                name="test_times_in_order",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message="Giờ đóng phải sau giờ mở.",
            ),
            models.CheckConstraint(
                name="test_minutes_sensible",
                condition=Q(minutes__range=(1, 300)),
                violation_error_message="Thời gian làm bài từ 1 đến 300 phút.",
            ),
            models.CheckConstraint(name="test_kind_known", condition=Q(kind__in=["pre", "post"])),
        ]

    def __str__(self):
        return f"Bài kiểm tra {self.get_kind_display().lower()}, {self.course}"


class TestQuestion(models.Model):
    """A question in a test, worth `points`. Not changed once somebody began (`test_questions_stay`)."""

    __test__ = False

    test = models.ForeignKey(Test, models.CASCADE, related_name="asked")
    question = models.ForeignKey(Question, models.PROTECT, related_name="asked_in")
    number = models.PositiveSmallIntegerField()
    points = models.PositiveSmallIntegerField("điểm", default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["test", "question"],
                name="test_question_once",
                violation_error_message="Câu hỏi này đã có trong bài.",
            ),
            models.CheckConstraint(
                name="test_points_sensible",
                condition=Q(points__range=(1, 100)),
                violation_error_message="Điểm mỗi câu từ 1 đến 100.",
            ),
        ]

    def __str__(self):
        return str(self.question)


class Attempt(models.Model):
    """One trainee's one go at a test.

    `seed` gives the order of questions and answers. `answers`: question id (as text) → list of choice ids as chosen,
    in order. Once handed in it stays (`attempt_handed_in_stays`; what was typed from paper may be typed again); `score` and `by_topic` (topic id → [points, of])
    are what it came to.
    """

    class Source(models.TextChoices):
        PHONE = "phone", "Làm trên điện thoại"
        PAPER = "paper", "Nhập từ giấy"

    test = models.ForeignKey(Test, models.PROTECT, related_name="attempts")
    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="attempts")
    seed = models.PositiveIntegerField()
    started_at = models.DateTimeField("bắt đầu")
    due_at = models.DateTimeField("hết giờ")
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField("nộp lúc", null=True)
    score = models.PositiveIntegerField("điểm", null=True)
    out_of = models.PositiveIntegerField("trên", null=True)
    by_topic = models.JSONField(default=dict)
    source = models.CharField("cách làm", max_length=5, choices=Source)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="attempt_under_way", condition=Q(handed_in_at=None))]
        constraints = [
            models.UniqueConstraint(
                fields=["test", "trainee"],
                name="attempt_once",
                violation_error_message="Người này đã làm bài này rồi.",
            ),
            models.CheckConstraint(
                name="attempt_handed_in_is_marked",
                condition=Q(handed_in_at=None, score=None, out_of=None)
                | Q(handed_in_at__isnull=False, score__isnull=False, out_of__isnull=False, score__lte=F("out_of")),
            ),
            models.CheckConstraint(
                name="attempt_paper_has_a_clerk",
                condition=Q(source="phone", entered_by=None) | Q(source="paper", entered_by__isnull=False),
            ),
            models.CheckConstraint(name="attempt_times_in_order", condition=Q(due_at__gte=F("started_at"))),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.trainee}: {self.test}"


class EvaluationItem(models.Model):
    """A question of the evaluation form (phiếu đánh giá) of a course. Not changed once somebody answered
    (`evaluation_items_stay`)."""

    class Kind(models.TextChoices):
        SCALE = "scale", "Cho điểm từ 1 đến 5"
        TEXT = "text", "Ý kiến"

    course = models.ForeignKey(Course, models.PROTECT, related_name="evaluation_items")
    number = models.PositiveSmallIntegerField("thứ tự")
    kind = models.CharField("kiểu", max_length=5, choices=Kind)
    text = models.CharField("nội dung đánh giá", max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="evaluation_item_numbered"),
            models.CheckConstraint(
                name="evaluation_item_worded",
                condition=~Q(text="") & Q(kind__in=["scale", "text"]),
                violation_error_message="Ghi nội dung đánh giá.",
            ),
        ]

    def __str__(self):
        return self.text


class Evaluation(models.Model):
    """One form filled in, without a name, a moment or an order: nobody can tell whose it is.

    `answers`: item id (as text) → 1 to 5, or a text. That one trainee fills in one form is kept apart, in
    `EvaluationGiven`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="evaluations")
    training_class = models.ForeignKey(TrainingClass, models.PROTECT, null=True, related_name="+")
    answers = models.JSONField(default=dict)

    def __str__(self):
        return f"Phiếu đánh giá, {self.course}"


class EvaluationGiven(models.Model):
    """That a trainee has filled in the form; not which."""

    trainee = models.OneToOneField(Trainee, models.PROTECT, related_name="evaluation_given", primary_key=True)

    def __str__(self):
        return str(self.trainee)


class Assignment(models.Model):
    """Bài thu hoạch of a trainee: received, and whether it passed."""

    trainee = models.OneToOneField(Trainee, models.PROTECT, related_name="assignment")
    received_on = models.DateField("nhận ngày")
    passed = models.BooleanField("đạt", null=True)
    remark = models.CharField("nhận xét", max_length=500, blank=True)
    marked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người chấm")
    version = models.PositiveIntegerField(default=1)

    def __str__(self):
        return f"Bài thu hoạch của {self.trainee}"
