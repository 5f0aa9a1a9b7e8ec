"""Read images and prepare them for an edition: judge, orient, convert, crop, downsample.

    read → Original                     a file whose format, size and contents are sound
    preparing.prepare → Prepared        its bytes for one place in one edition

Import `preparing` and `conversion` late: they load Pillow, which only a process that opens images needs.
"""

from briefpack.images.original import Original, read
from briefpack.images.place import Wanted, dpi, judge, key, size_mm

__all__ = ["Original", "Wanted", "dpi", "judge", "key", "read", "size_mm"]
