"""Find the figure that was renamed where its old id is still named."""

import re
from collections.abc import Mapping

from briefpack.brief.model import Figure
from briefpack.text.yaml_lines import Tree, texts


def hint(figure_id: str, figures: Mapping[str, Figure], tree: Tree) -> str:
    """Return the one figure that nothing names, and that has a word of an unknown id: it was probably renamed."""
    words = {*figure_id.split("-")}
    alike = [name for name, each in figures.items() if words & {*name.split("-"), *each.means.lower().split()}]
    unused = [name for name in alike if not _is_named(name, tree)]
    return f"{unused[0]}, which nothing uses yet" if len(unused) == 1 else ""


def _is_named(figure_id: str, tree: Tree) -> bool:
    """Return whether any text of a brief names a figure: in braces, as the value of a key, or in a sum."""
    whole = re.compile(rf"(?<![\w-]){re.escape(figure_id)}(?![\w-])")
    return any(whole.search(text) for _, text in texts(tree.data))
