"""Files that are broken or mean harm end as a text or as a problem that says why; they read nothing else and unpack
to nothing much."""

from __future__ import annotations

import random
import re
import time
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from index.problems import SENTENCES
from index.readers import read, read_bytes

Made = Mapping[str, Callable[..., bytes]]
P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def problem(name: str, data: bytes) -> str | None:
    found = read_bytes(name, data)
    assert len(found) == 1
    assert found[0].problem is None or found[0].problem in SENTENCES
    return found[0].problem


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t", "empty"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.pdf", b"%PDF-1.4\nnothing", "damaged"),
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "unknown-format"),
        ("a.json", b"[" * 100_000, "damaged"),
        ("a.json", b'{"a": ', "damaged"),
        ("a.epub", b"not a zip at all", "damaged"),
        ("a.html", b"<html><body></body></html>", "no-text"),
    ],
)
def test_a_broken_file_says_what_is_wrong(name: str, data: bytes, code: str) -> None:
    assert problem(name, data) == code


def test_encrypted_files_ask_for_the_password_to_be_removed(made: Made) -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    assert problem("a.odt", made["odt"]("<text:p>x</text:p>", manifest=manifest)) == "password"
    for name in ("EncryptedPackage", "ENCRYPTEDPACKAGE"):
        assert problem("a.docx", made["compound"]({name: b"x" * 600, "EncryptionInfo": b"y"})) == "password"
    locked = bytearray(made["zipped"]({"a.txt": "words"}))
    locked[6] |= 1  # the local header's flag "encrypted", and the one of the directory
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert problem("a.zip", bytes(locked)) == "password"


def test_bombs_are_refused_before_they_unpack(made: Made) -> None:
    assert problem("a.docx", made["docx"](P.format("x" * 80_000_000))) == "bomb"
    start = time.process_time()
    assert problem("a.zip", made["zipped"]({f"{n}.txt": "x" for n in range(10_001)})) == "bomb"
    assert time.process_time() - start < 20


def test_a_size_that_the_header_hides_is_still_counted(made: Made) -> None:
    raw = bytearray(made["zipped"]({"word/document.xml": "<a>" + "x" * 70_000_000 + "</a>"}))
    place = raw.index(b"PK\x01\x02")
    raw[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    assert problem("a.docx", bytes(raw)) in ("bomb", "damaged")


def test_entities_are_not_resolved(made: Made, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret word")
    evil = (
        f"<!DOCTYPE a [<!ENTITY x SYSTEM '{secret.as_uri()}'><!ENTITY l 'lol'><!ENTITY m '{'&l;' * 100}'><!ENTITY n "
        f"'{'&m;' * 100}'>]>"
    )
    body = (
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>"
        "Before &x; &n; after</w:t></w:r></w:p></w:body></w:document>"
    )
    found = read_bytes("a.docx", made["zipped"]({"word/document.xml": evil + body}))[0]
    assert "secret word" not in found.text
    assert "lol" * 20 not in found.text
    feed = read_bytes(
        "a.xml",
        (
            f"<?xml version='1.0'?>{evil}<rss><channel><item><title>T</title><description>D &x;</description></item>"
            f"</channel></rss>"
        ).encode(),
    )[0]
    assert "secret word" not in feed.text


def test_spreadsheets_are_read_with_defused_xml_only() -> None:
    assert openpyxl.DEFUSEDXML is True


def test_only_one_module_parses_markup() -> None:
    root = Path(__file__).resolve().parents[3] / "index"
    bare = re.compile(
        r"\betree\.(?:fromstring|parse|XML|HTML|iterparse|XMLParser|HTMLParser)\b|xml\.(?:etree|dom"
        r"|sax)\b(?!\.saxutils)|html\.(?:fromstring|document_fromstring|HTMLParser)\b"
    )
    found = [
        f"{path.relative_to(root)}: {line.strip()}"
        for path in root.rglob("*.py")
        if path.name != "markup.py" and "readers" in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if bare.search(line)
    ]
    assert found == []


def test_what_is_not_a_regular_file_is_not_opened(tmp_path: Path) -> None:
    for name, target in (("link.txt", "real.txt"), ("folder.txt", "."), ("none.txt", "nowhere"), ("loop.txt", "loop.txt")):
        (tmp_path / name).symlink_to(target)
    (tmp_path / "real.txt").write_text("words")
    assert read(tmp_path / "link.txt")[0].text == "words"
    assert read(tmp_path / "folder.txt")[0].problem == "not-regular"
    assert read(tmp_path / "none.txt")[0].problem == "not-found"
    assert read(tmp_path / "loop.txt")[0].problem == "unreadable"
    assert read(tmp_path / "missing.txt")[0].problem == "not-found"
    assert read(tmp_path)[0].problem == "not-regular"


def test_damaged_copies_of_good_files_never_raise(made: Made) -> None:
    luck = random.Random(3)
    good = {
        "a.docx": made["docx"](P.format("Words " * 200)),
        "a.odt": made["odt"]("<text:p>" + "Words " * 200 + "</text:p>"),
        "a.msg": made["compound"]({"__substg1.0_1000001F": ("Words " * 200).encode("utf-16-le")}),
        "a.rtf": b"{\\rtf1\\ansi " + b"Words \\'93 \\par " * 100 + b"}",
        "a.eml": b"From: a@b.example\nSubject: s\nDate: Fri, 01 May 2009 10:00:00 +0400\n\nWords\n" * 3,
        "a.srt": b"1\n00:00:01,000 --> 00:00:02,000\nWords\n\n" * 20,
        "a.csv": b"title,text\n" + b"one,words and more words\n" * 20,
    }
    for name, data in good.items():
        for _ in range(25):
            raw = bytearray(data)
            for _ in range(luck.randint(1, 8)):
                raw[luck.randrange(len(raw))] = luck.randrange(256)
            if luck.random() < 0.4:
                del raw[luck.randrange(len(raw)) :]
            for found in read_bytes(name, bytes(raw)):
                assert found.problem is None or found.problem in SENTENCES


@pytest.mark.parametrize(
    "text",
    [
        "Mr " * 60_000,
        '"' * 200_000,
        "A" * 200_000,
        "1 " * 100_000,
        "<" * 100_000,
        "2019-" * 40_000,
        "a.b@" * 50_000,
        "\n" * 100_000 + "x",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_rubbish_takes_time_in_proportion_to_its_size(name: str, text: str) -> None:
    start = time.process_time()
    read_bytes(name, text.encode())
    assert time.process_time() - start < 8


def test_a_member_that_lies_about_its_checksum_is_damage(made: Made) -> None:
    out = BytesIO(made["zipped"]({"a.txt": "words " * 50}))
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
    raw = bytearray(out.getvalue())
    raw[14] ^= 0xFF
    raw[raw.index(b"PK\x01\x02") + 16] ^= 0xFF
    assert problem("a.zip", bytes(raw)) in ("no-text", "damaged")
