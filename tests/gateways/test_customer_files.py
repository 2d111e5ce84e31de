"""Files of customers are read whatever program wrote them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.customer_faults import Why
from gateways.customer_files import FileError, Row, open_file


def rows(path: Path, data: bytes) -> list[Row]:
    """Return the records of a file with these bytes."""
    path.write_bytes(data)
    return [row for row, _ in open_file(path).rows()]


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("Name;País\nAcmé;España\n", "utf-8", "utf-8-sig"),
        ("Name;País\nAcmé;España\n", "utf-8-sig", "utf-8-sig"),
        ("Name;País\r\nAcmé;España\r\n", "cp1252", "cp1252"),
        ("Name\tPaís\nAcmé\tEspaña\n", "utf-16", "utf-16"),
        ("Name,País\nAcmé,España\n", "utf-16-le", "utf-16-le"),
        ("Name|País\rAcmé|España\r", "utf-16-be", "utf-16-be"),
        ("sep=;\nName;País\nAcmé;España", "utf-8", "utf-8-sig"),
    ],
)
def test_encoding_and_marks_are_found(tmp_path: Path, text: str, encoding: str, found: str) -> None:
    """As Excel, Numbers and CRMs write them, with a byte order mark or without."""
    path = tmp_path / "customers.csv"
    path.write_bytes(text.encode(encoding))
    file = open_file(path)
    assert (file.encoding, file.header) == (found, ("Name", "País"))
    assert [row.cells for row, _ in file.rows()] == [["Acmé", "España"]]


def test_big5_is_found_by_its_header(tmp_path: Path) -> None:
    """What Excel writes in Taiwan is read as what it is."""
    path = tmp_path / "customers.csv"
    path.write_bytes("客戶名稱,地區\n台積電,亞洲\n".encode("cp950"))
    assert open_file(path).header == ("客戶名稱", "地區")


def test_a_line_that_is_no_record_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    """An unclosed quotation mark swallows nothing: only its own line is bad."""
    data = 'Name,Note\nA,"two\nlines"\nB,"open\nC,fine\nD,"x"y\nE,fine\n'
    found = rows(tmp_path / "c.csv", data.encode())
    assert [(row.number, row.cells, row.fault) for row in found] == [
        (2, ["A", "two\nlines"], None),
        (4, [], Why.QUOTES),
        (5, ["C", "fine"], None),
        (6, [], Why.QUOTES),
        (7, ["E", "fine"], None),
    ]


def test_a_line_without_end_is_a_bad_one(tmp_path: Path) -> None:
    """It is not held in memory, and those behind it are read."""
    found = rows(tmp_path / "c.csv", b"Name,Note\n" + b"x" * 1_000_000 + b"\nB,b\n")
    assert [(row.number, row.fault) for row in found] == [(2, Why.TOO_LARGE), (3, None)]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xff\xfe\x00", b"\x81\x8d"])
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes) -> None:
    """With the reason, not with a traceback."""
    with pytest.raises(FileError):
        rows(tmp_path / "c.csv", data)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300) | st.text(alphabet='a,;"\n\r\t\x00é客', max_size=200).map(str.encode))
def test_any_bytes_are_records_or_refused(tmp_path: Path, data: bytes) -> None:
    """Whatever is in a file, it is read line by line or refused; numbers only grow."""
    try:
        found = rows(tmp_path / "c.csv", data)
    except FileError:
        return
    numbers = [row.number for row in found]
    assert numbers == sorted(set(numbers))
