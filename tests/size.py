"""Print the size of the engine and its tests: lines, modules, tokens, and how dense the code is."""

import ast
import io
import sys
import tokenize
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLANK = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
HEAD = ("", "lines", "modules", "tokens", "called once", "comprehensions", "conditionals")


def row(folder: str) -> tuple[object, ...]:
    """Return the figures of a folder; the last two are for each 1,000 lines of code."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / folder).rglob("*.py"))]
    tokens = [each for text in texts for each in tokenize.generate_tokens(io.StringIO(text).readline)]
    nodes = [node for text in texts for node in ast.walk(ast.parse(text))]
    counted = [each for each in tokens if each.type not in BLANK]
    code = max(1, sum(1 for text in texts for line in text.splitlines() if line.strip() and line.strip()[0] != "#"))
    named = Counter(node.id for node in nodes if isinstance(node, ast.Name))
    named += Counter(node.attr for node in nodes if isinstance(node, ast.Attribute))
    once = sum(named[node.name] == 1 for node in nodes if isinstance(node, FUNCTIONS))
    dense = [round(1000 * sum(isinstance(node, kind) for node in nodes) / code) for kind in (COMPREHENSIONS, ast.IfExp)]
    return folder, sum(text.count("\n") for text in texts), len(texts), len(counted), once, *dense


if __name__ == "__main__":
    for cells in (HEAD, *map(row, ("src", "charts", "tests"))):
        sys.stdout.write(" ".join(f"{cell!s:>14}" for cell in cells) + "\n")
