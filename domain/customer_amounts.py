"""Reading yearly values, however a spreadsheet or a person writes them."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from domain.customer_faults import BadCell, Why

VALUE_LIMIT = 10**15

_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₩": "KRW",
    "NT$": "TWD",
    "US$": "USD",
    "MX$": "MXN",
    "HK$": "HKD",
}
_MANY_SIGNS = ("$", "¥", "元")  # of several currencies
_CODE = re.compile(r"^([A-Z]{3})\s*(?=[\d.,])|(?<=[\d.,KMB萬億])\s*([A-Z]{3})$")
_TIMES = {
    "": 1,
    "K": 10**3,
    "M": 10**6,
    "MIO": 10**6,
    "MN": 10**6,
    "B": 10**9,
    "BN": 10**9,
    "萬": 10**4,
    "万": 10**4,
    "億": 10**8,
    "亿": 10**8,
}
_AMOUNT = re.compile(r"(?P<number>[0-9][0-9.,' ]*)\s*(?P<times>[A-Z萬万億亿]*)")
_PLAIN = re.compile(r"\d+([.,]\d{0,2}|[.,]\d{4,})?")
_GROUPED = (
    re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?"),
    re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d*)?"),
    re.compile(r"\d{1,3}(?:'\d{3})+(?:[.,]\d*)?"),
    re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d*)?"),
    re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d*)?"),  # as in India
)


def amount(text: str, currency: str = "") -> int:
    """Return a year's value in whole units: "€ 240.000,00", "240,000" and "1.2M" are understood.

    One mark before three digits parts thousands, since money has no three decimals.
    """
    if text.isascii() and text.isdigit() and len(text) < 16:
        return int(text)
    bare = unicodedata.normalize("NFKC", text).replace("\u2019", "'").strip().upper()
    bare = _without_currency(bare, currency, text)
    found = _AMOUNT.fullmatch(bare)
    if found is None or found["times"] not in _TIMES:
        raise BadCell(Why.NO_AMOUNT, text)
    number, times = found["number"].strip(), _TIMES[found["times"]]
    if times > 1 and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", number):
        raise BadCell(Why.UNCLEAR_AMOUNT, text)
    whole = (_number(number, text) * times).quantize(Decimal(1), ROUND_HALF_UP)
    if whole > VALUE_LIMIT:
        raise BadCell(Why.NO_AMOUNT, text)
    return int(whole)


def _without_currency(bare: str, currency: str, text: str) -> str:
    said = None
    for sign, code in _SIGNS.items():
        if sign in bare:
            bare, said = bare.replace(sign, "", 1).strip(), code
            break
    else:
        for sign in _MANY_SIGNS:
            bare = bare.replace(sign, "", 1).strip()
        if found := _CODE.search(bare):
            said = found[1] or found[2]
            if found[2] in _TIMES:
                said = None
            else:
                bare = (bare[: found.start()] + bare[found.end() :]).strip()
    if said and currency and said != currency:
        raise BadCell(Why.OTHER_CURRENCY, text)
    return bare


def _number(number: str, text: str) -> Decimal:
    if len(number) > 24:
        raise BadCell(Why.NO_AMOUNT, text)
    if _PLAIN.fullmatch(number):
        return Decimal(number.replace(",", ".").rstrip("."))
    for form in _GROUPED:
        if form.fullmatch(number):
            marks = re.sub(r"\d", "", number)
            decimal = marks[-1] if marks[-1] != marks[0] else ""
            whole, _, part = number.partition(decimal) if decimal else (number, "", "")
            return Decimal(re.sub(r"\D", "", whole) + "." + (part or "0"))
    raise BadCell(Why.NO_AMOUNT, text)
