import type { agon } from '../../../wire/index.ts'

/** A role message, whole. */
export interface WireMessage {
  readonly sequence: number
  readonly epoch: number
  readonly kind: agon.v1.Kind
  readonly correlation: string
  readonly body: Uint8Array
}
