"""The nouns of Standpoint: what exists. Only the standard library is imported here.

A place in a text is a `Span` of Unicode code points into the unchanging text of one document; whatever holds a span
also says which document it belongs to (a statement by its `document_id`), so a span itself is two numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

StatementKind = Literal["direct", "indirect", "mixed", "answer", "own"]
Status = Literal["found", "confirmed", "corrected", "rejected"]
ActorKind = Literal["person", "organisation", "group", "state", "unknown"]
Precision = Literal["day", "month", "quarter", "season", "year", "range", "approximate"]

NOTHING: Mapping[str, str] = MappingProxyType({})


class Span(NamedTuple):
    """A place in a text: `start` and `end` in code points, end excluded. `text[span.start:span.end]` is what it marks."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters it marks in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def within(self, other: Span) -> bool:
        """True where it lies wholly inside `other`."""
        return other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class When:
    """A date that may be uncertain: from `earliest` to `latest`, both days included; None is an open end.

    `rule` names in plain English what found it ("last Tuesday before publication"), `certainty` is 0..1,
    `expression` is the place in the document's text that says it (None: inferred, or from outside the text).
    """

    earliest: date | None
    latest: date | None
    precision: Precision = "day"
    rule: str = ""
    certainty: float = 1.0
    expression: Span | None = None

    @property
    def is_day(self) -> bool:
        """True when it is exactly one day."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def edtf(self) -> str:
        """Text after EDTF: "2024-11-26", "2024-11", "2024", "2024-11~", "../2023-03-13", "2023-03-14/2023-03-29"."""
        a, b = self.earliest, self.latest
        if a is None or b is None:
            return f"{a.isoformat() if a else '..'}/{b.isoformat() if b else '..'}"
        mark = "~" if self.precision == "approximate" else ""
        if a == b:
            return a.isoformat() + mark
        if a.day == 1 and (b.toordinal() + 1 == _month_after(a).toordinal()):
            return f"{a.year:04d}-{a.month:02d}{mark}"
        if (a.month, a.day) == (1, 1) and (b.month, b.day) == (12, 31) and a.year == b.year:
            return f"{a.year:04d}{mark}"
        return f"{a.isoformat()}/{b.isoformat()}{mark}"


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) if (day.year, day.month) < (9999, 12) else date.max


# --- what readers and extraction return (no library, no ids) --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader finds in a file: one text and what the file says of it. One file may hold several.

    `published` is the best of `dates` (each a candidate with its rule); `actor` is set when the whole text is that
    actor's own words; `problem` is a code of `index.problems` when nothing, or not all, could be read, `detail` its detail.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: When | None = None
    dates: tuple[When, ...] = ()
    language: str | None = None
    url: str | None = None
    actor: str | None = None
    attributes: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    problem: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SplitRule:
    """How one kind of bundle is laid out. Patterns are regular expressions that have to match from the start of a line.

    `start` is the first line of an article, `end` its last one (at least one of them is given; both lines are left out
    of the text when `keep_marks` is off). `fields` maps title, outlet, published, author, language to a pattern whose
    first group is the value. `body` is the line after which the text begins, `drop` matches lines to leave out.
    `title_line` and `outlet_line` count the non-empty lines of an article for layouts without labels (0: none).
    """

    name: str
    start: str = ""
    end: str = ""
    body: str = ""
    drop: str = ""
    fields: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    title_line: int = 0
    outlet_line: int = 0
    keep_marks: bool = False


@dataclass(frozen=True, slots=True)
class TableHead:
    """The top of a table with an article per row: its columns, some rows, and which column is taken for which field.

    Fields: text, title, published, outlet, author, url, language, actor; what else there is becomes an attribute.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FoundActor:
    """An actor as one document shows it: the fullest name, its kind, other names and the roles printed there."""

    name: str
    kind: ActorKind = "unknown"
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """A statement as extraction finds it in one text.

    `content` leaves out the outer quotation marks. `speaker` is the mention beside the words, `actor` whom it was
    resolved to (None: unknown) by `actor_rule`. `parent` is the position of the enclosing statement in
    `Extraction.statements`; equal `utterance` numbers report the same words; `rule` names what found it.
    """

    kind: StatementKind
    content: tuple[Span, ...]
    speaker: Span | None = None
    cue: Span | None = None
    addressee: Span | None = None
    actor: str | None = None
    actor_rule: str = ""
    role: str | None = None
    when: When | None = None
    via: tuple[str, ...] = ()
    parent: int | None = None
    utterance: int = 0
    rule: str = ""
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that extraction finds in one text. `notes` are codes of what the user should know ("model-missing")."""

    statements: tuple[FoundStatement, ...] = ()
    actors: tuple[FoundActor, ...] = ()
    notes: tuple[str, ...] = ()


# --- what a library holds -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """One imported text. Its text never changes after import, so that places in it stay true.

    `digest` is the SHA-256 of the text, `original` the path of the kept file inside the library (POSIX, relative),
    `file` the name the user knows, `part` the number of the article in a file that holds several (0: the only one).
    """

    id: int
    file: str
    part: int = 0
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: When | None = None
    dates: tuple[When, ...] = ()
    url: str | None = None
    language: str | None = None
    text: str = ""
    digest: str = ""
    original: str | None = None
    original_digest: str | None = None
    actor: str | None = None
    attributes: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    duplicate_of: int | None = None
    problem: str | None = None
    added: str = ""
    statements: int = 0

    @property
    def name(self) -> str:
        """What to call it on the screen: its title, else its file."""
        return self.title or (f"{self.file}#{self.part}" if self.part else self.file)


@dataclass(frozen=True, slots=True)
class Role:
    """An office or function, with the days between which documents show the actor in it."""

    title: str
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, group or state that speaks."""

    id: int
    name: str
    kind: ActorKind = "unknown"
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    note: str = ""
    statements: int = 0


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """Two actors that may be one: never merged without the user. `score` is 0..1, `reason` a short sentence."""

    keep: int
    other: int
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class MergeMember:
    """One actor of a `MergeGroup`: how likely it is the one to keep (0..1) and why, a code that warns of it, the (id,
    title, outlet) of the documents that it speaks in, most statements first, and a statement as an example."""

    actor: Actor
    score: float = 1.0
    reason: str = ""
    warning: str | None = None
    documents: tuple[tuple[int, str, str], ...] = ()
    example: int | None = None


@dataclass(frozen=True, slots=True)
class MergeGroup:
    """Actors that may all be the one to `keep`: never two different full names, never two that people keep apart."""

    keep: MergeMember
    others: tuple[MergeMember, ...]

    @property
    def score(self) -> float:
        """How likely the surest of them is the one to keep."""
        return max(member.score for member in self.others)


@dataclass(frozen=True, slots=True)
class Statement:
    """What an actor is reported to have said. `text` is its content as the document prints it (spans joined by " … ")."""

    id: int
    document_id: int
    number: int
    kind: StatementKind
    content: tuple[Span, ...]
    text: str
    speaker: Span | None = None
    cue: Span | None = None
    addressee: Span | None = None
    actor_id: int | None = None
    actor: str | None = None
    actor_rule: str = ""
    role: str | None = None
    when: When | None = None
    via: tuple[str, ...] = ()
    parent_id: int | None = None
    utterance_id: int | None = None
    rule: str = ""
    certainty: float = 1.0
    status: Status = "found"
    note: str = ""

    @property
    def label(self) -> str:
        """The quotation id that exports print, stable: "document:number"."""
        return f"{self.document_id}:{self.number}"


# --- comparing --------------------------------------------------------------------------------------------------------

PartOp = Literal["equal", "insert", "delete", "replace", "move"]


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of an alignment, in reading order; spans are offsets into the two compared texts.

    `minor`: only case, punctuation, quotation marks or spelling variants differ. `move` numbers a moved block: the
    part where it left and the part where it arrived carry the same number.
    """

    op: PartOp
    left: Span | None
    right: Span | None
    minor: bool = False
    move: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One line of "what changed, in words". `kind` is a code: number, date, name, negation, modal, hedge, added, dropped ..."""

    kind: str
    before: str
    after: str
    left: Span | None
    right: Span | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts aligned: `likeness` 0..1 is the share of words kept; counts are words.

    `parts` is the exact alignment (as many equal words as can be); `redline` is the same for reading: islands of a
    few equal words are drawn into the change around them. Counts and likeness are those of the redline.
    """

    left: str
    right: str
    parts: tuple[Part, ...]
    likeness: float
    summary: tuple[Change, ...] = ()
    words_added: int = 0
    words_removed: int = 0
    redline: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements of one utterance that disagree: `kind` is number, year, name, negation or speaker.

    `values` maps each value to the statement ids that print it.
    """

    kind: str
    values: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """Statements that report the same words: counted once. `earliest` is the statement id that was published first.

    `cite` is the statement to cite, and `cite_reasons` codes of what speaks for it: "direct", "named-source",
    "first-hand", "complete", "earliest".
    """

    id: int
    statements: tuple[int, ...]
    earliest: int | None = None
    conflicts: tuple[Conflict, ...] = ()
    cite: int | None = None
    cite_reasons: tuple[str, ...] = ()


# --- positions --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Issue:
    """A question with a scale between two poles that the user names: -2 is the low pole, +2 the high pole."""

    id: int
    name: str
    low: str
    high: str
    query: str = ""
    question: str = ""
    low_definition: str = ""
    high_definition: str = ""
    low_examples: tuple[str, ...] = ()
    high_examples: tuple[str, ...] = ()
    seed_words: tuple[str, ...] = ()
    version: int = 1
    lowest: float = -2.0
    highest: float = 2.0


@dataclass(frozen=True, slots=True)
class Code:
    """One act of hand coding, never overwritten. `value` None: not about this issue (excluded), which is not 0.

    `recode`: a second look at a statement that the coder had coded before, to measure agreement with oneself; it
    changes no position.
    """

    id: int
    statement_id: int
    issue_id: int
    issue_version: int
    value: float | None
    coder: str = ""
    note: str = ""
    at: str = ""
    suggestion_seen: bool = False
    recode: bool = False


METHODS = ("manual", "suggested", "wordscores", "dictionary")  # by hand, or by which method of texts


@dataclass(frozen=True, slots=True)
class Position:
    """A statement's score on an issue, by hand or as a method suggests it.

    `method` is one of `METHODS`; `status` accepted or suggested.

    `interval` is (low, high) on the scale, or None where the method gives none; `n` statements of the utterance.
    """

    statement_id: int
    issue_id: int
    actor_id: int | None
    when: When | None
    score: float
    interval: tuple[float, float] | None = None
    method: str = "manual"
    status: str = "accepted"
    evidence: tuple[str, ...] = ()
    n: int = 1


@dataclass(frozen=True, slots=True)
class Estimate:
    """Mean position of an actor in a period [start, end]: t interval for n >= 3, label from the nine-step ladder for n >= 2."""

    actor_id: int
    start: date
    end: date
    n: int
    mean: float
    sd: float | None = None
    interval: tuple[float, float] | None = None
    uncoded: int = 0
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the ridge model says of one statement: "leans to LOW" or "leans to HIGH", never a position by itself.

    `side` is "low" or "high"; `right` of `of` out-of-fold predictions that leaned as far to this side were right.
    `evidence` are the words that counted, `places` where they stand in the statement's text, `similar` the most
    similar coded statements. `prediction` and its 80 % `interval` are on the issue's scale and only sort the queue.
    """

    statement_id: int
    side: Literal["low", "high"] | None
    prediction: float
    interval: tuple[float, float] | None = None
    right: int = 0
    of: int = 0
    evidence: tuple[str, ...] = ()
    places: tuple[Span, ...] = ()
    similar: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """Where the mean of a series changed, with the p value of the permutation test (Taylor's CUSUM)."""

    statement_id: int
    last_before: date
    first_after: date
    p: float
    mean_before: float
    mean_after: float
    n_before: int
    n_after: int


@dataclass(frozen=True, slots=True)
class PhraseUse:
    """How one actor used a watch phrase: the statements in order of date, and since when it was dropped.

    `since` counts the actor's later statements without it; `dropped` is True when so long a silence would be
    unlikely (below 5 %) at the rate at which the phrase was used before.
    """

    phrase: str
    actor_id: int
    statements: tuple[int, ...]
    first: When
    last: When
    since: int = 0
    dropped: bool = False


# --- the timeline: what the plot shows, as numbers and dates ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """One utterance: `x`, `low_x`, `high_x` in days since `Timeline.epoch`, `score` on the issue's scale.

    `kind` is "code", or "suggestion" / "indicator" (never part of a mean). `jitter` is added on the screen only.
    `statements` are all that report the utterance; `outdated`: coded under an earlier definition of the issue.
    `open_start`: only known to be not after `x` (so it is drawn with an open bar), `open_end`: not before it.
    """

    statement_id: int
    x: float
    low_x: float
    high_x: float
    score: float
    kind: Literal["code", "suggestion", "indicator"] = "code"
    method: str = "manual"
    jitter: float = 0.0
    statements: tuple[int, ...] = ()
    evidence: tuple[str, ...] = ()
    outdated: bool = False
    open_start: bool = False
    open_end: bool = False

    @property
    def is_day(self) -> bool:
        """True when it is exactly one day."""
        return self.low_x == self.high_x and not self.open_start and not self.open_end


@dataclass(frozen=True, slots=True)
class TimelineTick:
    """A statement without a code, so that the unknown is seen: days since `Timeline.epoch`; open as a point may be."""

    statement_id: int
    x: float
    low_x: float
    high_x: float
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class PeriodMean:
    """An actor's mean in a period, drawn at the mean date of the points behind it."""

    x: float
    estimate: Estimate
    statements: tuple[int, ...]

    @property
    def hollow(self) -> bool:
        """True on thin evidence: one or two codes."""
        return self.estimate.n <= 2


@dataclass(frozen=True, slots=True)
class Band:
    """The local-level mean with its 95 % band over one unbroken stretch; all four have one length."""

    x: tuple[float, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One actor on the timeline. `segments` are runs of positions in `means` that a line may join (no gap inside).

    `style` numbers its colour and shape; `turns` are statements in which the actor first came down on the other
    side of the middle; `coded`, `uncoded`, `excluded`, `undated` count utterances.
    """

    actor_id: int
    actor: str
    style: int
    points: tuple[TimelinePoint, ...] = ()
    ticks: tuple[TimelineTick, ...] = ()
    means: tuple[PeriodMean, ...] = ()
    segments: tuple[tuple[int, ...], ...] = ()
    bands: tuple[Band, ...] = ()
    turns: tuple[int, ...] = ()
    change: ChangePoint | None = None
    overall: Estimate | None = None
    coded: int = 0
    uncoded: int = 0
    excluded: int = 0
    undated: int = 0


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happened, from the analyst's own table, in days since `Timeline.epoch`."""

    x: float
    high_x: float
    label: str
    when: When


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that the plot shows. `x` counts days since `epoch`; `start`..`end` is the range of the data.

    `problem` says why there is nothing to draw: "no-statements", "no-codes" or "no-dates" (None: there is).
    `period` is "month", "quarter", "year" or a number ("the last n"). `unnamed` counts utterances of unknown
    speakers, which stand in no lane.
    """

    issue: Issue | None
    epoch: date
    lanes: tuple[Lane, ...] = ()
    start: float = 0.0
    end: float = 0.0
    period: str = "year"
    events: tuple[TimelineEvent, ...] = ()
    phrases: tuple[PhraseUse, ...] = ()
    coded: int = 0
    uncoded: int = 0
    excluded: int = 0
    undated: int = 0
    unnamed: int = 0
    outdated: int = 0
    across: int = 0
    by_publication: int = 0
    problem: str | None = None

    def day(self, x: float) -> date:
        """The day at `x`, kept within what a calendar can say."""
        return date.fromordinal(min(max(self.epoch.toordinal() + round(x), 1), date.max.toordinal()))

    def x(self, day: date) -> float:
        """Where `day` stands: days since the epoch."""
        return float(day.toordinal() - self.epoch.toordinal())


# --- searching --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result: a statement or document `id`, with a snippet and the places of the matched words in it."""

    id: int
    document_id: int
    score: float
    snippet: str
    marks: tuple[Span, ...] = ()
    actor: str | None = None
    said: When | None = None
    outlet: str | None = None
    title: str | None = None
    published: When | None = None
    kind: str | None = None
    status: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """What is wrong with a query: code, place in the query string, a sentence, and a mended query if one is offered."""

    code: str
    position: int
    message: str
    mended: str | None = None


@dataclass(frozen=True, slots=True)
class QuerySuggestion:
    """A query that would find something, with what it changes (`detail`).

    `reason` is spelling, actor (words as a speaker), name (another name), role, without, filters or unit.
    """

    query: str
    total: int
    reason: str
    detail: str = ""
    unit: str = "statements"


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query. `total` counts all hits, `undated_hidden` what date filters left out for want of a date.

    `facets` maps a field ("actor", "outlet", "year", "kind", "issue") to (value, count) pairs, most frequent first.
    `partial`: the index is being made, so words are sought in a part of the library only.
    """

    query: str
    explained: str
    total: int
    hits: tuple[Hit, ...]
    undated_hidden: int = 0
    took_ms: float = 0.0
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=lambda: MappingProxyType({}))
    problem: QueryProblem | None = None
    advice: tuple[str, ...] = ()
    suggestions: tuple[QuerySuggestion, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One query of a batch: the line it stands on, its hits, or what is wrong with it."""

    line: int
    query: str
    unit: str
    name: str = ""
    total: int | None = None
    undated_hidden: int = 0
    explained: str = ""
    problem: QueryProblem | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """What one actor did with a phrase: first and last statement, how many, and how many of other words came after."""

    actor_id: int | None
    actor: str
    count: int
    first: int
    first_day: date | None
    last: int
    last_day: date | None
    since: int


@dataclass(frozen=True, slots=True)
class Watch:
    """A phrase over time: uses per year and month, the first and last dated use, and every actor's part in it.

    `first` and `last` are statement ids. A statement whose date is known to the month or the year only counts there;
    `undated` counts those without a date or with an open one ("until ..."), which take no part in first and last.
    """

    query: str
    total: int
    undated: int
    by_year: tuple[tuple[int, int], ...]
    by_month: tuple[tuple[str, int], ...]
    first: int | None
    last: int | None
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class ActorCard:
    """An actor at a glance: the latest statements (ids), how many there are, the days they span, what is missing.

    `gap` is the longest time without a dated statement (days before and after it), if it is longer than 90 days.
    """

    actor: Actor
    latest: tuple[int, ...]
    total: int
    undated: int
    first_day: date | None
    last_day: date | None
    gap: tuple[date, date] | None
    issues: tuple[tuple[str, int], ...]
    others: int = 0


# --- happenings -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """One file's (or article's) result during an import, or a step of another long task."""

    file: str
    document: int | None = None
    status: str = ""
    duplicate_of: int | None = None
    published: str | None = None
    statements: int = 0
    problem: str | None = None
    detail: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Changed:
    """Told to listeners after a change: which kinds of things changed (statement, actor, document, issue, code, all)."""

    kinds: frozenset[str]
    label: str = ""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One act of a user, undoable; the audit trail of the library. `state` is "done" or "undone"."""

    id: int
    label: str
    at: str
    state: str
    steps: int = 0
