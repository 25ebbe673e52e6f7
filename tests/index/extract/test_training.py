from pathlib import Path

from index.extract.lexicon import lexicon
from index.extract.pages import page
from index.extract.tagger import LABELS, Vocabulary
from index.extract.training import annotated, examples, transitions, vocabulary

TEXT = "Ada Holm said that the bridge would open. Nobody answered.\n"
ANNOTATION = (
    "T1\tCue 9 13\tsaid\nT2\tSource 0 8\tAda Holm\nT3\tContent 14 40\tthat the bridge would open\n"
    "E1\tCue:T1 Source:T2 Content:T3\n"
)


def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.ann").write_text(ANNOTATION, encoding="utf-8")
    return tmp_path


def test_annotations_are_read_as_spans(tmp_path: Path) -> None:
    ((name, text, items),) = annotated(folder(tmp_path))
    assert (name, text) == ("a", TEXT)
    assert items == [{"Source": [(0, 8)], "Cue": [(9, 13)], "Content": [(14, 40)]}]


def test_an_example_labels_speaker_and_content_beside_the_cue(tmp_path: Path) -> None:
    ((_, text, items),) = annotated(folder(tmp_path))
    read = page(text, lexicon("en"))
    (example,) = examples(read, items, Vocabulary(vocabulary([read]), lexicon("en")))
    first, last, labels = example.cues[0]
    assert read.tokens[first : last + 1] == ["said"]
    named = {LABELS[label]: read.tokens[i] for i, label in reversed(list(enumerate(labels)))}
    assert named["B-S"] == "Ada"
    assert named["B-Q"] == "that"
    assert labels[read.tokens.index("Nobody")] == 0
    assert all(labels == [0] * len(read.tokens) for _, _, labels in example.cues[1:])


def test_a_piece_cannot_go_on_where_it_has_not_begun() -> None:
    allowed = transitions()
    assert allowed[LABELS.index("O"), LABELS.index("I-Q")] < 0
    assert allowed[LABELS.index("B-Q"), LABELS.index("I-Q")] == 0
    assert allowed[-1, LABELS.index("I-S")] < 0
