"""The roster of a course: units, quotas, trainees, the waiting list, versions frozen by a decision, files brought in."""

import secrets

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from thanhsen import vietnamese
from thanhsen.models import Area, User
from trainings.models.classes import OfCourseQuerySet, TrainingClass
from trainings.models.courses import Course, OfWardQuerySet
from trainings.models.signing import signer_title, title_is_known

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without 0 o 1 i l, which are misread


def new_code() -> str:
    """A personal code that nobody guesses: 16 of 31 letters, 79 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


class Fold(Func):
    function = "fold"
    output_field = models.TextField()


class UnitQuerySet(OfWardQuerySet):
    def in_use(self):
        return self.filter(ended_on=None)

    def in_order(self):
        return self.order_by("sort_key", "pk")


class Unit(models.Model):
    """Who sends trainees: a tổ dân phố, an office of the ward, an association. Summons and quotas are by unit."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="phường")
    name = models.CharField("tên đơn vị", max_length=160)
    sort_key = models.CharField(max_length=800, editable=False, db_collation="C")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tổ dân phố"
    )
    ended_on = models.DateField("thôi dùng ngày", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "ward",
                Fold("name"),
                condition=Q(ended_on=None),
                name="unit_once",
                violation_error_message="Đã có đơn vị cùng tên.",
            ),
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(ended_on=None),
                name="unit_of_area_once",
                violation_error_message="Tổ dân phố này đã có đơn vị.",
            ),
            models.CheckConstraint(
                name="unit_named", condition=~Q(name=""), violation_error_message="Ghi tên đơn vị."
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = vietnamese.clean(self.name)
        self.sort_key = vietnamese.sort_key(self.name)
        super().save(*args, **kwargs)


class Quota(models.Model):
    """How many trainees a unit is asked to send to a course."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="quotas")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    seats = models.PositiveSmallIntegerField("số người được cử")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "unit"], name="quota_once")]

    def __str__(self):
        return f"{self.unit}: {self.seats}"


class TraineeQuerySet(OfCourseQuerySet):
    def enrolled(self):
        return self.filter(state=Trainee.State.ENROLLED)

    def waiting(self):
        """In the order in which they move up."""
        return self.filter(state=Trainee.State.WAITING).order_by("waiting_since", "pk")

    def present_on_roster(self):
        return self.exclude(state=Trainee.State.WITHDRAWN)

    def in_order(self):
        """By given name, then middle, then family name."""
        return self.order_by("sort_key", "pk")


class Trainee(models.Model):
    """A person on the roster of one course.

    `code` opens the trainee's own page without an account and is what the QR at the door holds. `name_fold`: the
    name without marks, for finding one person twice. `twin_of_name` tells apart two different people of one unit who
    share name and year of birth: 0 unless an admin says that the second is another person.
    """

    class State(models.TextChoices):
        ENROLLED = "enrolled", "Trong danh sách"
        WAITING = "waiting", "Chờ chỗ"
        WITHDRAWN = "withdrawn", "Thôi học"

    class Sex(models.TextChoices):
        MALE = "male", "Nam"
        FEMALE = "female", "Nữ"

    class Position(models.TextChoices):
        OFFICIAL = "official", "Công chức phường"
        GROUP_LEADER = "group_leader", "Tổ trưởng tổ dân phố"
        PARTY_SECRETARY = "party_secretary", "Bí thư chi bộ"
        FRONT_HEAD = "front_head", "Trưởng ban công tác Mặt trận"
        COLLABORATOR = "collaborator", "Cộng tác viên giảm nghèo"
        COMMUNICATOR = "communicator", "Cán bộ truyền thông"
        ASSOCIATION = "association", "Cán bộ hội, đoàn thể"
        OTHER = "other", "Khác"

    class Group(models.TextChoices):
        POVERTY = "poverty", "Giảm nghèo"
        COMMUNICATION = "communication", "Truyền thông"

    course = models.ForeignKey(Course, models.PROTECT, related_name="trainees", verbose_name="khoá")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="trainees", verbose_name="đơn vị")
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="trainings", verbose_name="tài khoản"
    )
    full_name = models.CharField("họ và tên", max_length=120)
    sort_key = models.CharField(max_length=600, editable=False, db_collation="C")
    name_fold = models.CharField(max_length=120, editable=False)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    sex = models.CharField("giới tính", max_length=6, choices=Sex)
    ethnicity = models.CharField("dân tộc", max_length=40, blank=True)
    position = models.CharField("chức vụ", max_length=15, choices=Position)
    position_note = models.CharField("chức vụ, ghi rõ", max_length=120, blank=True)
    group = models.CharField("nhóm", max_length=13, choices=Group)
    is_salaried = models.BooleanField("hưởng lương ngân sách", null=True, blank=True)
    phone = models.CharField("điện thoại", max_length=10, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    state = models.CharField("trạng thái", max_length=9, choices=State, default=State.ENROLLED)
    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, null=True, blank=True, related_name="trainees", verbose_name="lớp"
    )
    waiting_since = models.DateTimeField("chờ từ", null=True, blank=True)
    withdrawn_on = models.DateField("thôi học ngày", null=True, blank=True)
    withdraw_reason = models.CharField("lý do thôi học", max_length=300, blank=True)
    twin_of_name = models.PositiveSmallIntegerField(default=0, editable=False)
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    imported = models.ForeignKey(
        "RosterImport", models.PROTECT, null=True, editable=False, related_name="trainees"
    )
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = TraineeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["training_class", "sort_key"], name="trainee_of_class")]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "user"],
                condition=~Q(state="withdrawn"),
                name="trainee_user_once",
                violation_error_message="Tài khoản này đã có trong danh sách của khoá.",
            ),
            models.UniqueConstraint(
                fields=["course", "unit", "name_fold", "birth_year", "twin_of_name"],
                condition=~Q(state="withdrawn"),
                nulls_distinct=False,
                name="trainee_person_once",
                violation_error_message="Đơn vị này đã có một người cùng họ tên, cùng năm sinh trong khoá. Nếu là người khác, đánh dấu “là người khác”.",
            ),
            models.UniqueConstraint(
                fields=["course", "phone"],
                condition=~Q(state="withdrawn") & ~Q(phone=""),
                name="trainee_phone_once",
                violation_error_message="Số điện thoại này đã của một người khác trong khoá.",
            ),
            models.CheckConstraint(
                name="trainee_named",
                condition=~Q(full_name="") & ~Q(name_fold=""),
                violation_error_message="Ghi họ và tên.",
            ),
            models.CheckConstraint(
                name="trainee_phone_ten_digits",
                condition=Q(phone="") | Q(phone__regex=r"^0[0-9]{9}$"),
                violation_error_message="Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.",
            ),
            models.CheckConstraint(
                name="trainee_birth_agrees",
                condition=Q(birth_date=None) | Q(birth_date__year=F("birth_year")),
                violation_error_message="Ngày sinh và năm sinh không khớp nhau.",
            ),
            models.CheckConstraint(
                name="trainee_birth_sensible",
                condition=Q(birth_year=None) | Q(birth_year__range=(1920, 2015)),
                violation_error_message="Năm sinh từ 1920 đến 2015.",
            ),
            models.CheckConstraint(
                name="trainee_state_is_whole",
                condition=Q(state="enrolled", waiting_since=None, withdrawn_on=None, withdraw_reason="")
                | Q(state="waiting", training_class=None, waiting_since__isnull=False, withdrawn_on=None, withdraw_reason="")
                | (Q(state="withdrawn", waiting_since=None, withdrawn_on__isnull=False) & ~Q(withdraw_reason="")),
                violation_error_message="Người chờ chỗ chưa xếp lớp; người thôi học phải có ngày và lý do.",
            ),
            models.CheckConstraint(name="trainee_sex_known", condition=Q(sex__in=["male", "female"])),
            models.CheckConstraint(name="trainee_group_known", condition=Q(group__in=["poverty", "communication"])),
            models.CheckConstraint(
                name="trainee_position_known",
                condition=Q(position__in=["official", "group_leader", "party_secretary", "front_head", "collaborator", "communicator", "association", "other"]),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.name_it()
        super().save(*args, **kwargs)

    def name_it(self):
        """What follows from the name; bulk writes call it too."""
        self.full_name = vietnamese.clean(self.full_name)
        self.sort_key = vietnamese.name_key(self.full_name)
        self.name_fold = vietnamese.fold(self.full_name)


class RosterVersionQuerySet(OfCourseQuerySet):
    def newest_first(self):
        return self.order_by("-number")


class RosterVersion(models.Model):
    """The roster as a decision (quyết định mở lớp) has it. Never changed: later changes are shown against it.

    `lines`: one dict per trainee in the order of the list: `trainee` (id) and the columns as printed.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="versions", verbose_name="khoá")
    number = models.PositiveSmallIntegerField("bản số")
    decision_number = models.CharField("số quyết định", max_length=40)
    decision_date = models.DateField("ngày quyết định")
    signer_title = signer_title()
    signer = models.CharField("người ký", max_length=120)
    lines = models.JSONField(default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = RosterVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="roster_version_numbered"),
            models.UniqueConstraint(
                fields=["course", "decision_number", "decision_date"],
                name="roster_decision_once",
                violation_error_message="Quyết định này đã có danh sách kèm theo.",
            ),
            models.CheckConstraint(
                name="roster_decision_signed",
                condition=~Q(decision_number="") & ~Q(signer=""),
                violation_error_message="Ghi số quyết định và người ký.",
            ),
            title_is_known("roster_decision_signer_title_known"),
        ]

    def __str__(self):
        return f"Danh sách theo quyết định {self.decision_number}"


class RosterImport(models.Model):
    """A workbook with trainees: read, shown, then put on the roster in one transaction, and taken back.

    `matching`: column number → field ("" for left out). `rows`: one dict per row of the sheet: `row` (its number),
    `given` (field → text as the form takes it), `notes` and `faults` ([column, sentence]), `outcome`
    (new, same, changed, conflict, faulty), `target` (id of the trainee it is), `choice` (what was decided).
    `told`: what the reader should know of the file as a whole. `found`: its pages and columns, for who matches them.
    `defaults`: what holds where the file says nothing. `counts`: rows by outcome.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Chờ ghép cột"
        CHECKED = "checked", "Đã kiểm tra, chưa ghi"
        COMMITTED = "committed", "Đã ghi vào danh sách"
        UNDONE = "undone", "Đã hoàn tác"
        REFUSED = "refused", "Không đọc được"
        DROPPED = "dropped", "Đã bỏ"

    kind = "trainees"  # of the lists that are brought in

    course = models.ForeignKey(Course, models.PROTECT, related_name="imports", verbose_name="khoá")
    file_name = models.CharField("tên tệp", max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    page = models.CharField("trang tính", max_length=120, blank=True)
    heading = models.PositiveIntegerField(null=True)
    matching = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    defaults = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    told = models.JSONField(default=list)
    refusal = models.CharField(max_length=1000, blank=True)
    state = models.CharField("trạng thái", max_length=9, choices=State, default=State.UPLOADED)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người nạp")
    made_at = models.DateTimeField("nạp lúc", db_default=Now(), editable=False)
    committed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    committed_at = models.DateTimeField("ghi lúc", null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField("hoàn tác lúc", null=True)
    undo_reason = models.CharField("lý do hoàn tác", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = OfCourseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="roster_import_committed_is_whole",
                condition=Q(state__in=["committed", "undone"], committed_at__isnull=False)
                | ~Q(state__in=["committed", "undone"]) & Q(committed_at=None),
            ),
            models.CheckConstraint(
                name="roster_import_undone_with_reason",
                condition=Q(state="undone", undone_at__isnull=False) & ~Q(undo_reason="")
                | ~Q(state="undone") & Q(undone_at=None),
                violation_error_message="Ghi vì sao hoàn tác.",
            ),
            models.CheckConstraint(
                name="roster_import_refused_with_reason", condition=~Q(state="refused") | ~Q(refusal="")
            ),
            models.CheckConstraint(
                name="roster_import_state_known",
                condition=Q(state__in=["uploaded", "checked", "committed", "undone", "refused", "dropped"]),
            ),
        ]

    def __str__(self):
        return f"Tệp {self.file_name}"
