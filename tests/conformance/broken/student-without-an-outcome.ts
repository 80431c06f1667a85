import { agon } from 'agon/wire'
import { relay } from './relay.ts'

const { Kind } = agon.v1
/** What it leaves out is credit that the hub does not give back. */
const LEFT_OUT = 2 ** 20

/** Leaves out the outcome of the last task of every batch. */
await relay('student', {
  outward(frame) {
    if (frame.kind !== Kind.KIND_OUTCOMES_REPORT) return frame
    const report = agon.v1.OutcomesReport.decode(frame.body)
    const outcomes = report.outcomes.slice(0, -1)
    return { ...frame, body: agon.v1.OutcomesReport.encode({ ...report, outcomes }).finish() }
  },
  inward(frame) {
    if (frame.kind !== Kind.KIND_CREDIT) return [frame]
    const granted = agon.v1.Credit.decode(frame.body).granted + LEFT_OUT
    return [{ ...frame, body: agon.v1.Credit.encode({ granted }).finish() }]
  },
})
