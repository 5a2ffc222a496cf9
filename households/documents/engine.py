"""A template of Word and the words of a paper become a Word file that can still be edited.

Templates are filled in a sandbox with nothing to call; what a template may name is looked at beforehand by
`households.documents.faults`.
"""

import io
from dataclasses import fields, is_dataclass
from types import SimpleNamespace
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from households.documents import papers
from thanhsen.archives import settled
from thanhsen.papers.wording import plain

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILTERS = {"upper": str.upper, "lower": str.lower}


def environment() -> ImmutableSandboxedEnvironment:
    """Jinja with two filters, no function, and every value escaped for XML."""
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.filters = {name: _escaped(change) for name, change in FILTERS.items()}
    made.globals = {}
    made.tests = {}
    return made


def render(template: bytes, paper: papers.Paper) -> bytes:
    """The template filled with the paper: the same input gives the same bytes."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(context_of(paper), environment(), autoescape=True)
    stream = io.BytesIO()
    document.save(stream)
    return settled(stream.getvalue())


def context_of(paper: papers.Paper) -> dict[str, Any]:
    """Name → text, or list of rows: what the paper's type declares and nothing besides."""
    return {each.name: _value(getattr(paper, each.name)) for each in fields(paper)}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_value(each) for each in value]
    if is_dataclass(value):
        return SimpleNamespace(**{each.name: _value(getattr(value, each.name)) for each in fields(value)})
    return plain(value)


def _escaped(change):
    """Upper case before the escaping, or &amp; would become &AMP;."""
    return lambda value: change(str(value))
