"""Whether one text tells of two problems, in any of our languages; in doubt it tells of one."""

import re
import unicodedata
from itertools import pairwise

LONGEST = 300
"""Characters of a sentence that are looked at."""

_MARK = re.compile(r"^\s*(?:\(?\d{1,2}[.):、]|[-*+•·])\s*")
_SENTENCE_END = re.compile(r"[!?;\n。！？；]|\.(?=\s|\Z)")
_LISTED = re.compile(r"^[ \t]*\(?\d{1,2}[.):、][ \t]*(?P<said>\S.*)$", re.MULTILINE)

# "There is another problem", said as the beginning of a sentence.
_SECOND_PROBLEM = re.compile(
    r"""
    (?:(?:and|also|plus|then|y|también|además),?\ )*
    (?:(?:there\ is|there's|there\ are|i\ have|we\ have|they\ have|i\ found|we\ found
      |hay|tengo|tienen|tenemos|encontré)\ )?
    (?: (?:also\ )?(?:another|an\ other|a\ (?:second|separate|different)|an\ unrelated|second|2nd|two|several)
        \ (?:issues?|problems?|bugs?)\b
      | (?:también\ )?(?:otro|otros|un\ segundo|segundo|dos|varios)\ (?:errores|error|problemas?|fallos?)\b
      | (?:另外|還有|还有|有|,|\ )*(?:另外?一[個个]|第二[個个]|[兩两][個个])(?:問題|问题|錯誤|错误|bug) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "Also, …": a second problem when what follows says that something is wrong. Where else or when the first one
# is seen is none.
_MOREOVER = re.compile(
    r"""
    (?:and\ |y\ )?
    (?: (?:also|additionally|besides|furthermore|apart\ from\ that|on\ top\ of\ that|separately
          |además|por\ otro\ lado|por\ otra\ parte|aparte(?:\ de\ eso)?)\b
      | 另外 | 此外 | 還有 | 还有 )
    [\ ,:]*+
    (?! (?:happens|occurs|seen|tried|tested|reproduced|reproducible|affects|the\ same|on|in|with|when
          |if|for|see|not|pasa|ocurre|sucede|probé|probado|afecta|lo\ mismo|en|con|cuando|si|para|ver|no)\b
      | [在用也同試试測测] )
    (?P<said>.{6,})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_IS_WRONG = re.compile(
    r"""
    \b(?: not|cannot|\w{2,8}n't|no\ longer|never|errors?|fails?|failed|wrong|missing
        | broken|crash(?:es|ed)?|empty|blank|slow|twice|lost|no|nunca
        | errores|fall[aó]n?|mal|falta|faltan|rot[oa]s?|vací[oa]s?|lent[oa]s?
        | incorrect[oa]s?|duplicad[oa]s? )\b
  | [不無无沒没錯错壞坏失空慢缺]
    """,
    re.VERBOSE | re.IGNORECASE,
)


def names_another(text: str) -> bool:
    """Tell whether a text says in so many words that there is another problem."""
    return any(map(_SECOND_PROBLEM.match, _sentences(text)))


def tells_of_several(text: str) -> bool:
    """Tell whether an actual result is that of two problems: it says so, goes on, or lists them."""
    return names_another(text) or any(map(_goes_on, _sentences(text)[1:])) or _lists_several(text)


def _sentences(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).replace("’", "'")
    pieces = (_MARK.sub("", piece) for piece in _SENTENCE_END.split(plain))
    return [bare[:LONGEST] for piece in pieces if (bare := " ".join(piece.split()).strip("*_-~ "))]


def _goes_on(sentence: str) -> bool:
    moreover = _MOREOVER.match(sentence)
    return moreover is not None and _IS_WRONG.search(moreover["said"]) is not None


def _lists_several(text: str) -> bool:
    """Tell whether numbered lines each say that something is wrong, and share no word."""
    listed = [found["said"][:LONGEST] for found in _LISTED.finditer(text)]
    if len(listed) < 2 or not all(map(_IS_WRONG.search, listed)):
        return False
    seen: set[str] = set()
    for subjects in map(_subjects, listed):
        if len(subjects) < 2 or subjects & seen:
            return False
        seen |= subjects
    return True


def _subjects(line: str) -> set[str]:
    """Return what a line speaks of: its longer words by their beginnings, of Chinese each two characters."""
    line = _IS_WRONG.sub(" ", line.casefold())
    pairs = {one + two for run in re.findall(r"[\u3400-\u9fff]{2,}", line) for one, two in pairwise(run)}
    return pairs | {word[:5] for word in re.findall(r"[^\W\d_\u3400-\u9fff]{4,}", line)}
