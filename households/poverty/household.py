"""What is known of a household on the day of the survey: its people and its floor area."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from households.poverty.standard import AreaType, RetirementAge, WorkingAge

# Code → label. The empty text, "not recorded yet", is accepted wherever a code is.
SEX: dict[str, str] = {"male": "Nam", "female": "Nữ"}

# Level attended today, from the lowest to the highest.
SCHOOLING: dict[str, str] = {
    "none": "Không đi học",
    "preschool": "Mầm non",
    "primary": "Tiểu học",
    "lower_secondary": "Trung học cơ sở",
    "upper_secondary": "Trung học phổ thông",
    "vocational": "Học nghề (sơ cấp, trung cấp, cao đẳng nghề)",
    "higher": "Cao đẳng, đại học trở lên",
}

# Highest certificate held.
EDUCATION: dict[str, str] = {
    "none": "Chưa có bằng cấp",
    "primary": "Tiểu học",
    "lower_secondary": "Trung học cơ sở",
    "upper_secondary": "Trung học phổ thông",
    "vocational": "Chứng chỉ, bằng nghề",
    "higher": "Cao đẳng, đại học trở lên",
}

WORK: dict[str, str] = {
    "none_seeking": "Không có việc làm, muốn làm việc",
    "wage_contract": "Làm công ăn lương, có hợp đồng lao động",
    "wage_no_contract": "Làm công ăn lương, không có hợp đồng lao động",
    "self_employed": "Tự làm, làm nông nghiệp, buôn bán",
    "not_seeking": "Không có việc làm, không có nhu cầu",
    "unable": "Không có khả năng lao động",
    "studying": "Đang đi học",
    "retired": "Nghỉ hưu",
}

LARGEST_AREA = Decimal(100_000)


@dataclass(frozen=True)
class Person:
    """A member of the household.

    `has_insurance` and `undernourished` (a stunted or underweight child) are None while not recorded, and so is
    an empty `schooling`, `education` or `work`. `employer_trained`: on-the-job training certified by the employer.
    ValueError (Vietnamese) for a code that is not in the lists above, or a birth date outside the birth year.
    """

    id: str
    name: str
    sex: str
    birth_year: int
    birth_date: date | None = None
    is_head: bool = False
    schooling: str = ""
    education: str = ""
    employer_trained: bool = False
    work: str = ""
    has_insurance: bool | None = None
    undernourished: bool | None = None
    has_disability: bool = False
    has_monthly_allowance: bool = False

    def __post_init__(self) -> None:
        for value, codes, what in (
            (self.sex, SEX, "giới tính"),
            (self.schooling, SCHOOLING, "bậc đang học"),
            (self.education, EDUCATION, "bằng cấp cao nhất"),
            (self.work, WORK, "tình trạng việc làm"),
        ):
            if value and value not in codes:
                raise ValueError(f"{self.called}: {what} “{value}” không có trong danh mục.")
        if not 1 <= self.birth_year <= 9999:
            raise ValueError(f"{self.called}: năm sinh {self.birth_year} không hợp lệ.")
        if self.birth_date is not None and self.birth_date.year != self.birth_year:
            raise ValueError(f"{self.called}: ngày sinh không thuộc năm sinh {self.birth_year}.")

    @property
    def called(self) -> str:
        return self.name.strip() or "(chưa ghi tên)"

    @property
    def born(self) -> date:
        """The birth date; a person with only a year counts from 1 January, as if already past the birthday."""
        return self.birth_date or date(self.birth_year, 1, 1)

    def months_on(self, day: date) -> int:
        """Full months of age on a day; negative before birth."""
        born = self.born
        return (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)

    def age_on(self, day: date) -> int:
        """Full years of age on a day. Born on 29 February: a year older on 1 March of common years."""
        return self.months_on(day) // 12

    def is_of_working_age(self, day: date, rule: WorkingAge) -> bool | None:
        """From the working age until the day the retirement age is reached; None when the sex decides and is unknown."""
        months = self.months_on(day)
        if months < rule.from_age * 12:
            return False
        limits = {"male": rule.male, "female": rule.female}
        sexes = [limits[self.sex]] if self.sex else list(limits.values())
        answers = {months < self._retires_at(each, rule.base_year) for each in sexes}
        return answers.pop() if len(answers) == 1 else None

    def _retires_at(self, age: RetirementAge, base_year: int) -> int:
        """Months of age at retirement: the age of the year in which the person first reaches that year's age."""
        year, months = base_year, age.base_months
        while months < age.top_months:
            reached = self.born.year * 12 + self.born.month - 1 + months
            if reached // 12 <= year:
                return months
            year, months = year + 1, min(months + age.step_months, age.top_months)
        return months


@dataclass(frozen=True)
class Facts:
    """The household on `surveyed_on`, the day on which ages are taken. `floor_area` in square metres."""

    area_type: AreaType
    surveyed_on: date
    people: tuple[Person, ...]
    floor_area: Decimal | None = None

    def __post_init__(self) -> None:
        if self.floor_area is not None and not (
            self.floor_area.is_finite() and 0 <= self.floor_area <= LARGEST_AREA
        ):
            raise ValueError("Diện tích nhà ở phải là số từ 0 đến 100.000 m².")

    @property
    def unborn(self) -> list[str]:
        """Who was not born yet on the day of the survey: it cannot be of this household."""
        return [person.called for person in self.people if person.age_on(self.surveyed_on) < 0]
