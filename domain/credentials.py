"""Tokens, keys and passwords in running text, by their issuer's mark or by the word before them."""

import re
from collections.abc import Iterator

# What a line says after "password:" when it tells of the field and not of what is typed into it.
_SAID_OF_PASSWORDS = re.compile(
    r"accepted|actualizada|blank|caducada|cambiada|changed|correct|correcta|disabled|el|empty|error|"
    r"errónea|expired|false|field|forgotten|hidden|incorrect|incorrecta|input|invalid|inválida|la|"
    r"label|las|los|mandatory|missing|n/a|ninguna|no|none|null|obligatoria|oculta|ok|olvidada|"
    r"optional|protected|redacted|rejected|requerida|required|reset|same|the|true|undefined|unknown|"
    r"vacio|vacía|vacío|valid|visible|weak|works|wrong|yes",
    re.IGNORECASE,
)

_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]*?-----END [A-Z0-9 ]{0,60}-----|[\s\S]*)"
)

# Each issuer's own mark. The look behind keeps them to the start of a word, and the search linear.
_MARKED = re.compile(
    r"""
    (?<![A-Za-z0-9_-])
    (?:
        (?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])       # AWS
      | gh[pousr]_[A-Za-z0-9]{30,255} | github_pat_\w{22,255}    # GitHub
      | glpat-[\w-]{20,255}                                      # GitLab
      | xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{10,255}             # Slack
      | xapp-\d-[A-Za-z0-9-]{10,255}
      | https://hooks\.slack\.com/(?:services|workflows)/[\w/]{20,255}
      | [sr]k_(?:live|test)_[A-Za-z0-9]{10,255} | whsec_[A-Za-z0-9+/=]{20,255}  # Stripe
      | AIza[\w-]{35}                                            # Google
      | sk-(?=[\w-]{0,60}\d)[\w-]{20,255}                        # model providers
      | npm_[A-Za-z0-9]{36}
      | SG\.[\w-]{16,64}\.[\w-]{16,128}                          # SendGrid
      | ATATT[\w=-]{20,255}                                      # Atlassian
      | eyJ[\w-]{8,2000}\.eyJ[\w-]{4,2000}(?:\.[\w-]{0,1000})?   # a JSON web token
    )
    """,
    re.VERBOSE | re.ASCII,
)

_AUTHORIZATION = re.compile(
    r"(?<![A-Za-z])authorization[\"']?[ \t]{0,3}[:=][ \t]{0,3}[\"']?(?:basic|bearer|token)[ \t]{1,3}"
    r"(?P<value>[\w.~+/-]{8,2000}={0,2})",
    re.IGNORECASE | re.ASCII,
)

_BEARER = re.compile(
    r"(?<![A-Za-z])bearer[ \t]{1,3}(?P<value>[\w.~+/-]{12,2000}={0,2})", re.IGNORECASE | re.ASCII
)

_NAMED_TOKEN = re.compile(
    r"""
    (?<![A-Za-z0-9])
    (?:[A-Za-z0-9]{1,20}[_-]){0,3}
    (?:api[ _-]?(?:key|token)|access[ _-]?(?:key|token)|auth[ _-]?token|refresh[ _-]?token|session[ _-]?token
      |client[ _-]?secret|secret[ _-]?key|secret[ _-]?access[ _-]?key|private[ _-]?token|apikey|secret|token
      |clave[ ]de[ ](?:la[ ])?api|金鑰|密钥|权杖|權杖)
    ["']?[ \t]{0,3}[:=][ \t]{0,3}["']?
    (?P<value>[\w.~+/!@\#$%^*-]{8,2000}={0,2})
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)

# What lets in whoever has the address, beside what is named a token.
_IN_QUERY = re.compile(
    r"[?&;#](?:(?:x-amz-|x-goog-)?signature|sig|jwt|otp|auth|session|sid|(?:php|j|asp)?sess(?:ion)?_?id)="
    r"(?P<value>[\w.~+/%=-]{8,2000})",
    re.IGNORECASE | re.ASCII,
)

_NAMES = r"(?:password|passwd|passphrase|passcode|pwd|contraseña|contrasena|clave|密碼|密码|口令)"

_PASSWORD = re.compile(
    rf"(?<![A-Za-z0-9])(?:[A-Za-z0-9]{{1,20}}[_-]){{0,3}}{_NAMES}[\"']?"
    r"(?:[ \t]{0,3}[:=][ \t]{0,3}|[ \t]{1,3}(?:is|was|es|era)[ \t]{1,3}|[ \t]{0,3}[是為为][ \t]{0,3})"
    r"(?:[\"'`](?P<quoted>[^\"'`\n]{3,200})(?=[\"'`])|(?P<value>[!-~]{3,200}))(?=(?P<rest>[^\n]{0,40}))",
    re.IGNORECASE,
)

_IN_ADDRESS = re.compile(r"://[^\s/:@]{1,64}:(?P<value>[^\s/@•]{1,128})@")

# What takes the place of a secret: a mask, a variable, a tag to be filled in.
_PLACEHOLDER = re.compile(r"[*xX•.#_-]+|[<\[{$%(].*|https?:.*|.*[>\]})]", re.DOTALL)


def token_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each key or token in a text, without the word that names it."""
    for pattern in (_PRIVATE_KEY, _MARKED):
        yield from (found.span() for found in pattern.finditer(text))
    yield from (found.span("value") for found in _AUTHORIZATION.finditer(text))
    for pattern in (_BEARER, _NAMED_TOKEN, _IN_QUERY):
        for found in pattern.finditer(text):
            value = found["value"]
            if _has_digit_and_letter(value) and not _PLACEHOLDER.fullmatch(value):
                yield found.span("value")


def password_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each password in a text, without the word that names it."""
    for found in _PASSWORD.finditer(text):
        group = "quoted" if found["quoted"] else "value"
        value = found[group].rstrip(",;.)")
        if _is_password(value.strip("\"'`*_"), said=found.group(), rest=found["rest"]):
            yield found.start(group), found.start(group) + len(value)
    for found in _IN_ADDRESS.finditer(text):
        if not _PLACEHOLDER.fullmatch(found["value"]):
            yield found.span("value")


def _is_password(value: str, *, said: str, rest: str) -> bool:
    if len(value) < 3 or _PLACEHOLDER.fullmatch(value) or _SAID_OF_PASSWORDS.fullmatch(value):
        return False
    if any(each.isdigit() for each in value):
        return len(value) > 3
    # A plain word is a password where it stands alone after a colon; in a sentence it is a word.
    return (":" in said or "=" in said) and not re.match(r"[ \t]+[\w(]", rest)


def _has_digit_and_letter(value: str) -> bool:
    return any(each.isdigit() for each in value) and any(each.isalpha() for each in value)
