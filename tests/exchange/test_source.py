"""What is read from a file, and in which words a file is refused."""

import pytest

from articles.exchange.source import MAX_BYTES, MAX_LINES, Refused, read_source


@pytest.fixture
def file(tmp_path):
    def write(data: bytes):
        path = tmp_path / "article.txt"
        path.write_bytes(data)
        return path

    return write


def test_source_has_lines_whatever_ends_them(file):
    assert read_source(file(b"one\r\ntwo\rthree\nfour")).lines == ("one", "two", "three", "four")


def test_source_drops_the_byte_order_mark(file):
    assert read_source(file(b"\xef\xbb\xbfTitle")).lines == ("Title",)


def test_source_keeps_other_separators_inside_their_line(file):
    assert read_source(file("a\x0bb\x0cc\u2028d\u2029e\x85f".encode())).lines == ("a\x0bb\x0cc\u2028d\u2029e\x85f",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b" \n\t\n", "The file is empty: it holds only blanks."),
        ("\u00a0\n".encode(), "The file is empty: it holds only blanks."),
        (b"Title\n\ncaf\xe9 au lait", "The file is not UTF-8: byte 0xE9 at position 11 (line 3). Save it as UTF-8."),
        (b"Title\n\x85", "The file is not UTF-8: byte 0x85 at position 7 (line 2). Save it as UTF-8."),
        (b"Title\n\nabc\x00def", "The file is binary: byte 0x00 at position 11 (line 3)."),
        (b"Title\n\x1b[31mred", "The file is binary: it has the control character 0x1B at character 7 (line 2)."),
        (b"a" * (MAX_BYTES + 1), "The file is larger than 1,000,000 bytes."),
        (b"a\n" * MAX_LINES, "The file has 20,001 lines; 20,000 are allowed."),
    ],
)
def test_file_is_refused_in_one_sentence(file, data, reason):
    with pytest.raises(Refused) as refused:
        read_source(file(data))
    assert refused.value.reason == reason


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(Refused, match="There is no such file"):
        read_source(tmp_path / "missing.txt")


def test_folder_is_refused(tmp_path):
    with pytest.raises(Refused, match="This is not a file"):
        read_source(tmp_path)
