"""Static SVG as text: elements, escaping, labels that fit, the marks that tell items apart.

Colours are never written here: every mark has a class, and the style sheet gives it a colour for
light, dark and paper. In: numbers and text. Out: mark-up. It knows no plan.
"""

from __future__ import annotations

import html
import unicodedata

__all__ = [
    "KINDS",
    "SIZES",
    "circle",
    "diamond",
    "el",
    "fit",
    "folded",
    "glyph",
    "group",
    "label",
    "line",
    "path",
    "picture",
    "rect",
    "text_width",
]

#: So many colours and so many shapes there are; the items after these get other pairs of the two.
KINDS = 6

#: How large the style sheet sets the texts of each class.
SIZES = {
    "heading": 13, "node": 14, "party": 15, "amount": 14, "muted": 13, "owing": 13, "tick": 12,
    "tick strong": 12, "tiny": 11,
}  # fmt: skip

_NARROW = set("iljtfrI.,:;'|!()[]/\u202f -")
_BROAD = set("mwMWQOGDCHNU%@×—…")


def el(tag: str, *children: str, **attributes: str | float | None) -> str:
    """Write an element; `class_` and `aria_label` become class and aria-label, None is left out.

    Examples
    --------
    >>> el("g", el("title", "a"), class_="mark", x=1.25)
    '<g class="mark" x="1.25"><title>a</title></g>'
    """
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = "".join(children)
    return f"<{tag}{said}>{inner}</{tag}>" if inner else f"<{tag}{said}/>"


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return html.escape(value)
    return f"{value:.2f}".rstrip("0").rstrip(".")


def group(*children: str, class_: str | None = None, tip: str = "") -> str:
    """Put marks together; `tip` is shown where a pointer rests."""
    title = el("title", html.escape(tip)) if tip else ""
    return el("g", title, *children, class_=class_)


def rect(  # a rectangle has four sides and a look
    x: float, y: float, width: float, height: float, class_: str, *, radius: float | None = None
) -> str:
    """Draw a rectangle; no side is ever negative."""
    sides = {"width": max(0.0, width), "height": max(0.0, height)}
    return el("rect", x=x, y=y, **sides, rx=radius, class_=class_)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    """Draw a straight line."""
    return el("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def path(d: str, class_: str, width: float | None = None) -> str:
    """Draw a path."""
    return el("path", d=d, class_=class_, stroke_width=width)


def circle(x: float, y: float, radius: float, class_: str) -> str:
    """Draw a circle."""
    return el("circle", cx=x, cy=y, r=radius, class_=class_)


def diamond(x: float, y: float, radius: float, class_: str) -> str:
    """Draw a square on its corner."""
    d = f"M{_value(x)} {_value(y - radius)}l{radius} {radius}l{-radius} {radius}l{-radius} {-radius}z"
    return path(d, class_)


def label(  # where, what, how it looks, how much room there is
    x: float,
    y: float,
    text: str,
    class_: str = "muted",
    *,
    anchor: str | None = None,
    room: float | None = None,
) -> str:
    """Write a text; with `room` it is cut to that many units, and said in full where one points."""
    shown = text if room is None else fit(text, room, SIZES.get(class_, 13))
    tip = el("title", html.escape(text)) if shown != text else ""
    return el("text", html.escape(shown), tip, x=x, y=y, class_=class_, text_anchor=anchor)


def text_width(text: str, size: float = 13) -> float:
    """Estimate how wide a text is in a common sans-serif face, rather too wide than too narrow."""
    return sum(_advance(char) for char in text) * size * 1.06


def _advance(char: str) -> float:
    if char in _NARROW:
        return 0.32
    if char in _BROAD:
        return 0.84
    if char > "\u02ff" and unicodedata.combining(char):
        return 0.0
    if char > "\u10ff" and unicodedata.east_asian_width(char) in "WF":
        return 1.05
    return 0.68 if char.isupper() else 0.56


def fit(text: str, room: float, size: float = 13) -> str:
    """Cut a text to the room it has, the last character an ellipsis.

    Examples
    --------
    >>> fit("PAC-3 MSE", 200), fit("A very long name of an item", 80)
    ('PAC-3 MSE', 'A very lon…')
    """
    if text_width(text, size) <= room:
        return text
    width, kept = text_width("…", size), ""
    for char in text:
        width += _advance(char) * size * 1.06
        if width > room:
            break
        kept += char
    return kept.rstrip() + "…"


def folded(text: str, room: float, size: float = 13) -> tuple[str, str]:
    """Break a text at a blank into two lines of the room there is; what is too long for both is cut.

    Examples
    --------
    >>> folded("PAC-3 MSE", 200), folded("A very long name of an item", 80)
    (('PAC-3 MSE', ''), ('A very long', 'name of a…'))
    """
    if text_width(text, size) <= room:
        return text, ""
    words = text.split(" ")
    count = len(words)
    while count > 1 and text_width(" ".join(words[:count]), size) > room:
        count -= 1
    if count == len(words):
        return fit(text, room, size), ""
    return fit(" ".join(words[:count]), room, size), fit(" ".join(words[count:]), room, size)


def glyph(kind: int, x: float, y: float, radius: float = 5) -> str:
    """Draw the mark of an item: its colour and its shape say which.

    Of the first items either alone would do; those after them share a colour, with another shape.
    """
    class_, shape = f"item{kind % KINDS}", (kind + kind // KINDS) % KINDS
    if shape == 1:
        return rect(x - radius, y - radius, 2 * radius, 2 * radius, class_)
    if shape == 2:
        return diamond(x, y, radius * 1.25, class_)
    if shape == 3:
        side = radius * 1.2
        start = f"M{_value(x)} {_value(y - side)}"
        return path(f"{start}l{side:.2f} {2 * side:.2f}h{-2 * side:.2f}z", class_)
    if shape == 4:
        thick = radius * 0.45
        return group(
            rect(x - radius, y - thick, 2 * radius, 2 * thick, class_),
            rect(x - thick, y - radius, 2 * thick, 2 * radius, class_),
        )
    if shape == 5:
        start = f"M{_value(x - radius)} {_value(y - radius)}"
        return path(f"{start}l{2 * radius} {radius}l{-2 * radius} {radius}z", class_)
    return circle(x, y, radius, class_)


def picture(  # a picture needs a size, a name and its words
    key: str, width: float, height: float, title: str, description: str, *marks: str
) -> str:
    """Frame marks as one picture that a screen reader announces by title and description.

    Parameters
    ----------
    key
        unique in the page; ids are made from it.
    width, height
        in user units; the page scales it to the room there is.
    title, description
        what it shows, and what it comes to, in words.
    marks
        what is drawn, back to front.
    """
    return el(
        "svg",
        el("title", html.escape(title), id=f"{key}-title"),
        el("desc", html.escape(description), id=f"{key}-desc"),
        *marks,
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
    )
