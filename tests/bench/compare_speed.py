"""How fast and how exact comparing is, beside difflib and `git diff --word-diff`, in one run.

    python -m tests.bench.compare_speed [--words 10000] [--repeat 5]

Prints milliseconds of processor time (the best of some runs) and ratios; the texts are invented from a fixed seed.
With the FOMC statements beside the checkout also the share of the words of the exact longest common subsequence
that each keeps. Exit 1 when a goal is missed: 300 ms for 2 x 10,000 words, 5 ms for two statements of 200 words.
"""

from __future__ import annotations

import argparse
import difflib
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from rapidfuzz.distance import LCSseq

from index.compare import compare

TICKS = 0.5  # seconds that are measured at least: the system counts processor time in hundredths of a second
SHARED = Path(os.environ.get("STANDPOINT_SHARED", Path(__file__).resolve().parents[3] / "shared"))


def invented(words: int, seed: int) -> list[str]:
    """Words with the frequencies of a language (Zipf), in sentences."""
    chance = random.Random(seed)
    known = [f"{a}{b}{c}" for a in ("ba", "ko", "ri", "tul", "mer") for b in ("lan", "ter", "gos", "mi", "rut")
             for c in ("t", "mo", "ren", "sia", "ld", "ck", "ps", "x", "v", "nu")]  # fmt: skip
    text = chance.choices(known, [1 / (rank + 3) for rank in range(len(known))], k=words)
    return [word.capitalize() + "" if k % 17 == 0 else word + ("." if k % 17 == 16 else "") for k, word in enumerate(text)]


def edited(words: list[str], share: float, seed: int) -> list[str]:
    """The words with some replaced, some dropped and one stretch moved."""
    chance = random.Random(seed)
    text = [chance.choice(words) if chance.random() < share else word for word in words if chance.random() > share / 2]
    third = len(text) // 3
    return text[third : third + third // 8] + text[:third] + text[third + third // 8 :]


def milliseconds(act: Callable[[], object], repeat: int) -> float:
    """The least processor time of some runs of an act, child processes included: what else the machine does is left out."""
    start = time.perf_counter()
    act()
    rounds = max(1, int(TICKS / (time.perf_counter() - start)))
    times = []
    for _ in range(repeat):
        before = sum(os.times()[:4])
        for _ in range(rounds):
            act()
        times.append(1000 * (sum(os.times()[:4]) - before) / rounds)
    return min(times)


def git_word_diff(left: str, right: str) -> str:
    """What `git diff --no-index --word-diff=porcelain` prints."""
    with tempfile.TemporaryDirectory() as folder:
        a, b = Path(folder, "a"), Path(folder, "b")
        a.write_text(left, encoding="utf-8")
        b.write_text(right, encoding="utf-8")
        command = ["git", "diff", "--no-index", "--word-diff=porcelain", str(a), str(b)]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def by_difflib(left: str, right: str) -> int:
    """Equal words that difflib keeps."""
    matcher = difflib.SequenceMatcher(None, left.split(), right.split(), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def kept_words(left: str, right: str) -> int:
    """Words (cut at blanks) that stand wholly in equal parts of our alignment."""
    inside = bytearray(len(left) + 1)
    for part in compare(left, right).parts:
        if part.op == "equal" and part.left:
            inside[part.left.start : part.left.end] = b"\1" * (part.left.end - part.left.start)
    place, kept = 0, 0
    for word in left.split():
        place = left.index(word, place)
        kept += all(inside[place : place + len(word)])
        place += len(word)
    return kept


def speeds(sizes: list[tuple[str, int, float]], repeat: int) -> dict[str, float]:
    """Print a line for each pair of texts; returns our times."""
    ours: dict[str, float] = {}
    print(f"{'texts':34}{'ours ms':>10}{'difflib':>10}{'git':>10}{'difflib/ours':>14}{'git/ours':>10}")
    for name, words, share in sizes:
        before = invented(words, 1)
        left, right = " ".join(before), " ".join(edited(before, share, 2) if share < 1 else invented(words, 3))
        own = milliseconds(lambda left=left, right=right: compare(left, right), repeat)
        other = milliseconds(lambda left=left, right=right: by_difflib(left, right), 1 if words > 2000 else repeat)
        git = milliseconds(lambda left=left, right=right: git_word_diff(left, right), min(3, repeat))
        ours[name] = own
        print(f"{name:34}{own:10.2f}{other:10.2f}{git:10.2f}{other / own:14.2f}{git / own:10.2f}")
    return ours


def exactness() -> None:
    """Print how much of the exact longest common subsequence is kept on consecutive FOMC statements."""
    files = sorted((SHARED / "data" / "fomc" / "text").glob("*.txt"))
    shares, others = [], []
    for one, two in pairwise(files):
        left, right = one.read_text(encoding="utf-8"), two.read_text(encoding="utf-8")
        exact = LCSseq.similarity(left.split(), right.split())
        if exact:
            shares.append(kept_words(left, right) / exact)
            others.append(by_difflib(left, right) / exact)
    if shares:
        print(f"\nequal words kept of the exact LCS, {len(shares)} pairs: ours least {min(shares):.4f}, "
              f"mean {statistics.mean(shares):.4f}; difflib least {min(others):.4f}, mean {statistics.mean(others):.4f}")


def main() -> int:
    """Run and judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    n = given.words
    sizes = [("200 words, 20 % edited", 200, 0.2), ("200 words, unlike", 200, 1.0), ("2,000 words, 10 % edited", 2000, 0.1),
             (f"{n:,} words, 6 % edited", n, 0.06), (f"{n:,} words, unlike", n, 1.0)]  # fmt: skip
    compare("warm up. One.", "Warm up. Two.")
    ours = speeds(sizes, given.repeat)
    exactness()
    missed = [name for name, time_ in ours.items() if time_ > (5 if name.startswith("200") else 300)]
    for name in missed:
        print(f"goal missed: {name}: {ours[name]:.1f} ms", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
