"""Programmes as dated data: what is given, by which law, to whom, for how long, with whose money."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from households.models.of_wards import OfWardQuerySet
from thanhsen.models import Area, DateRange, User

A_HUNDRED_THOUSAND_MILLION = 100_000_000_000  # đồng: more than any sum of a ward


class Policy(models.TextChoices):
    """The policies that are followed, in the order of the domain (amounts and shares are data, never constants)."""

    INSURANCE = "insurance", "Bảo hiểm y tế"
    EDUCATION = "education", "Học phí, chi phí học tập"
    ELECTRICITY = "electricity", "Tiền điện"
    LOAN = "loan", "Vay vốn Ngân hàng Chính sách xã hội"
    HOUSING = "housing", "Nhà ở"
    LIVELIHOOD = "livelihood", "Sinh kế, mô hình phát triển kinh tế"
    ALLOWANCE = "allowance", "Trợ cấp xã hội"
    WORK = "work", "Dạy nghề, việc làm"
    PROVINCE = "province", "Nghị quyết của tỉnh"
    EMERGENCY = "emergency", "Hỗ trợ khẩn cấp, đột xuất"
    OTHER = "other", "Khác"


# What can stand behind a model of livelihood: credit, production, vocational training, a resolution, other.
FOR_MODELS = (Policy.LOAN, Policy.LIVELIHOOD, Policy.WORK, Policy.PROVINCE, Policy.OTHER)


class Entitled(models.TextChoices):
    """The legal position of a household that a programme asks for."""

    POOR = "poor", "Hộ nghèo"
    NEAR_POOR = "near_poor", "Hộ cận nghèo"
    AVERAGE = "average", "Hộ có mức sống trung bình"
    LEFT_POOR = "left_poor", "Hộ mới thoát nghèo"
    LEFT_NEAR_POOR = "left_near_poor", "Hộ mới thoát cận nghèo"
    ANY = "any", "Mọi hộ trong sổ"


class Group(models.TextChoices):
    """The groups a programme may be limited to; the household belongs to one of them at least."""

    MINORITY = "minority", "Dân tộc thiểu số"
    NO_LABOUR = "no_labour", "Không có khả năng lao động"
    MERIT = "merit", "Có người có công với cách mạng"
    SOCIAL_PROTECTION = "social_protection", "Hộ bảo trợ xã hội"
    FEMALE_HEAD = "female_head", "Chủ hộ là nữ"


class ProgrammeQuerySet(OfWardQuerySet):
    def running(self, day):
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def in_order(self):
        """By policy, as the domain lists them, then by name and day."""
        place = models.Case(
            *(models.When(policy=value, then=index) for index, value in enumerate(Policy.values)),
            output_field=models.IntegerField(),
        )
        return self.order_by(place, "name", "valid_from", "pk")


class Programme(models.Model):
    """What one policy gives between two days, and to whom. Once something was given by it, only its end may be set;
    a change of the law is a new row that `replaces` it, of the same `line`.

    The rule: the household is of one of `classes` (of those that left, no longer than `term_months` ago), belongs to
    one of `groups` and lacks one of `lacking` where these are given; where `per_person`, each member of `min_age` to
    `max_age` (both included; in full years) who studies where `studying` is entitled. `valid_to` is the first day it no
    longer holds. `selective`: being entitled is not enough, households are chosen (a loan, a model, a house).
    """

    class Per(models.TextChoices):
        MONTH = "month", "tháng"
        QUARTER = "quarter", "quý"
        YEAR = "year", "năm"
        SCHOOL_YEAR = "school_year", "năm học (tháng 9 – tháng 8)"
        ONCE = "once", "một lần"

    ward = models.ForeignKey(Area, models.PROTECT, related_name="programmes", verbose_name="phường")
    policy = models.CharField("chính sách", max_length=11, choices=Policy)
    name = models.CharField("tên chương trình", max_length=200)
    legal_basis = models.CharField("căn cứ pháp lý", max_length=300)
    content = models.CharField("nội dung, mức hưởng", max_length=500)
    amount = models.PositiveBigIntegerField("mức tiền mỗi kỳ (đồng)", null=True, blank=True)
    share = models.DecimalField("tỷ lệ hỗ trợ (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    source = models.CharField("nguồn kinh phí", max_length=200)
    per = models.CharField("kỳ hưởng", max_length=11, choices=Per)
    valid_from = models.DateField("áp dụng từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    per_person = models.BooleanField("tính cho từng người", default=False)
    selective = models.BooleanField("xét chọn từng hộ", default=False)
    classes = ArrayField(models.CharField(max_length=14, choices=Entitled), verbose_name="diện được hưởng")
    term_months = models.PositiveSmallIntegerField("hộ mới thoát còn hưởng (tháng)", null=True, blank=True)
    groups = ArrayField(
        models.CharField(max_length=17, choices=Group), default=list, blank=True, verbose_name="chỉ nhóm"
    )
    lacking = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name="chỉ hộ thiếu hụt"
    )
    min_age = models.PositiveSmallIntegerField("từ tuổi", null=True, blank=True)
    max_age = models.PositiveSmallIntegerField("đến tuổi", null=True, blank=True)
    studying = models.BooleanField("chỉ người đang đi học", default=False)

    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay cho"
    )
    line = models.ForeignKey(  # the first of those that replace each other; itself where it is the first
        "self", models.PROTECT, null=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request_id = models.UUIDField(null=True, unique=True, editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="programme_policy_known", condition=Q(policy__in=Policy.values)),
            models.CheckConstraint(
                name="programme_cites_the_law",
                condition=~Q(name="") & ~Q(legal_basis="") & ~Q(content="") & ~Q(source=""),
                violation_error_message="Chương trình phải có tên, căn cứ pháp lý, nội dung và nguồn kinh phí.",
            ),
            models.CheckConstraint(
                name="programme_dates_in_order",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="Ngày hết áp dụng phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="programme_per_known",
                condition=Q(per__in=["month", "quarter", "year", "school_year", "once"]),
            ),
            models.CheckConstraint(
                name="programme_says_for_whom",
                condition=Q(classes__len__gt=0) & Q(classes__contained_by=Entitled.values),
                violation_error_message="Chọn diện được hưởng.",
            ),
            models.CheckConstraint(
                name="programme_groups_known", condition=Q(groups__contained_by=Group.values)
            ),
            models.CheckConstraint(
                name="programme_term_where_left",
                condition=Q(classes__overlap=["left_poor", "left_near_poor"], term_months__isnull=False, term_months__gte=1, term_months__lte=120)
                | (~Q(classes__overlap=["left_poor", "left_near_poor"]) & Q(term_months=None)),
                violation_error_message="Hộ mới thoát: ghi số tháng còn được hưởng (1–120); diện khác thì để trống.",
            ),
            models.CheckConstraint(
                name="programme_ages_of_people",
                condition=Q(per_person=True, max_age=None)
                | Q(per_person=True, min_age=None)
                | Q(per_person=True, max_age__gte=F("min_age"))
                | Q(per_person=False, min_age=None, max_age=None, studying=False),
                violation_error_message="Tuổi và việc học chỉ đặt cho chương trình tính theo người; từ tuổi không quá đến tuổi.",
            ),
            models.CheckConstraint(
                name="programme_share_at_most_all",
                condition=Q(share=None) | Q(share__gt=0, share__lte=100),
                violation_error_message="Tỷ lệ hỗ trợ trên 0 và không quá 100 %.",
            ),
            models.CheckConstraint(
                name="programme_amount_sensible",
                condition=Q(amount=None) | Q(amount__lte=A_HUNDRED_THOUSAND_MILLION),
                violation_error_message="Số tiền tính bằng đồng, không quá 100 tỷ.",
            ),
            ExclusionConstraint(
                name="programme_one_rule_at_a_time",
                expressions=[
                    ("line", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Hai bản nối tiếp của một chương trình không được cùng áp dụng một ngày.",
            ),
            models.UniqueConstraint(
                F("ward"), F("name"), F("valid_from"),
                name="programme_once",
                violation_error_message="Phường đã có chương trình cùng tên áp dụng từ ngày này.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def runs_on(self, day) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to > day)

    @property
    def how_often(self) -> str:
        return "một lần duy nhất" if self.per == self.Per.ONCE else f"mỗi {self.get_per_display()} một lần"

    @property
    def root(self) -> int:
        """The id of its line: of the first of those that replace each other."""
        return self.line_id or self.pk


class Budget(models.Model):
    """The money planned for a programme (whichever of its line) in a year, in đồng, and where the figure is from."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="budgets")  # the first of its line
    year = models.PositiveSmallIntegerField("năm")
    planned = models.PositiveBigIntegerField("kinh phí kế hoạch (đồng)")
    basis = models.CharField("căn cứ số liệu", max_length=200)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="budget_once_a_year"),
            models.CheckConstraint(
                name="budget_has_basis", condition=~Q(basis=""), violation_error_message="Ghi căn cứ số liệu."
            ),
            models.CheckConstraint(
                name="budget_sensible",
                condition=Q(planned__lte=100 * A_HUNDRED_THOUSAND_MILLION, year__gte=2020, year__lte=2100),
                violation_error_message="Kinh phí tính bằng đồng; năm từ 2020 đến 2100.",
            ),
        ]

    def __str__(self):
        return f"{self.programme} {self.year}"
