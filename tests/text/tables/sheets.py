"""Spreadsheets for tests, written by hand so that they can have any fault."""

import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="0.0\\ %"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)
"""Style 1 and 2 are percentages, 3 is a date."""


def cell(place, value=None, *, style=0, formula="", kind=""):
    """Return the XML of a cell: a number, a text, or the result of a formula."""
    formula = f"<f>{formula}</f>" if formula else ""
    if isinstance(value, str) and not kind:
        return f'<c r="{place}" t="inlineStr">{formula}<is><t>{value}</t></is></c>'
    shown = "" if value is None else f"<v>{value}</v>"
    return f'<c r="{place}" s="{style}" t="{kind or "n"}">{formula}{shown}</c>'


def rows(*texts):
    """Return the XML of rows, each given by its cells from column A."""
    found = [
        "".join(cell(f"{chr(65 + index)}{line}", value) for index, value in enumerate(values) if value is not None)
        for line, values in enumerate(texts, 1)
    ]
    return "".join(f'<row r="{line}">{cells}</row>' for line, cells in enumerate(found, 1))


def parts(**sheets):
    """Return the parts of an .xlsx file, by their names; each sheet is given by the XML of its rows."""
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    related = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    found = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{related}</Relationships>',
        "xl/styles.xml": STYLES,
    }
    for n, data in enumerate(sheets.values(), 1):
        found[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>'
    return found


def ods(**sheets):
    """Return the parts of an .ods file; each sheet is given by the XML of its rows."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(f'<table:table table:name="{name}">{data}</table:table>' for name, data in sheets.items())
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"/>',
        "content.xml": f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>',
    }


def write(path, found):
    """Write a spreadsheet of some parts, and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in found.items():
            file.writestr(name, data)
    return Path(path)
