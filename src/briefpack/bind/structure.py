"""Write the structure tree, with the tags of each overlay in its slot."""

from briefpack.bind.parts import DOCUMENT, TREE, Parts
from briefpack.bind.writer import Objects


def write(objects: Objects, parts: Parts) -> bytes:
    """Write the structure tree, with the pieces in reading order; return its entry in the catalog."""
    _fill_slots(objects, parts)
    outermost = b" ".join(body.references for body in parts.bodies)
    objects.plain[DOCUMENT] = b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (TREE, outermost)
    by_key = sorted(parts.all, key=lambda part: part.key)
    keys = [part.numbers[parent] for part in by_key for parent in part.piece.parents]
    parents = objects.add(b"<</Nums[%b]>>" % b" ".join(b"%d %d 0 R" % pair for pair in enumerate(keys)))
    entries = b"/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d" % (DOCUMENT, parents, len(keys))
    objects.plain[TREE] = b"<</Type/StructTreeRoot%b>>" % entries
    return b"/StructTreeRoot %d 0 R" % TREE


def _fill_slots(objects: Objects, parts: Parts) -> None:
    """Write the element of each slot, with the tags of the overlay in it, if any."""
    inside = {part.parent: part.references for part in parts.overlays}
    for number, element in parts.slots:
        objects.plain[number] = b"%b %b]>>" % (element, inside.get(number, b""))
