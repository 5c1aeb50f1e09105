"""SHA-256 for short texts, without the library of its own that hashlib opens: 5 ms that most commands can do without.

As the standard library does it in its module random. For whole files hashlib is the faster one.
"""

from __future__ import annotations

import sys
from importlib import import_module

from ketakb.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256 as sha256
else:
    _NAME = "_sha2" if sys.version_info >= (3, 12) else "_sha256"
    try:
        sha256 = import_module(_NAME).sha256
    except ImportError:
        sha256 = import_module("hashlib").sha256
