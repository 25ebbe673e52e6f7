"""Lines of a web page that ask the reader for something: what main-text extraction leaves in is taken out here.

Only short paragraphs without quotation marks are looked at, and only by what they say: a newsletter to sign up for,
another article to read, a heading of tags, the source of a picture. What an article reports is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_LONGEST = 320
_QUOTES = re.compile('["“”„«»「」]')
_POINTER = re.compile(
    r"(?:-\s)?(?:related(?: articles?| stories| content| news| reading)?|read (?:also|more|next)|also read|see also"
    r"|more (?:from|on this)|don't miss|recommended"
    r"|you may also like|watch(?: also)?|à lire(?: aussi| également)?|lire aussi|voir aussi|sur le même (?:sujet"
    r"|thème)|leia (?:também|mais|ainda)|veja (?:também|mais)"
    r"|saiba mais|lee (?:también|además|más)|lea (?:también|además|más)|le(?:e|a) tambien|ver también"
    r"|te puede interesar|te recomendamos|más información|más leídas"
    r"|lesen sie (?:auch|mehr)|lesen sie dazu|mehr zum thema|auch interessant|leggi (?:anche|pure)|vedi anche"
    r"|per approfondire|lees ook|läs (?:också|även)"
    r"|czytaj (?:także|też|również)|zobacz (?:także|też)|baca(?: juga)?|читайте (?:также|ещё|еще)|смотрите также"
    r"|по теме|читайте нас|читать также|ilgili haber(?:ler)?|bunu da oku)"
    r"(?=\s{0,2}(?:[:»>|–—-]|\Z))",
    re.I,
)
_HEADING = re.compile(
    r"(?:tags?|topics?|temas|tópicos|themen|thèmes|sujets|schlagworte|mots[- ]clés|palavras[- ]chave|etiquetas"
    r"|argomenti|share(?: this)?(?: article| story)?|compart[ie]r?"
    r"|partager|teilen|condividi|advertisement|advertising|publicidade?|anzeige|publicité|pubblicità|реклама"
    r"|реклама\.|comments?|most (?:read|popular|viewed)|trending(?: now)?"
    r"|newsletters?|follow us|print(?: this)?|email this|related topics|top stories|latest news|más noticias"
    r"|in this article|topics in this story|теги)\s{0,2}:?\Z",
    re.I,
)
_ASKS = re.compile(
    r"\b(?:sign[ -]?up|signing up|subscrib\w{0,5}|register|get (?:the|our|your)|never miss|don't miss|join (?:our"
    r"|the)|suscr[ií]b\w{0,6}|inscreva|assine|inscri\w{0,6}"
    r"|abonne\w{0,4}|abonnier\w{0,3}|melden sie|iscriv\w{0,4}|подпи\w{0,8}|recib[ea]|receba|recevez|follow us"
    r"|download (?:the|our)|log ?in|already a (?:member|subscriber))\b",
    re.I,
)
_OFFERED = re.compile(
    r"\b(?:newsletters?|daily (?:edition|email|digest|briefing)|e-?mail (?:alerts?|updates?|address)|by e-?mail"
    r"|in ?box|alerts|boletín|boletin|infolettre|lettre d.information"
    r"|канал\w{0,3}|рассыл\w{0,4}|telegram|whatsapp|our app|the app|push notifications|subscribers? only"
    r"|continue reading|free trial|premium|top stories)\b",
    re.I,
)
_SELLS = re.compile(
    r"(?:contains? (?:references to products|affiliate links)|(?:we|i) may (?:receive|earn) (?:a "
    r"|an )?(?:\w+ )?(?:compensation|commission)|affiliate (?:commission|links?|partner)"
    r"|terms apply to the offers|\*?bonus value is an estimated|this site is protected by recaptcha"
    r"|all rights reserved|alle rechte vorbehalten|tous droits réservés"
    r"|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|все права защищены"
    r"|cookie policy|privacy policy)",
    re.I,
)
_CREDIT = re.compile(
    r"\(?(?:(?:featured |cover |header )?(?:image|photo|picture|foto|fotos|bild|crédit(?:s)? ?photo|photo credit"
    r"|image credit|imagen|фото)(?: credit| source| by)?\s?[:©]|©\s?\w)",
    re.I,
)


def without_prompts(paragraphs: Iterable[str]) -> Iterator[str]:
    """The paragraphs of an article without the page's requests, pointers, tag headings and picture credits.

    The list that follows a pointer heading ("Read also") goes with it.
    """
    in_pointers = False
    for paragraph in paragraphs:
        flat = " ".join(paragraph.split())
        if in_pointers and flat.startswith("- ") and len(flat) < _LONGEST:
            continue
        in_pointers = False
        if len(flat) > _LONGEST:
            yield paragraph
        elif _POINTER.match(flat) and len(flat) < 240:
            in_pointers = len(flat) < 40
        elif _HEADING.match(flat):
            in_pointers = True
        elif not is_prompt(flat):
            yield paragraph


def is_prompt(flat: str) -> bool:
    """True for a line that sells, asks for a subscription, or names the source of a picture and nothing else."""
    if _SELLS.search(flat) and not _QUOTES.search(flat):
        return True
    if _QUOTES.search(flat):
        return False
    if len(flat) < 220 and _ASKS.search(flat) and _OFFERED.search(flat):
        return True
    return len(flat) < 90 and _CREDIT.match(flat) is not None
