import { agon } from 'agon/wire'
import { relay } from './relay.ts'

const { ServiceAnswer } = agon.v1

/** Of three questions at once it answers the last under a key that nobody asked. */
await relay('service', {
  outward(frame) {
    if (frame.kind !== agon.v1.Kind.KIND_SERVICE_ANSWER) return frame
    const answer = ServiceAnswer.decode(frame.body)
    if (!answer.key.endsWith('/z')) return frame
    const key = '1/adversary/nobody'
    return { ...frame, correlation: key, body: ServiceAnswer.encode({ ...answer, key }).finish() }
  },
})
