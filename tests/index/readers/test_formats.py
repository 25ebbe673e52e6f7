"""Every format gives its text in reading order, with what it says of itself."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Mapping
from datetime import date

import openpyxl
import pytest

from index.model import Article
from index.readers import read_bytes

Made = Mapping[str, Callable[..., bytes]]
P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def one(name: str, data: bytes) -> Article:
    articles = read_bytes(name, data)
    assert len(articles) == 1
    assert articles[0].problem is None, (articles[0].problem, articles[0].detail)
    return articles[0]


def day(article: Article) -> date | None:
    return article.published.earliest if article.published and article.published.is_day else None


# --- plain text ---


def test_the_text_of_a_txt_file_is_not_touched() -> None:
    raw = "\ufeffThe strait opens \r\n\r\n  \u201cIt is open,\u201d  Venn said.\t\r\nEnd\r"
    assert one("a.txt", raw.encode()).text == "The strait opens \n\n  \u201cIt is open,\u201d  Venn said.\t\nEnd\r"


def test_a_headline_and_a_date_line_are_read_from_a_text() -> None:
    article = one(
        "a.txt",
        b"Venn opens the strait to all fleets\n3 April 2019\n\nIlra Venn said the strait was open to everybody.\n",
    )
    assert article.title == "Venn opens the strait to all fleets"
    assert day(article) == date(2019, 4, 3)
    assert article.published and article.published.rule.startswith("guessed")
    assert article.published.expression and article.published.expression.of(article.text) == "3 April 2019"


def test_a_text_that_tells_no_date_of_its_own_has_none() -> None:
    text = (
        "The harbour council met.\n\nOn 3 April 2019 the treaty was signed, and on Monday Venn said that it would "
        "last for many years to come.\n"
    )
    assert one("a.txt", text.encode()).published is None


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    raw = (
        "---\ntitle: Open water\ndate: 2020-05-06\nauthor: M. Dasko\n---\n# Open water\n\n> \u201cIt *is* "
        "open,\u201d [Venn](http://x.example) said.\n\n- first `item`\n"
    )
    article = one("a.md", raw.encode())
    assert article.text == "Open water\n\n\u201cIt is open,\u201d Venn said.\n\n- first item"
    assert (article.title, article.author, day(article)) == ("Open water", "M. Dasko", date(2020, 5, 6))


# --- office documents ---


def test_a_docx_gives_paragraphs_tables_boxes_and_notes_once(made: Made) -> None:
    box = "<wps:txbx><w:txbxContent>" + P.format("In the box") + "</w:txbxContent></wps:txbx>"
    body = (
        P.format("Split ").replace("</w:r>", "</w:r><w:r><w:t>over runs</w:t></w:r>", 1)
        + (
            f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
            f"</mc:AlternateContent></w:r></w:p>"
        )
        + "<w:sdt><w:sdtContent>"
        + P.format("Controlled")
        + "</w:sdtContent></w:sdt>"
        + "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>stays</w:t></w:r></w:ins></w:p>"
        + "<w:tbl><w:tr><w:tc>"
        + P.format("left")
        + "</w:tc><w:tc>"
        + P.format("right")
        + "</w:tc></w:tr></w:tbl>"
    )
    notes = "<w:footnote w:type='separator'/><w:footnote>" + P.format("A note") + "</w:footnote>"
    article = one("a.docx", made["docx"](body, footnotes=notes))
    assert article.text.split("\n\n") == [
        "Split over runs",
        "In the box",
        "Controlled",
        "stays",
        "left\tright",
        "A note",
    ]


def test_a_date_line_beats_the_property_of_a_docx(made: Made) -> None:
    core = "<dc:title>Stated</dc:title><dcterms:created>2022-01-05T10:00:00Z</dcterms:created>"
    body = P.format("Stated") + P.format("April 3, 2019") + P.format("The strait is open, Venn said.")
    article = one("a.docx", made["docx"](body, core))
    assert (article.title, day(article)) == ("Stated", date(2019, 4, 3))
    assert {one.earliest for one in article.dates} == {date(2019, 4, 3), date(2022, 1, 5)}


def test_an_odt_keeps_spaces_notes_and_order(made: Made) -> None:
    body = (
        "<text:h>Head</text:h><text:p>One<text:s/><text:span>two</text:span><text:note><text:note-citation>"
        "1</text:note-citation><text:note-body>"
        "<text:p>Below</text:p></text:note-body></text:note> "
        "three</text:p><text:tracked-changes><text:p>old</text:p></text:tracked-changes>"
    )
    article = one(
        "a.odt",
        made["odt"](body, "<dc:title>Named</dc:title><meta:creation-date>2018-02-03T00:00:00</meta:creation-date>"),
    )
    assert article.text == "Head\n\nOne two three\n\nBelow"
    assert (article.title, day(article)) == ("Named", date(2018, 2, 3))


def test_rtf_escapes_become_letters() -> None:
    raw = (
        rb"{\rtf1\ansi\ansicpg1252{\info{\title The strait}{\creatim\yr2011\mo3\dy4}}\pard \'93Open\'94 said "
        rb"\u214?kker.\par Second\par}"
    )
    article = one("a.rtf", raw)
    assert article.text == "\u201cOpen\u201d said \u00d6kker.\n\nSecond"
    assert (article.title, day(article)) == ("The strait", date(2011, 3, 4))


def test_an_epub_is_read_in_the_order_of_its_spine(made: Made) -> None:
    book = (
        "<package xmlns='http://www.idpf.org/2007/opf'><metadata "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>Straits</dc:title>"
        "<dc:date>2007-09-05</dc:date><dc:creator>S. Lorun</dc:creator></metadata><manifest><item id='b' "
        "href='b.xhtml'/><item id='a' href='a.xhtml'/>"
        "</manifest><spine><itemref idref='a'/><itemref idref='b'/></spine></package>"
    )
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": "<container><rootfiles><rootfile full-path='O/c.opf'/></rootfiles></container>",
        "O/c.opf": book,
        "O/a.xhtml": "<html><body><p>First part</p></body></html>",
        "O/b.xhtml": "<html><body><p>Second part</p></body></html>",
    }
    article = one("a.epub", made["zipped"](parts))
    assert article.text == "First part\n\nSecond part"
    assert (article.title, article.author, day(article)) == ("Straits", "S. Lorun", date(2007, 9, 5))


# --- PDF ---


def test_lines_of_a_pdf_become_paragraphs_without_running_heads(made: Made) -> None:
    def page(number: int) -> list[tuple[float, float, float, str]]:
        head = [(60.0, 800.0, 8.0, "The Strait Herald 2019"), (290.0, 40.0, 8.0, str(number))]
        lines = [
            (60.0, 760.0 - 12 * n, 10.0, f"Line {n} of page {number} goes on to the very end of its column")
            for n in range(5)
        ]
        return [
            head[0],
            *lines,
            (60.0, 670.0, 10.0, f"A new paragraph of page {number} begins here and has"),
            (60.0, 658.0, 10.0, "a second line that ends."),
            head[1],
        ]

    text = one("a.pdf", made["pdf"]([page(1), page(2), page(3)])).text
    assert "Herald" not in text
    assert text.split("\n\n")[0].startswith("Line 0 of page 1 goes on to the very end of its column Line 1 of page 1")
    assert "A new paragraph of page 2 begins here and has a second line that ends." in text.split("\n\n")
    assert not any(paragraph.strip().isdigit() for paragraph in text.split("\n\n"))


def test_words_divided_at_a_line_end_are_joined_and_real_hyphens_stay(made: Made) -> None:
    lines = [
        "The council of the strait nego-",
        "tiated for a long time about the 30-",
        "year treaty with the owners of boats.",
    ]
    text = one("a.pdf", made["pdf"]([[(60, 700 - 12 * n, 10, line) for n, line in enumerate(lines)]])).text
    assert "negotiated for" in text
    assert "30-year treaty" in text


def test_the_title_of_a_pdf_is_its_largest_line_when_it_states_none(made: Made) -> None:
    page = [(60, 780, 18, "Okker closes the harbour"), (60, 750, 10, "4 May 2016")] + [
        (60, 720 - 12 * n, 10, "Words of the article go here on a line of their own") for n in range(4)
    ]
    article = one("a.pdf", made["pdf"]([page], "/Title (Microsoft Word - draft.doc) /CreationDate (D:20200101120000Z)"))
    assert article.title == "Okker closes the harbour"
    assert day(article) == date(2016, 5, 4)


# --- web pages ---

PAGE = """<!doctype html><html lang="en"><head><title>Venn opens the strait | Strait Herald</title>{head}</head><body>
<nav><ul><li><a href="/a">Politics</a></li><li><a href="/b">Fishery</a></li></ul></nav>
<article><h1>Venn opens the strait</h1>{byline}
<p>Ilra Venn opened the strait to all fleets in the morning, after a year of talks with the council of the harbour in
       Belmar.</p>
<p>\u201cIt is open, and it will stay open for as long as anybody wants to sail it,\u201d Venn told reporters at the
       lighthouse above the bay.</p>
<p>The council said that the quota of the fishery would be counted again in the spring, when the pilots are back from
       the outer islands.</p>
<p>Sign up for our newsletter and never miss a story</p></article><footer>All rights reserved</footer></body></html>"""


def test_a_page_gives_its_article_and_what_its_head_says() -> None:
    head = (
        '<meta property="article:published_time" content="2019-04-03T08:00:00Z"><meta property="og:site_name" '
        'content="Strait Herald">'
        '<link rel="canonical" href="https://herald.example/venn"><meta name="author" content="Mirel Dasko">'
    )
    article = one("a.html", PAGE.format(head=head, byline="").encode())
    assert article.title == "Venn opens the strait"
    assert (article.outlet, article.author, article.url, article.language) == (
        "Strait Herald",
        "Mirel Dasko",
        "https://herald.example/venn",
        "en",
    )
    assert day(article) == date(2019, 4, 3)
    assert article.published and not article.published.rule.startswith("guessed")
    assert "\u201cIt is open, and it will stay open" in article.text
    assert not any(word in article.text for word in ("Politics", "newsletter", "rights"))
    assert "\n\n" in article.text


def test_json_ld_states_the_date_and_a_guess_is_called_one() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2018-01-02T23:30:00+03:00", '
        '"author": {"name": "P. Kestrin"}}</script>'
    )
    stated = one("a.html", PAGE.format(head=head, byline="").encode())
    assert (day(stated), stated.author) == (date(2018, 1, 2), "P. Kestrin")
    guessed = one("a.html", PAGE.format(head="", byline="<p>Published: 7 March 2017</p>").encode())
    assert day(guessed) == date(2017, 3, 7)
    assert guessed.published and guessed.published.rule.startswith("guessed")


def test_linked_data_of_other_articles_does_not_date_the_page() -> None:
    data = (
        '<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "Okker shuts the harbour for good", '
        '"datePublished": "2011-01-01"}, {"@type": "NewsArticle", "headline": "Venn opens the strait", '
        '"datePublished": "2018-01-02"}]</script><meta property="og:title" content="Venn opens the strait">'
    )
    assert day(one("a.html", PAGE.format(head=data, byline="").encode())) == date(2018, 1, 2)
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2018-01-02T10:00", }</script>'
    assert day(one("a.html", PAGE.format(head=broken, byline="").encode())) == date(2018, 1, 2)


@pytest.mark.parametrize("value", ["31/02/2023", "2023-02-30", "2999-01-01", "1970-01-01"])
def test_a_day_that_cannot_be_is_not_made_into_another(value: str) -> None:
    article = one("a.html", PAGE.format(head=f'<meta name="date" content="{value}">', byline="").encode())
    assert article.published is None


def test_an_evening_that_utc_calls_tomorrow_keeps_the_day_of_the_outlet() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2018-05-04T01:10:00Z"}</script>'
        '<meta property="article:published_time" content="2018-05-03T21:10:00-04:00">'
    )
    assert day(one("a.html", PAGE.format(head=head, byline="").encode())) == date(2018, 5, 3)


def test_mhtml_is_read_by_its_page_not_by_the_day_of_saving() -> None:
    page = PAGE.format(head='<meta property="article:published_time" content="2007-02-06T08:00:00Z">', byline="")
    raw = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://herald.example/venn\nSubject: Venn\nDate: Sat, "
        "21 Nov 2020 10:00:00 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; '
        "charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + page + "\n--b--\n"
    )
    article = one("a.mhtml", raw.encode())
    assert (day(article), article.url) == (date(2007, 2, 6), "https://herald.example/venn")


# --- mail ---

MAIL = (
    "From: =?utf-8?q?Press_Offic=C3=A9?= <press@strait.example>\nTo: x@example.org\nSubject: The strait\n "
    "opens\nDate: Fri, 01 May 2009 23:30:00 +0400\n"
    "Message-ID: <1@strait.example>\nMIME-Version: 1.0\n"
)


def test_a_mail_gives_its_plain_part_subject_sender_and_day() -> None:
    raw = MAIL + (
        'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain; '
        "charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        "=E2=80=9CIt is open,=E2=80=9D Venn said.\n\n--b\nContent-Type: text/html\n\n<p>Not <img "
        "src=http://spy.example/1.gif> this</p>\n--b--\n"
    )
    article = one("a.eml", raw.encode())
    assert article.text == "\u201cIt is open,\u201d Venn said."
    assert (article.title, article.author, day(article)) == ("The strait opens", "Press Offic\u00e9", date(2009, 5, 1))


def test_a_mail_of_html_alone_becomes_text() -> None:
    article = one(
        "a.eml",
        (
            MAIL
            + (
                "Content-Type: text/html; charset=utf-8\n\n<html><body><p>One</p><script>no()</script><p>Two<br>"
                "lines</p></body></html>"
            )
        ).encode(),
    )
    assert article.text == "One\n\nTwo\nlines"


def test_a_charset_that_does_not_exist_is_no_obstacle() -> None:
    assert (
        one("a.eml", (MAIL + 'Content-Type: text/plain; charset="x-nowhere"\n\nThe caf\u00e9 is open.\n').encode()).text
        == "The caf\u00e9 is open."
    )


def test_a_mailbox_holds_several_mails() -> None:
    box = "".join(
        f"From a@b.example Fri May  1 10:00:00 2009\n{MAIL}Content-Type: text/plain\n\nLetter {n}\n>From here on\n\n"
        for n in (1, 2)
    )
    articles = read_bytes("a.mbox", box.encode())
    assert [article.text.strip() for article in articles] == ["Letter 1\nFrom here on", "Letter 2\nFrom here on"]


def test_a_message_of_outlook_is_read(made: Made) -> None:
    sent = (date(2015, 6, 7).toordinal() - date(1601, 1, 1).toordinal()) * 86_400 * 10_000_000
    streams = {
        "__substg1.0_0037001F": "The strait".encode("utf-16-le"),
        "__substg1.0_1000001F": "It is open.\r\nVenn".encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Press Office".encode("utf-16-le"),
        "__properties_version1.0": b"\0" * 32 + struct.pack("<HHIQ", 0x40, 0x39, 6, sent),
    }
    article = one("a.msg", made["compound"](streams))
    assert (article.text, article.title, article.author, day(article)) == (
        "It is open.\nVenn",
        "The strait",
        "Press Office",
        date(2015, 6, 7),
    )


# --- tables, feeds, subtitles, archives ---


def test_a_table_gives_an_article_for_each_row() -> None:
    raw = (
        'headline;datum;source;body;desk\nOne;03.04.2019;Herald;First text.;north\nTwo;2019-04-05;Courier;"Second; '
        'text\nin lines";\nEmpty;2019-04-06;Herald;;\n'
    )
    first, second = read_bytes("a.csv", raw.encode("utf-8-sig"))
    assert (first.title, first.outlet, first.text, day(first), dict(first.attributes)) == (
        "One",
        "Herald",
        "First text.",
        date(2019, 4, 3),
        {"desk": "north"},
    )
    assert (second.text, day(second)) == ("Second; text\nin lines", date(2019, 4, 5))
    assert second.published and "datum" in second.published.rule


def test_columns_can_be_said_where_names_do_not_tell() -> None:
    raw = b"k1,k2,k3\nAAA,2019-04-03,Words here\n"
    assert read_bytes("a.csv", raw)[0].problem == "no-column"
    article = read_bytes("a.csv", raw, columns=[{"text": "k3", "published": "k2"}])[0]
    assert (article.text, day(article), dict(article.attributes)) == ("Words here", date(2019, 4, 3), {"k1": "AAA"})


def test_a_table_of_dates_is_not_taken_for_articles() -> None:
    assert read_bytes("metadata.csv", b"file,published\na.txt,2019-04-03\n")[0].problem == "metadata-table"
    remarks = b"file,remark\na.txt," + b"A long remark on this file and on many others. " * 8 + b"\n"
    assert read_bytes("metadata.csv", remarks)[0].problem == "metadata-table"


def test_spreadsheets_and_json_lines_are_tables_too() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Title", "Date", "Text"])
    sheet.append(["One", date(2019, 4, 3), "First text."])
    out = io.BytesIO()
    book.save(out)
    assert [(a.title, a.text, day(a)) for a in read_bytes("a.xlsx", out.getvalue())] == [
        ("One", "First text.", date(2019, 4, 3))
    ]
    lines = (
        b'{"title": "One", "date": "2007-12-20T07:00:00Z", "text": "First"}\nbroken\n{"title": "Two", "text": '
        b'"Second"}\n{"title": "Three", "text": "Third"}\n'
    )
    assert [(a.title, a.text, day(a)) for a in read_bytes("a.jsonl", lines)] == [
        ("One", "First", date(2007, 12, 20)),
        ("Two", "Second", None),
        ("Three", "Third", None),
    ]
    assert (
        read_bytes("a.json", b'{"response": {"articles": [{"headline": "One", "body": "<p>First</p>"}]}}')[0].text
        == "First"
    )


def test_a_speaker_column_makes_a_text_its_speakers_own() -> None:
    assert read_bytes("a.csv", b"speaker,date,text\nIlra Venn,2019-04-03,We open the strait.\n")[0].actor == "Ilra Venn"


def test_a_feed_gives_an_article_for_each_entry() -> None:
    raw = (
        "<?xml version='1.0'?><rss><channel><title>Herald</title><item><title>One</title><description>&lt;p&gt;First "
        "&amp;amp; last&lt;/p&gt;</description>"
        "<pubDate>Wed, 03 Apr 2019 10:00:00 GMT</pubDate><link>https://h.example/1</link></item></channel></rss>"
    )
    article = one("feed.xml", raw.encode())
    assert (article.title, article.text, article.outlet, article.url, day(article)) == (
        "One",
        "First & last",
        "Herald",
        "https://h.example/1",
        date(2019, 4, 3),
    )


@pytest.mark.parametrize("name", ["a.srt", "a.vtt"])
def test_subtitles_become_running_text(name: str) -> None:
    cues = (
        "1\n00:00:01,000 --> 00:00:02,000\n<i>The strait</i>\n\n2\n00:00:02,100 --> 00:00:03,000\nis open.\n\n3\n"
        "00:00:09,000 --> 00:00:10,000\n- Who says so?\n"
    )
    raw = cues if name == "a.srt" else "WEBVTT\n\n" + cues.replace(",", ".")
    assert one(name, raw.encode()).text == "The strait is open.\n\n- Who says so?"


def test_voices_of_webvtt_become_labels() -> None:
    raw = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ilra Venn>We are open.\n\n00:02.000 --> 00:03.000\n<v Ilra Venn>"
        "Truly.\n\n00:03.000 --> 00:04.000\n<v Host>Thanks.\n"
    )
    assert one("a.vtt", raw.encode()).text == "Ilra Venn: We are open. Truly.\n\nHost: Thanks."


def test_an_archive_is_read_in_memory_and_names_its_members(made: Made) -> None:
    inner = made["zipped"]({"deep.txt": "no"})
    data = made["zipped"](
        {
            "b/two.txt": "Second text",
            "../../one.txt": "First text",
            "__MACOSX/x.txt": "no",
            ".hidden.txt": "no",
            "inner.zip": inner,
        }
    )
    assert [(a.text, a.problem, a.attributes["member"]) for a in read_bytes("a.zip", data)] == [
        ("First text", None, "../../one.txt"),
        ("Second text", None, "b/two.txt"),
        ("", "unknown-format", "inner.zip"),
    ]


def test_an_attachment_and_a_message_that_cannot_be_read_are_named(made: Made) -> None:
    mail = (
        b"From: a@example.com\nSubject: The locks\nDate: Mon, 6 May 2024 10:00:00 +0000\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain\n\nThe locks stay closed.\n'
        b'--x\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="annex.pdf"\n'
        b"Content-Transfer-Encoding: base64\n\nJVBERi0xLjQgYnJva2Vu\n--x--\n"
    )
    body, annex = read_bytes("locks.eml", mail)
    assert body.text == "The locks stay closed." and body.problem is None
    assert (annex.text, annex.problem, annex.attributes["member"]) == ("", "damaged", "annex.pdf")
    first, second = b"From a@example.com Mon May  6 10:00:00 2024\n", b"\nFrom b@example.com Mon May  6 11:00:00 2024\n"
    box = first + mail + second + b"Subject: Nothing\n\n\n"
    assert [(a.text, a.problem, a.attributes.get("member")) for a in read_bytes("box.mbox", box)] == [
        ("The locks stay closed.", None, None),
        ("", "no-text", "message 2"),
    ]


def test_the_content_says_what_a_file_is_not_its_name(made: Made) -> None:
    document = made["docx"](P.format("Words in a document"))
    assert one("wrong.pdf", document).text == "Words in a document"
    assert one("wrong.docx", b"{\\rtf1 Words in RTF\\par}").text == "Words in RTF"
    assert "It is open" in one("wrong.pdf", PAGE.format(head="", byline="").encode()).text


def test_rtf_keeps_notes_boxes_and_the_encodings_of_its_fonts() -> None:
    raw = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}{\stylesheet{\s1 heading;}}"
        rb"{\header Running head\par}\f0 Caf\'e9 {\f1\'cc\'ee\'f1\'f2}{\footnote\pard Below}.\par"
        rb"{\*\unknown hidden}{\v secret}{\shp{\*\shpinst{\shptxt In the box\par}}}"
        rb"{\*\annotation A remark}\trowd a\cell b\cell\row c\cell d\cell\row\pard Gothic \u-10240?\u-8398? end\par}"
    )
    text = one("a.rtf", raw).text
    assert text.split("\n\n") == [
        "Café Мост.", "In the box", "a\tb\nc\td", "Gothic \U00010332 end", "Below", "[Comment: A remark]"
    ]  # fmt: skip


def test_lone_surrogates_never_reach_a_text() -> None:
    assert "\ufffd" not in one("a.rtf", rb"{\rtf1 Words \u-10240? here\par}").text
    article = one("a.json", b'[{"text": "lone \\ud800 half", "title": "a \\udc00"}]')
    assert article.text.encode("utf-8")
    assert (article.title or "").encode("utf-8")


def test_documents_attached_to_a_mail_are_read_with_its_date(made: Made) -> None:
    import base64

    release = base64.b64encode(made["docx"](P.format("The words of the press release."))).decode()
    raw = MAIL + (
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nSee below.\n\n--b\n'
        'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="release.docx"\n'
        f"Content-Transfer-Encoding: base64\n\n{release}\n--b\nContent-Type: image/png\n"
        'Content-Disposition: attachment; filename="a.png"\n\nxx\n--b--\n'
    )
    mail, attached = read_bytes("a.eml", raw.encode())
    assert (mail.text, attached.text) == ("See below.", "The words of the press release.")
    assert (day(attached), attached.attributes["attachment"]) == (date(2009, 5, 1), "release.docx")


def test_programs_are_not_taken_for_articles() -> None:
    assert read_bytes("jquery.min.js", b"function words() { return 'many words'; }")[0].problem == "unknown-format"
