"""Connections, and the methods of the services as the contracts declare them."""

from __future__ import annotations

from types import ModuleType
from typing import Any, Callable

import grpc  # type: ignore[import]

from .gen import actors_pb2, environments_pb2
from .target import Endpoint

MAX_MESSAGE_BYTES = 64 * 1024 * 1024
OPTIONS = (
    # What an envelope may add to the longest message.
    ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES + 65_536),
    ("grpc.max_send_message_length", MAX_MESSAGE_BYTES + 65_536),
    # A proxy of the environment is for the web, not for what a run dials.
    ("grpc.enable_http_proxy", 0),
    ("grpc.use_local_subchannel_pool", 1),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 2000),
)


class Connection:
    """A channel to one endpoint, with its token on every call. Dials lazily; threads may share it."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.address = endpoint.address
        if endpoint.tls:
            credentials = grpc.ssl_channel_credentials(
                root_certificates=endpoint.authority,
                private_key=endpoint.key,
                certificate_chain=endpoint.certificate,
            )
            self._channel = grpc.secure_channel(endpoint.address, credentials, options=OPTIONS)
        else:
            self._channel = grpc.insecure_channel(endpoint.address, options=OPTIONS)
        token = endpoint.token
        self._metadata = (("authorization", f"Bearer {token}"),) if token else ()

    def unary(self, module: ModuleType, service: str, method: str, request: Any, timeout_s: float = 30) -> Any:
        """Raises `grpc.RpcError`."""
        path, encode, decode = _codec(module, service, method)
        call = self._channel.unary_unary(path, request_serializer=encode, response_deserializer=decode)
        return call(request, timeout=timeout_s, metadata=self._metadata)

    def bidi(self, module: ModuleType, service: str, method: str, requests: Any) -> Any:
        """The call: iterate it for answers. `requests` is taken from on a thread of the library."""
        path, encode, decode = _codec(module, service, method)
        call = self._channel.stream_stream(path, request_serializer=encode, response_deserializer=decode)
        return call(requests, metadata=self._metadata)

    def close(self) -> None:
        self._channel.close()


def handlers(module: ModuleType, service: str, implementation: Any) -> Any:
    """A service for a `grpc.Server`: method `SampleLevels` is answered by `implementation.sample_levels`."""
    declared = module.DESCRIPTOR.services_by_name[service]
    made = {}
    for method in declared.methods:
        behaviour = getattr(implementation, _snake(method.name), None)
        if behaviour is None:
            continue
        decode = getattr(_home(method.input_type), method.input_type.name).FromString
        make = grpc.stream_stream_rpc_method_handler if method.client_streaming else grpc.unary_unary_rpc_method_handler
        made[method.name] = make(
            behaviour, request_deserializer=decode, response_serializer=_encode
        )
    return grpc.method_handlers_generic_handler(declared.full_name, made)


def _codec(module: ModuleType, service: str, name: str) -> tuple[str, Callable[[Any], bytes], Callable[[bytes], Any]]:
    declared = module.DESCRIPTOR.services_by_name[service]
    method = declared.methods_by_name[name]
    answer = getattr(_home(method.output_type), method.output_type.name)
    return f"/{declared.full_name}/{name}", _encode, answer.FromString


def _encode(message: Any) -> bytes:
    return bytes(message.SerializeToString())


def _home(message: Any) -> ModuleType:
    return actors_pb2 if message.file.name.endswith("actors.proto") else environments_pb2


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))
