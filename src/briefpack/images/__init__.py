"""Read images and prepare them for an edition: judge, orient, convert, crop, downsample.

    read → Original                     a file whose format, size and contents are sound
    prepare → Prepared                  its bytes for one place in one edition

Import it late: it loads Pillow, which only a process that reads images needs.
"""

from briefpack.images.conversion import grey, inks
from briefpack.images.original import Original, read
from briefpack.images.place import Wanted, dpi, judge, size_mm
from briefpack.images.preparing import Prepared, key, prepare
from briefpack.images.recolour import colours, recoloured

__all__ = [
    "Original", "Prepared", "Wanted", "colours", "dpi", "grey", "inks", "judge", "key", "prepare", "read", "recoloured",
    "size_mm",
]  # fmt: skip
