"""A course (khoá tập huấn): its topics, speakers, venues, what it costs and when a trainee has completed it."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models import Material
from thanhsen import vietnamese
from thanhsen.models import Area, User
from trainings.models.signing import signer_title, title_is_known


class OfWardQuerySet(models.QuerySet):
    """Rows with a `ward`. An admin bound to no area has every ward."""

    def visible_to(self, user):
        """Of the wards given to `user`, or of the wards their tổ dân phố lie in."""
        mine = Area.objects.visible_to(user)
        return self.filter(Q(ward__in=mine) | Q(ward__in=mine.values("parent")))

    def governed_by(self, user):
        """Of the wards that lie wholly in the user's areas."""
        return self.filter(ward__in=Area.objects.visible_to(user))


class CourseQuerySet(OfWardQuerySet):
    def open(self):
        return self.filter(state=Course.State.OPEN)

    def newest_first(self):
        return self.order_by("-starts_on", "-pk")


class Course(models.Model):
    """A course of the ward. The rule of completion and the numbering of its certificates are its own settings.

    `min_attendance`: percent of the sessions held of one's class that one must have attended (present or late).
    `pass_percent`: of the points of the post-test; none where no test is asked for. `number_pattern`: how a number
    of the register is printed, `{n}` the number and `{year}` its year.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Đang chuẩn bị"
        OPEN = "open", "Đang mở"
        CLOSED = "closed", "Đã kết thúc"

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="phường")
    code = models.CharField("mã khoá", max_length=20)
    name = models.CharField("tên khoá", max_length=200)
    purpose = models.TextField("mục đích, yêu cầu", blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    seats = models.PositiveSmallIntegerField("số học viên dự kiến")
    plan_number = models.CharField("số kế hoạch", max_length=40, blank=True)
    plan_date = models.DateField("ngày kế hoạch", null=True, blank=True)
    signer_title = signer_title()
    signer = models.CharField("họ tên người ký", max_length=120, blank=True)
    min_attendance = models.PositiveSmallIntegerField("phải dự ít nhất (% số buổi)", default=80)
    pass_percent = models.PositiveSmallIntegerField("điểm đạt bài sau khoá (%)", null=True, blank=True)
    needs_assignment = models.BooleanField("phải nộp bài thu hoạch", default=False)
    number_pattern = models.CharField("mẫu số giấy chứng nhận", max_length=40, default="{n}/GCN-TH")
    state = models.CharField("trạng thái", max_length=6, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "code"],
                name="course_code_once",
                violation_error_message="Mã này đã dùng cho một khoá khác.",
            ),
            models.CheckConstraint(
                name="course_named",
                condition=~Q(code="") & ~Q(name=""),
                violation_error_message="Ghi mã và tên khoá.",
            ),
            models.CheckConstraint(
                name="course_dates_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                name="course_has_seats",
                condition=Q(seats__gte=1, seats__lte=5000),
                violation_error_message="Số học viên dự kiến từ 1 đến 5.000.",
            ),
            models.CheckConstraint(
                name="course_completion_is_percent",
                condition=Q(min_attendance__lte=100) & (Q(pass_percent=None) | Q(pass_percent__range=(1, 100))),
                violation_error_message="Tỷ lệ hoàn thành từ 0 đến 100 %, điểm đạt từ 1 đến 100 %.",
            ),
            models.CheckConstraint(
                name="course_pattern_has_number",
                condition=Q(number_pattern__contains="{n}"),
                violation_error_message="Mẫu số giấy chứng nhận phải có {n} ở chỗ của số thứ tự.",
            ),
            title_is_known("course_signer_title_known"),
            models.CheckConstraint(name="course_state_known", condition=Q(state__in=["draft", "open", "closed"])),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    @property
    def is_closed(self) -> bool:
        return self.state == Course.State.CLOSED


class TopicQuerySet(OfWardQuerySet):
    def in_use(self):
        return self.filter(retired_on=None)

    def in_order(self):
        return self.order_by("number", "pk")


class Topic(models.Model):
    """A topic (chuyên đề) that courses teach, kept by the ward so that one course can be held against another."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="phường")
    number = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên chuyên đề", max_length=200)
    objective = models.TextField("học viên làm được gì", blank=True)
    materials = models.ManyToManyField(Material, related_name="+", blank=True, verbose_name="tài liệu")
    retired_on = models.DateField("thôi dùng ngày", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "name"],
                condition=Q(retired_on=None),
                name="topic_once",
                violation_error_message="Đã có chuyên đề cùng tên.",
            ),
            models.CheckConstraint(
                name="topic_named", condition=~Q(name=""), violation_error_message="Ghi tên chuyên đề."
            ),
        ]

    def __str__(self):
        return self.name


class CourseTopic(models.Model):
    """A topic as a course teaches it: in which place and for how long."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="course_topics")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name="chuyên đề")
    number = models.PositiveSmallIntegerField("thứ tự")
    hours = models.DecimalField("số tiết", max_digits=4, decimal_places=1, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "topic"],
                name="course_topic_once",
                violation_error_message="Chuyên đề này đã có trong khoá.",
            ),
            models.CheckConstraint(
                name="course_topic_hours_sensible",
                condition=Q(hours=None) | Q(hours__gt=0, hours__lte=200),
                violation_error_message="Số tiết lớn hơn 0 và không quá 200.",
            ),
        ]

    def __str__(self):
        return str(self.topic)


class SpeakerQuerySet(OfWardQuerySet):
    def in_use(self):
        return self.filter(retired_on=None)

    def in_order(self):
        return self.order_by("sort_key", "pk")


class Speaker(models.Model):
    """Báo cáo viên: who teaches."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="phường")
    full_name = models.CharField("họ và tên", max_length=120)
    sort_key = models.CharField(max_length=600, editable=False, db_collation="C")
    title = models.CharField("chức vụ, học vị", max_length=120, blank=True)
    workplace = models.CharField("đơn vị công tác", max_length=200, blank=True)
    phone = models.CharField("điện thoại", max_length=10, blank=True)
    retired_on = models.DateField("thôi mời ngày", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "full_name", "workplace"],
                name="speaker_once",
                violation_error_message="Đã có báo cáo viên này của đơn vị này.",
            ),
            models.CheckConstraint(
                name="speaker_named",
                condition=~Q(full_name=""),
                violation_error_message="Ghi họ và tên báo cáo viên.",
            ),
            models.CheckConstraint(
                name="speaker_phone_ten_digits",
                condition=Q(phone="") | Q(phone__regex=r"^0[0-9]{9}$"),
                violation_error_message="Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.",
            ),
        ]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.full_name = vietnamese.clean(self.full_name)
        self.sort_key = vietnamese.name_key(self.full_name)
        super().save(*args, **kwargs)


class VenueQuerySet(OfWardQuerySet):
    def in_use(self):
        return self.filter(retired_on=None)

    def in_order(self):
        return self.order_by("name", "pk")


class Venue(models.Model):
    """A hall or room, and how many sit in it."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="phường")
    name = models.CharField("tên hội trường, phòng", max_length=120)
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField("số chỗ")
    retired_on = models.DateField("thôi dùng ngày", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = VenueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "name"],
                name="venue_once",
                violation_error_message="Đã có nơi học cùng tên.",
            ),
            models.CheckConstraint(
                name="venue_named",
                condition=~Q(name="") & Q(capacity__gte=1),
                violation_error_message="Ghi tên nơi học và số chỗ (từ 1).",
            ),
        ]

    def __str__(self):
        return self.name


class CostLine(models.Model):
    """One line of what a course is to cost and has cost (dự toán, quyết toán), in đồng. Every rate is entered.

    `basis` says what `rate` is paid for and so who stands on the receipt sheet: a trainee for each session attended,
    a trainee once, a speaker for each session taught, or anything else. `used` is typed from the papers.
    """

    class Basis(models.TextChoices):
        TRAINEE_SESSION = "trainee_session", "Mỗi học viên, mỗi buổi có mặt"
        TRAINEE = "trainee", "Mỗi học viên, một lần"
        SPEAKER_SESSION = "speaker_session", "Mỗi buổi của báo cáo viên"
        OTHER = "other", "Khoản khác"

    course = models.ForeignKey(Course, models.PROTECT, related_name="costs")
    number = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("nội dung chi", max_length=200)
    legal_basis = models.CharField("căn cứ", max_length=200, blank=True)
    basis = models.CharField("tính theo", max_length=15, choices=Basis)
    unit = models.CharField("đơn vị tính", max_length=40, blank=True)
    unsalaried_only = models.BooleanField("chỉ người không hưởng lương ngân sách", default=False)
    quantity = models.DecimalField("số lượng dự kiến", max_digits=10, decimal_places=2)
    rate = models.DecimalField("mức chi (đồng)", max_digits=14, decimal_places=0)
    used = models.DecimalField("đã chi (đồng)", max_digits=16, decimal_places=0, null=True, blank=True)
    used_note = models.CharField("chứng từ, ghi chú", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "number"],
                name="cost_numbered",
                violation_error_message="Thứ tự này đã có một khoản chi khác.",
            ),
            models.CheckConstraint(
                name="cost_named", condition=~Q(name=""), violation_error_message="Ghi nội dung chi."
            ),
            models.CheckConstraint(
                name="cost_not_negative",
                condition=Q(quantity__gte=0, rate__gte=0) & (Q(used=None) | Q(used__gte=0)),
                violation_error_message="Số lượng và số tiền không âm.",
            ),
            models.CheckConstraint(
                name="cost_basis_known",
                condition=Q(basis__in=["trainee_session", "trainee", "speaker_session", "other"]),
            ),
            models.CheckConstraint(
                name="cost_unsalaried_are_trainees",
                condition=Q(unsalaried_only=False) | Q(basis__in=["trainee_session", "trainee"]),
                violation_error_message="Chỉ khoản chi cho học viên mới phân biệt người hưởng lương ngân sách.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def planned(self) -> Decimal:
        """Đồng, before the course: quantity × rate."""
        return vietnamese.half_up(self.quantity * self.rate, 0)
