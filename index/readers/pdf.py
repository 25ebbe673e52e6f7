"""PDF pages to running text: lines joined into paragraphs by where they stand, hyphens joined, running heads left out.

PDFium aborts on some hostile files, so this runs in the reading process only, under its memory and time limit.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import Any

from index.model import Article, When
from index.problems import Problem
from index.readers import dates, limits
from index.readers.plain import article, clean, first_line_title

HYPHEN = "\ufffe"  # PDFium's mark where a word was divided at the end of a line
_PDF_DATE = re.compile(r"D?:?\s?(\d{4})(\d{2})?(\d{2})?")
_END = re.compile(r"[.!?:…]['\"”’»)\]]{0,2}\s*\Z")
_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:page|p\.|seite|página|стр\.?)?\s{0,2}(?:\d{1,4}|[ivxlc]{1,6})\s{0,2}(?:(?:/|of|von|de"
    r"|из)\s{0,2}\d{1,4})?\W{0,3}\Z",
    re.I,
)
_EDGE_LINES = 3


@dataclass(slots=True)
class Line:
    """One line of a page: its text and its box in points (origin at the lower left); `height` is of its first
    character."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    height: float


def pdf_article(data: bytes) -> Article:
    """The text of a PDF. Raises Problem: "password", "damaged", "no-text-layer" (scans), "no-text", "too-large"."""
    import pypdfium2

    start = data.find(b"%PDF-", 0, 1024)
    try:
        document = pypdfium2.PdfDocument(data[start:] if start > 0 else data)
    except pypdfium2.PdfiumError as error:
        raise Problem(
            "password" if "password" in str(error).lower() else "damaged", detail="its page tree cannot be loaded"
        ) from error
    try:
        count = len(document)
        if count > limits.PDF_PAGES:
            raise Problem("too-large", detail=f"{count:,} pages")
        pages, pictures = _pages(document, count)
        properties = _properties(document)
    finally:
        document.close()
    if not any(pages):
        raise Problem("no-text-layer" if pictures else "no-text")
    drop = _running_heads(pages)
    paragraphs = _paragraphs([[line for line in page if id(line) not in drop] for page in pages])
    text = _with_hyphens_joined("\n\n".join(paragraphs)).strip()
    if not text:
        raise Problem("no-text-layer" if pictures else "no-text")
    return article(
        text,
        title=_title(properties.get("Title"), pages, text),
        author=clean(properties.get("Author")),
        candidates=_created(properties.get("CreationDate", "")),
    )


def _pages(document: Any, count: int) -> tuple[list[list[Line]], bool]:
    """The lines of every page, and whether pages without text show pictures."""
    import pypdfium2

    pages: list[list[Line]] = []
    pictures, characters, broken = False, 0, 0
    for number in range(count):
        try:
            page = document[number]
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError:
            broken += 1
            pages.append([])
            continue
        lines = _lines(textpage)
        characters += sum(len(line.text) for line in lines)
        if characters > limits.TEXT_CHARACTERS:
            raise Problem("too-large", detail=f"more than {limits.TEXT_CHARACTERS:,} characters")
        if not lines and not pictures:
            pictures = _has_picture(page)
        pages.append(lines)
        textpage.close()
        page.close()
    if count and broken == count:
        raise Problem("damaged", detail="none of its pages can be loaded")
    return pages, pictures


def _has_picture(page: Any) -> bool:
    import pypdfium2

    try:
        return any(True for _ in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3))
    except (pypdfium2.PdfiumError, RecursionError):
        return False


def _lines(textpage: Any) -> list[Line]:
    raw: str = textpage.get_text_range()
    count = textpage.count_chars()
    placed = len(raw) == count  # else some characters take two places and positions would be wrong
    lines: list[Line] = []
    at = 0
    for piece in raw.split("\r\n"):
        text = piece.replace("\x00", "").strip(" \t\n\r\x02\u00a0")
        if text:
            first = at + (len(piece) - len(piece.lstrip()))
            last = at + len(piece.rstrip()) - 1
            lines.append(_boxed(textpage, text, first, last) if placed else Line(text, 0, 0, 0, 0, 0))
        at += len(piece) + 2
    return lines


def _boxed(textpage: Any, text: str, first: int, last: int) -> Line:
    left, bottom, _, top = textpage.get_charbox(first, loose=True)
    _, lower, right, _ = textpage.get_charbox(last, loose=True)
    return Line(text, left, top, right, min(lower, bottom), top - bottom)


def _properties(document: Any) -> dict[str, str]:
    try:
        return dict(document.get_metadata_dict(skip_empty=True))
    except Exception:  # a broken info dictionary says nothing; the text counts
        return {}


def _created(value: str) -> list[When]:
    match = _PDF_DATE.match(value.strip())
    if not match:
        return []
    found = dates.stated(
        "-".join(part for part in match.groups() if part), "guessed from the document's properties (created)", 0.6
    )
    return [found] if found else []


def _title(stated: str | None, pages: list[list[Line]], text: str) -> str | None:
    """The stated title unless it is a file name or a left-over; else the largest lines at the top of the first page."""
    told = clean(stated)
    first_page = next((page for page in pages if page), [])
    shown = _largest_lines(first_page)
    if (
        told
        and len(told) > 4
        and not re.search(
            r"\.(?:docx?|indd|qxd|rtf|pdf|tex|dvi|odt|xlsx?|pptx?)\b|^untitled|^microsoft word|^unbenannt", told, re.I
        )
    ):
        return told
    return shown or first_line_title(text)


def _largest_lines(page: list[Line]) -> str | None:
    top = page[:12]
    if len(page) < 2 or not top[0].height:
        return None
    usual = median(line.height for line in page)
    largest = max(line.height for line in top)
    if largest < usual * 1.15:
        return None
    first = next(at for at, line in enumerate(top) if line.height >= largest * 0.97)
    shown: list[str] = []
    for line in top[first : first + 4]:
        if line.height < largest * 0.97:
            break
        shown.append(line.text)
    return clean(" ".join(shown).replace(HYPHEN, ""))


def _running_heads(pages: list[list[Line]]) -> set[int]:
    """Ids of lines at the top or bottom of pages that are page numbers or come again on other pages (digits aside)."""
    edges: list[tuple[str, Line]] = []
    for page in pages:
        ordered = sorted(page, key=lambda line: -line.top)
        near = {id(line): line for line in (*_set_apart(ordered), *_set_apart(ordered[::-1]))} if len(page) > 4 else {}
        edges += [(_shape(line.text), line) for line in near.values()]
    filled = sum(1 for page in pages if page)
    shapes = Counter(shape for shape, _ in edges)
    enough = max(2, filled // 3)
    drop = {id(line) for shape, line in edges if filled > 1 and shapes[shape] >= enough and len(line.text) < 160}
    for page in pages:
        if len(page) > 2:
            ordered = sorted(page, key=lambda line: -line.top)
            for line in (ordered[0], ordered[-1]):
                if _PAGE_NUMBER.match(line.text) and filled > 1:
                    drop.add(id(line))
    return drop


def _set_apart(ordered: list[Line]) -> list[Line]:
    """The lines at an edge of a page that a gap parts from its body; the outermost line alone where there is no gap."""
    usual = _usual_step(sorted(ordered, key=lambda line: -line.top))
    for at in range(min(_EDGE_LINES, len(ordered) - 1)):
        if usual and abs(ordered[at].bottom - ordered[at + 1].bottom) > 1.5 * usual:
            return ordered[: at + 1]
    return ordered[:1]


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.lower().split()))


def _paragraphs(pages: list[list[Line]]) -> list[str]:
    paragraphs: list[str] = []
    current: list[str] = []
    previous: Line | None = None
    for page in pages:
        usual = _usual_step(page)
        edges = _columns(page)
        for at, line in enumerate(page):
            if previous is not None and _starts(previous, line, usual, edges, at == 0):
                paragraphs.append(_joined(current))
                current = []
            current.append(line.text)
            previous = line
    if current:
        paragraphs.append(_joined(current))
    return [paragraph for paragraph in paragraphs if paragraph]


def _joined(lines: list[str]) -> str:
    """The lines of a paragraph as one; a hyphen before a small letter is marked, for only some of them are real."""
    pieces: list[str] = []
    for line in lines:
        last = pieces[-1][-2:] if pieces else HYPHEN
        if last.endswith(HYPHEN):
            pieces.append(line)
        elif last.endswith("-") and last[0].isalnum() and line[:1].islower():
            pieces[-1] = pieces[-1][:-1] + HYPHEN
            pieces.append(line)
        elif (last.endswith("-") and last[0].isalpha() and line[:1].isupper()) or _is_east(last[-1:], line[:1]):
            pieces.append(line)
        else:
            pieces += (" ", line)
    return " ".join("".join(pieces).split())


def _is_east(before: str, after: str) -> bool:
    """True between two characters of scripts that put no space between words."""
    return all("\u3040" <= one <= "\u30ff" or "\u4e00" <= one <= "\u9fff" for one in (before, after)) and bool(before and after)


def _usual_step(page: list[Line]) -> float:
    """The usual distance from line to line on a page in points; 0 when nothing is known of places."""
    steps = [a.bottom - b.bottom for a, b in itertools.pairwise(page) if 0 < a.bottom - b.bottom < 4 * max(a.height, 1)]
    return sorted(steps)[len(steps) // 3] if steps else 0.0


def _columns(page: list[Line]) -> dict[int, tuple[float, float]]:
    """For each line (by id) the left and right edge of the column that it stands in."""
    edges: dict[int, tuple[float, float]] = {}
    block: list[Line] = []
    for line in page:
        if block and (
            line.top > block[-1].top + line.height or line.left > block[-1].right or line.right < block[-1].left
        ):
            _note_edges(block, edges)
            block = []
        block.append(line)
    _note_edges(block, edges)
    return edges


def _note_edges(block: list[Line], edges: dict[int, tuple[float, float]]) -> None:
    if not block:
        return
    left = min(line.left for line in block)
    counts = Counter(round(line.left / 3) for line in block)
    usual = counts.most_common(1)[0][0] * 3
    rights = sorted(line.right for line in block)
    right = rights[int(len(rights) * 0.9)] if len(rights) > 3 else rights[-1]
    for line in block:
        edges[id(line)] = (max(left, usual - 2.0), right)


def _starts(before: Line, line: Line, usual: float, edges: dict[int, tuple[float, float]], new_page: bool) -> bool:
    """Whether `line` begins a new paragraph after `before`."""
    if before.text.endswith(HYPHEN):
        return False
    if not line.height or not before.height:  # places unknown: only what the words say
        return bool(_END.search(before.text[-6:])) and len(before.text) < 0.75 * max(len(line.text), 1)
    if abs(line.height - before.height) > 0.12 * max(line.height, before.height):
        return True
    left, right = edges.get(id(line), (line.left, line.right))
    ended = bool(_END.search(before.text[-6:]))
    indented = line.left > left + 0.6 * line.height and line.left < left + 6 * line.height
    jumped = new_page or line.top > before.top + before.height or line.left > before.right
    if jumped:
        return ended and (indented or before.right - before.left < 0.8 * (right - left))
    step = before.bottom - line.top + line.height
    if usual and step > 1.35 * usual:
        return True
    if indented and abs(before.left - line.left) > 0.5 * line.height:
        return ended
    short = before.right < right - 0.15 * max(right - left, 1)
    return ended and short


def _with_hyphens_joined(text: str) -> str:
    """The text without PDFium's hyphen marks and soft hyphens: divided words joined, real hyphens ("30-year") kept."""
    words = Counter(re.findall(r"[\w]+(?:-[\w]+)*", text.lower())) if HYPHEN in text else Counter()

    def mended(match: re.Match[str]) -> str:
        left, right = match[1], match[2]
        hyphenated = f"{left}-{right}".lower()
        if right[:1].isupper() or left[-1:].isdigit() or right[:1].isdigit():
            return f"{left}-{right}"
        if words[hyphenated] and not words[(left + right).lower()]:
            return f"{left}-{right}"
        return left + right

    text = re.sub(rf"(\w{{1,60}}){HYPHEN}\s{{0,3}}(\w{{1,60}})", mended, text)
    text = text.replace(HYPHEN, "-").replace("\u00ad", "")
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\uffff]", "", text)
