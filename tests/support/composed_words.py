"""The words of a page's HTML in the order in which they are to be read, for tests that trust the HTML alone."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from heard import clean

VOID = {"img", "br", "hr", "meta", "link", "col", "wbr", "input", "source", "path", "rect", "use", "circle", "line"}
FLOWING = {"a", "abbr", "b", "cite", "code", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr"}
UNREAD = {"head", "style", "script", "title", "template"}
SLOT = "slot: "


class Node:
    """An element of a page, or a text in one."""

    def __init__(self, tag: str, attributes: dict, parent: "Node | None", text: str = "") -> None:
        self.tag, self.attributes, self.parent, self.text, self.kids = tag, attributes, parent, text, []

    def walk(self) -> Iterator["Node"]:
        yield self
        for kid in [*self.kids]:
            yield from kid.walk()

    def has(self, name: str) -> bool:
        return name in (self.attributes.get("class") or "").split()


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Node("", {}, None)

    def handle_starttag(self, tag, attrs):
        node = Node(tag, dict(attrs), self.at)
        self.at.kids.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.at.kids.append(Node(tag, dict(attrs), self.at))

    def handle_endtag(self, tag):
        node = self.at
        while node.parent and node.tag != tag:
            node = node.parent
        if node.parent:
            self.at = node.parent

    def handle_data(self, data):
        self.at.kids.append(Node("#text", {}, self.at, data))


def words(html: str, slots: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return the words of a piece, and those of its numbered notes; `slots` has the HTML of the pieces in its slots."""
    root = _tree(html)
    notes = [each for each in root.walk() if each.has("footnote") and "data-number" in each.attributes]
    for each in notes:
        each.parent.kids.remove(each)
    text, noted = (" ".join("".join(_texts(each, slots)) for each in nodes) for nodes in ([root], notes))
    return clean(text).split(), clean(noted).split()


def _tree(html: str) -> Node:
    parser = _Tree()
    parser.feed(html)
    parser.close()
    _move(parser.root)
    _float(parser.root)
    return parser.root


def _move(root: Node) -> None:
    """Put each element where its `data-read` says that it is read."""
    ids = {node.attributes["id"]: node for node in root.walk() if "id" in node.attributes}
    behind = Counter()
    for node in [each for each in root.walk() if "data-read" in each.attributes]:
        where, _, name = node.attributes["data-read"].partition(" ")
        beside = ids.get(name)
        if name and beside is None:
            continue
        node.parent.kids.remove(node)
        home = (beside if where == "into" else beside.parent) if beside else node.parent
        ends = {"first": 0, "into": 0, "last": len(home.kids)}
        at = ends[where] if where in ends else home.kids.index(beside)
        if where == "after":
            at += 1 + behind[name]
            behind[name] += 1
        home.kids.insert(at, node)
        node.parent = home


def _is_of_page(node: Node) -> bool:
    return node.has("footnote") and not {"data-number", "data-read"} & set(node.attributes)


def _float(root: Node) -> None:
    """Put what is said of a whole page at its foot."""
    for node in [each for each in root.walk() if _is_of_page(each)]:
        node.parent.kids.remove(node)
        root.kids.append(Node("div", {}, root))
        root.kids[-1].kids.append(node)


def _texts(node: Node, slots: dict[str, str]) -> Iterator[str]:
    if node.tag in UNREAD or node.attributes.get("aria-hidden") == "true" or node.has("hidden"):
        return
    if node.tag == "#text":
        yield node.text
    elif node.tag == "img":
        alt = node.attributes.get("alt") or ""
        inside = slots.get(alt.removeprefix(SLOT)) if alt.startswith(SLOT) else None
        yield f" {alt} " if not alt.startswith(SLOT) else " "
        yield from _texts(_tree(inside), slots) if inside else ()
    elif "aria-label" in node.attributes and (node.tag in ("a", "span") or node.attributes.get("data-tag") == "Span"):
        yield f" {node.attributes['aria-label']} "
    else:
        space = "" if node.tag in FLOWING and node.attributes.get("data-tag") != "Lbl" else " "
        yield space
        for kid in node.kids:
            yield from _texts(kid, slots)
        yield space
