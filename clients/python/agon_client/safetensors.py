"""The safetensors format (huggingface/safetensors), written as Agon writes it: equal arrays give equal bytes."""

from __future__ import annotations

import json
from typing import Any, Mapping

import numpy as np

from .errors import AgonError
from .exact import refused
from .tensors import Array

_NAMES = {"<f4": "F32", "<f8": "F64", "<i4": "I32", "<i8": "I64", "|u1": "U8", "|b1": "BOOL"}
_DTYPES = {name: np.dtype(text) for text, name in _NAMES.items()}


def write_safetensors(arrays: Mapping[str, Array]) -> bytes:
    """Raises `AgonError` `wire/tensor` for a type that does not travel."""
    for name, array in arrays.items():
        if not isinstance(name, str) or not isinstance(array, np.ndarray):
            raise refused("wire/tensor", f"tensor {name!r}", "a named array of numpy", array)
    ready = {name: np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")) for name, array in arrays.items()}
    # Widest elements first, then by name: every tensor starts aligned, as the format advises.
    order = sorted(ready, key=lambda name: (-ready[name].itemsize, name))
    header: dict[str, Any] = {}
    offset = 0
    for name in order:
        array = ready[name]
        kind = _NAMES.get(array.dtype.str)
        if kind is None:
            raise AgonError("wire/tensor", f"tensor '{name}' of {array.dtype} does not travel")
        # `ascontiguousarray` makes a scalar one-dimensional; the shape is the caller's.
        shape = list(np.shape(arrays[name]))
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [offset, offset + array.nbytes]}
        offset += array.nbytes
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + b"".join(ready[name].tobytes() for name in order)


def read_safetensors(data: bytes) -> dict[str, Array]:
    """Fresh arrays by name; no bytes give none. Raises `AgonError` `safetensors/corrupt`."""
    if not data:
        return {}
    try:
        length = int.from_bytes(data[:8], "little")
        header = json.loads(data[8 : 8 + length])
        body = memoryview(data)[8 + length :]
        made = {}
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            start, end = entry["data_offsets"]
            dtype = _DTYPES[entry["dtype"]]
            made[name] = np.frombuffer(body[start:end], dtype=dtype).reshape(entry["shape"]).copy()
        return made
    except (ValueError, KeyError, TypeError, AttributeError) as cause:
        raise AgonError("safetensors/corrupt", f"the bytes are no safetensors: {cause}") from cause
