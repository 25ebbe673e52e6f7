"""The faster evaluation has to give what Whoosh's own Searcher gives: same totals, same best twenty."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
import Stemmer
from whoosh import query as wq
from whoosh.analysis import Filter, RegexTokenizer
from whoosh.fields import STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query.spans import SpanNear2

from index.search.fields import SCHEMAS
from index.search.textindex import TextIndex
from index.search.tree import And, Node, Not, Or, Phrase, Word
from index.search.words import fold, words
from index.search.writing import BulkWriter

ROOTS = [
    "treaty", "border", "minister", "deny", "accept", "reform", "water", "river", "council", "vote", "press", "sanction",
    "summit", "envoy", "island", "harbour", "gas", "pipeline", "election", "promise", "withdraw", "guard", "troop",
    "peace", "accord", "protest", "budget", "tax", "farmer", "court", "judge", "alliance",
]  # fmt: skip
ENDINGS = ("", "s", "ed", "ing", "")
SMALL = ["the", "of", "to", "and", "in", "that", "is", "not", "will", "we", "it", "for", "on", "he", "she", "with", "no"]


def invented(n: int, seed: int) -> list[str]:
    """Seeded texts with words of all frequencies, forms of a stem, repeated pairs."""
    r = random.Random(seed)
    names = [r.choice(ROOTS).capitalize()[:4] + r.choice(("an", "ov", "ia", "el")) + str(i % 7) for i in range(90)]
    texts = []
    for _ in range(n):
        parts: list[str] = []
        for _ in range(r.randint(3, 60)):
            pick = r.random()
            if pick < 0.45:
                parts.append(r.choice(SMALL))
            elif pick < 0.9:
                parts.append(ROOTS[int(len(ROOTS) * r.random() ** 2)] + r.choice(ENDINGS))
            elif pick < 0.95:
                parts += ["peace", "treaty"]
            else:
                parts.append(names[int(len(names) * r.random() ** 2)])
        texts.append(" ".join(parts))
    return texts


class StemFilter(Filter):  # type: ignore[misc]
    """Whoosh's way to stem, with the same stemmer."""

    def __init__(self, stemming: bool) -> None:
        self.stemming = stemming

    def __call__(self, tokens: Iterator[object]) -> Iterator[object]:
        stem = Stemmer.Stemmer("english").stemWord
        for token in tokens:
            token.text = stem(fold(token.text)) if self.stemming else fold(token.text)  # type: ignore[attr-defined]
            yield token


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[TextIndex, object]:
    """Our index of 900 texts in three segments (some deleted), and Whoosh's own index of the same."""
    texts = invented(900, 5)
    ours = FileIndex.create(FileStorage(str(tmp_path_factory.mktemp("ours"))), SCHEMAS["statements"])
    analyzers = {name: RegexTokenizer(r"\w+") | StemFilter(name == "text") for name in ("text", "word")}
    schema = Schema(id=STORED(), text=TEXT(analyzer=analyzers["text"]), word=TEXT(analyzer=analyzers["word"]))
    stock = FileIndex.create(FileStorage(str(tmp_path_factory.mktemp("stock"))), schema)
    for low, high in ((0, 700), (700, 880), (880, 900)):
        writer, other = BulkWriter(ours), stock.writer()
        for i in range(low, high):
            writer.add(i, text=texts[i])
            other.add_document(id=i, text=texts[i], word=texts[i])
        writer.commit(merge=False)
        other.commit(merge=False)
    for index in (ours, stock):
        writer = BulkWriter(ours) if index is ours else stock.writer()
        for i in (3, 77, 701, 899):
            writer.delete_document(i)
        writer.commit(merge=False)
    return TextIndex(ours.reader()), stock.searcher()


def stock_query(node: Node) -> object:
    """The same query in Whoosh's own words."""
    stem = Stemmer.Stemmer("english").stemWord
    match node:
        case Word(text, "stem"):
            return wq.Term("text", stem(text))
        case Word(text, "exact"):
            return wq.Term("word", text)
        case Word(text, "pattern"):
            plain_prefix = text.endswith("*") and not any(c in text[:-1] for c in "*?")
            return wq.ConstantScoreQuery(
                wq.Prefix("word", text[:-1]) if plain_prefix else wq.Wildcard("word", text), 1.0
            )
        case Word(text, "fuzzy", distance):
            return wq.ConstantScoreQuery(wq.FuzzyTerm("word", text, maxdist=distance, prefixlength=0), 1.0)
        case Phrase(parts, None):
            exact = parts[0].mode == "exact"
            name = "word" if exact else "text"
            return wq.Phrase(name, [w.text if exact else stem(w.text) for w in parts])
        case Phrase(parts, within):
            return SpanNear2([stock_query(w) for w in parts], slop=within + 1, ordered=False)
        case Not(part):  # Not adds 1.0 to every score; AndNot overlooks an exclusion that begins before the first hit
            return wq.ConstantScoreQuery(wq.Not(stock_query(part)), 1e-12)
        case And(parts):
            return wq.And([stock_query(p) for p in parts])
        case Or(parts):
            return wq.Or([stock_query(p) for p in parts])
    raise AssertionError(node)


def generated(r: random.Random, vocabulary: list[str], texts: list[list[str]], depth: int = 0) -> Node:
    """A random query of any shape."""
    kind = r.random()
    if depth < 2 and kind < 0.35:
        parts = tuple(generated(r, vocabulary, texts, depth + 1) for _ in range(r.randint(2, 3)))
        if r.random() < 0.5:
            return Or(parts)
        last = generated(r, vocabulary, texts, 2)
        return And((*parts, Not(last))) if r.random() < 0.4 else And(parts)
    if kind < 0.6:
        return Word(r.choice(vocabulary), r.choice(("stem", "stem", "exact")))  # type: ignore[arg-type]
    if kind < 0.75:
        text = r.choice(texts)
        at, n = r.randrange(len(text) - 1), r.randint(2, 3)
        mode = r.choice(("stem", "exact"))
        return Phrase(tuple(Word(w, mode) for w in text[at : at + n]))  # type: ignore[arg-type]
    word = r.choice(vocabulary)
    if kind < 0.85:
        shapes = (word[:3] + "*", word[:2] + "?" + word[3:], "*" + word[2:], word[0] + "*" + word[-1])
        return Word(r.choice(shapes), "pattern")
    if kind < 0.95:
        at = r.randrange(len(word))
        return Word(word[:at] + r.choice("aeiou") + word[at + 1 :], "fuzzy", r.choice((1, 1, 2)))
    a, b = r.sample(vocabulary, 2)
    return Phrase((Word(a), Word(b)), r.randint(0, 6))


def test_six_hundred_generated_queries_give_what_whoosh_gives(both: tuple[TextIndex, object]) -> None:
    index, searcher = both
    r = random.Random(11)
    texts = [words(t) for t in invented(900, 5)]
    vocabulary = sorted({w for t in texts for w in t})
    hits = 0
    for _ in range(600):
        tree = generated(r, vocabulary, texts)
        theirs = searcher.search(stock_query(tree), limit=None)  # type: ignore[attr-defined]
        found = index.find(tree)
        scores = dict(zip(index.ids[found.docs].tolist(), found.scores.tolist(), strict=True))
        expected = {hit["id"]: hit.score for hit in theirs}
        assert scores.keys() == expected.keys(), tree
        assert scores == pytest.approx(expected, rel=1e-5), tree
        ranked = sorted(scores, key=lambda i: (-round(scores[i], 5), i))[:20]
        assert ranked == sorted(expected, key=lambda i: (-round(expected[i], 5), i))[:20]
        hits += len(ranked)
    assert hits > 3000
