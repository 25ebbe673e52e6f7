"""How much of a file is read before it counts as hostile: the figures every reader keeps to."""

from __future__ import annotations

MB = 1 << 20

FILE_BYTES = 300 * MB  # a file larger than this is refused unread
TEXT_FILE_BYTES = 64 * MB  # a file that is text itself
TEXT_CHARACTERS = 20_000_000  # text of one document
FILE_CHARACTERS = 100_000_000  # text of all documents of one file (a cell may be named by a million rows)
MARKUP_BYTES = 32 * MB  # HTML and single XML parts
ZIP_ENTRIES = 10_000
ZIP_TOTAL_BYTES = 200 * MB  # sum of the unpacked sizes
ZIP_PART_BYTES = 64 * MB  # one unpacked part
ZIP_RATIO = 200  # unpacked / packed, looked at above RATIO_FROM_BYTES only
RATIO_FROM_BYTES = 4 * MB
PDF_PAGES = 5_000
MAIL_PARTS = 500
ARTICLES = 20_000  # articles from one file
