"""What is wrong with a template, each fault as a sentence that names the field or the place."""

import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, nodes
from lxml import etree

from households.documents import example
from households.documents.engine import FILTERS, context_of, environment
from households.documents.kinds import Kind
from households.documents.package import NOT_WORD, TAG, dangers, letters, read_parts

LOOP = {"index": "số thứ tự", "first": "dòng đầu", "last": "dòng cuối"}
PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Const,
    nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Filter,
)  # fmt: skip
SPECIAL = re.compile(r"\{\{\s*r\s|\{%\s*(?:r|tc|cellbg|colspan|vm|hm)\b")
CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
MOST_TAGS = 1000
LONGEST_TAG = 400  # characters
TOO_DEEP = "Các thẻ {% if %} lồng nhau quá sâu. Viết lại thành các đoạn riêng."
BROKEN = (
    "Mẫu điền thử ra tệp hỏng: thẻ mở và thẻ đóng phải nằm cùng một đoạn, hoặc mỗi thẻ một dòng riêng "
    "({%p for … %} … {%p endfor %}), trong bảng thì mỗi thẻ một hàng riêng ({%tr for … %} … {%tr endfor %})."
)


def check(data: bytes, kind: Kind) -> list[str]:
    """The faults of a template of `kind`, in the order they stand in it; an empty list when it may be used."""
    parts, refusal = read_parts(data)
    if refusal:
        return [refusal]
    if found := dangers(parts):
        return found
    try:
        document = DocxTemplate(io.BytesIO(data))
        document.init_docx()
        written = list(_written(document))
    except Exception:  # a zip that python-docx cannot read fails in many ways, all of them "not Word"
        return [NOT_WORD]
    # First the tags as they are typed: what docxtpl makes of a tag that never closes takes it for ever.
    found = [fault for text, _ in written for fault in _as_typed(letters(text))]
    if not found:
        texts = [(document.patch_xml(text), part) for text, part in written]
        try:
            found = [fault for text, _ in texts for fault in _in_text(text, kind)]
            found = found or _trial(document, texts, kind)
        except (RecursionError, SyntaxError):  # Python nests no deeper
            return [TOO_DEEP]
    return list(dict.fromkeys(found))


def _written(document: DocxTemplate) -> Iterator[tuple[str, Any]]:
    """(XML, its part) of the body, the headers and the footers."""
    yield document.get_xml(), document.docx.part
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(uri):
            yield document.get_part_xml(part), part


def _as_typed(text: str) -> list[str]:
    """Tags of docxtpl that write XML themselves, tags that do not close, more tags than a template has."""
    found = [
        f"Thẻ “{each.group()} …” không dùng được ở cổng này. Gần chỗ: {_near(text, each.start())}"
        for each in islice(SPECIAL.finditer(text), 20)
    ]
    tags = [each.start() for each in islice(TAG.finditer(text), MOST_TAGS + 1)]
    if len(tags) > MOST_TAGS:
        return [f"Mẫu có hơn {MOST_TAGS} thẻ. Bỏ bớt, hoặc dùng vòng lặp cho các dòng giống nhau."]
    for start, following in zip(tags, [*tags, len(text)][1:], strict=True):
        if CLOSING[text[start : start + 2]] not in text[start : min(following, start + LONGEST_TAG)]:
            found.append(f"Thẻ viết sai, thiếu dấu đóng. Gần chỗ: {_near(text, start)}")
    return found[:20]


def _in_text(text: str, kind: Kind) -> list[str]:
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", text)
    try:
        tree = environment().parse(lines)
    except TemplateSyntaxError as error:
        return [_syntax(error, lines)]
    return _walk(tree, kind, {})


def _walk(node: nodes.Node, kind: Kind, rows: dict[str, str]) -> list[str]:
    """Faults of a node; `rows`: loop variable → the list it runs through."""
    if not isinstance(node, PLAIN):
        return [_forbidden(node)]
    if isinstance(node, nodes.For):
        return _loop(node, kind, rows)
    if isinstance(node, nodes.Getattr):
        return _row_field(node, kind, rows)
    found = []
    if isinstance(node, nodes.Operand) and node.op not in {"eq", "ne"}:
        found.append("So sánh trong {% if %} chỉ dùng == (bằng) và != (khác).")
    if isinstance(node, nodes.Name):
        found += _name(node, kind, rows)
    if isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.args or node.kwargs):
        found.append(
            f"Bộ lọc “|{node.name}” không dùng được. Chỉ có |upper (viết hoa) và |lower (viết thường)."
        )
    return found + [fault for child in node.iter_child_nodes() for fault in _walk(child, kind, rows)]


def _name(node: nodes.Name, kind: Kind, rows: dict[str, str]) -> list[str]:
    if node.name in kind.fields:
        return []
    if node.name in rows or (node.name == "loop" and rows):
        return [
            f"“{node.name}” là một dòng của danh sách: ghi rõ trường, ví dụ {{{{ {node.name}.{_first(kind, rows.get(node.name))} }}}}."
        ]
    if node.name in kind.lists:
        return [f"“{node.name}” là danh sách: dùng {{%tr for dong in {node.name} %}} … {{%tr endfor %}}."]
    return [
        f"Trường “{node.name}” không có trong loại văn bản “{kind.label}”. Xem bảng các trường được dùng."
    ]


def _row_field(node: nodes.Getattr, kind: Kind, rows: dict[str, str]) -> list[str]:
    owner = node.node
    if isinstance(owner, nodes.Name) and owner.name == "loop" and rows:
        return (
            []
            if node.attr in LOOP
            else [f"“loop.{node.attr}” không dùng được. Chỉ có: loop.{', loop.'.join(LOOP)}."]
        )
    if not isinstance(owner, nodes.Name) or owner.name not in rows:
        written = f"{owner.name}.{node.attr}" if isinstance(owner, nodes.Name) else node.attr
        return [
            f"Trường “{written}” không có: dấu chấm chỉ dùng cho dòng của danh sách, trong {{% for … %}}."
        ]
    row = kind.lists[rows[owner.name]][1]
    if node.attr in row:
        return []
    return [
        f"Trường “{owner.name}.{node.attr}” không có trong danh sách “{rows[owner.name]}”. Được dùng: {', '.join(row)}."
    ]


def _loop(node: nodes.For, kind: Kind, rows: dict[str, str]) -> list[str]:
    if rows:
        return ["Vòng lặp không được lồng trong một vòng lặp khác."]
    if (
        not isinstance(node.iter, nodes.Name)
        or not isinstance(node.target, nodes.Name)
        or node.test
        or node.recursive
    ):
        return ["Vòng lặp viết theo dạng {% for dong in danh_sach %} … {% endfor %}."]
    if node.iter.name not in kind.lists:
        known = ", ".join(kind.lists)
        return [
            f"Danh sách “{node.iter.name}” không có trong loại văn bản “{kind.label}”. Được dùng: {known}."
        ]
    if node.target.name in {*kind.fields, *kind.lists, "loop"}:
        return [f"Tên dòng “{node.target.name}” trùng tên một trường; đặt tên khác, ví dụ: dong."]
    found = [fault for child in node.body for fault in _walk(child, kind, {node.target.name: node.iter.name})]
    return found + [fault for child in node.else_ for fault in _walk(child, kind, rows)]


def _forbidden(node: nodes.Node) -> str:
    names = {
        nodes.Call: "gọi hàm",
        nodes.Getitem: "ngoặc vuông",
        nodes.Assign: "set",
        nodes.Include: "include",
    }
    what = names.get(type(node), type(node).__name__.lower())
    return f"Mẫu dùng cách viết không được phép ({what}). Chỉ dùng {{{{ trường }}}}, {{% for %}}, {{% if %}}, |upper, |lower."


def _syntax(error: TemplateSyntaxError, lines: str) -> str:
    message = error.message or ""
    near = _near(lines, sum(len(line) + 1 for line in lines.split("\n")[: max(error.lineno - 1, 0)]))
    if "Unexpected end of template" in message:
        inner = re.search(r"innermost block that needs to be closed is '(\w+)'", message)
        block = inner.group(1) if inner else "for"
        return f"Thiếu thẻ đóng {{% end{block} %}} cho thẻ {{% {block} … %}}."
    if unknown := re.search(r"unknown tag '([^']*)'", message):
        if unknown.group(1).startswith("end"):
            return f"Thẻ đóng {{% {unknown.group(1)} %}} không có thẻ mở. Gần chỗ: {near}"
        if unknown.group(1) in {"tr", "p"}:
            return f"Thẻ {{%{unknown.group(1)} … %}} đặt sai chỗ: {{%tr … %}} chỉ dùng trong hàng của bảng. Gần chỗ: {near}"
        return f"Thẻ {{% {unknown.group(1)} … %}} không dùng được. Gần chỗ: {near}"
    if filtered := re.search(r"No filter named '([^']*)'", message):
        return f"Bộ lọc “|{filtered.group(1)}” không dùng được. Chỉ có |upper (viết hoa) và |lower (viết thường)."
    return f"Thẻ viết sai, thiếu dấu đóng hoặc thừa chữ. Gần chỗ: {near}"


def _near(lines: str, place: int) -> str:
    """Some words of the template around a place."""
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>?", " ", lines[place : place + 3000])).strip()
    return f"“{text[:60]}…”" if text else "cuối mẫu."


def _first(kind: Kind, name: str | None) -> str:
    return "index" if name is None else next(iter(kind.lists[name][1]))


def _trial(document: DocxTemplate, texts: list, kind: Kind) -> list[str]:
    """Filled with invented words, without any row and with three, it must still be XML."""
    for rows in (3, 0):
        words = context_of(example.of(kind, rows))
        for text, part in texts:
            try:
                etree.fromstring(document.render_xml_part(text, part, words, environment()).encode())
            except (etree.XMLSyntaxError, TemplateError, ValueError, AttributeError, TypeError):
                return [BROKEN]
    return []
