"""SRT and WebVTT: what was said, without numbers and times; a change of voice begins a new paragraph."""

from __future__ import annotations

import re

from index.model import Article
from index.problems import Problem
from index.readers.decoding import decoded
from index.readers.plain import article

_TIME = re.compile(
    r"\s{0,4}(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s{0,4}-->\s{0,4}(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]{1,60})?\s+([^>]{1,100})>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|\{\\[^{}]{0,100}\}")
_TURN = re.compile(r"(?:[-–—]\s|>>|[A-ZÀ-ÞА-Я][\w.'’ \-]{1,40}:\s|\[)")
_PAUSE = 2.0  # seconds without words that begin a new paragraph
_ENDED = re.compile(r"[.!?…]['\"”’»)]?\s*\Z")


def subtitle_article(data: bytes, *, name: str = "") -> Article:
    """The words of a subtitle file as running text. Raises Problem("no-text")."""
    text, _ = decoded(data)
    paragraphs: list[str] = []
    last_end, voice = -99.0, ""
    for start, end, lines in _cues(text.replace("\r\n", "\n").replace("\r", "\n")):
        for line in lines:
            spoken = _VOICE.search(line)
            words = " ".join(
                _TAG.sub("", line)
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .split()
            )
            if not words:
                continue
            changed = spoken is not None and spoken[1].strip() != voice
            if spoken and changed:
                voice = spoken[1].strip()
                words = f"{voice}: {words}"
            if (
                not paragraphs
                or changed
                or _TURN.match(words)
                or (start - last_end > _PAUSE and _ENDED.search(paragraphs[-1]))
            ):
                paragraphs.append(words)
            elif paragraphs[-1] != words and not paragraphs[-1].endswith(" " + words):
                paragraphs[-1] += " " + words
        last_end = end
    whole = "\n\n".join(paragraphs)
    if not whole:
        raise Problem("no-text")
    return article(whole)


def _cues(text: str) -> list[tuple[float, float, list[str]]]:
    cues: list[tuple[float, float, list[str]]] = []
    current: list[str] | None = None
    lines = text.split("\n")
    for at, line in enumerate(lines):
        time = _TIME.match(line)
        if time:
            current = []
            cues.append((_seconds(*time.groups()[:4]), _seconds(*time.groups()[4:]), current))
        elif current is not None:
            following = lines[at + 1] if at + 1 < len(lines) else ""
            if not line.strip():
                current = None
            elif not (line.strip().isdigit() and _TIME.match(following)):
                current.append(line)
    return cues


def _seconds(hours: str | None, minutes: str, seconds: str, parts: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(f"{seconds}.{parts}")
