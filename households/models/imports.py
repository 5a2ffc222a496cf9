"""Files sent in: one import each, what was read of it, what became of it, and how it is taken back."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from households.models.of_wards import OfWardQuerySet
from households.models.register import Household
from thanhsen.models import Area, User
from thanhsen.permissions import Permission


class ImportQuerySet(OfWardQuerySet):
    def visible_to(self, user):
        """Of the kinds one may send in oneself those of wards that lie wholly in one's areas, and one's own of which
        nothing lies outside them: areas given once may have been taken back since."""
        kinds = [kind for kind, permission in MAY.items() if user.may(permission)]
        here = Area.objects.visible_to(user)
        whole, in_part = Q(ward__in=here.wards()), Q(ward__in=here.groups().values("parent"))
        outside = ImportUnit.objects.filter(of=OuterRef("pk"), area__isnull=False).exclude(area__in=here)
        return self.filter(whole | Q(in_part, ~Exists(outside), uploaded_by=user), kind__in=kinds)

    def in_area(self, area):
        return self.filter(ward=area)

    def newest_first(self):
        return self.order_by("-pk")


MAY = {
    "households": Permission.EDIT_HOUSEHOLDS,
    "statuses": Permission.RECORD_STATUSES,
    "totals": Permission.ENTER_TOTALS,
    "areas": Permission.MANAGE_AREAS,
}  # who may send in which kind of file


class Import(models.Model):
    """One workbook that somebody sent in for one ward.

    `state` says whose turn it is; `waiting_for` a job means the background work has it. A job that was killed is
    taken up again: reading starts afresh, writing is one transaction. `matching`: column number → field name ("" for
    left out). `read_for`: who asked last that it be read, whose areas count (none: who sent it). `found`: the pages and the columns of the file with some of their values, for who matches them. `answers`: what the sender answered to the questions about the file as a whole. `defaults`: what holds
    where the file says nothing. `counts`: units by outcome. `progress`, `steps`, `doing`: how far the job is.
    """

    class Kind(models.TextChoices):
        HOUSEHOLDS = "households", "Hộ và thành viên"
        STATUSES = "statuses", "Phân loại các năm trước"
        TOTALS = "totals", "Tổng số hộ theo tổ dân phố"
        AREAS = "areas", "Tổ dân phố"

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Chờ ghép cột"
        CHECKING = "checking", "Đang kiểm tra"
        CHECKED = "checked", "Đã kiểm tra, chưa ghi"
        COMMITTING = "committing", "Đang ghi vào sổ"
        COMMITTED = "committed", "Đã ghi vào sổ"
        UNDOING = "undoing", "Đang hoàn tác"
        UNDONE = "undone", "Đã hoàn tác"
        REFUSED = "refused", "Không đọc được"
        DROPPED = "dropped", "Đã bỏ"

    WORKING = (State.CHECKING, State.COMMITTING, State.UNDOING)

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="phường")
    kind = models.CharField("nội dung", max_length=10, choices=Kind)
    file_name = models.CharField("tên tệp", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("dung lượng (byte)")
    page = models.CharField("trang tính", max_length=120, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.UPLOADED)
    matching = models.JSONField("ghép cột", default=dict)
    found = models.JSONField("cột tìm thấy", default=dict)
    answers = models.JSONField("trả lời chung", default=dict)
    defaults = models.JSONField("giá trị chung", default=dict)
    counts = models.JSONField("kết quả", default=dict)
    told = models.JSONField("điều cần biết", default=list)
    refusal = models.CharField("lý do không nhận", max_length=1000, blank=True)
    doing = models.CharField("đang làm", max_length=120, blank=True)
    progress = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người nạp")
    uploaded_at = models.DateTimeField("nạp lúc", db_default=Now())
    read_for = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    committed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    committed_at = models.DateTimeField("ghi vào sổ lúc", null=True)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="người hoàn tác"
    )
    undone_at = models.DateTimeField("hoàn tác lúc", null=True)
    undo_reason = models.CharField("lý do hoàn tác", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_kind_known", condition=Q(kind__in=["households", "statuses", "totals", "areas"])
            ),
            models.CheckConstraint(
                name="import_committed_is_whole",
                condition=Q(state__in=["committed", "undoing", "undone"], committed_at__isnull=False)
                | ~Q(state__in=["committed", "undoing", "undone"]) & Q(committed_at=None),
            ),
            models.CheckConstraint(
                name="import_undone_is_whole",
                condition=Q(state="undone", undone_at__isnull=False) | ~Q(state="undone") & Q(undone_at=None),
            ),
            models.CheckConstraint(
                name="import_refused_with_reason",
                condition=~Q(state="refused") | ~Q(refusal=""),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Lần nhập số {self.pk}: {self.file_name}"

    @property
    def is_working(self):
        return self.state in self.WORKING

    @property
    def reader(self) -> User:
        """Whose areas count when it is read: the sender may have left, and another goes on."""
        return self.read_for or self.uploaded_by


class ImportFile(models.Model):
    """The bytes as they were sent, for reading again and for sending back."""

    of = models.OneToOneField(Import, models.PROTECT, related_name="file", primary_key=True)
    content = models.BinaryField()


class ImportUnitQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("number")

    def to_decide(self):
        """Conflicts that nobody has decided yet, or whose decision left something open."""
        return self.filter(outcome="conflict").exclude(choice="skip")

    def to_write(self):
        """Those a commit writes: what is new or changed, unless it was decided to leave it out."""
        return self.filter(outcome__in=["new", "changed"]).exclude(choice="skip")

    def outside(self, areas):
        """Those of a place, or of a household as it lies now, that is not among `areas`."""
        homes = Household.objects.filter(pk=OuterRef("target")).exclude(area__in=areas)
        place = Q(area__isnull=False) & ~Q(area__in=areas)
        home = Q(Exists(homes), of__kind__in=[Import.Kind.HOUSEHOLDS, Import.Kind.STATUSES])
        known = Q(of__kind=Import.Kind.AREAS, target__isnull=False) & ~Q(target__in=areas.values("pk"))
        made = Q(of__kind=Import.Kind.AREAS, target=None) & ~Q(of__ward__in=areas)
        return self.filter(place | home | known | made)


class ImportUnit(models.Model):
    """What is decided on and written as one: a household with its people, or one status, total or tổ dân phố.

    `lines`: one dict a row of the sheet: `row`, `given` (field → text as a form takes it), `notes` and `faults`
    ([column number, sentence]), and once compared `target` (id of the member), `values`, `differences`
    ([label, in the register, in the file]), `alike`. `given`, `values`, `differences`: the same of the household (or
    of the status, total, tổ dân phố) itself. `target`: id of the record in the register; `causes`: why it is a
    conflict; `choice`: what was decided. `before` and `after`: what the commit wrote over and wrote, for undoing;
    `kept`: why undoing left it.
    """

    class Outcome(models.TextChoices):
        NEW = "new", "Mới"
        CHANGED = "changed", "Có thay đổi"
        SAME = "same", "Giống trong sổ"
        CONFLICT = "conflict", "Cần quyết định"
        FAULTY = "faulty", "Có lỗi"

    class Cause(models.TextChoices):
        TWICE = "twice", "Trùng trong tệp"
        CCCD = "cccd", "Trùng số giấy tờ với người trong sổ"
        ALIKE = "alike", "Giống một hộ, một người trong sổ"
        STALE = "stale", "Trong sổ đã sửa sau khi xuất tệp"
        PLACE = "place", "Khác tổ dân phố trong sổ"
        HEAD = "head", "Khác chủ hộ trong sổ"
        ELSEWHERE = "elsewhere", "Người đang ở hộ khác"
        HELD = "held", "Đổi phân loại hiện nay của hộ"
        LIVED = "lived", "Đổi tên, mã hoặc ngày của nơi đang có hộ"
        JUMP = "jump", "Số liệu thay đổi nhiều"

    SKIP, FILE, NEW = "skip", "file", "new"  # choices; "into:<id>" is another

    of = models.ForeignKey(Import, models.PROTECT, related_name="units", db_index=False)
    number = models.PositiveIntegerField()
    first_row = models.PositiveIntegerField()
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=200)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.NEW)
    causes = ArrayField(models.CharField(max_length=10, choices=Cause), default=list)
    choice = models.CharField(max_length=30, blank=True)
    target = models.BigIntegerField(null=True)
    given = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    differences = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    seen = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    kept = models.CharField(max_length=500, blank=True)
    noted = models.BooleanField(default=False)  # something of it was changed while it was read

    objects = ImportUnitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["of", "outcome", "number"], name="import_unit_outcome")]
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="import_unit_numbered"),
            models.CheckConstraint(
                name="import_unit_outcome_known",
                condition=Q(outcome__in=["new", "changed", "same", "conflict", "faulty"]),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def record(self) -> int:
        """The id of its record in the register, where it has one."""
        assert self.target is not None
        return self.target


class ColumnMeaning(models.Model):
    """What a ward's own heading means, as somebody matched it once. `field` "" : this column is left out."""

    ward = models.ForeignKey(Area, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Import.Kind)
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "kind", "heading"], name="column_meaning_once")
        ]

    def __str__(self):
        return self.heading
