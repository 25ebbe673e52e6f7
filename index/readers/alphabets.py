"""Which letters the languages of the Latin alphabet use beyond a to z: what tells one eight-bit encoding from
another."""

from __future__ import annotations

from collections import Counter

_LETTERS = {
    "af": "áéèêëíîïóôöúû",
    "ca": "àçèéíïòóúü·",
    "cs": "áčďéěíňóřšťúůýž",
    "cy": "âêîôûŵŷáéíóúẁ",
    "da": "æøåé",
    "de": "äöüßé",
    "en": "éèêïôçñáíóúöüà",
    "es": "áéíñóúüªº",
    "et": "äõöüšž",
    "eu": "ñçü",
    "fi": "äöåšžé",
    "fr": "àâæçèéêëîïôœùûüÿ",
    "ga": "áéíóú",
    "gl": "áéíñóúüï",
    "hr": "čćđšž",
    "bs": "čćđšž",
    "hu": "áéíóöőúüű",
    "id": "é",
    "is": "áðéíóúýþæö",
    "it": "àèéìíîòóùú",
    "lb": "äëéöü",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "mt": "ċġħżàèìòù",
    "nl": "éëèïöüáóíêâç",
    "no": "æøåéòôü",
    "nb": "æøåéòôü",
    "nn": "æøåéòô",
    "pl": "ąćęłńóśźż",
    "pt": "áâãàçéêíóôõúüªº",
    "ro": "ăâîșțşţ",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšžćđ",
    "sq": "çë",
    "sr": "čćđšž",
    "sv": "åäöéü",
    "tr": "âçğıîöşûüİ",
    "az": "çəğıöşüİ",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơư",
}
ALPHABETS = {language: frozenset(letters + letters.upper()) for language, letters in _LETTERS.items()}
_PUNCTUATION = frozenset("“”„‚‘’‹›«»–—…•·©®°§€£¿¡†™´№ \u00a0\u00ad²³½¼×±")
# More common ones first: of two that fit equally well the first is taken.
ENCODINGS = (
    "cp1252",
    "cp1250",
    "iso8859-2",
    "cp1254",
    "iso8859-15",
    "cp1257",
    "iso8859-13",
    "iso8859-4",
    "iso8859-16",
    "iso8859-3",
    "cp852",
    "cp850",
    "mac_roman",
    "mac_latin2",
    "mac_turkish",
    "cp437",
    "cp857",
    "cp775",
    "iso8859-10",
    "iso8859-14",
)


def best_latin(data: bytes, language: str) -> tuple[str, float] | None:
    """The eight-bit encoding in which most characters beyond ASCII are letters of the language, with that share (0..1).

    None for a language whose letters aren't known here, and for bytes that are all ASCII.
    """
    alphabet = ALPHABETS.get(language)
    counts = Counter(byte for byte in data if byte > 127)
    total = sum(counts.values())
    if alphabet is None or not total:
        return None
    best, most = "", -1.0
    for encoding in ENCODINGS:
        fits = 0.0
        for byte, times in counts.items():
            letter = bytes([byte]).decode(encoding, "replace")
            if letter in alphabet:
                fits += times
            elif letter in _PUNCTUATION:
                fits += 0.6 * times
        if fits > most + max(0.02 * total, 1.5 if best else 0):  # a rarer encoding has to be clearly better
            best, most = encoding, fits
    return best, most / total
