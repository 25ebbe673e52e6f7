"""Measures extraction: documents a second on one core, memory, and the time that 5 MB of rubbish takes.

python tests/bench/extraction.py FOLDER [--no-model]     (FOLDER holds .txt files)
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import random
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from index.extract import extract
from index.extract.tagger import FILE
from index.model import When

DAY = When(date(2031, 5, 14), date(2031, 5, 14))


def memory() -> int:
    """Largest memory of this process so far, in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)


def rubbish(size: int) -> dict[str, str]:
    """Texts of `size` characters that no reporter wrote."""
    chance = random.Random(7)
    return {
        "letters": "a" * size,
        "words": "word " * (size // 5),
        "marks": "“" * size,
        "pairs": "“a” " * (size // 4),
        "cues": "Ada said that " * (size // 14),
        "binary": "".join(chr(chance.randrange(0x2100)) for _ in range(size)),
    }


def main() -> None:
    """Prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--no-model", action="store_true")
    parser.add_argument("--rubbish", type=int, default=0, metavar="CHARACTERS")
    a = parser.parse_args()
    texts = [f.read_text(encoding="utf-8") for f in sorted(a.folder.glob("*.txt"))]
    extract(texts[0], DAY, model=not a.no_model)
    began, cpu = time.perf_counter(), time.process_time()
    found = sum(len(extract(t, DAY, model=not a.no_model).statements) for t in texts)
    took, used = time.perf_counter() - began, time.process_time() - cpu
    model = Path(__file__).parents[2] / "resources" / "models" / FILE
    out = {
        "documents": len(texts),
        "statements": found,
        "documents_per_second": round(len(texts) / took, 1),
        "documents_per_cpu_second": round(len(texts) / used, 1),
        "memory_mb": memory(),
        "model_mb": round(model.stat().st_size / 1e6, 2) if model.exists() else None,
    }
    for name, text in rubbish(a.rubbish).items() if a.rubbish else ():
        began = time.perf_counter()
        extract(text, DAY, model=not a.no_model)
        out[f"seconds_{name}"] = round(time.perf_counter() - began, 1)
    json.dump(out, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
