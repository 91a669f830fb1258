"""Read a report back: its elements as a tree, its tables, pictures and references."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple
from xml.etree import ElementTree

_VOID = {"meta", "br", "hr", "img", "link", "input"}


class Element(NamedTuple):
    """A tag with its attributes."""

    tag: str
    attributes: dict[str, str]


class Page(HTMLParser):
    """Collects what a test asks of a page, and fails where elements do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.words: list[str] = []
        self._open: list[str] = []
        self._table = ""
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that opens; in tables begin a row or a cell."""
        found = {name: value or "" for name, value in attrs}
        self.elements.append(Element(tag, found))
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "caption":
            self._table = found["id"].removesuffix("-caption")
            self.tables[self._table] = []
        if tag == "tr":
            self.tables[self._table].append([])
        if tag in {"td", "th"}:
            self.tables[self._table][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Insist that elements close in the order in which they opened."""
        assert self._open
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect words, and those in cells by table."""
        if "style" in self._open:
            return
        self.words.append(data)
        if {"td", "th"} & set(self._open):
            self.tables[self._table][-1][-1] += data

    def with_tag(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of all elements of a tag."""
        return [element.attributes for element in self.elements if element.tag == tag]

    def table(self, name: str) -> list[list[str]]:
        """Return the rows of a table, head first, with common spaces."""
        return [[cell.replace("\u202f", " ") for cell in row] for row in self.tables[name]]


def pictures(text: str) -> dict[str, ElementTree.Element]:
    """Parse every picture of a page as XML, by the id of its title."""
    found = {}
    for part in text.split("<svg ")[1:]:
        tree = ElementTree.fromstring("<svg " + part.split("</svg>")[0] + "</svg>")  # noqa: S314
        title = tree.find("title")
        if title is not None:
            found[title.attrib["id"].removesuffix("-title")] = tree
    return found
