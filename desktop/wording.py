"""All words that people read for the engine's codes: only here they become language."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt

from index.model import Actor, Document, Role, Statement, When
from index.problems import SENTENCES, Problem


def tr(text: str) -> str:
    """The text in the language of the screen. One context, "Standpoint", for the whole program."""
    return QCoreApplication.translate("Standpoint", text)


def plural(count: int, one: str, many: str) -> str:
    """ "1 document", "1,204 documents": the count, grouped as the locale does, with the right word."""
    return f"{number(count)} {tr(one) if count == 1 else tr(many)}"


def number(value: int) -> str:
    """A whole number with the locale's grouping."""
    return QLocale().toString(value)


def score(value: float) -> str:
    """A place on a scale with its sign: "+2", "−0.5" (with a real minus), "0"."""
    return (f"{value:+g}" if value else "0").replace("-", "−")


KINDS: dict[str, tuple[str, str]] = {
    "direct": ("Direct", "In quotation marks, word for word"),
    "indirect": ("Indirect", "Reported in the outlet's words (“said that …”)"),
    "mixed": ("Mixed", "Reported, with some words in quotation marks"),
    "answer": ("Answer", "A paragraph of a turn in an interview or transcript"),
    "own": ("Own words", "A paragraph of a text that speaks for its author"),
}
STATUSES: dict[str, tuple[str, str]] = {
    "found": ("Found", "Found by the program, not looked at yet"),
    "confirmed": ("Confirmed", "Looked at and found right"),
    "corrected": ("Corrected", "Corrected by hand; kept when the text is read again"),
    "rejected": ("Rejected", "Not a statement, or not this actor's"),
}
ACTOR_KINDS: dict[str, str] = {
    "person": "Person",
    "organisation": "Organisation",
    "group": "Group",
    "state": "State",
    "unknown": "Not known what it is",
}
# How a statement was found: what stands where, as a reader sees it in the text.
RULES: dict[str, str] = {
    "quote-then-speaker": "a quotation, then its speaker with a verb of speech",
    "speaker-then-quote": "a speaker with a verb of speech, then the quotation",
    "quote-beside-cue": "a quotation beside a verb of speech",
    "quote-after-colon": "a quotation after a colon",
    "quote-then-signature": "a quotation with a signature below it",
    "quote-continued": "a quotation that goes on",
    "quote-of-running-speaker": "a quotation after one of the same speaker",
    "quote-alone": "a quotation with nobody beside it",
    "labelled-quotation": "a quotation after the speaker's name and a colon",
    "speaker-then-clause": "“… said that …”",
    "clause-then-speaker": "“…, … said”",
    "according-to": "“according to …”",
    "noun-cue": "“made clear that …”, “issued a statement saying …”",
    "in-the-words-of": "“in the words of …, …”",
    "judged-for": "“accused … of …”, “criticised … for …”",
    "urged-to": "“urged … to …”",
    "promised-to": "“promised to …”",
    "participle": "“…, adding that …”",
    "own-text": "a text that speaks for its author",
}
NOTES: dict[str, str] = {
    "negated cue": "the text says that it was not said",
    "modal cue": "the text does not say that it was said: “would say”, “to tell”",
} | {name: RULES[name] for name in ("judged-for", "urged-to", "promised-to", "noun-cue", "participle", "according-to")}
MARKS: dict[str, str] = {"speaker": "Speaker", "cue": "Cue", "content": "Words", "date": "Date"}
IMPORT_STATUSES: dict[str, str] = {
    "added": "Added",
    "duplicate": "Already here",
    "skipped": "Left out",
    "failed": "Not read",
}
FIELDS: dict[str, str] = {
    "title": "Title",
    "outlet": "Outlet",
    "author": "Author",
    "published": "Published",
    "language": "Language",
    "url": "Address",
    "file": "File",
    "actor": "Speaks for",
    "statements": "Statements",
    "added": "Added",
    "kind": "Kind",
    "year": "Year",
    "issue": "Issue",
    "via": "Via",
}


def kind(code: str) -> str:
    """A statement's kind in a word."""
    return tr(KINDS.get(code, (code, ""))[0])


def kind_explained(code: str) -> str:
    """A statement's kind in a sentence."""
    return tr(KINDS.get(code, ("", code))[1])


def status(code: str) -> str:
    """A statement's status in a word."""
    return tr(STATUSES.get(code, (code, ""))[0])


def status_explained(code: str) -> str:
    """A statement's status in a sentence."""
    return tr(STATUSES.get(code, ("", code))[1])


def how_found(rule: str) -> str:
    """What found a statement: the trained model (and what it noted), or a rule; in words."""
    name, comma, notes = rule.partition(", ")
    noted = "; ".join(tr(NOTES.get(note, note)) for note in notes.split(", ")) if comma else ""
    if name == "model":
        found = tr("Found by the trained model")
    elif name in RULES:
        found = tr("Found by rule: {words}").format(words=tr(RULES[name]))
    else:
        found = tr("Found by the rule “{rule}”").format(rule=name)
    return f"{found} ({noted})" if noted else found


def why_actor(rule: str) -> str:
    """Why a mention is this actor: “he” → Ann Lee: last speaker."""
    mention, arrow, rest = rule.partition(" -> ")
    return f"“{mention}” → {rest}" if arrow else rule


def actor_kind(code: str) -> str:
    """What sort of actor it is."""
    return tr(ACTOR_KINDS.get(code, code))


def field(code: str) -> str:
    """The name of a document's or statement's field."""
    return tr(FIELDS.get(code, code))


def problem(found: Problem | str, file: str = "", detail: str = "") -> str:
    """A sentence for an error that the user can act on."""
    code = found if isinstance(found, str) else found.code
    if isinstance(found, Problem):
        file, detail = found.file, found.detail
    text = tr(SENTENCES.get(code, code))
    return text.replace("{file}", file or tr("The file")).replace("{detail}", detail or tr("no details"))


# --- dates ---


def day(value: date) -> str:
    """A day as the locale writes it in a list: "26 Nov 2024"."""
    return QLocale().toString(QDate(value.year, value.month, value.day), "d MMM yyyy")


def moment(text: str) -> str:
    """A time as the engine keeps it (UTC, ISO) in the time and the style of this place: "26 Nov 2024 18:05"."""
    at = QDateTime.fromString(text, Qt.DateFormat.ISODate)
    return QLocale().toString(at.toLocalTime(), "d MMM yyyy HH:mm") if at.isValid() else text


def language(code: str | None) -> str:
    """A language by its name: "Turkish" for "tr"."""
    found = QLocale.codeToLanguage(code or "")
    return code or "" if found == QLocale.Language.AnyLanguage else QLocale.languageToString(found)


def when(found: When | None, unknown: str = "No date") -> str:
    """A date as people read it: "26 Nov 2024", "Nov 2024", "before 13 Mar 2023", "14–29 Mar 2023", "about 2024"."""
    if found is None or (found.earliest is None and found.latest is None):
        return tr(unknown)
    first, last = found.earliest, found.latest
    if first is None:
        assert last is not None
        return tr("until {day}").format(day=day(last))
    if last is None:
        return tr("from {day}").format(day=day(first))
    text = _range(first, last)
    return tr("about {date}").format(date=text) if found.precision == "approximate" else text


def _range(first: date, last: date) -> str:
    if first == last:
        return day(first)
    whole = found_edtf(first, last)
    if len(whole) == 7:
        return QLocale().toString(QDate(first.year, first.month, 1), "MMM yyyy")
    if len(whole) == 4:
        return whole
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{QLocale().toString(QDate(first.year, first.month, first.day), 'd MMM')} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def period(first: When, last: When) -> str:
    """From the first to the last of several dates: "14 Mar 2023 – 13 Feb 2025", "about 2023 – 5 Oct 2024"."""
    ends = (_end(first, early=True), _end(last, early=False))
    return ends[0] if ends[0] == ends[1] else " – ".join(ends)


def _end(found: When, early: bool) -> str:
    """A date as one end of a period: a whole month or year stays one, since its first day would say too much."""
    first, last = found.earliest or found.latest, found.latest or found.earliest
    if first is None or last is None:
        return tr("No date")
    whole = first != last and len(found.edtf.rstrip("~")) <= 7
    return when(found) if whole else day(first if early else last)


def found_edtf(first: date, last: date) -> str:
    """The range after EDTF; a whole month or year is short."""
    return When(first, last).edtf


def certainty(value: float) -> str:
    """How sure the program is, in words that a reader can weigh."""
    if value >= 0.95:
        return tr("certain")
    if value >= 0.8:
        return tr("fairly certain")
    if value >= 0.6:
        return tr("likely")
    return tr("uncertain")


def share(value: float) -> str:
    """0.87 as "87 %"."""
    return f"{round(value * 100)} %"


# --- things ---


def speaker(statement: Statement) -> str:
    """Who says it, as a list shows it."""
    return statement.actor or tr("Unknown speaker")


def role(found: Role) -> str:
    """ "Secretary General, 2023–2024": an office with the days in which the documents show it."""
    span = ""
    if found.earliest or found.latest:
        span = when(When(found.earliest, found.latest, "range"))
    return f"{found.title} · {span}" if span else found.title


def chain(statement: Statement) -> str:
    """Through whom the words came."""
    return " ← ".join(statement.via)


def source(document: Document) -> str:
    """Outlet and date of a document in one line."""
    return " · ".join(part for part in (document.outlet, when(document.published)) if part)


def quoted(statement: Statement) -> str:
    """The words, in quotation marks only where the document prints them so: what an outlet reports is no quote."""
    return f"“{statement.text}”" if statement.kind == "direct" else statement.text


def citation(statement: Statement, document: Document) -> str:
    """A statement with all that is needed to cite it, as plain text; what is not word for word says so."""
    who = speaker(statement) + (f" ({statement.role})" if statement.role else "")
    said = when(statement.when, "date unknown")
    via = f", via {chain(statement)}" if statement.via else ""
    published = when(document.published, "undated")
    outlet = f"{document.outlet}, " if document.outlet else ""
    loose = statement.kind in ("indirect", "mixed")
    reported = tr(", {kind} speech").format(kind=kind(statement.kind).lower()) if loose else ""
    return f"{quoted(statement)}\n— {who}, {said}{via}{reported}. {document.name}, {outlet}{published} [{statement.label}]"


def citation_html(statement: Statement, document: Document) -> str:
    """The same for word processors."""
    from html import escape

    quote, rest = quoted(statement), citation(statement, document)[len(quoted(statement)) + 1 :]
    return f"<blockquote><p>{'<br>'.join(map(escape, quote.splitlines()))}</p><p>{escape(rest)}</p></blockquote>"


def actor_line(actor: Actor) -> str:
    """Aliases in one line."""
    return " · ".join(actor.aliases)


def duration(seconds: float) -> str:
    """A time left, rounded as people say it."""
    if seconds < 5:
        return tr("a few seconds left")
    if seconds < 90:
        return tr("about {n} seconds left").format(n=round(seconds / 5) * 5)
    if seconds < 5400:
        return tr("about {n} minutes left").format(n=round(seconds / 60))
    return tr("about {n} hours left").format(n=round(seconds / 3600))


def unexpected(error: BaseException) -> str:
    """A bug of ours, said plainly; the log has the rest."""
    return tr(
        "Something went wrong that should not ({error}). The log has the details; nothing you entered before is lost."
    ).format(error=type(error).__name__)


MERGE_WARNINGS: dict[str, str] = {
    "office-and-holder": "One of them is an office, the other a person who held it. Offices change hands: "
    "better give the person a role with its days.",
    "different-kinds": "They are actors of different kinds: a person and an organisation, for instance, are never one.",
    "different-given-names": "They share a surname, but their given names differ: they may be relatives.",
}


def merge_warning(code: str) -> str:
    """Why two actors had better not be merged."""
    return tr(MERGE_WARNINGS.get(code, code))


def merge_reason(reason: str) -> str:
    """Why two actors may be one."""
    return tr(reason[:1].upper() + reason[1:])
