"""`briefpack fonts add` installs a recorded font, and nothing else."""

import base64
import hashlib
import http.server
import io
import tarfile
import threading

import pytest

from briefpack.layout import added_fonts, font_packages

FACE = "source-sans-3/SourceSans3-Regular.ttf"


def packed(files: dict[str, bytes]) -> bytes:
    """Return an npm package."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return data.getvalue()


def integrity(data: bytes) -> str:
    return f"sha512-{base64.b64encode(hashlib.sha512(data).digest()).decode()}"


@pytest.fixture
def package(project):
    """Return a package with a font for Chinese, which the project records as `test-sans`."""
    face = (project.root / "fonts" / FACE).read_bytes()
    data = packed({"400/Regular.ttf": face, "600/Semibold.ttf": face, "OFL.txt": b"OFL", "../outside.ttf": face})
    record = f"""test-sans:
  family: Test Sans
  licence: SIL Open Font License 1.1
  covers: ["4E00-9FFF"]
  package: "@made/test-sans"
  version: 1.2.3
  integrity: {integrity(data)}
  weights: {{400: 400/Regular.ttf, 600: 600/Semibold.ttf}}
  licence_file: OFL.txt
"""
    (project.root / "fonts/packages.yaml").write_text(record, encoding="utf-8")
    return data


def added(project) -> list[str]:
    folder = project.root / "fonts/added"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_installs_a_font_from_a_file(project, command, package, tmp_path):
    (tmp_path / "sans.tgz").write_bytes(package)
    result = command("fonts", "add", "test-sans", "--from", str(tmp_path / "sans.tgz"))
    assert (result.exit_code, result.stdout) == (0, "Installed Test Sans 1.2.3 in fonts/added/test-sans (1 MB).\n")
    assert added(project) == ["test-sans/OFL.txt", "test-sans/Regular.ttf", "test-sans/Semibold.ttf"]
    [font] = added_fonts.every(project.root)
    assert [(face.family, face.weight, face.path) for face in font.faces] == [
        ("Test Sans", 400, "added/test-sans/Regular.ttf"),
        ("Test Sans", 600, "added/test-sans/Semibold.ttf"),
    ]


def test_installs_nothing_from_a_package_with_another_hash(project, command, package, tmp_path):
    (tmp_path / "sans.tgz").write_bytes(package[:-1] + b"x")
    result = command("fonts", "add", "test-sans", "--from", str(tmp_path / "sans.tgz"))
    assert result.exit_code == 2
    assert "it is not @made/test-sans 1.2.3: its hash differs" in result.stderr
    assert added(project) == []


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["test-sens"], "try: test-sans"),
        (["test-sans", "--from", "nowhere.tgz"], "nowhere.tgz: there is no such file"),
    ],
)
def test_refuses_an_unknown_font_and_a_missing_file(command, words, said):
    result = command("fonts", "add", *words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.fixture
def registry(package):
    """Return a registry on this computer that has the package, and the addresses that it is asked for."""
    asked = []

    class Registry(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200 if self.path.endswith("/@made/test-sans/-/test-sans-1.2.3.tgz") else 404)
            self.end_headers()
            self.wfile.write(package)

        def log_message(self, *_words):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Registry)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/npm", asked
    server.shutdown()
    server.server_close()


def test_downloads_the_recorded_version_from_the_registry_of_the_environment(project, command, registry, monkeypatch):
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", registry[0])
    assert command("fonts", "add", "test-sans").exit_code == 0
    assert registry[1] == ["/npm/@made/test-sans/-/test-sans-1.2.3.tgz"]
    assert len(added(project)) == 3


@pytest.mark.usefixtures("package")
def test_says_that_a_registry_cannot_be_reached(command, monkeypatch):
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "http://127.0.0.1:9/")
    result = command("fonts", "add", "test-sans")
    assert result.exit_code == 2
    assert "it can't be downloaded" in result.stderr
    assert "--from FILE" in result.stderr


def test_finds_the_registry_as_npm_does(tmp_path):
    assert font_packages.registry({}, tmp_path) == font_packages.REGISTRY
    (tmp_path / ".npmrc").write_text("fund=false\nregistry = https://own.example/npm\n", encoding="utf-8")
    assert font_packages.registry({}, tmp_path) == "https://own.example/npm/"
    assert font_packages.registry({"npm_config_registry": "https://x.example"}, tmp_path) == "https://x.example/"


@pytest.mark.usefixtures("package")
def test_names_the_command_once_for_all_characters_of_a_font(edit, command):
    edit("briefs/tiny/brief.yaml", "Ask the Treasurer for the fund.", "请向国库部长提出设立基金的建议。")
    edit("briefs/tiny/brief.yaml", "Say that you support the law.", "支持这项法律。")
    result = command("check")
    lines = [line for line in result.stderr.splitlines() if "no font has" in line]
    assert 'no font has the characters "请", "向", "国" and 18 more' in lines[0]
    assert result.stderr.count("briefpack fonts add test-sans") == 1
    # The record doesn't say that the font has the full stop.
    assert [line for line in lines[1:] if "。" not in line] == []
