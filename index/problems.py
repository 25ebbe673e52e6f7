"""What a user can act on: every error that people meet has a code here, and a sentence. Anything else is a bug.

A `Problem` carries a code and values; `str()` gives the English sentence that the command line prints, the window
translates by code.
"""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # files
    "not-found": "There is no file {file}. Check the name.",
    "no-folder": "There is no folder {file}. Check the name.",
    "unreadable": "{file} cannot be read: {detail}. Check its permissions or the drive it lies on.",
    "empty": "{file} is empty: there is nothing to import.",
    "no-text": "{file} holds no text that could be read.",
    "no-text-layer": "{file} is a scanned document without a text layer. Run text recognition (OCR) on it first.",
    "binary": "{file} is not a text: it looks like binary data.",
    "unknown-format": "{file} is of a kind that Standpoint does not read.",
    "damaged": "{file} is damaged and cannot be read: {detail}. Try to open and save it again in the program it came from.",
    "password": "{file} is protected by a password. Remove the password in the program it came from and import it again.",
    "encoding": "The encoding of {file} could not be told. Save it as UTF-8 and import it again.",
    "too-large": "{file} is too large ({detail}). Split it into smaller files.",
    "too-slow": "{file} took longer than {detail} to read and was left out. Try to save it again in a simpler form.",
    "crashed": "Reading {file} ended the reader ({detail}). The file was left out; the others are not affected.",
    "quarantined": "{file} ended the reader twice and was left out. "
    "Import it with the option to try again if it has been mended.",
    "extraction": "{file} was imported, but its statements could not be looked for: {detail}. Look for them again later.",
    "bomb": "{file} unpacks to far more than it should ({detail}) and was left out.",
    "old-office": "{file} is in an old format of Word or Excel. Save it as DOCX, RTF or PDF and import that.",
    "no-column": "{file} has no column that holds texts ({detail}). Say which column does.",
    "metadata-table": "{file} is a table of dates and outlets, not of texts. Give it as the metadata table of the import.",
    "not-regular": "{file} is not a regular file and was left out.",
    "metadata": "The metadata table {file} cannot be used: {detail}.",
    "metadata-unused": "No row of the metadata table {file} names one of the imported files: {detail}. Check its column file.",
    "bad-date": "{detail} is not a date. Use YYYY-MM-DD, YYYY-MM or YYYY.",
    "unwritable": "{file} cannot be written: {detail}. Choose another place, or check its permissions.",
    "not-kept": "{file} could not be copied into the library: {detail}. Check the permissions of the library's folder, and "
    "import the file again.",
    "model-missing": "The model of extraction is missing or damaged: statements are found by rules alone, which find "
    "fewer. Install Standpoint again.",
    # libraries
    "no-library": "There is no Standpoint library in {file}. Choose a library folder, or create a new one.",
    "library-exists": "{file} already holds a library. Open it, or choose another folder.",
    "folder-not-empty": "{file} is not empty. Choose an empty or new folder for the library.",
    "library-damaged": "The library {file} is damaged: {detail}. Nothing was changed; run the check with repair, "
    "or restore a backup.",
    "library-newer": "The library {file} was made by a newer Standpoint ({detail}). Update the program to open it.",
    "library-foreign": "{file} is not a library made by Standpoint: {detail}. It was not opened.",
    "library-busy": "The library {file} is in use by another program. Close that, or wait until it has finished.",
    "library-read-only": "The library {file} cannot be written: {detail}. Check the permissions of the folder.",
    "opened-read-only": "The library {file} cannot be written: it was opened for reading. Everything can be searched, read, "
    "compared and exported; nothing can be changed.",
    "disk-full": "There is not enough room on the drive of {file}: {detail}.",
    "index-damaged": "The search index was damaged and is being made anew. Nothing is lost.",
    # asking for things that are not there
    "no-document": "There is no document {detail} in this library.",
    "no-statement": "There is no statement {detail} in this library.",
    "no-actor": "There is no actor {detail} in this library.",
    "no-issue": "There is no issue {detail} in this library.",
    "bad-query": "The query cannot be understood at character {detail}",
    "bad-score": "{detail} is not a score on this scale.",
    "no-positions": "This method gives no positions yet: {detail}.",
    "bad-value": "{detail}",
    "nothing-to-undo": "There is nothing to undo.",
    "nothing-to-redo": "There is nothing to redo.",
    "stopped": "Stopped on request.",
}


class Problem(Exception):
    """Something a user can act on. `code` is a key of `SENTENCES`; `values` fill its sentence."""

    def __init__(self, code: str, file: object = "", detail: object = "") -> None:
        self.code = code
        self.file = str(file)
        self.detail = str(detail)
        super().__init__(code, self.file, self.detail)

    def __str__(self) -> str:
        return sentence(self.code, self.file, self.detail)


def sentence(code: str, file: object = "", detail: object = "") -> str:
    """The English sentence of a problem code; an unknown code comes back as it is."""
    return SENTENCES.get(code, code).format(file=file, detail=detail or "no details")
