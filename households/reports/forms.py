"""The official forms as data: number, circular, title, recipients and signers, in the circulars' own words.

Forms 2–5, 9 and 10 are read from templates in use. Of the others the columns are known and the exact line
"Theo mẫu …" is not, so none is printed. A ward may word them otherwise (`households.models.FormWording`).
"""

from dataclasses import dataclass
from enum import StrEnum

from households.poverty import Classification

CIRCULAR = "Thông tư số 07/2021/TT-BLĐTBXH"
CIRCULAR_OF_2022 = "Thông tư số 02/2022/TT-BLĐTBXH"


class Content(StrEnum):
    STOCK = "stock"
    MOVEMENT = "movement"
    LACKING = "lacking"
    LACKING_RATES = "lacking_rates"
    GROUPS = "groups"
    ETHNICITY = "ethnicity"
    CAUSES = "causes"
    CHILDREN = "children"
    RESULTS = "results"
    LIST = "list"


@dataclass(frozen=True)
class Form:
    """`template`: the number of the circular's form (mẫu 7.x), empty where it is not known. `recipients`: one a
    line; `makers`, `signers`: what stands over the signature, and the name under it (empty: signed by hand)."""

    number: int
    name: str
    content: Content
    of: Classification | None = None
    template: str = ""
    circular: str = CIRCULAR
    note: str = ""
    label: str = ""
    recipients: str = ""
    maker_title: str = "Người lập biểu"
    maker_name: str = ""
    signer_title: str = "CHỦ TỊCH UBND"
    signer_name: str = ""

    @property
    def called(self) -> str:
        return self.label or f"Mẫu số {self.number:02d}"

    @property
    def line(self) -> str:
        source = f"Theo mẫu {self.template}, {self.circular}" if self.template else f"Theo {self.circular}"
        return f"{self.called}. {self.name} ({source})"

    @property
    def of_class(self) -> Classification:
        if self.of is None:
            raise ValueError(f"form {self.number} is not of one class")
        return self.of

    @property
    def figures(self) -> str:
        """Forms with the same name here show the same figures."""
        content = self.content.removesuffix("_rates")
        return f"{content}:{self.of.value}" if self.of else content

    @property
    def is_list(self) -> bool:
        return self.content is Content.LIST


_INDICATORS = "các chỉ số thiếu hụt dịch vụ xã hội cơ bản của"
POOR, NEAR_POOR = Classification.POOR, Classification.NEAR_POOR
FORMS = {
    form.number: form
    for form in (
        Form(1, "Tổng hợp kết quả rà soát hộ nghèo, hộ cận nghèo", Content.STOCK),
        Form(2, "Tổng hợp diễn biến hộ nghèo trong năm", Content.MOVEMENT, POOR, "7.2"),
        Form(3, "Tổng hợp diễn biến hộ cận nghèo trong năm", Content.MOVEMENT, NEAR_POOR, "7.3"),
        Form(4, f"Phân tích {_INDICATORS} hộ nghèo", Content.LACKING, POOR, "7.4"),
        Form(
            5, f"Phân tích tỷ lệ {_INDICATORS} hộ nghèo", Content.LACKING_RATES, POOR, "7.5",
            note="(so với tổng số hộ nghèo)",
        ),
        Form(6, f"Phân tích {_INDICATORS} hộ cận nghèo", Content.LACKING, NEAR_POOR),
        Form(
            7, f"Phân tích tỷ lệ {_INDICATORS} hộ cận nghèo", Content.LACKING_RATES, NEAR_POOR,
            note="(so với tổng số hộ cận nghèo)",
        ),
        Form(8, "Phân nhóm hộ nghèo, hộ cận nghèo theo nhóm đối tượng", Content.GROUPS),
        Form(
            9, "Phân nhóm hộ nghèo, hộ cận nghèo theo dân tộc", Content.ETHNICITY, None, "7.9", CIRCULAR_OF_2022
        ),
        Form(
            10, "Phân tích hộ nghèo, hộ cận nghèo theo các nguyên nhân nghèo", Content.CAUSES, None, "7.10",
            CIRCULAR_OF_2022,
        ),
        Form(
            11, "Tổng hợp trẻ em thuộc hộ nghèo, hộ cận nghèo thiếu hụt y tế, giáo dục", Content.CHILDREN
        ),
        Form(12, "Tổng hợp kết quả hộ nghèo theo chuẩn nghèo đa chiều", Content.RESULTS, POOR),
        Form(13, "Tổng hợp kết quả hộ cận nghèo theo chuẩn nghèo đa chiều", Content.RESULTS, NEAR_POOR),
        Form(14, "Danh sách chi tiết hộ cận nghèo", Content.LIST, NEAR_POOR),
        Form(15, "Danh sách chi tiết hộ nghèo", Content.LIST, POOR),
    )
}  # fmt: skip


def words(of: Classification) -> str:
    """hộ nghèo, hộ cận nghèo."""
    return of.label[0].lower() + of.label[1:]
