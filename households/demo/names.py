"""Invented names, numbers and addresses. Identity numbers are coherent in form and belong to nobody known."""

from random import Random

from households.models import Sex

# fmt: off
_FAMILY = {
    "Nguyễn": 32, "Trần": 15, "Lê": 11, "Phan": 7, "Phạm": 6, "Hoàng": 5, "Võ": 4, "Đặng": 4, "Bùi": 3, "Hồ": 3,
    "Trương": 3, "Dương": 3, "Ngô": 2, "Đinh": 2, "Hà": 1, "Thái": 1, "Lương": 1, "Cao": 1, "Đậu": 1, "Mai": 1,
}
_MIDDLE = {
    Sex.MALE: {
        "Văn": 34, "Đình": 10, "Xuân": 8, "Hữu": 7, "Quốc": 6, "Đức": 6, "Minh": 5, "Thanh": 4, "Trọng": 4,
        "Viết": 4, "Bá": 3, "Công": 3, "Ngọc": 3, "Sỹ": 3, "Quang": 3, "Anh": 2, "Gia": 2, "Duy": 2,
    },
    Sex.FEMALE: {
        "Thị": 56, "Thị Thu": 5, "Thị Thanh": 4, "Thị Kim": 4, "Thị Ngọc": 4, "Thị Minh": 3, "Thị Hồng": 3,
        "Ngọc": 4, "Thanh": 3, "Khánh": 3, "Diệu": 2, "Bảo": 2, "Phương": 2, "Quỳnh": 2, "Hà": 2,
    },
}
_GIVEN = {
    Sex.MALE: ["An", "Anh", "Ánh", "Bảo", "Bắc", "Bình", "Cảnh", "Cường", "Danh", "Dũng", "Duy", "Dương", "Đại", "Đạt", "Đông", "Đức", "Giang", "Hà", "Hải", "Hạnh", "Hân", "Hậu", "Hiếu", "Hiệp", "Hiển", "Hoan", "Hoàng", "Hoà", "Hội", "Hùng", "Huy", "Hưng", "Khang", "Khánh", "Khoa", "Kiên", "Lâm", "Long", "Lộc", "Lợi", "Luân", "Lực", "Lương", "Mạnh", "Minh", "Nam", "Nghĩa", "Ngọc", "Nguyên", "Nhân", "Nhật", "Phong", "Phú", "Phúc", "Phước", "Quang", "Quân", "Quý", "Quyết", "Sang", "Sáng", "Sơn", "Tài", "Tâm", "Tân", "Thái", "Thành", "Thắng", "Thiện", "Thịnh", "Thọ", "Thông", "Thuận", "Thuỷ", "Tiến", "Tình", "Toàn", "Trí", "Trung", "Trường", "Tú", "Tuấn", "Tùng", "Tường", "Việt", "Vinh", "Vũ"],
    Sex.FEMALE: ["An", "Anh", "Ánh", "Bích", "Bình", "Châu", "Chi", "Cúc", "Diễm", "Dung", "Duyên", "Đào", "Giang", "Hà", "Hạnh", "Hằng", "Hảo", "Hân", "Hiền", "Hoa", "Hoà", "Hoài", "Hồng", "Huế", "Huệ", "Hương", "Hường", "Khuyên", "Lan", "Lành", "Lâm", "Lê", "Liên", "Liễu", "Linh", "Loan", "Lụa", "Lương", "Lý", "Mai", "Mận", "Minh", "Mơ", "My", "Nga", "Ngà", "Ngân", "Nghĩa", "Ngọc", "Nguyệt", "Nhàn", "Nhi", "Nhung", "Oanh", "Phúc", "Phương", "Phượng", "Quyên", "Quỳnh", "Sen", "Tâm", "Thanh", "Thảo", "Thắm", "Thơm", "Thu", "Thuận", "Thuý", "Thuỷ", "Thương", "Tình", "Trà", "Trang", "Trâm", "Tuyết", "Vân", "Vinh", "Xuân", "Yên", "Yến"],
}
_STREETS = (
    "Hoa Sen", "Hoa Phượng", "Hoa Gạo", "Lúa Vàng", "Nắng Mới", "Gió Lào", "Sông Xanh", "Cầu Tre", "Bến Đò",
    "Đồng Quê", "Cây Đa", "Giếng Làng", "Ao Sen", "Bờ Đê", "Vườn Cam", "Vườn Bưởi", "Chợ Mai", "Đình Làng",
)
# fmt: on


class Names:
    """Draws from one generator; numbers that must not repeat are counted over the whole load."""

    def __init__(self, rng: Random, counter: "Counter"):
        self.rng, self.counter = rng, counter

    def family(self) -> str:
        return self._weighted(_FAMILY)

    def full(self, sex: str, family: str = "") -> str:
        kind = Sex(sex)
        return f"{family or self.family()} {self._weighted(_MIDDLE[kind])} {self.rng.choice(_GIVEN[kind])}"

    def address(self) -> str:
        number, street = self.rng.randint(1, 240), self.rng.choice(_STREETS)
        alley = f"ngõ {self.rng.randint(2, 90)}, " if self.rng.random() < 0.6 else ""
        return f"Số {number}, {alley}đường {street}"

    def phone(self) -> str:
        """Ten digits that no network dials."""
        return f"0000{self.rng.randint(0, 999_999):06d}"

    def cccd(self, sex: str, birth_year: int) -> str:
        """Province 042, sex with century, year, and a serial that nobody else of this load has."""
        century = (birth_year // 100 - 19) * 2 + (sex == Sex.FEMALE)
        return f"042{century}{birth_year % 100:02d}{self.counter.next():06d}"

    def _weighted(self, weights: dict[str, int]) -> str:
        return self.rng.choices(list(weights), list(weights.values()))[0]


class Counter:
    """Six-digit serials in scattered order, each once in a million."""

    def __init__(self) -> None:
        self.given = 0

    def next(self) -> int:
        self.given += 1
        return (self.given * 7919 + 104_729) % 1_000_000
