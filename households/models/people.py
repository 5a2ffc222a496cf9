"""Choices that describe people, in the order and words of the official lists."""

from django.db import models


class Sex(models.TextChoices):
    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class Relationship(models.TextChoices):
    HEAD = "head", "Chủ hộ"
    SPOUSE = "spouse", "Vợ/chồng"
    CHILD = "child", "Con đẻ"
    ADOPTED_CHILD = "adopted_child", "Con nuôi, con riêng"
    CHILD_IN_LAW = "child_in_law", "Con dâu, con rể"
    PARENT = "parent", "Cha, mẹ"
    PARENT_IN_LAW = "parent_in_law", "Cha, mẹ vợ/chồng"
    GRANDPARENT = "grandparent", "Ông bà, cụ"
    GRANDCHILD = "grandchild", "Cháu nội/ngoại"
    GREAT_GRANDCHILD = "great_grandchild", "Chắt"
    SIBLING = "sibling", "Anh chị em"
    NEPHEW_NIECE = "nephew_niece", "Cháu ruột"
    AUNT_UNCLE = "aunt_uncle", "Cô dì chú bác cậu"
    GUARDIAN = "guardian", "Người giám hộ"
    UNRELATED = "unrelated", "Không họ hàng"
    OTHER = "other", "Khác"


class Livelihood(models.TextChoices):
    FARMING = "farming", "Nông nghiệp"
    FORESTRY = "forestry", "Lâm nghiệp"
    FISHERY = "fishery", "Ngư nghiệp"
    SALT = "salt", "Diêm nghiệp"
    CASUAL = "casual", "Lao động tự do"
    WAGE = "wage", "Làm công ăn lương"
    TRADE = "trade", "Buôn bán"
    OTHER = "other", "Khác"


AGRICULTURE = frozenset({Livelihood.FARMING, Livelihood.FORESTRY, Livelihood.FISHERY, Livelihood.SALT})


class Housing(models.TextChoices):
    PERMANENT = "permanent", "Kiên cố"
    SEMI_PERMANENT = "semi_permanent", "Bán kiên cố"
    FRAGILE = "fragile", "Thiếu kiên cố"
    SIMPLE = "simple", "Đơn sơ"
    NONE = "none", "Không có nhà, ở nhờ"


# fmt: off
_ETHNIC_GROUPS = (
    "Kinh", "Tày", "Thái", "Hoa", "Khơ-me", "Mường", "Nùng", "Hmông", "Dao", "Gia-rai", "Ngái", "Ê-đê", "Ba-na",
    "Xơ-đăng", "Sán Chay", "Cơ-ho", "Chăm", "Sán Dìu", "Hrê", "Mnông", "Ra-glai", "Xtiêng", "Bru-Vân Kiều", "Thổ",
    "Giáy", "Cơ-tu", "Gié-Triêng", "Mạ", "Khơ-mú", "Co", "Ta-ôi", "Chơ-ro", "Kháng", "Xinh-mun", "Hà Nhì", "Chu-ru",
    "Lào", "La Chí", "La Ha", "Phù Lá", "La Hủ", "Lự", "Lô Lô", "Chứt", "Mảng", "Pà Thẻn", "Cơ Lao", "Cống", "Bố Y",
    "Si La", "Pu Péo", "Brâu", "Ơ Đu", "Rơ-măm", "Người nước ngoài",
)
# fmt: on
# The official code list of the 54 groups (01 Kinh … 54 Rơ-măm), 55 for foreigners, 99 for unknown.
Ethnicity = models.TextChoices(  # type: ignore[call-overload]  # the functional form takes pairs
    "Ethnicity",
    [(f"E{code:02d}", (f"{code:02d}", name)) for code, name in enumerate(_ETHNIC_GROUPS, start=1)]
    + [("E99", ("99", "Không rõ"))],
)
KINH = "01"
NOT_A_MINORITY = frozenset({"01", "55", "99"})
