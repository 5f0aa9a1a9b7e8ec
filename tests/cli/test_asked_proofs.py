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


@pytest.mark.part(name="proofs")
def test_the_next_request_deletes_the_proof_of_an_ask_that_was_renamed(command, project):
    command("build", "--jobs", "1", "--proof", "--kind", "leave-behind")
    for file in (project.root / "briefs/tiny").rglob("*.yaml"):
        file.write_text(file.read_text(encoding="utf-8").replace("slow-streets", "slower-streets"), encoding="utf-8")
    asked = project.root / FOLDER / "proofs/asked/national"
    command("build", "--jobs", "1", "--kind", "leave-behind")
    assert {path.stem for path in asked.iterdir()} == set(DOCUMENTS[1:])
    result = command("build", "--jobs", "1", "--proof", "--kind", "leave-behind", "--ask", "crossing-fund")
    assert result.exit_code == 0
    assert "no longer in the brief: proofs/asked/national/national-leave-behind-slow-streets.pdf" in result.stdout
    assert {path.stem for path in asked.iterdir()} == {DOCUMENTS[1]}
