import { PROTOCOL_VERSION } from '../../actors/transport/grpc/versions.ts'
import { agon } from '../../wire/index.ts'
import type { ConversationOptions } from './conversation-options.ts'

const MAX_MESSAGE = 64 * 1024 * 1024
const RESUME_MS = 60_000

/** An encoded Welcome. @param received what has come of the third party's role messages so far */
export function welcomeBody(options: ConversationOptions, received: number): Uint8Array {
  const { session, epoch, actor, place, credit, heartbeatMs, missedHeartbeats } = options
  return agon.v1.Welcome.encode({
    version: PROTOCOL_VERSION,
    session,
    received,
    epoch,
    actor,
    run: 'conformance',
    experiment: 'conformance',
    heartbeatMs,
    missedHeartbeats,
    credit,
    maxMessage: MAX_MESSAGE,
    resumeMs: RESUME_MS,
    ...place,
  }).finish()
}
