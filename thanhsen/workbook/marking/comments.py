"""The words of comments: ours come and go, those of others stay as they are."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from thanhsen.tables import letter
from thanhsen.workbook.marking import AUTHOR, MAIN
from thanhsen.workbook.marking.markup import (
    Element,
    elements,
    escaped,
    place,
    prefix,
    replaced,
)

OPENING = f"{AUTHOR}:"  # LibreOffice forgets who wrote a comment, so its words must tell
RULE = "────────────"  # between ours and what somebody had written before
OURS = re.compile(re.escape(OPENING) + r"(?:.*?\n" + RULE + r"\n)?", re.DOTALL)
THREAD = "tc="  # the author of the stand-in for a conversation
LONGEST = 8_000  # letters; Excel takes 32,767
EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="{}"><authors></authors><commentList></commentList></comments>'
)
LOOK = '<{0}sz val="9"/><{0}color indexed="81"/><{0}rFont val="Tahoma"/><{0}family val="2"/>'
Place = tuple[int, int]


@dataclass
class _Comment:
    data: bytes
    author: int
    runs: list[tuple[bytes, str]]  # each as it is written, and its text
    text: tuple[int, int]  # where the runs are in `data`


class Comments:
    """The comments of a page. `old`: where others have commented; `threads`: where they converse."""

    def __init__(self, data: bytes | None, main: str = MAIN):
        self._data = data or EMPTY.format(main).encode()
        self._prefix = prefix(self._data)
        lists = {each.tag.name: each for each in elements(self._data, "authors", "commentList")}
        authors, listing = lists.get("authors"), lists.get("commentList")
        if authors is None or listing is None or "empty" in (authors.tag.kind, listing.tag.kind):
            authors, listing = self._begun(authors, listing)
        self._authors, self._list = authors, listing
        self._names = [
            html.unescape(self._data[slice(*each.body)].decode("utf-8", "replace"))
            for each in elements(self._data, "author")
        ]
        self.removed: set[Place] = set()
        self._comments = self._read()
        self.threads = {
            each for each, comment in self._comments.items() if self._name(comment.author).startswith(THREAD)
        }
        self._changed = False
        for each in list(self._comments):
            self._clean(each)

    @property
    def places(self) -> set[Place]:
        return set(self._comments)

    def say(self, words: Mapping[Place, str]) -> None:
        """A comment at each place, before what is written there; conversations are left alone."""
        ours = self._names.index(AUTHOR) if AUTHOR in self._names else len(self._names)
        for at in words.keys() - self.threads:
            self._changed = True
            said = words[at] if len(words[at]) <= LONGEST else words[at][: LONGEST - 1] + "…"
            old = self._comments.get(at)
            if old is None:
                self._comments[at] = self._new(at, ours, said)
                if ours == len(self._names):
                    self._names.append(AUTHOR)
                continue
            runs = [run if run else self._run("", text) for run, text in old.runs]
            added = (self._ours(f"{said}\n{RULE}\n"), *runs)
            old.data = replaced(old.data, [(*old.text, b"".join(added))])

    def written(self) -> bytes:
        """The part: as it came when nothing was said and nothing taken away, else sorted by row and column."""
        if not self._changed:
            return self._data
        had = self._data[slice(*self._authors.body)]
        if AUTHOR in self._names and AUTHOR not in html.unescape(had.decode("utf-8", "replace")):
            at = self._prefix
            had += b"<%sauthor>%s</%sauthor>" % (at, escaped(AUTHOR).encode(), at)
        listed = b"".join(self._comments[each].data for each in sorted(self._comments))
        return replaced(self._data, [(*self._authors.body, had), (*self._list.body, listed)])

    # Reading ----------------------------------------------------------------------------------------

    def _begun(self, authors: Element | None, listing: Element | None) -> tuple[Element, Element]:
        """Both lists open, where the part has them empty or not at all."""
        at, root = self._prefix, next(each for each in elements(self._data) if each.depth == 0)
        had = b"".join(self._data[slice(*each.body)] for each in (authors, listing) if each)
        names = had if authors and authors.tag.kind != "empty" else b""
        lists = b"<%sauthors>%s</%sauthors><%scommentList></%scommentList>" % (at, names, at, at, at)
        opening = self._data[root.start : root.tag.end].replace(b"/>", b">")
        self._data = self._data[: root.start] + opening + lists + b"</" + at + b"comments>"
        found = {each.tag.name: each for each in elements(self._data, "authors", "commentList")}
        return found["authors"], found["commentList"]

    def _read(self) -> dict[Place, _Comment]:
        start, end = self._list.body
        within = self._data[start:end]
        found: dict[Place, _Comment] = {}
        text: Element | None = None
        for each in elements(within, "comment", "text"):
            if each.tag.name == "text":
                text = each
                continue
            at = place(each.tag.attributes.get("ref", "").partition(":")[0])
            if text and text.start < each.start:
                text = None
            if at is None:
                continue
            data = within[each.start : each.end]
            body = (text.body[0] - each.start, text.body[1] - each.start) if text else (0, 0)
            author = each.tag.attributes.get("authorId", "0")
            found[at] = _Comment(
                data, int(author) if author.isdigit() else -1, self._runs(data[slice(*body)]), body
            )
        return found

    def _runs(self, text: bytes) -> list[tuple[bytes, str]]:
        """A text that is no run of its own has no bytes: it gets them when something is put before it."""
        runs = []
        for each in elements(text, "r", "t"):
            words = text[slice(*each.body)]
            if each.depth == 0 and each.tag.name == "t":
                runs.append((b"", self._plain(words)))
            elif each.depth == 0:
                inner = b"".join(words[slice(*one.body)] for one in elements(words, "t"))
                runs.append((text[each.start : each.end], self._plain(inner)))
        return runs

    @staticmethod
    def _plain(words: bytes) -> str:
        return html.unescape(words.decode("utf-8", "replace")).replace("\r\n", "\n")

    def _name(self, author: int) -> str:
        return self._names[author] if 0 <= author < len(self._names) else ""

    def _clean(self, at: Place) -> None:
        """What we said before is taken away; what stood under it stays."""
        comment = self._comments[at]
        found = OURS.match("".join(text for _, text in comment.runs))
        if at in self.threads or (not found and self._name(comment.author) != AUTHOR):
            return
        self._changed = True
        if not found or RULE not in found[0]:
            del self._comments[at]
            self.removed.add(at)
            return
        left, kept = found.end(), []
        for run, text in comment.runs:
            if left < len(text):
                kept.append((run, text) if left <= 0 else (self._shortened(run, text[left:]), text[left:]))
            left -= len(text)
        comment.data = replaced(comment.data, [(*comment.text, b"".join(run for run, _ in kept))])
        comment.runs = kept
        comment.text = (comment.text[0], comment.text[0] + sum(len(run) for run, _ in kept))

    # Writing ----------------------------------------------------------------------------------------

    def _shortened(self, run: bytes, text: str) -> bytes:
        look = elements(run, "rPr")
        return self._run(run[look[0].start : look[0].end].decode("utf-8", "replace") if look else "", text)

    def _run(self, look: str, text: str) -> bytes:
        at = self._prefix.decode()
        return f'<{at}r>{look}<{at}t xml:space="preserve">{escaped(text)}</{at}t></{at}r>'.encode()

    def _ours(self, said: str) -> bytes:
        at, look = self._prefix.decode(), LOOK.format(self._prefix.decode())
        bold = self._run(f"<{at}rPr><{at}b/>{look}</{at}rPr>", OPENING)
        return bold + self._run(f"<{at}rPr>{look}</{at}rPr>", f"\n{said}")

    def _new(self, at: Place, author: int, said: str) -> _Comment:
        mark, ref = self._prefix, f"{letter(at[1])}{at[0]}"
        data = (
            f'<{mark.decode()}comment ref="{ref}" authorId="{author}" shapeId="0"><{mark.decode()}text>'.encode()
            + self._ours(said)
            + b"</%stext></%scomment>" % (mark, mark)
        )
        return _Comment(data, author, [], (0, 0))
