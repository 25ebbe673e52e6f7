"""Mail: single messages, mailboxes, and web pages saved as MIME (MHTML). Plain text is preferred, pictures are never
fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from index.model import Article, When
from index.problems import Problem
from index.readers import dates, limits
from index.readers.decoding import codec_name, declared_charset, decoded
from index.readers.markup import html_text
from index.readers.plain import article, clean, unread

# The old policy: the new one raises on headers that real mail is full of.
_POLICY = policy.compat32


_ATTACHED = ("pdf", "docx", "odt", "rtf", "txt", "md", "htm", "html", "epub", "eml", "msg", "doc")


def mail_articles(data: bytes) -> list[Article]:
    """One message (its body, subject as title, sender as author, date header as date) and the documents attached to it.

    The attribute "attachment" names what was attached; what can't be read of it comes last, without text and with its
    `problem`. Raises Problem.
    """
    message = _message(data)
    attached = sorted(_attached(message), key=lambda one: not one.text)
    try:
        return [_article(message), *attached]
    except Problem:
        if any(one.text for one in attached):
            return attached
        raise


def _attached(message: Message) -> Iterator[Article]:
    """The documents attached to a message; they have its date when they tell none of their own."""
    from index.readers import articles_of
    from index.readers.kinds import extension

    for part in _parts(message):
        try:
            name = part.get_filename()
        except (ValueError, LookupError, TypeError, AttributeError):
            continue
        if (
            not name
            or extension(name) not in _ATTACHED
            or "attachment" not in _header(part, "Content-Disposition").lower()
        ):
            continue
        try:
            payload = part.get_payload(decode=True)
            found = articles_of(name, payload) if isinstance(payload, bytes) else []
        except Problem as why:
            yield unread(name, why)
            continue
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, RecursionError) as error:
            yield unread(name, Problem("damaged", detail=type(error).__name__))
            continue
        for one in found[:1]:
            best, every = dates.chosen(
                [*one.dates, *(replace(when, certainty=0.65) for when in _dates(message))], one.text
            )
            yield replace(one, published=best, dates=every, attributes={**one.attributes, "attachment": name[:300]})


def mbox_articles(data: bytes) -> list[Article]:
    """The messages of a mailbox, in their order; those that can't be read come last, without text and with their
    `problem`. None at all raises Problem("no-text")."""
    starts = [match.start() for match in re.finditer(rb"^From [^\r\n]{3,200}$", data.replace(b"\r\n", b"\n"), re.M)]
    whole = data.replace(b"\r\n", b"\n")
    found: list[Article] = []
    lost: list[Article] = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(whole)], strict=True), 1):
        if len(found) >= limits.ARTICLES:
            raise Problem("too-large", detail=f"more than {limits.ARTICLES:,} messages")
        try:
            body = whole[start:end].split(b"\n", 1)[1]
            found.append(_article(_message(re.sub(rb"^>(>*From )", rb"\1", body, flags=re.M))))
        except Problem as why:
            lost.append(unread(f"message {number}", why))
        except IndexError:  # a line "From ..." and nothing after it
            lost.append(unread(f"message {number}", Problem("no-text")))
    if not found:
        raise Problem("no-text")
    return [*found, *lost]


def mhtml_article(data: bytes, *, name: str = "") -> Article:
    """A web page saved as MIME: its first HTML part. The date of saving is not taken for the date of publication."""
    from index.readers.web import html_article

    message = _message(data)
    address = _header(message, "Snapshot-Content-Location") or None
    for part in _parts(message):
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            place = _header(part, "Content-Location")
            url = address or (place if place.startswith("http") else None)
            return html_article(b"", name=name, text=_text(part), url=url)
    return _article(message)


def _message(data: bytes) -> Message:
    try:
        return message_from_bytes(data.lstrip(b"\r\n\t ") if data[:1] in b"\r\n\t " else data, policy=_POLICY)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise Problem("damaged", detail=f"the message cannot be taken apart ({type(error).__name__})") from error


def _article(message: Message) -> Article:
    text = _body(message)
    if not text.strip():
        raise Problem("no-text")
    subject = _header(message, "Subject")
    author, _ = _sender(message)
    return article(text, title=subject or None, author=author, candidates=_dates(message))


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number > limits.MAIL_PARTS:
            return
        if not part.is_multipart():
            yield part


def _body(message: Message) -> str:
    """The text of a message: its plain parts that aren't attachments, else its HTML as text."""
    plain: list[str] = []
    rich: list[str] = []
    for part in _parts(message):
        if "attachment" in _header(part, "Content-Disposition").lower():
            continue
        kind = part.get_content_type()
        if kind == "text/plain":
            plain.append(_text(part))
        elif kind in ("text/html", "application/xhtml+xml"):
            rich.append(_text(part))
    text = "\n\n".join(one.strip("\n") for one in plain if one.strip())
    if text and "<html" in text[:2000].lower():
        text = html_text(text)
    return _unwrapped(text) if text else "\n\n".join(filter(None, (html_text(one) for one in rich)))


def _unwrapped(text: str) -> str:
    """Mail text with its hard line ends joined where all lines are cut near one width; other texts keep their lines."""
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    blocks = re.split(r"\n[ \t]*\n", text)
    out = []
    for block in blocks:
        lines = [line.rstrip() for line in block.split("\n")]
        long = [line for line in lines[:-1] if len(line) >= 55]
        if (
            len(lines) > 1
            and len(long) == len(lines) - 1
            and max(map(len, lines)) <= 100
            and not any(re.match(r"[>\-*•|\s]", line) for line in lines[1:])
        ):
            out.append(" ".join(lines))
        else:
            out.append("\n".join(lines))
    return "\n\n".join(block for block in out if block.strip())


def _text(part: Message) -> str:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError, AttributeError):
        payload = None
    if not isinstance(payload, bytes):
        raw = part.get_payload()
        payload = raw.encode("utf-8", "replace") if isinstance(raw, str) else b""
    if len(payload) > limits.MARKUP_BYTES:
        raise Problem("too-large", detail=f"{len(payload) // limits.MB} MB in one part")
    try:
        declared = part.get_param("charset")
    except (ValueError, LookupError, TypeError):
        declared = None
    name = str(declared) if isinstance(declared, str) else None
    try:
        return decoded(payload, name or declared_charset(payload))[0] if payload else ""
    except Problem:
        return payload.decode("latin-1")


def _header(message: Message, name: str) -> str:
    """A header in plain characters on one line; "" when it is missing. Broken encodings are shown, never raised."""
    try:
        value = message.get(name)
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    if value is None:
        return ""
    raw = str(value)
    pieces: list[str] = []
    try:
        for octets, charset in decode_header(raw):
            if isinstance(octets, str):
                pieces.append(octets)
            else:
                pieces.append(_decoded_word(octets, charset))
    except (ValueError, LookupError, TypeError, MessageError):
        pieces = [raw]
    return " ".join("".join(pieces).encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())[:2000]


def _decoded_word(octets: bytes, charset: str | None) -> str:
    codec = codec_name(charset)
    try:
        return octets.decode(codec) if codec else decoded(octets)[0] if octets.strip() else " "
    except (UnicodeDecodeError, LookupError, Problem):
        return octets.decode("latin-1")


def _sender(message: Message) -> tuple[str | None, str | None]:
    """Name and address of the sender; the address stands in for a missing name."""
    value = _header(message, "From") or _header(message, "Sender")
    try:
        pairs = getaddresses([value])
    except (ValueError, IndexError, TypeError):
        pairs = []
    for name, address in pairs:
        if name or address:
            return clean(name) or clean(address), clean(address)
    return clean(value), None


def _dates(message: Message) -> list[When]:
    found: list[When] = []
    told = dates.stated(_header(message, "Date"), "mail header (Date)", 0.97)
    if told:
        found.append(told)
    received = message.get_all("Received") or []
    if received and not told:
        value = str(received[-1]).rpartition(";")[2]
        arrived = dates.stated(value, "mail header (Received)", 0.9)
        if arrived:
            found.append(arrived)
    return found
