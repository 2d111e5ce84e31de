"""Whether a text says only that something is wrong, or nothing at all, in any of our languages.

A text is vague when each of its sentences is. Addresses of pages do not count as words: a link is no step.
"""

import re
import unicodedata

LONGEST = 80
"""Characters; a longer sentence says something, whatever words it uses."""

_ADDRESS = re.compile(r"<?https?://[^\s<>]{1,3000}>?")
_NUMBER = re.compile(r"^\s*(?:\(?\d{1,2}[.):、]|[-*+•·])\s*", re.MULTILINE)
_SENTENCE_END = re.compile(r"[\n!;。；]|[.,](?=\s|\Z)")
_CHINESE = re.compile(r"[\u3400-\u9fff]")

# Words that say nothing of what to do or of what happens.
_NOTHING = r"""
    n/?a | none | nothing | no\ idea | idk | i\ (?:do\ not|don't)\ know | unknown | not\ sure | tbd | \?+
  | please | urgent | por\ favor | urgente | as\ usual | same
  | (?:the\ )?same\ as\ (?:above|below|before) | ask\ (?:the\ )?(?:customer|me|them)
  | see\ (?:the\ )?(?:above|below|title|ticket|link|attached|attachment|screenshots?|video|e-?mail)
  | ninguno | nada | no\ (?:lo\ )?sé | ni\ idea | lo\ mismo | igual(?:\ que\ (?:arriba|antes))? | desconocido
  | ver\ (?:la\ |el\ |los\ )?(?:arriba|abajo|captura|adjuntos?|ticket|enlace|v[íi]deo|correo)
  | 無 | 无 | 沒有 | 没有 | 不知道 | 不清楚 | 不明 | 同上 | 如上 | 如圖 | 如图
  | [見见看](?:上|下|上圖|下圖|截圖|截图|附件|圖|图|影片|標題|标题)
"""
_DOES_NOT_WORK = r"""
    (?:(?:just|still|really|again|always|sometimes|now|simply|also|suddenly)\ )*
    (?: (?:does|do|did)(?:\ not|n't)\ (?:work|function) | (?:is\ |are\ |was\ )?not\ working | doesnt\ work
      | (?:isn|aren|wasn)'t\ working | won't\ work | cannot\ work | no\ longer\ works? | never\ works?
      | stopped\ working | fails? | failed | (?:is|are|was|looks|seems)\ (?:broken|wrong|bad|buggy) | broken
      | has\ an?\ (?:bug|error|problem|issue) | gives?\ (?:an\ )?errors? | errors? | bug | problem | issue )
    (?:\ (?:at\ all|any\ ?more|properly|correctly|well|again|now|today|as\ expected|please|asap
      |for\ (?:me|them|the\ customers?|customers?)))*
"""
_NO_FUNCIONA = r"""
    (?:(?:ya|todavía|sigue|siempre|a\ veces)\ )*
    (?: (?:no|sin)\ (?:les?\ |me\ |nos\ )?(?:funciona(?:r|ba|ndo)?|va|sirve|anda|marcha)
      | (?:se\ )?(?:falla|falló|fallaba) | está\ (?:roto|rota|mal)
      | (?:da|dio|hay|tiene)\ (?:un\ )?(?:error|problema|fallo)
      | error | fallo | roto | rota | mal )
    (?:\ (?:nada|bien|correctamente|ya|más|por\ favor|para\ (?:el|los)\ clientes?))*
"""
_HUAI_LE = r"""
    (?:它|這個|这个|系統|系统|頁面|页面|網站|网站|功能|程式|程序|產品|产品
      |全部|都|還是|还是|一直|就是|又)*+
    (?: 壞了 | 坏了 | 壞掉了? | 坏掉了? | 不能用了? | 無法使用 | 无法使用 | 不能使用 | 用不了
      | 沒辦法用 | 没办法用
      | 不行 | 不能動 | 失敗了? | 失败了? | 有問題 | 有问题 | 出問題了? | 出问题了?
      | 出錯了? | 出错了? | 有錯誤?
      | 錯誤 | 错误 | 有bug | 異常 | 异常 )
"""
_IT = r"(?:(?:it|this|that|everything|they|the\ (?:app\w*|page|(?:web)?site|system|program|product))\ )?"
_ESTO = r"(?:(?:esto|eso|todo|(?:la|el)\ (?:aplicación|app|página|web|sitio|sistema|programa|producto))\ )?"
# In the steps, naming what does not work is still no step.
_ANYTHING = r"(?:(?:the\ |a\ |my\ |their\ )?[\w'-]+\ (?:[\w'-]+\ )?)?"
_ALGO = r"(?:(?:el|la|los|las|su|mi)\ [\w-]+\ (?:(?:de\ |del\ |de\ la\ )?[\w-]+\ )?)?"

_SAYS_NOTHING = re.compile(_NOTHING, re.VERBOSE | re.IGNORECASE)
_VAGUE = re.compile(
    rf"{_IT}(?:{_DOES_NOT_WORK}) | {_ESTO}(?:{_NO_FUNCIONA}) | {_HUAI_LE} | {_NOTHING}",
    re.VERBOSE | re.IGNORECASE,
)
_VAGUE_STEP = re.compile(
    rf"""
    {_ANYTHING}(?:{_DOES_NOT_WORK}) | {_ALGO}(?:{_NO_FUNCIONA})
  | [\u3400-\u9fff]{{0,6}}(?:{_HUAI_LE}) | {_NOTHING}
  | (?:just\ )?(?:use|try)\ (?:it|the\ (?:app|site|product|system)) | usar(?:lo|la) | 使用
    """,
    re.VERBOSE | re.IGNORECASE,
)


def says_nothing(text: str) -> bool:
    """Tell whether a text is only a way of leaving the field empty, such as "n/a"."""
    return _is_only(_SAYS_NOTHING, sentences(text))


def is_vague(text: str) -> bool:
    """Tell whether a text says that it does not work and not what happens."""
    return _is_only(_VAGUE, sentences(text))


def are_vague_steps(text: str) -> bool:
    """Tell whether nobody could follow these steps: no step at all, one word, or only a link."""
    steps = sentences(text)
    return _is_only(_VAGUE_STEP, steps) or (len(steps) == 1 and _is_one_word(steps[0]))


def sentences(text: str) -> list[str]:
    """Return the sentences and lines of a text without list numbers, addresses and the marks around them."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'")
    pieces = _SENTENCE_END.split(_ADDRESS.sub(" ", _NUMBER.sub("", plain)))
    bare = (" ".join(piece.split()).strip(" .:-*_~\"'`()") for piece in pieces)
    return [each for each in bare if re.search(r"[\w?]", each)]


def _is_only(pattern: re.Pattern[str], said: list[str]) -> bool:
    return all(len(each) <= LONGEST and pattern.fullmatch(each) for each in said)


def _is_one_word(sentence: str) -> bool:
    return len(sentence) < 3 if _CHINESE.search(sentence) else len(sentence.split()) == 1
