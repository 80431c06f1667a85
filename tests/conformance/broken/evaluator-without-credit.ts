import { agon } from 'agon/wire'
import { relay } from './relay.ts'

const ALL = { granted: 2 ** 40 }

/** Believes from the beginning that it may send whatever it likes. */
await relay('evaluator', {
  inward(frame) {
    if (frame.kind !== agon.v1.Kind.KIND_WELCOME) return [frame]
    const body = agon.v1.Credit.encode(ALL).finish()
    return [frame, { kind: agon.v1.Kind.KIND_CREDIT, body }]
  },
})
