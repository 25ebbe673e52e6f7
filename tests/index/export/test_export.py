"""What goes out can be found again, opens safely, and says how the program knows."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from index.export import FORMATS, exported
from index.export.citations import Citation, citation, paragraph_number
from index.export.refi import qdpx_bytes
from index.library import Library
from index.model import Document, Span, Statement
from index.readers import read_bytes

PAYLOADS = ["=1+2", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+2", "'=1",
            '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0"]  # fmt: skip


@pytest.fixture
def citations(library: Library) -> list[Citation]:
    return library.citations(library.statement_ids())


def test_reopening_the_offsets_of_a_citation_gives_the_same_words(library: Library, citations: list[Citation]) -> None:
    for found in citations:
        assert library.document(found.document).text[found.start : found.end] == found.text
        assert library.document(found.document).digest == found.text_sha256


def test_a_citation_names_speaker_role_date_rule_outlet_and_paragraph(citations: list[Citation]) -> None:
    first = citations[0]
    assert (first.actor, first.role, first.said) == ("Mira Olanda", "foreign minister of Westria", "2031-03-04")
    assert first.said_rule == "last Tuesday before publication"
    assert first.line == (
        "Mira Olanda (foreign minister of Westria), 2031-03-04; The Harbour Post, “Ferry talks”, 2031-03-05, "
        "paragraph 1 [1:1]"
    )


def test_paragraphs_are_lines_with_words_counted_from_one() -> None:
    text = "One.\n\n\nTwo.\nThree."
    assert [paragraph_number(text, text.index(word)) for word in ("One", "Two", "Three")] == [1, 2, 3]


def test_csv_holds_every_statement_and_reads_back(citations: list[Citation]) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(citations, "csv", "t").decode("utf-8-sig"))))
    assert [row["text"] for row in rows] == [found.text for found in citations]
    assert rows[2]["said"] == ""


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_a_table_runs_as_a_formula(library: Library, payload: str) -> None:
    library.describe_documents([1], title=payload, outlet=payload)
    citations = library.citations([1])
    row = next(csv.DictReader(io.StringIO(exported(citations, "csv", "t").decode("utf-8-sig"))))
    assert row["title"] == f"'{payload}"
    sheet = load_workbook(io.BytesIO(exported(citations, "xlsx", "t"))).active
    assert sheet is not None
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert payload.strip("\t\r") in {str(cell.value).strip("\t\r\n") for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}


@pytest.mark.parametrize("payload", [*PAYLOADS, "'=1+1 of them", "’tis plain", "'tis plain"])
def test_a_table_of_ours_that_is_imported_gives_the_words_without_the_prefix(library: Library, payload: str) -> None:
    found = [replace(one, text=f"{payload} and more") for one in library.citations([1, 2])]
    back = read_bytes("out.csv", exported(found, "csv", "t"))
    assert [one.text.strip() for one in back] == [one.text.strip() for one in found]


def test_xlsx_has_a_row_for_each_statement(citations: list[Citation]) -> None:
    sheet = load_workbook(io.BytesIO(exported(citations, "xlsx", "t"))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[rows[0].index("quotation")] for row in rows[1:]] == ["1:1", "1:2", "2:1", "2:2"]


def test_json_and_jsonld_hold_the_words_and_invent_no_verdict(citations: list[Citation]) -> None:
    plain = json.loads(exported(citations, "json", "t"))
    linked = json.loads(exported(citations, "jsonld", "t"))
    assert [row["text"] for row in plain["statements"]] == [found.text for found in citations]
    assert [row["text"] for row in linked["itemListElement"]] == [found.text for found in citations]
    assert "temporal" not in linked["itemListElement"][2]
    assert "reviewRating" not in json.dumps(linked)


def test_pages_show_text_as_text(library: Library) -> None:
    library.describe_documents([1], title="<script>alert(1)</script> *x*")
    citations = library.citations(library.statement_ids())
    page = exported(citations, "html", "A & B").decode()
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "\\*x\\*" in exported(citations, "md", "t").decode()


def test_docx_opens_and_holds_every_quotation(citations: list[Citation]) -> None:
    from docx import Document

    made = Document(io.BytesIO(exported(citations, "docx", "Title \x00\ud800")))
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    for found in citations:
        assert found.text in text and found.line in text


def test_a_qda_project_places_every_statement_in_its_source(library: Library, tmp_path: Path) -> None:
    library.export(tmp_path / "out.qdpx", "qdpx")
    with zipfile.ZipFile(tmp_path / "out.qdpx") as archive:
        project = etree.fromstring(archive.read("project.qde"), etree.XMLParser(resolve_entities=False))
        space = {"q": "urn:QDA-XML:project:1.0"}
        selections = []
        for source in project.findall(".//q:TextSource", space):
            text = archive.read(source.get("plainTextPath").replace("internal://", "sources/")).decode()
            for place in source.findall("q:PlainTextSelection", space):
                selections.append(text[int(place.get("startPosition")) : int(place.get("endPosition"))])
    assert selections == [statement.text for statement in library.statements(library.statement_ids())]


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_every_format_is_the_same_file_each_time_but_for_the_clock(
    library: Library, tmp_path: Path, kind: str
) -> None:
    assert library.export(tmp_path / f"a.{kind}", kind) == 4
    assert (tmp_path / f"a.{kind}").stat().st_size > 100
    if kind not in ("xlsx", "docx"):  # these two carry the time they were made
        library.export(tmp_path / f"b.{kind}", kind)
        assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_nothing_to_export_is_still_a_file(library: Library, tmp_path: Path, kind: str) -> None:
    assert library.export(tmp_path / f"none.{kind}", kind, ids=[]) == 0
    assert (tmp_path / f"none.{kind}").is_file()


def test_hand_scores_are_exported_with_method_and_version(library: Library) -> None:
    issue = library.define_issue("Treaty", "against", "for")
    library.code(1, issue, 2, coder="MK")
    library.code(2, issue, None, coder="MK")
    scores = [dict(found.scores) for found in library.citations([1, 2, 3])]
    assert scores == [{"Treaty": "2 by hand by MK, definition 1"}, {"Treaty": "not about it by hand by MK, definition 1"}, {}]


TORN = "“We keep the bridge,” the mayor said. “Nobody will sell it.”"


def torn() -> Citation:
    """A quotation that its cue splits, by a speaker whose name nobody knows."""
    spans = (Span(1, 20), Span(TORN.index("Nobody"), len(TORN) - 1))
    words = " … ".join(TORN[span.start : span.end] for span in spans)
    found = Statement(id=1, document_id=1, number=1, kind="direct", content=spans, text=words)
    return citation(found, Document(id=1, file="a.txt", text=TORN, digest="d"))


def test_the_places_of_a_split_quotation_leave_its_cue_out_in_every_format() -> None:
    found = torn()
    assert [TORN[start:end] for start, end in found.spans] == ["We keep the bridge,", "Nobody will sell it."]
    assert json.loads(exported([found], "json", "t"))["statements"][0]["spans"] == [list(span) for span in found.spans]
    places = " ".join(f"{start}-{end}" for start, end in found.spans)
    assert next(csv.DictReader(io.StringIO(exported([found], "csv", "t").decode("utf-8-sig"))))["spans"] == places
    sheet = load_workbook(io.BytesIO(exported([found], "xlsx", "t"))).active
    assert sheet is not None and places in {cell.value for cell in next(sheet.iter_rows(min_row=2))}
    for kind in ("md", "html"):
        assert f"characters {places.replace(' ', ' and ')} of a.txt" in exported([found], kind, "t").decode()
    with zipfile.ZipFile(io.BytesIO(qdpx_bytes([found], "t", {1: TORN}))) as archive:
        project = etree.fromstring(archive.read("project.qde"), etree.XMLParser(resolve_entities=False))
    coded = project.findall(".//{*}PlainTextSelection")
    assert [(int(one.get("startPosition")), int(one.get("endPosition"))) for one in coded] == list(found.spans)
    assert len({one.get("guid") for one in coded}) == 2


def test_a_claim_has_an_author_of_its_kind_or_none_at_all(library: Library) -> None:
    claims = json.loads(exported([*library.citations([1]), torn()], "jsonld", "t"))["itemListElement"]
    assert claims[0]["author"] == {"@type": "Person", "name": "Mira Olanda", "description": "foreign minister of Westria"}
    assert "author" not in claims[1]


def test_pages_count_one_statement_as_one_and_name_kinds_in_words(library: Library) -> None:
    assert "1 statement." in exported([torn()], "md", "t").decode()
    own = replace(torn(), kind="own")
    assert "*own words; characters" in exported([own], "md", "t").decode()
