"""Text of others as one line that can neither steer a screen nor look like another text."""

from __future__ import annotations

import unicodedata

_SHAPELESS = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """The text with an escape such as `\\x1b` or `\\u202e` for each character that has no shape of its own."""
    return "".join(_escaped(c) if unicodedata.category(c) in _SHAPELESS else c for c in text)


def _escaped(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\u{{{code:x}}}"
