"""The files of kept pages."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import brotli
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from delivery.kept.tree import ENCODINGS, Tree, is_address

BODY = b"<p>Steam needs room.</p>" * 20


@pytest.fixture
def tree(tmp_path) -> Tree:
    tree = Tree(tmp_path / "pages", tmp_path / "kept")
    tree.workshop.mkdir()
    return tree


def said(tree: Tree, path: str) -> list[bytes]:
    """Return what the page says in every encoding."""
    plain, zipped, shrunk = (tree.file(path, encoding).read_bytes() for encoding in ("", "gzip", "br"))
    return [plain, gzip.decompress(zipped), brotli.decompress(shrunk)]


@given(st.lists(st.sampled_from(["..", ".", "a", "é", "%2e", "x" * 300, "\x00", "a.b", "~", "𝔘" * 90, "\\"])))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_leads_out_of_the_tree(tmp_path, names):
    tree = Tree(tmp_path / "pages", tmp_path / "kept")
    path = "/" + "".join(f"{name}/" for name in names)

    if is_address(path):
        file = tree.file(path)
        assert Path(os.path.normpath(file)) == file
        assert file.is_relative_to(tree.folder)
        file.exists()  # and its name is not too long for the disk
    else:
        with pytest.raises(ValueError, match="/"):
            tree.file(path)


def test_address_is_too_long_by_its_bytes():
    assert is_address("/" + "a/" * 900)
    assert not is_address("/" + "𝔘𝔘/" * 300)


def test_page_says_the_same_in_every_encoding(tree):
    assert tree.write("/kettles/", BODY) is True

    assert said(tree, "/kettles/") == [BODY, BODY, BODY]
    assert tree.write("/kettles/", BODY) is False


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_page_that_is_torn_between_two_versions_is_written_anew(tree, encoding):
    """Whoever is killed between the files leaves this; and the page may go back to what the plain file says."""
    tree.write("/", BODY)
    tree.write("/other/", b"other")
    tree.file("/other/", encoding).replace(tree.file("/", encoding))

    assert tree.write("/", BODY) is True

    assert said(tree, "/") == [BODY, BODY, BODY]


def test_two_versions_of_one_size_within_a_second_differ_in_their_second(tree):
    """The tag of a file is made of both: a browser would be told that nothing has changed."""
    seconds = []
    for body in (b"4 ratings", b"5 ratings", b"6 ratings"):
        tree.write("/", body)
        seconds.append({int(tree.file("/", encoding).stat().st_mtime) for encoding in ENCODINGS})

    assert [len(each) for each in seconds] == [1, 1, 1]
    assert len(set.union(*seconds)) == 3


def test_removed_page_leaves_neither_files_nor_empty_folders(tree):
    tree.write("/kettles/whistle/", BODY)
    tree.write("/kettles/", BODY)

    assert tree.unlink("/kettles/whistle/") is True
    assert sorted(tree.addresses()) == ["/kettles/"]
    assert tree.unlink("/kettles/") is True
    assert list(tree.folder.iterdir()) == []
    assert tree.unlink("/kettles/") is False


def test_emptied_tree_holds_not_even_half_a_page(tree):
    tree.write("/", BODY)
    tree.write("/kettles/", BODY)
    tree.file("/kettles/").unlink()

    tree.set_aside()

    assert list(tree.folder.iterdir()) == []
    (tree.workshop / "dead.new").write_bytes(b"half a p")
    tree.sweep()
    assert not list(tree.workshop.glob("*.new"))
