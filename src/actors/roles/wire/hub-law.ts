import { AgonError, fromErrorRecord } from '../../../core/errors.ts'
import { checkBatches } from '../batch-law.ts'
import type { FromRole, ToRole } from '../contract.ts'
import { checkLearned, checkReport } from '../student-core.ts'
import type { Conversation } from './entry.ts'

/**
 * What the hub holds an actor of another program to beside the form of its messages: that they answer what it was told, and that what
 * they say fits it. Our own machines keep these laws by themselves; of others each message is checked where it enters, so that
 * the one who broke the contract is named, and nobody waits for what will not come.
 */

/** What is said out of turn. */
export const UNASKED = 'protocol/unasked'

/** Remembers what the actor is told. */
export function noteTold(message: ToRole, talk: Conversation): void {
  switch (message.type) {
    case 'cycle.begin':
      talk.asked = false
      talk.batch = null
      talk.reported.clear()
      return
    case 'tasks.request':
      if (talk.counts.size === talk.slots.length) talk.counts.clear()
      talk.counts.set(message.slot, message.count)
      talk.proposed = false
      talk.reported.clear()
      return
    case 'tasks.assign':
      talk.batch = message.batch
      return
    case 'outcomes.report':
      talk.reported.add(message.slot)
      return
    case 'snapshot.take':
      talk.due.add('snapshot.taken')
      return
    case 'restore':
      talk.due.add('restored')
      return
    case 'policy.export':
      talk.due.add('policy.exported')
      return
    case 'service.ask':
      talk.questions.set(message.key, (talk.questions.get(message.key) ?? 0) + 1)
      return
  }
}

/**
 * @throws AgonError `protocol/unasked`, `student/outcomes`, `student/statistics`, `student/updates`, `protocol/outcome`,
 * `adversary/batches`, `adversary/probes`, `probe/unknown`, `level/corrupt`, `level/invalid`
 */
export function checkHeard(message: FromRole, talk: Conversation): void {
  switch (message.type) {
    case 'hello':
      takeDue(message.type, talk)
      if ('offers' in message) talk.offers = message.offers
      if ('needs' in message) declare(message.probes ?? [], talk)
      return
    case 'snapshot.taken':
    case 'restored':
    case 'policy.exported':
      takeDue(message.type, talk)
      return
    case 'measured':
      talk.measures.delete(message.key)
      return
    case 'service.answer':
    case 'service.failed':
      answerQuestion(message.key, talk)
      return
    case 'tasks.request':
      if (talk.asked) throw unasked('asks for tasks twice', talk)
      talk.asked = true
      return
    case 'outcomes.report':
      if (talk.batch === null) throw unasked('reports outcomes before it was given tasks', talk)
      checkReport(talk.batch, message, talk.offers)
      talk.reported.add(message.slot)
      return
    case 'learned':
      if (talk.batch === null || !talk.reported.has(message.slot))
        throw unasked('has learned from tasks whose outcomes it has not reported', talk)
      checkLearned(talk.batch, message)
      return
    case 'tasks.proposed':
      checkProposal(message, talk)
      return
    case 'cycle.done':
      if (!talk.proposed || talk.reported.size < talk.slots.length)
        throw unasked('is done before every slot has reported', talk)
      return
  }
}

/** One that was asked twice, after a deadline, may be answered twice. */
function answerQuestion(key: string, talk: Conversation): void {
  const times = talk.questions.get(key)
  if (times === undefined) throw unasked(`answers '${key}', which nobody asked`, talk)
  if (times > 1) talk.questions.set(key, times - 1)
  else talk.questions.delete(key)
}

function takeDue(type: FromRole['type'], talk: Conversation): void {
  if (!talk.due.delete(type)) throw unasked(`says '${type}', which nobody asked for`, talk)
}

function checkProposal(
  { cycle, batches }: Extract<FromRole, { type: 'tasks.proposed' }>,
  talk: Conversation,
): void {
  if (talk.proposed) throw unasked('proposes tasks twice', talk)
  if (talk.counts.size < talk.slots.length)
    throw unasked('proposes tasks before every slot has asked', talk)
  checkBatches(cycle, talk.slots, batches)
  for (const { name } of batches.flatMap(({ probes }) => probes))
    if (!talk.declared.includes(name))
      throw new AgonError(
        'adversary/probes',
        `the adversary names the probe '${name}', which it did not say at the beginning that it would`,
        { remedy: 'name every probe in `probes` of the adversary: students are looked at for it' },
      )
  talk.proposed = true
  for (const { slot, tasks } of batches)
    for (const { id, level } of tasks) {
      const fault = talk.levelFault(level)
      if (fault !== null)
        throw new AgonError(
          fault.code,
          `the adversary gave task ${id} of slot '${slot}' a level that cannot be attempted: ${fault.message}`,
          { remedy: 'propose levels of the environment in the welcome' },
        )
    }
}

/** What an adversary says at the beginning that its batches may name. */
function declare(probes: readonly string[], talk: Conversation): void {
  for (const name of probes) {
    const fault = talk.probeFault(name)
    if (fault !== null) throw fromErrorRecord(fault)
  }
  talk.declared = probes
}

function unasked(what: string, { cycle, role, slot }: Conversation): AgonError {
  const who = slot === null ? `the ${role}` : `the ${role} in slot '${slot}'`
  return new AgonError(UNASKED, `${who} ${what}, in cycle ${cycle}`, {
    remedy: 'say what the protocol asks for, once and in its turn',
  })
}
