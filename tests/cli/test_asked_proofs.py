"""`briefpack build --proof` writes proofs of sound documents for colleagues."""

import pypdfium2
import pytest

from briefpack.checks.read import page_objects

pytestmark = pytest.mark.usefixtures("warm")

FOLDER = "out/tiny/tiny/screen"
DOCUMENTS = ("national-pack", "national-leave-behind-crossing-fund", "national-leave-behind-slow-streets")


def text(path) -> str:
    return " ".join(" ".join(page.text.split()) for page in page_objects.letters(path.read_bytes()))


@pytest.mark.part(name="builds")
def test_writes_proofs_that_only_the_next_request_replaces(command, project, edit):
    asked = project.root / FOLDER / "proofs/asked/national"
    plain = command("build", "--jobs", "1")
    assert (plain.exit_code, asked.exists()) == (0, False)
    finished = {name: (project.root / FOLDER / f"national/{name}.pdf").read_bytes() for name in DOCUMENTS}

    result = command("build", "--jobs", "1", "--proof")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == f"Proofs in {project.root.as_posix()}/{FOLDER}/proofs/asked: 3 documents"
    assert {path.stem for path in asked.iterdir()} == set(DOCUMENTS)
    for name, data in finished.items():
        assert (project.root / FOLDER / f"national/{name}.pdf").read_bytes() == data
    pack = text(asked / "national-pack.pdf")
    with pypdfium2.PdfDocument(finished["national-pack"]) as pdf:
        pages = len(pdf)
    assert pack.count("PROOF") == pages + 1
    assert pack.count("Proof of ") == pages
    for words in ("briefpack 0.", "how-many", "Is this for one year or for all?"):
        assert words in pack
    before = (asked / "national-pack.pdf").read_bytes()
    edit("briefs/tiny/brief.yaml", "label: Briefing pack · Sample", "label: Briefing pack · Second")
    command("build", "--jobs", "1")
    assert (asked / "national-pack.pdf").read_bytes() == before
    command("build", "--jobs", "1", "--proof")
    assert "Second" in text(asked / "national-pack.pdf")
