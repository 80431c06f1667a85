import { expect, it } from 'vitest'
import { actorLedger } from './actor-states.ts'

it('keeps what was told and tells each change once', () => {
  const ledger = actorLedger()
  const told: unknown[] = []
  const end = ledger.subscribe((state) => told.push(state))
  ledger.note('student/agent', { placement: 'attach', state: 'awaited', epoch: 1 })
  ledger.note('student/agent', { state: 'awaited' })
  ledger.note('student/agent', { state: 'working', name: 'numpy' })
  ledger.note('adversary', { placement: 'local' })
  const agent = {
    actor: 'student/agent',
    placement: 'attach',
    state: 'working',
    name: 'numpy',
    epoch: 1,
  }
  const adversary = { actor: 'adversary', placement: 'local', state: 'opening', name: '', epoch: 0 }
  expect(told).toEqual([{ ...agent, state: 'awaited', name: '' }, agent, adversary])
  expect(ledger.list()).toEqual([agent, adversary])
  end()
  ledger.note('adversary', { state: 'closed' })
  expect(told).toHaveLength(3)
})
