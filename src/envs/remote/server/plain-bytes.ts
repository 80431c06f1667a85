/**
 * Bytes of a request as their own, plain array: what arrives is a Node Buffer over the memory of the whole message, whose
 * `slice` shares it, and which an environment may keep.
 */
export const plainBytes = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes)
