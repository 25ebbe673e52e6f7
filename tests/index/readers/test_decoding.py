"""Bytes become the letters that were meant, whatever the file says of its encoding."""

from __future__ import annotations

import pytest

from index.problems import Problem
from index.readers.alphabets import best_latin
from index.readers.decoding import codec_name, declared_charset, decoded

SENTENCES = {
    "cp1251": "Министр сказал, что пролив открыт для всех судов и останется открытым, пока этого хотят жители гавани.",
    "koi8_r": "Министр сказал, что пролив открыт для всех судов и останется открытым, пока этого хотят жители гавани.",
    "cp1252": "„Die Meerenge ist für alle geöffnet“, sagte der Minister. Über die Höhe der Gebühren wird später "
    "verhandelt, hieß es.",
    "iso8859-2": "Ministr řekl, že průliv je otevřen všem lodím a že zůstane otevřen, dokud si to obyvatelé přístavu "
    "budou přát. Příští rok se uvidí.",
    "cp1250": "Minister powiedział, że cieśnina jest otwarta dla wszystkich okrętów i że pozostanie otwarta tak "
    "długo, jak zechcą mieszkańcy.",
    "cp1254": "Bakan, boğazın bütün gemilere açık olduğunu ve liman halkı istediği sürece açık kalacağını söyledi; "
    "ücretler sonra görüşülecek.",
    "shift_jis": "海峡はすべての船に開かれていると大臣は述べた。"
    "港の人々が望むかぎり、これからも開かれたままであると彼は言った。",
    "euc_kr": "장관은 해협이 모든 선박에 열려 있으며 항구의 주민들이 원하는 한 계속 열려 있을 것이라고 말했다.",
    "gb18030": "部长说，海峡对所有船只开放，只要港口的居民愿意，它将继续开放。收费问题以后再谈。",
    "cp1253": "Ο υπουργός δήλωσε ότι το στενό είναι ανοιχτό για όλα τα πλοία και θα παραμείνει ανοιχτό όσο το θέλουν "
    "οι κάτοικοι.",
}


@pytest.mark.parametrize("encoding", SENTENCES)
def test_an_encoding_is_told_by_its_letters(encoding: str) -> None:
    text = "\n".join([SENTENCES[encoding]] * 3)
    assert decoded(text.encode(encoding))[0] == text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    text = "The minister said: \u201copen\u201d. Всё. " * 5
    expected = text if "16-" not in encoding and "32-" not in encoding else "The minister said that it was open. " * 5
    assert decoded(expected.encode(encoding))[0] == expected


def test_a_declaration_that_is_wrong_is_not_believed() -> None:
    text = SENTENCES["cp1251"] * 3
    assert decoded(text.encode("cp1251"), "utf-8")[0] == text


def test_a_declaration_decides_where_the_letters_allow_it() -> None:
    assert decoded("Café".encode("cp850"), "cp850")[0] == "Café"
    assert declared_charset(b"<html><meta charset='windows-1251'>") == "windows-1251"
    assert declared_charset(b"<?xml version='1.0' encoding='KOI8-R'?>") == "KOI8-R"
    assert (codec_name("x-nowhere"), codec_name("base64"), codec_name("ISO-8859-1")) == (None, None, "cp1252")


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    text = SENTENCES["cp1251"]
    assert decoded(text.encode() + b"\xff")[0] == text + "\ufffd"


def test_escape_sequences_are_read() -> None:
    assert decoded("海峡は開かれている。".encode("iso2022_jp") * 3)[0] == "海峡は開かれている。" * 3


def test_binary_data_is_no_text() -> None:
    with pytest.raises(Problem) as found:
        decoded(bytes(range(256)) * 8)
    assert found.value.code == "binary"


def test_letters_outside_the_alphabet_speak_against_an_encoding() -> None:
    assert best_latin("řeka příliv žena".encode("iso8859-2") * 5, "cs") == ("iso8859-2", 1.0)
    assert best_latin(b"only ascii", "cs") is None
    assert best_latin("ř".encode("cp1250"), "xx") is None
