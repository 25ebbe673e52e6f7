import pytest

from index.extract import extract


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Ada Holm told the Norrby Gazette newspaper that the bridge was safe.", ("Norrby Gazette",)),
        ("In an interview with Radio Sund, Ada Holm said that the bridge was safe.", ("Radio Sund",)),
        ("“The bridge is quite safe,” Ada Holm said, as quoted by TASS.", ("TASS",)),
        ("Ada Holm told reporters that the bridge was safe.", ()),
        ("Ada Holm told Bo Lindt that the bridge was safe.", ()),
        ("Ada Holm said that the bridge was safe.", ()),
    ],
)
def test_through_whom_words_came(text: str, via: tuple[str, ...]) -> None:
    assert extract(text, model=False).statements[0].via == via


def test_a_nested_statement_came_the_same_way_as_its_parent() -> None:
    text = "“Bo Lindt told me that the bridge was safe,” Ada Holm said (quoted by TASS)."
    assert [s.via for s in extract(text, model=False).statements] == [("TASS",), ("TASS",)]
