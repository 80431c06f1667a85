"""Arrays on the wire: bytes with a type and a shape, little-endian, C order."""

from __future__ import annotations

from typing import Any, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from .errors import AgonError
from .gen import tensors_pb2 as wire

Array = NDArray[Any]

DTYPES: Mapping[int, np.dtype[Any]] = {
    wire.DTYPE_FLOAT32: np.dtype("<f4"),
    wire.DTYPE_FLOAT64: np.dtype("<f8"),
    wire.DTYPE_INT32: np.dtype("<i4"),
    wire.DTYPE_INT64: np.dtype("<i8"),
    wire.DTYPE_UINT8: np.dtype("u1"),
    wire.DTYPE_BOOL: np.dtype("?"),
}
_CODES = {dtype: code for code, dtype in DTYPES.items()}


def dtype_code(dtype: np.dtype[Any] | type) -> Any:
    """Raises `AgonError` `wire/tensor` for a type that does not travel."""
    code = _CODES.get(np.dtype(dtype).newbyteorder("<"))
    if code is None:
        raise AgonError("wire/tensor", f"arrays of {np.dtype(dtype)} do not travel", "use float32, float64, int32, int64, uint8 or bool")
    return code


def encode_tensor(array: Array) -> wire.Tensor:
    """A copy of the array's elements."""
    code = dtype_code(array.dtype)
    data = np.ascontiguousarray(array, dtype=DTYPES[code]).tobytes()
    return wire.Tensor(dtype=code, shape=array.shape, data=data)


def decode_tensor(name: str, tensor: wire.Tensor) -> Array:
    """A read-only view of the message's bytes. Raises `AgonError` `wire/tensor`."""
    dtype = DTYPES.get(tensor.dtype)
    if dtype is None:
        raise AgonError("wire/tensor", f"tensor '{name}' has the unknown type {tensor.dtype}")
    shape = tuple(tensor.shape)
    expected = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
    if len(tensor.data) != expected:
        raise AgonError("wire/tensor", f"tensor '{name}' has {len(tensor.data)} bytes; {shape} of {dtype} takes {expected}")
    return np.frombuffer(tensor.data, dtype=dtype).reshape(shape)


def encode_named(arrays: Mapping[str, Array]) -> list[wire.NamedTensor]:
    """In the order of names sorted, as the contract asks."""
    return [wire.NamedTensor(name=name, tensor=encode_tensor(arrays[name])) for name in sorted(arrays)]


def decode_named(tensors: Iterable[wire.NamedTensor]) -> dict[str, Array]:
    """Raises `AgonError` `wire/tensor`, also for a name that stands twice."""
    made: dict[str, Array] = {}
    for named in tensors:
        if not named.name or named.name in made:
            raise AgonError("wire/tensor", f"tensor '{named.name}' stands twice, or has no name")
        made[named.name] = decode_tensor(named.name, named.tensor)
    return made
