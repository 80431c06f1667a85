import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { builtUrl } from '../../../core/module.ts'
import type { PolicyCard } from '../../../inference/contract.ts'
import { agon } from '../../../wire/index.ts'
import { inProcessChannel } from '../../transport/in-process.ts'
import { openLink } from '../../transport/link.ts'
import type { FromRole, RoleSeed, ToRole } from '../contract.ts'
import { hostRole } from '../host.ts'
import { ENTRIES } from '../wire/messages.ts'
import type { RoleRow } from './role-row.ts'
import { actorOf, ROLES, rowOf, rowOfActor } from './table.ts'
import { echo } from './testing/echo-role.ts'

/** Kinds that carry the session itself. */
const CONTROL = 10
const kinds = Object.values(agon.v1.Kind).filter(
  (kind): kind is agon.v1.Kind => typeof kind === 'number' && kind >= CONTROL,
)
const BUILT = builtUrl(import.meta.url, '../../../')
const CARD: PolicyCard = {
  ...{ format: 1, agon: '0', environment: { id: 'maze', profile: 'minimax' } },
  observations: { image: { dtype: 'uint8', shape: [5, 5, 3] } },
  actions: { kind: 'discrete', count: 7 },
  ...{ state: {}, decode: 'sample', normalisation: {}, training: { seed: 3 } },
}
const spoken = (types: readonly (keyof typeof ENTRIES)[]) => types.map((type) => ENTRIES[type].kind)

describe('the table of roles', () => {
  it('has a row for every role of the wire, under the same name', () => {
    const named = ROLES.map(({ role, wire }) => [agon.v1.Role[wire], `ROLE_${role.toUpperCase()}`])
    for (const [wire, role] of named) expect(wire).toBe(role)
    const wires = Object.values(agon.v1.Role).filter((role) => typeof role === 'number')
    expect(ROLES.map(({ wire }) => wire).sort()).toEqual(wires.filter((role) => role !== 0).sort())
  })

  it('lets every kind of message that the wire has be heard or said by some role', () => {
    const known = new Set(ROLES.flatMap(({ hears, says }) => [...spoken(hears), ...spoken(says)]))
    expect([...known].sort()).toEqual([...kinds].sort())
    for (const { hears, says } of ROLES) {
      expect(hears).toContain('close')
      expect(says).toEqual(expect.arrayContaining(['hello', 'failed']))
    }
  })

  it('has machines that hear what their rows say, and nothing else', () => {
    for (const { role, hears, machine } of ROLES) {
      const { events } = machine as { readonly events: readonly string[] }
      const heard = events.filter((event) => Object.hasOwn(ENTRIES, event))
      // A student measures itself only where it exports nothing, which none of Agon's does.
      const missing = hears.filter((type) => !heard.includes(type) && type !== 'measure')
      expect({ role, missing }).toEqual({ role, missing: [] })
    }
  })
})

describe('seeds of the roles', () => {
  const part = { module: `${BUILT}envs/maze/index.js`, options: { size: 5 } }
  const policy = { onnx: Uint8Array.of(1, 2, 3), card: CARD }
  const seeds = [
    {
      ...{ role: 'student', slot: 'agent', count: 4, seed: 7, ...part, environment: part },
      init: { ...policy, onnx: Uint8Array.of(9, 8) },
    },
    { role: 'adversary', slots: ['agent'], seed: 7, ...part, environment: part },
    { role: 'evaluator', workers: 1, policies: { rival: { kind: 'source', source: policy } } },
    { role: 'service', name: 'judge', ...part, traits: { stateful: true, deterministic: true } },
  ] as unknown as readonly RoleSeed[]

  it.each(seeds)(
    'of a $role come back as they were, modules named for wherever they run',
    (seed) => {
      const { placed } = rowOf(seed.role)
      const travelling = placed.encode(seed)
      expect(travelling.seedJson).not.toContain(BUILT)
      expect(placed.decode(travelling)).toEqual(seed)
    },
  )

  it('are not those of another', () => {
    const { seedJson } = rowOf('adversary').placed.encode(seeds[1])
    const decode = (): unknown => rowOf('student').placed.decode({ seedJson })
    expect(decode).toThrow('placement.seed_json is not of the student that it is to make')
  })
})

describe('a role of one row', () => {
  it('travels by its own codec, is hosted, says hello, answers over its link and is closed', async () => {
    const table = [...ROLES, echo as unknown as RoleRow]
    const given = { role: 'echo', name: 'there' } as unknown as RoleSeed
    const actor = actorOf(given, table)
    expect(actor).toBe('echo/there')
    // As a node makes it: of the name of the actor and what travelled.
    const placed = rowOf('echo', table).placed.encode(given)
    expect(placed).toEqual({ seedJson: 'echo of there' })
    const seed = rowOfActor(actor, table).placed.decode(placed)
    expect(seed).toEqual(given)
    const { near, far } = inProcessChannel()
    const said: FromRole[] = []
    const link = openLink<FromRole, ToRole>(near, 1, {
      onMessage: (message) => said.push(message),
      onLost: () => {},
    })
    const role = hostRole(seed, far, 1, table)
    link.send({ type: 'service.ask', cycle: 1, service: 'there', key: 'a', payload: null })
    for (let turns = 0; said.length < 2 && turns < 100; turns++) await turn()
    expect(said).toEqual([
      { type: 'hello', role: 'echo' },
      { type: 'service.answer', key: 'a', payload: 'echo' },
    ])
    link.send({ type: 'close' })
    await role.closed
  })
})
