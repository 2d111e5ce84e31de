"""Reading JQL: words, then a tree of clauses. What the clauses mean is in query.py."""

import re
from dataclasses import dataclass

from sandbox.jira.errors import JiraError

OPERATORS = ("=", "!=", ">=", "<=", ">", "<", "~", "!~", "in", "not in", "is", "is not")
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
      | (?P<operator>!=|>=|<=|!~|=|>|<|~)
      | (?P<mark>[(),])
      | (?P<other>&&|\|\||&|\||!)
      | (?P<word>[^\s"'=!<>~(),&|]+)
    )""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True)
class Token:
    """A word of a query: its sort (text, operator, mark, word or end), what it says and where it begins."""

    sort: str
    text: str
    at: int

    def is_word(self, *words: str) -> bool:
        """Tell whether it is one of the keywords *words*."""
        return self.sort == "word" and self.text.lower() in words


@dataclass(frozen=True)
class Value:
    """An operand: what it says, and whether it was quoted or is a function's name."""

    text: str
    quoted: bool = False
    function: bool = False


@dataclass(frozen=True)
class Term:
    """One comparison of a field with values."""

    field: str
    operator: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Joined:
    """Clauses joined by `and` or `or`."""

    by: str
    clauses: "tuple[Clause, ...]"


@dataclass(frozen=True)
class Negated:
    """A clause turned round."""

    clause: "Clause"


Clause = Term | Joined | Negated


@dataclass(frozen=True)
class Query:
    """A whole query: its clause (None where it restricts nothing) and its order, as (field, descending)."""

    clause: Clause | None
    order: tuple[tuple[str, bool], ...]


def parse(text: str) -> Query:
    """Return the query *text* says; JiraError 400 in Jira's words where it says none."""
    return _Parser(_tokens(text)).query()


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            place = at + len(text[at:]) - len(text[at:].lstrip())
            raise _error(f"The character {text[place]!r} cannot be understood here", place)
        sort, said = match.lastgroup, match[match.lastgroup]
        if sort == "text":
            said = _ESCAPE.sub(_unescape, said[1:-1])
        if sort == "other":
            sort, said = "word", {"&&": "and", "&": "and", "||": "or", "|": "or", "!": "not"}[said]
        tokens.append(Token(sort, said, match.start(match.lastgroup)))
        at = match.end()
    return [*tokens, Token("end", "", len(text))]


def _unescape(match: re.Match[str]) -> str:
    said = match[1]
    return chr(int(said[1:], 16)) if len(said) == 5 else _ESCAPED.get(said, said)


def _error(message: str, at: int) -> JiraError:
    return JiraError(400, f"Error in the JQL Query: {message}. (line 1, character {at + 1})")


class _Parser:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._next = 0

    def query(self) -> Query:
        clause = None
        if not self._here.is_word("order") and self._here.sort != "end":
            clause = self._any()
        order = self._order()
        if self._here.sort != "end":
            raise _error(f"Expecting either 'OR' or 'AND' but got '{self._here.text}'", self._here.at)
        return Query(clause, order)

    @property
    def _here(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._here
        self._next += 1
        return token

    def _any(self) -> Clause:
        clauses = [self._all()]
        while self._here.is_word("or"):
            self._take()
            clauses.append(self._all())
        return clauses[0] if len(clauses) == 1 else Joined("or", tuple(clauses))

    def _all(self) -> Clause:
        clauses = [self._single()]
        while self._here.is_word("and"):
            self._take()
            clauses.append(self._single())
        return clauses[0] if len(clauses) == 1 else Joined("and", tuple(clauses))

    def _single(self) -> Clause:
        if self._here.is_word("not"):
            self._take()
            return Negated(self._single())
        if self._here.text == "(" and self._here.sort == "mark":
            self._take()
            clause = self._any()
            self._expect(")")
            return clause
        return self._term()

    def _term(self) -> Term:
        field = self._take()
        if field.sort == "end":
            raise JiraError(400, "Error in JQL Query: The query is incomplete: a field name is missing.")
        if field.sort not in ("word", "text") or field.is_word("and", "or", "order"):
            raise _error(f"Expecting a field name but got '{field.text}'", field.at)
        operator = self._operator()
        if operator in ("in", "not in"):
            return Term(field.text, operator, self._list())
        return Term(field.text, operator, (self._value(),))

    def _operator(self) -> str:
        token = self._take()
        if token.sort == "operator":
            return token.text
        if token.is_word("in"):
            return "in"
        if token.is_word("not") and self._here.is_word("in"):
            self._take()
            return "not in"
        if token.is_word("is"):
            if self._here.is_word("not"):
                self._take()
                return "is not"
            return "is"
        valid = ", ".join(f"'{one}'" for one in OPERATORS)
        got = f"got '{token.text}'" if token.sort != "end" else "the query ended"
        raise _error(f"Expecting operator but {got}. The valid operators are {valid}", token.at)

    def _list(self) -> tuple[Value, ...]:
        if self._here.text != "(":
            return (self._value(),)
        self._expect("(")
        values = [self._value()]
        while self._here.text == "," and self._here.sort == "mark":
            self._take()
            values.append(self._value())
        self._expect(")")
        return tuple(values)

    def _value(self) -> Value:
        token = self._take()
        if token.sort not in ("word", "text") or (token.is_word("and", "or", "not", "order")):
            got = f"'{token.text}'" if token.sort != "end" else "the end of the query"
            raise _error(f"Expecting either a value, list or function but got {got}", token.at)
        if token.sort == "word" and self._here.text == "(" and self._here.sort == "mark":
            self._expect("(")
            self._expect(")")
            return Value(token.text, function=True)
        return Value(token.text, quoted=token.sort == "text")

    def _expect(self, mark: str) -> None:
        token = self._take()
        if token.sort != "mark" or token.text != mark:
            raise _error(f"Expecting '{mark}' but got '{token.text or 'the end of the query'}'", token.at)

    def _order(self) -> tuple[tuple[str, bool], ...]:
        if not self._here.is_word("order"):
            return ()
        self._take()
        by = self._take()
        if not by.is_word("by"):
            raise _error(f"Expecting 'by' but got '{by.text}'", by.at)
        order: list[tuple[str, bool]] = []
        while True:
            field = self._take()
            if field.sort not in ("word", "text"):
                raise _error("Expecting a field name after 'order by'", field.at)
            descending = self._here.is_word("desc")
            if self._here.is_word("asc", "desc"):
                self._take()
            order.append((field.text, descending))
            if self._here.text != "," or self._here.sort != "mark":
                return tuple(order)
            self._take()
