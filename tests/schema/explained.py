"""The faults of a value, as a person reads them."""

from briefpack import schema
from briefpack.text import yaml_lines


def faults(kind, data):
    found, problems = schema.read(kind, data)
    assert (found is None) == bool(problems)
    return [(yaml_lines.name(fault.loc), fault.message, fault.hint) for fault in problems]
