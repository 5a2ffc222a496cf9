"""The words people write for the choices of the register, each meaning one choice, or named as meaning several."""

import re
from collections.abc import Mapping

from thanhsen import vietnamese

_OTHER = re.compile(r"[^a-z0-9]+")


def key(text: str) -> str:
    """A word as it is compared: "H'Mông", "Hmông" and "h mong" are "hmong"."""
    return _OTHER.sub("", vietnamese.fold(text))


def _keys(table: Mapping[str, str]) -> dict[str, str]:
    """Words with their marks → code, from code → words between commas."""
    return {word.strip().casefold(): code for code, words in table.items() for word in words.split(",")}


def _several(table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Words → the codes each may mean."""
    return {
        key(word): tuple(codes.split(", ")) for words, codes in table.items() for word in words.split(",")
    }


SEX = _keys(
    {
        "male": "nam giới, đàn ông, con trai, trai, m, male",
        "female": "nữ giới, đàn bà, con gái, gái, f, female",
    }
)

RELATIONSHIP = _keys({
    "head": "chủ, ch, bản thân, là chủ hộ, chủ hộ gia đình",
    "spouse": "vợ, chồng, vợ chồng, vợ chủ hộ, chồng chủ hộ, vợ hoặc chồng, vợ của chủ hộ, chồng của chủ hộ",
    "child": "con, con trai, con gái, con ruột, con trai đẻ, con gái đẻ, con chủ hộ, con cả, con út, con trưởng",
    "adopted_child": "con nuôi, con riêng, con nuôi con riêng",
    "child_in_law": "con dâu, con rể, dâu, rể, con dâu con rể, con dâu rể",
    "parent": "cha, mẹ, bố, má, ba má, bố đẻ, mẹ đẻ, cha đẻ, bố mẹ, cha mẹ, bố ruột, mẹ ruột, bố mẹ đẻ, thân sinh",
    "parent_in_law": "bố vợ, mẹ vợ, bố chồng, mẹ chồng, cha vợ, cha chồng, bố mẹ vợ, bố mẹ chồng, cha mẹ vợ chồng, "
    "nhạc phụ, nhạc mẫu",
    "grandparent": "ông, bà, cụ, ông nội, bà nội, ông ngoại, bà ngoại, ông bà, ông bà nội, ông bà ngoại",
    "grandchild": "cháu nội, cháu ngoại, cháu nội ngoại",
    "great_grandchild": "chắt nội, chắt ngoại",
    "sibling": "anh, chị, em, anh trai, chị gái, em trai, em gái, anh ruột, chị ruột, em ruột, anh chị em ruột, anh em",
    "nephew_niece": "cháu trai ruột, cháu gái ruột",
    "aunt_uncle": "cô, dì, chú, bác, cậu, cô ruột, dì ruột, chú ruột, bác ruột, cậu ruột, mợ, thím, dượng",
    "guardian": "giám hộ",
    "unrelated": "không có quan hệ, không quan hệ, ở nhờ, người ở nhờ, người giúp việc, bạn",
    "other": "khác, quan hệ khác",
})  # fmt: skip
RELATIONSHIP_OF_SEVERAL = _several({
    "ba": "parent, grandparent",
    "cháu, cháu trai, cháu gái": "grandchild, nephew_niece",
    "anh rể, chị dâu, em rể, em dâu": "sibling, other",
})  # fmt: skip

# Other names of the groups in the official list (Quyết định 121-TCTK/PPCĐ of 1979); those given to several are below.
ETHNICITY = _keys({
    "01": "Kinh (Việt), người Kinh, Việt Kinh, dân tộc Kinh",
    "02": "Phén, Thù Lao, Pa Dí", "03": "Thái Trắng, Thái Đen, Tày Khao, Tày Đăm, Tày Mười, Tày Thanh, Mán Thanh",
    "04": "Hán, Triều Châu, Xạ Phạng", "05": "Khmer, Khơ Me, Khơme, Khờ Me, Krôm", "06": "Mol, Mual, Ao Tá, Mọi Bi",
    "07": "Xuồng, Nùng An, Phàn Sinh, Nùng Cháo, Nùng Lòi", "08": "Mông, Mèo, Mèo Xanh, Mèo Đỏ, Mèo Đen, Ná Mẻo, Mán Trắng",
    "09": "Dìu Miền, Kim Miền, Lô Gang", "10": "Jrai, Jarai, Gia Lai, Giơ-rai, Chơ-rai, Hơ-bau, Hđrung",
    "11": "Đản, Lê, Xín", "12": "Rađê, Ra-đê, Rhade, Kpạ, A-đham, Krung, Ktul", "13": "Bahnar, Bana, Gơ-lar, Tơ-lô, Rơ-ngao",
    "14": "Sơ-đăng, Xê Đăng, Xơ-teng, Hđang, Tơ-đra, Mơ-nâm, Ha-lăng, Ca-dong",
    "15": "Cao Lan, Sán Chỉ, Cao Lan - Sán Chỉ, Mán Cao Lan, Hờn Bạn, Sán Chay (Cao Lan - Sán Chỉ)",
    "16": "Kơho, K'ho, Xrê, Tu-lốp, Lạch", "17": "Chàm, Chiêm Thành, Hroi", "18": "Sán Dẻo, Trại Đất, Mán Quần Cộc",
    "19": "Hơ-rê, Chăm Rê, Chom", "20": "Mơ-nông, M'Nông, Pnông, Bu-đâng, Biat", "21": "Raglay, Ra-glay, Ra-clây, Noang, La-oang",
    "22": "Stiêng, S'tiêng, Xa-điêng", "23": "Bru, Vân Kiều, Bru - Vân Kiều, Măng Coong, Tri Khùa",
    "24": "Kẹo, Mọn, Cuối, Đan Lai, Ly Hà, Tày Poọng", "25": "Nhắng, Dẩng, Pầu Thìn", "26": "Katu, Ka-tu, Ca-tu",
    "27": "Giẻ Triêng, Giẻ - Triêng, Triêng, Ta-riêng, Ve, La-ve", "28": "Châu Mạ, Mạ Ngăn, Mạ Xóp, Mạ Tô",
    "29": "Khơ Mú, Khmú, Xá Cẩu, Tày Hay", "30": "Cor, Kor, Cùa, Trầu", "31": "Tà-ôi, Tà Ôi, Tôi-ôi, Pa-cô, Pa-hi",
    "32": "Châu Ro, Dơ-ro", "33": "Xá Dón, Quảng Lâm", "34": "Xinh Mun, Puộc, Pụa", "35": "U Ní, Xá U Ní",
    "36": "Churu, Chơ-ru", "37": "Lào Bốc, Lào Nọi", "38": "Cù Tê, La Quả", "39": "Khlá Phlạo", "40": "Bồ Khô Pạ, Xá Phó, Mu Di Pạ",
    "41": "Khù Xung, Cò Xung, Khả Quy", "42": "Lừ, Nhuồn, Duôn", "43": "Mun Di", "44": "Sách, Rục, Mã-liêng, A-rem, Mày",
    "45": "Mảng Ư", "46": "Pà Hưng", "47": "Cờ Lao", "48": "Xắm Khống, Mấng Nhé, Xá Xeng", "49": "Chủng Chá, Trọng Gia, Tu Dí",
    "50": "Cù Dề Xừ, Khả Pẻ", "51": "Ka Pèo", "52": "Brao", "53": "Tày Hạt",
    "55": "nước ngoài, ngoại quốc, người ngoại quốc", "99": "không xác định, chưa xác định",
})  # fmt: skip
ETHNICITY_OF_SEVERAL = _several({
    "mán": "09, 15, 18",
    "trại": "09, 18",
    "xá": "29, 33, 39",
    "hoa mèo, mèo hoa": "04, 08",
    "thượng, người thượng": "10, 12, 13",
    "chil": "16, 20",
    "ca-tang": "26, 27",
    "xá khao": "33, 39",
    "xá lá vàng": "24, 44, 45",
    "lao": "37, 41",
})  # fmt: skip

_LEVELS = {
    "primary": "cấp 1, cấp I, lớp 1, lớp 2, lớp 3, lớp 4, lớp 5, TH",
    "lower_secondary": "THCS, cấp 2, cấp II, lớp 6, lớp 7, lớp 8, lớp 9, trung học cơ sở (cấp 2)",
    "upper_secondary": "THPT, PTTH, cấp 3, cấp III, lớp 10, lớp 11, lớp 12, phổ thông trung học",
}
SCHOOLING = _keys({
    "none": "không, không học, chưa đi học, nghỉ học, bỏ học, thôi học, đã nghỉ học, không còn đi học",
    "preschool": "mẫu giáo, nhà trẻ, MN, trường mầm non, lớp mẫu giáo",
    "vocational": "học nghề, sơ cấp, trung cấp, trung cấp nghề, sơ cấp nghề, cao đẳng nghề, trung cấp chuyên nghiệp",
    "higher": "cao đẳng, đại học, CĐ, ĐH, sau đại học, thạc sĩ, sinh viên, cao đẳng đại học, đại học trở lên",
    **_LEVELS,
})  # fmt: skip
EDUCATION = _keys({
    "none": "không, chưa có, không có bằng cấp, không bằng cấp, không có bằng, chưa có bằng, chưa tốt nghiệp tiểu học",
    "primary": "cấp 1, cấp I, bằng tiểu học, tốt nghiệp tiểu học, TN tiểu học, 5/12, 5/5",
    "lower_secondary": "THCS, cấp 2, cấp II, bằng THCS, tốt nghiệp THCS, TN THCS, 9/12, tốt nghiệp trung học cơ sở",
    "upper_secondary": "THPT, PTTH, cấp 3, cấp III, bằng THPT, tốt nghiệp THPT, TN THPT, 12/12, tốt nghiệp trung học phổ thông",
    "vocational": "sơ cấp, trung cấp, sơ cấp nghề, trung cấp nghề, cao đẳng nghề, chứng chỉ nghề, bằng nghề, học nghề, "
    "trung cấp chuyên nghiệp, trung học chuyên nghiệp",
    "higher": "cao đẳng, đại học, CĐ, ĐH, cử nhân, kỹ sư, thạc sĩ, tiến sĩ, sau đại học, cao đẳng đại học, đại học trở lên",
})  # fmt: skip
WORK = _keys({
    "none_seeking": "thất nghiệp, muốn làm việc, đang tìm việc, không có việc làm muốn đi làm",
    "wage_contract": "có hợp đồng, có hợp đồng lao động, làm công ăn lương có hợp đồng, làm thuê có hợp đồng",
    "wage_no_contract": "không hợp đồng, không có hợp đồng lao động, làm công ăn lương không hợp đồng, làm thuê không hợp đồng",
    "self_employed": "tự làm, làm ruộng, làm nông, nông nghiệp, làm nông nghiệp, nông dân, buôn bán, kinh doanh, trồng trọt, chăn nuôi",
    "not_seeking": "không có nhu cầu, không có nhu cầu việc làm",
    "unable": "mất sức lao động, mất khả năng lao động, hết khả năng lao động, không còn khả năng lao động",
    "studying": "đi học, học sinh, sinh viên, đang học, học sinh sinh viên, HS, SV",
    "retired": "hưu trí, về hưu, hưu, cán bộ hưu, đã nghỉ hưu",
})  # fmt: skip
WORK_OF_SEVERAL = _several({
    "không, không có việc làm, không có việc, chưa có việc làm, không việc làm, nội trợ, ở nhà": "none_seeking, not_seeking",
    "làm công ăn lương, làm thuê, công nhân, đi làm, làm công": "wage_contract, wage_no_contract",
    "lao động tự do, tự do, phụ hồ, thợ xây, lao động phổ thông": "self_employed, wage_no_contract",
})  # fmt: skip
LIVELIHOOD = _keys({
    "farming": "làm nông, làm ruộng, làm nông nghiệp, trồng trọt, chăn nuôi, nông dân, trồng lúa, ruộng",
    "forestry": "làm rừng, trồng rừng, nghề rừng",
    "fishery": "đánh cá, đánh bắt, thuỷ sản, nuôi trồng thuỷ sản, đánh bắt thuỷ sản, nuôi tôm, nghề cá, đi biển",
    "salt": "làm muối, muối, nghề muối",
    "casual": "tự do, làm thuê, phụ hồ, lao động phổ thông, thợ xây",
    "wage": "công nhân, cán bộ, công chức, viên chức, công ăn lương, làm công",
    "trade": "kinh doanh, thương mại, buôn bán nhỏ, tiểu thương, dịch vụ, kinh doanh buôn bán",
})  # fmt: skip
HOUSING = _keys({
    "permanent": "nhà kiên cố", "semi_permanent": "nhà bán kiên cố", "fragile": "nhà thiếu kiên cố",
    "simple": "nhà đơn sơ", "none": "không có nhà, chưa có nhà, ở nhờ, không có nhà ở, chưa có nhà ở",
})  # fmt: skip
HOUSING_OF_SEVERAL = _several({
    "cấp 4, nhà cấp 4": "permanent, semi_permanent, fragile",
    "tạm, nhà tạm, tạm bợ, nhà tạm bợ, nhà dột nát": "fragile, simple",
})  # fmt: skip
AREA_TYPE = _keys(
    {
        "urban": "đô thị, phường, thành phố, khu vực thành thị, khu vực đô thị",
        "rural": "xã, khu vực nông thôn",
    }
)
CLASSIFICATION = _keys({
    "poor": "nghèo, HN, N", "near_poor": "cận nghèo, HCN, CN, cận",
    "average": "mức sống trung bình, trung bình, HMSTB, hộ MSTB, MSTB",
    "not_poor": "hộ không nghèo, KN, không phải hộ nghèo",
})  # fmt: skip
CLASSIFICATION_OF_SEVERAL = _several({
    "thoát nghèo, hộ thoát nghèo, mới thoát nghèo, hộ mới thoát nghèo": "near_poor, not_poor",
    "thoát cận nghèo, hộ thoát cận nghèo, mới thoát cận nghèo": "average, not_poor",
    "tái nghèo, hộ tái nghèo, phát sinh, phát sinh mới": "poor, near_poor",
})  # fmt: skip
