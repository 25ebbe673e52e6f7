"""The shape of our Whoosh segments on disk: plain arrays of numbers that are mapped into memory, not pickled blocks.

A segment is one file: a JSON header, then arrays. Per text field: the sorted words and where each of them begins, where
the postings of each word begin, the document numbers and frequencies of the postings, and all positions. Reading a word
is two look-ups and a slice; nothing is decoded. Whoosh's own Searcher reads it through the classes at
the end (that is what its answers are compared with in the tests).
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
from whoosh.codec import base
from whoosh.formats import Positions
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from index.search.arrays import Array, read_arrays
from index.search.postings import FieldPostings

EXTENSION = ".seg"
FORMAT = 2
LENGTHS = np.array([byte_to_length(i) for i in range(256)], np.int64)  # Whoosh keeps field lengths in a byte


class Segment(base.Segment):  # type: ignore[misc]
    """A segment as the table of contents names it: its documents, the deleted ones, total lengths per field."""

    def __init__(self, codec: Codec, indexname: str) -> None:
        super().__init__(indexname)
        self.compound = False
        self._codec = codec
        self.doccount = 0
        self.deleted: set[int] = set()
        self.fieldlengths: dict[str, int] = {}

    def codec(self) -> Codec:
        """The codec that reads it."""
        return self._codec

    def set_doc_count(self, doccount: int) -> None:
        """Called by Whoosh's writer when the segment is finished."""
        self.doccount = doccount

    def doc_count_all(self) -> int:
        """Documents, deleted ones included."""
        return self.doccount

    def deleted_count(self) -> int:
        """Deleted documents."""
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Numbers of the deleted documents."""
        return iter(self.deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Mark a document as deleted, or not."""
        (self.deleted.add if delete else self.deleted.discard)(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """True for a deleted document."""
        return docnum in self.deleted

    def should_assemble(self) -> bool:
        """Never packed into a compound file: it is one file already."""
        return False

    def path(self, storage: Any) -> Path:
        """The file that holds it."""
        return Path(storage.folder) / str(self.make_filename(EXTENSION))


class Codec(base.Codec):  # type: ignore[misc]
    """Whoosh's door to these segments. They are written whole by `writing.SegmentWriter`."""

    length_stats = False

    def per_document_writer(self, storage: Any, segment: Segment) -> Unwritten:
        """Nothing is written document by document."""
        return Unwritten()

    def field_writer(self, storage: Any, segment: Segment) -> Unwritten:
        """Nothing is written word by word."""
        return Unwritten()

    def per_document_reader(self, storage: Any, segment: Segment) -> DocumentReader:
        """Lengths and ids."""
        return DocumentReader(storage, segment)

    def terms_reader(self, storage: Any, segment: Segment) -> TermsReader:
        """Words and postings. A segment never changes, so one that is open somewhere is not opened again."""
        path = f"{storage.folder}/{segment.make_filename(EXTENSION)}"  # asked of every segment at every edit: no Path
        facts = os.lstat(path)
        key = (path, facts.st_ino, facts.st_size, facts.st_mtime_ns)
        found = _OPEN.get(key)
        if found is None:
            found = _OPEN[key] = TermsReader(storage, segment)
        return found

    def new_segment(self, storage: Any, indexname: str) -> Segment:
        """An empty segment with a random name."""
        return Segment(self, indexname)


class Unwritten:
    """Stands where Whoosh expects a writer that works in small steps."""

    is_closed = False

    def close(self) -> None:
        """Nothing to close."""
        self.is_closed = True


class Places(Positions):  # type: ignore[misc]
    """Positions as bytes of 32-bit numbers, for Whoosh's own matchers."""

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """The positions of one posting."""
        found: list[int] = np.frombuffer(valuestring, "<u4").tolist()
        return found

    def decode_frequency(self, valuestring: bytes) -> int:
        """How many there are."""
        return len(valuestring) // 4

    def decode_weight(self, valuestring: bytes) -> float:
        """The same as a weight."""
        return len(valuestring) / 4

    def decode_position_boosts(self, valuestring: bytes) -> list[tuple[int, int]]:
        """Positions with their (equal) weights."""
        return [(place, 1) for place in self.decode_positions(valuestring)]


class DocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """What Whoosh asks of documents: how many, which are deleted, how long, their stored id."""

    def __init__(self, storage: Any, segment: Segment) -> None:
        self._segment = segment
        self._storage = storage

    @cached_property
    def _arrays(self) -> dict[str, Array]:
        return read_arrays(self._segment.path(self._storage))

    def close(self) -> None:
        """The mapping ends with the last array that uses it."""

    def doc_count(self) -> int:
        """Documents that are not deleted."""
        return self._segment.doccount - len(self._segment.deleted)

    def doc_count_all(self) -> int:
        """Documents, deleted ones included."""
        return self._segment.doccount

    def has_deletions(self) -> bool:
        """True when some are deleted."""
        return bool(self._segment.deleted)

    def is_deleted(self, docnum: int) -> bool:
        """True for a deleted one."""
        return docnum in self._segment.deleted

    def deleted_docs(self) -> Iterator[int]:
        """The deleted ones."""
        return iter(self._segment.deleted)

    def has_column(self, fieldname: str) -> bool:
        """No column of Whoosh's: structure is asked of SQLite."""
        return False

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Words in a field of a document, as near as one byte tells."""
        lengths = self._arrays.get(f"{fieldname}.lengths")
        return default if lengths is None else int(LENGTHS[lengths[docnum]])

    def field_length(self, fieldname: str) -> int:
        """Words in a field of all documents."""
        return self._segment.fieldlengths.get(fieldname, 0)

    def min_field_length(self, fieldname: str) -> int:
        """The shortest."""
        return int(LENGTHS[self._arrays[f"{fieldname}.lengths"].min(initial=255)])

    def max_field_length(self, fieldname: str) -> int:
        """The longest."""
        return int(LENGTHS[self._arrays[f"{fieldname}.lengths"].max(initial=0)])

    def stored_fields(self, docnum: int) -> dict[str, int]:
        """The id of the row in SQLite."""
        return {"id": int(self._arrays["ids"][docnum])}


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """What Whoosh asks of words: which there are, and a matcher over the postings of one."""

    def __init__(self, storage: Any, segment: Segment) -> None:
        arrays = read_arrays(segment.path(storage))
        self.ids = arrays["ids"]
        self._fields = {name: FieldPostings(arrays, name) for name in sorted(segment.fieldlengths)}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._number(*term) is not None

    def _number(self, fieldname: str, text: bytes) -> int | None:
        field = self._fields.get(fieldname)
        return None if field is None else field.number(text.decode("utf-8", "replace"))

    def field(self, fieldname: str) -> FieldPostings:
        """The arrays of one field."""
        return self._fields[fieldname]

    def indexed_field_names(self) -> list[str]:
        """Names of the text fields."""
        return list(self._fields)

    def cursor(self, fieldname: str, fieldobj: Any) -> WordCursor:
        """Walks the words of a field."""
        return WordCursor(self._fields[fieldname].words)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """(field, word) in order."""
        return ((name, word.encode()) for name, field in self._fields.items() for word in field.words)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The same, from a word on."""
        text = prefix.decode("utf-8", "replace")
        for name, field in self._fields.items():
            if name >= fieldname:
                start = bisect_left(field.words, text) if name == fieldname else 0
                yield from ((name, word.encode()) for word in field.words[start:])

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """((field, word), statistics) in order."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """The same, from a word on."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> Any:
        """Statistics of a word; Whoosh's TermNotFound when there is none."""
        number = self._number(fieldname, text)
        if number is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        field = self._fields[fieldname]
        docs, freqs = field.postings(number)
        lengths = LENGTHS[field.lengths[docs]]
        return TermInfo(
            weight=float(freqs.sum()), df=len(docs), minlength=int(np.min(lengths)), maxlength=int(np.max(lengths)),
            maxweight=float(freqs.max()), minid=int(docs[0]), maxid=int(docs[-1]),
        )  # fmt: skip

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a word stands in the field."""
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many documents."""
        return int(self.term_info(fieldname, text).doc_frequency())

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        """A Whoosh matcher over the postings."""
        info = self.term_info(fieldname, text)
        field = self._fields[fieldname]
        number = self._number(fieldname, text)
        assert number is not None
        docs, freqs = field.postings(number)
        ends = np.cumsum(freqs.astype(np.int64)).tolist()
        places = field.positions(number).astype("<u4")
        values = [places[a:b].tobytes() for a, b in zip([0, *ends], ends, strict=False)]
        return ListMatcher(
            docs.tolist(), freqs.astype(float).tolist(), values, format_, scorer=scorer,
            term=(fieldname, text), terminfo=info,
        )  # fmt: skip

    def close(self) -> None:
        """The mapping ends with the last array that uses it."""


_OPEN: WeakValueDictionary[tuple[str, int, int, int], TermsReader] = WeakValueDictionary()


class WordCursor(base.FieldCursor):  # type: ignore[misc]
    """Whoosh's way to step through a sorted list of words."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._at = 0

    def first(self) -> str | None:
        """Go to the first word."""
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        """Go to the first word that is not before `string`."""
        self._at = bisect_left(self._words, string.decode() if isinstance(string, bytes) else string)
        return self.text()

    def next(self) -> str | None:
        """Go on by one."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """The word here, None at the end."""
        return self._words[self._at] if self._at < len(self._words) else None

    def is_valid(self) -> bool:
        """True before the end."""
        return self._at < len(self._words)
