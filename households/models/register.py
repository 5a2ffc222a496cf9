"""The register: households and the people who live in them."""

from datetime import timedelta

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.people import Ethnicity, Housing, Livelihood, Relationship, Sex
from households.poverty import EDUCATION, SCHOOLING, WORK, Classification
from thanhsen import vietnamese
from thanhsen.masking import masked
from thanhsen.models import Area


class HouseholdQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The households of the areas given to `user`."""
        return self.filter(area__in=Area.objects.under(user.area_ids))

    def in_area(self, area):
        return self.filter(area__in=Area.objects.under([area]))

    def present(self):
        return self.filter(closed_date=None)

    def of_class(self, classification, day):
        """Those of a legal class on `day`; "none": those without one; anything else: all."""
        statuses = self.model.statuses.rel.related_model.objects.on(day)  # type: ignore[attr-defined]
        if classification == "none":
            return self.exclude(pk__in=statuses.values("household"))
        if classification in set(Classification):
            return self.filter(pk__in=statuses.filter(classification=classification).values("household"))
        return self

    def search(self, text):
        """Households whose code, address or phone, or one of whose members' name or number, has every word."""
        own, people = _has_words("", text), _has_words("members__", text)
        # Searches each of one table, so that each may use its index or the areas already filtered by.
        there, last = (
            Q(members__left_date=None),
            Q(members__left_date=F("closed_date"), closed_date__isnull=False),
        )
        by_name = self.filter(people, there).values("pk").union(self.filter(people, last).values("pk"))
        found = self.filter(own).values("pk").union(by_name)
        return self.filter(pk__in=found)

    def first_found(self, text, limit):
        """The first `limit` in order of those `search` finds: quick where the search is broad, slow where not."""
        there = Q(left_date=None) | Q(left_date=models.OuterRef("closed_date"))
        member = Member.objects.filter(_has_words("", text), there, household=models.OuterRef("pk"))
        # A subquery for one person, not EXISTS, which PostgreSQL would answer for everybody first.
        found = self.alias(person=models.Subquery(member.values("pk")[:1]))
        return found.filter(_has_words("", text) | Q(person__isnull=False)).in_order()[:limit]

    def in_order(self):
        """By the head's tên, đệm, họ, as Vietnamese lists are sorted."""
        return self.order_by("sort_key", "code")


def _has_words(table: str, text: str) -> Q:
    """Words match from their start; a run of three digits or more also inside (the last digits of a CCCD)."""
    found = Q()
    for word in vietnamese.fold(text).split():
        inside = word.isdigit() and len(word) >= 3
        found &= Q(**{f"{table}search__contains": word if inside else f" {word}"})
    return found


class Household(models.Model):
    """A household of the register. Its code is issued by the database and never used again."""

    class OpenedReason(models.TextChoices):
        REGISTERED = "registered", "Đưa vào sổ"
        MOVED_IN = "moved_in", "Chuyển đến"
        SPLIT = "split", "Tách hộ"

    class ClosedReason(models.TextChoices):
        MOVED_OUT = "moved_out", "Chuyển đi nơi khác"
        DIED_OUT = "died_out", "Hộ đơn thân chết"
        MERGED = "merged", "Nhập với hộ khác"
        DUPLICATE = "duplicate", "Ghi trùng với hộ khác"
        MISTAKE = "mistake", "Ghi nhầm"
        UNDONE = "undone", "Hoàn tác lần nhập từ tệp"

    code = models.CharField(
        "mã hộ",
        max_length=12,
        unique=True,
        editable=False,
        db_default=models.Func(function="next_household_code"),
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="households", verbose_name="tổ dân phố")
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    phone = models.CharField("điện thoại", max_length=10, blank=True)
    livelihood = models.CharField("sinh kế chính", max_length=8, choices=Livelihood, blank=True)
    housing = models.CharField("loại nhà", max_length=14, choices=Housing, blank=True)
    floor_area = models.DecimalField(
        "diện tích nhà ở (m²)", max_digits=7, decimal_places=1, null=True, blank=True
    )
    no_labour = models.BooleanField("không có khả năng lao động", default=False)
    merit = models.BooleanField("có người có công với cách mạng", default=False)
    social_protection = models.BooleanField("hộ bảo trợ xã hội", default=False)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    head_name = models.CharField(
        "chủ hộ", max_length=120, editable=False
    )  # kept equal to the head's by a trigger
    sort_key = models.CharField(max_length=600, editable=False, db_collation="C")
    search = models.GeneratedField(
        expression=models.Func(
            models.functions.Concat(
                models.Value(" "), F("code"), models.Value(" "), F("address"), models.Value(" "), F("phone")
            ),
            function="fold",
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    opened_date = models.DateField("vào sổ ngày")
    opened_reason = models.CharField(
        "lý do vào sổ", max_length=10, choices=OpenedReason, default=OpenedReason.REGISTERED
    )
    closed_date = models.DateField("ra khỏi sổ ngày", null=True, blank=True)
    closed_reason = models.CharField("lý do ra khỏi sổ", max_length=10, choices=ClosedReason, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    request_id = models.UUIDField(
        null=True, unique=True, editable=False
    )  # the same request sent twice is one household
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(OpClass(F("search"), name="gin_trgm_ops"), name="household_search"),
            models.Index(fields=["sort_key", "code"], name="household_in_order"),
            models.Index(fields=["area", "sort_key", "code"], name="household_in_area_order"),
        ]
        constraints = [
            models.CheckConstraint(
                name="household_phone_ten_digits",
                condition=Q(phone="") | Q(phone__regex=r"^0[0-9]{9}$"),
                violation_error_message="Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.",
            ),
            models.CheckConstraint(
                name="household_floor_area_sensible",
                condition=Q(floor_area=None) | Q(floor_area__gte=0, floor_area__lte=5000),
                violation_error_message="Diện tích nhà ở từ 0 đến 5.000 m².",
            ),
            models.CheckConstraint(
                name="household_closed_with_reason",
                condition=Q(closed_date=None, closed_reason="")
                | (Q(closed_date__isnull=False) & ~Q(closed_reason="")),
                violation_error_message="Ra khỏi sổ phải có cả ngày và lý do.",
            ),
            models.CheckConstraint(
                name="household_dates_in_order",
                condition=Q(closed_date=None) | Q(closed_date__gte=F("opened_date")),
                violation_error_message="Ngày ra khỏi sổ không được trước ngày vào sổ.",
            ),
            models.CheckConstraint(
                name="household_livelihood_known", condition=Q(livelihood__in=["", *Livelihood.values])
            ),
            models.CheckConstraint(
                name="household_housing_known", condition=Q(housing__in=["", *Housing.values])
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.head_name}".strip()


class MemberQuerySet(models.QuerySet):
    MANY = 5000

    def present(self):
        return self.filter(left_date=None)

    def present_or_last(self):
        """Those in a household, and of one that left the register those who left with it."""
        return self.filter(Q(left_date=None) | Q(left_date=F("household__closed_date")))

    def of_person(self, person):
        """Every row of one person (the id of the first)."""
        return self.filter(Q(pk=person) | Q(origin=person))

    def are_many(self, text):
        """Whether more than 5.000 people of the register fit the words: too many for a list to help."""
        return self.filter(_has_words("", text))[: self.MANY + 1].count() > self.MANY

    def visible_to(self, user):
        return self.filter(household__area__in=Area.objects.under(user.area_ids))

    def head_first(self):
        """The head, the spouse, then by age."""
        return self.order_by(
            models.Case(
                models.When(relationship=Relationship.HEAD, then=0),
                models.When(relationship=Relationship.SPOUSE, then=1),
                default=2,
            ),
            "birth_year",
            F("birth_date").asc(nulls_first=True),
            "pk",
        )


class Member(models.Model):
    """A person of a household. Who left keeps the row, with the day and the reason."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    # The first row of the same person, where a life event carried the person from one household to another.
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    full_name = models.CharField("họ và tên", max_length=120)
    sort_key = models.CharField(max_length=600, editable=False, db_collation="C")
    search = models.GeneratedField(
        expression=models.Func(
            models.functions.Concat(
                models.Value(" "), F("full_name"), models.Value(" "),
                models.functions.Coalesce(F("cccd"), models.Value("")), models.Value(" "), F("old_id"),
            ),
            function="fold",
        ),
        output_field=models.TextField(),
        db_persist=True,
    )  # fmt: skip
    sex = models.CharField("giới tính", max_length=6, choices=Sex)
    birth_year = models.PositiveSmallIntegerField("năm sinh")
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    cccd = models.CharField("số CCCD", max_length=12, null=True, blank=True)
    cccd_note = models.CharField("lý do CCCD không khớp", max_length=200, blank=True)
    old_id = models.CharField("số CMND cũ", max_length=9, blank=True)
    ethnicity = models.CharField("dân tộc", max_length=2, choices=Ethnicity, default="01")
    relationship = models.CharField("quan hệ với chủ hộ", max_length=16, choices=Relationship)
    schooling = models.CharField("đang học", max_length=16, choices=list(SCHOOLING.items()), blank=True)
    education = models.CharField(
        "bằng cấp cao nhất", max_length=16, choices=list(EDUCATION.items()), blank=True
    )
    employer_trained = models.BooleanField("được người sử dụng lao động đào tạo, xác nhận", default=False)
    work = models.CharField("việc làm", max_length=16, choices=list(WORK.items()), blank=True)
    has_insurance = models.BooleanField("có BHYT", null=True, blank=True)
    undernourished = models.BooleanField("suy dinh dưỡng (thấp còi hoặc nhẹ cân)", null=True, blank=True)
    has_disability = models.BooleanField("khuyết tật", default=False)
    has_monthly_allowance = models.BooleanField("hưởng trợ cấp xã hội hằng tháng", default=False)
    joined_date = models.DateField("vào hộ ngày", null=True, blank=True)
    left_date = models.DateField("rời hộ ngày", null=True, blank=True)
    left_reason = models.CharField("lý do rời hộ", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(OpClass(F("search"), name="gin_trgm_ops"), name="member_search"),
            # Who may be one person is looked for by these (households/reports/alike).
            models.Index(
                models.Func(F("full_name"), function="name_words"),
                F("birth_year"),
                name="member_name_words",
                condition=Q(left_date=None),
            ),
            models.Index(
                fields=["old_id"], name="member_old_id", condition=Q(left_date=None) & ~Q(old_id="")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(relationship=Relationship.HEAD, left_date=None),
                name="member_one_head",
                violation_error_message="Mỗi hộ chỉ có một chủ hộ.",
            ),
            models.UniqueConstraint(
                fields=["household", "relationship"],
                condition=Q(relationship=Relationship.SPOUSE, left_date=None),
                name="member_one_spouse_of_head",
                violation_error_message="Chủ hộ chỉ có một vợ hoặc chồng.",
            ),
            models.UniqueConstraint(
                fields=["cccd"],
                condition=Q(left_date=None),
                name="member_cccd_once",
                violation_error_message="Số CCCD này đã có người khác trong sổ dùng.",
            ),
            models.CheckConstraint(
                name="member_cccd_twelve_digits",
                condition=Q(cccd=None) | Q(cccd__regex=r"^[0-9]{12}$"),
                violation_error_message="Số CCCD gồm đúng 12 chữ số.",
            ),
            models.CheckConstraint(
                name="member_old_id_nine_digits",
                condition=Q(old_id="") | Q(old_id__regex=r"^[0-9]{9}$"),
                violation_error_message="Số CMND cũ gồm đúng 9 chữ số.",
            ),
            models.CheckConstraint(
                name="member_birth_year_sensible",
                condition=Q(birth_year__gte=1900),
                violation_error_message="Năm sinh phải từ 1900.",
            ),
            models.CheckConstraint(
                name="member_not_born_in_the_future",
                condition=Q(birth_year__lte=models.functions.ExtractYear(Now()))
                & (Q(birth_date=None) | Q(birth_date__lt=Now() + timedelta(days=1))),
                violation_error_message="Ngày sinh không thể ở tương lai.",
            ),
            models.CheckConstraint(
                name="member_birth_date_in_birth_year",
                condition=Q(birth_date=None) | Q(birth_date__year=F("birth_year")),
                violation_error_message="Ngày sinh và năm sinh không khớp nhau.",
            ),
            models.CheckConstraint(
                name="member_left_with_reason",
                condition=Q(left_date=None, left_reason="")
                | (Q(left_date__isnull=False) & ~Q(left_reason="")),
                violation_error_message="Rời hộ phải có cả ngày và lý do.",
            ),
            models.CheckConstraint(
                name="member_left_after_birth",
                condition=Q(left_date=None) | Q(left_date__year__gte=F("birth_year")),
                violation_error_message="Ngày rời hộ không được trước năm sinh.",
            ),
            models.CheckConstraint(
                name="member_left_after_joining",
                condition=Q(left_date=None) | Q(joined_date=None) | Q(left_date__gte=F("joined_date")),
                violation_error_message="Ngày rời hộ không được trước ngày vào hộ.",
            ),
            models.CheckConstraint(
                name="member_named", condition=~Q(full_name=""), violation_error_message="Cần họ và tên."
            ),
            models.CheckConstraint(name="member_sex_known", condition=Q(sex__in=Sex.values)),
            models.CheckConstraint(
                name="member_ethnicity_known", condition=Q(ethnicity__in=Ethnicity.values)
            ),
            models.CheckConstraint(
                name="member_relationship_known", condition=Q(relationship__in=Relationship.values)
            ),
            models.CheckConstraint(
                name="member_schooling_known", condition=Q(schooling__in=["", *SCHOOLING])
            ),
            models.CheckConstraint(
                name="member_education_known", condition=Q(education__in=["", *EDUCATION])
            ),
            models.CheckConstraint(name="member_work_known", condition=Q(work__in=["", *WORK])),
        ]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.full_name = vietnamese.clean(self.full_name)
        self.sort_key = vietnamese.name_key(self.full_name)
        super().save(*args, **kwargs)

    @property
    def person_id(self) -> int:
        """Whoever this row is of, in whichever household: the id of the person's first row."""
        return self.origin_id or self.pk

    @property
    def is_head(self):
        return self.relationship == Relationship.HEAD

    @property
    def masked_cccd(self):
        """042•••••1234: enough to recognise, not enough to misuse."""
        return masked(self.cccd)
