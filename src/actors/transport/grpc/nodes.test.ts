import { EventEmitter } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import type { ErrorRecord } from '../../../core/errors.ts'
import { manualTimers, realTimers } from '../../../core/timers.ts'
import { ACTORS, agon, implement, listen, newToken } from '../../../wire/index.ts'
import { joinHub, type Membership } from './join.ts'
import { openNodes } from './nodes.ts'
import { QUICK } from './testing/test-hub.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function hub(port = 0, token = newToken()) {
  const gone: [string, ErrorRecord][] = []
  let sessions = 0
  const nodes = openNodes({
    settings: QUICK,
    timers: realTimers,
    run: 'r',
    newSession: () => `node-${port}-${++sessions}`,
    listener: { admit: () => {}, gone: (ticket, why) => gone.push([ticket, why]) },
  })
  const listener = await listen({
    address: { host: '127.0.0.1', port },
    security: { kind: 'plain' },
    token,
    services: [implement(ACTORS, { attach: () => {}, join: (stream) => nodes.receive(stream) })],
  })
  open.push(() => listener.close(0))
  return { nodes, gone, token, port: listener.address.port, close: () => listener.close(0) }
}

function node(to: { readonly token: string; readonly port: number }, label = 'gpu', places = 1) {
  const placed: string[] = []
  const states: string[] = []
  const membership: Membership = joinHub({
    endpoint: () => ({
      address: `127.0.0.1:${to.port}`,
      token: to.token,
      security: { kind: 'plain' },
    }),
    offer: { label, places, name: label, agon: '1' },
    timers: realTimers,
    tickets: () => placed,
    onPlace: ({ ticket }) => {
      if (!placed.includes(ticket)) placed.push(ticket)
    },
    onState: (state) => states.push(state),
    patienceMs: 0,
  })
  open.push(() => membership.leave())
  membership.over.catch(() => {})
  return { membership, placed, states }
}

const order = (ticket: string, label = 'gpu') => ({
  label,
  ticket,
  placement: { ticket, actor: 'student/agent', epoch: 1, seedJson: '{}' },
})

describe('nodes', () => {
  it('get what fits their label and places, and what waited for them', async () => {
    const there = await hub()
    there.nodes.place(order('early'))
    there.nodes.place(order('other', 'cpu'))
    const gpu = node(there)
    await expect.poll(() => gpu.placed).toEqual(['early'])
    there.nodes.place(order('next'))
    const callOff = there.nodes.place(order('never'))
    callOff()
    gpu.placed.splice(0)
    gpu.membership.ended('early')
    await expect.poll(() => gpu.placed).toEqual(['next'])
    const cpu = node(there, 'cpu')
    await expect.poll(() => cpu.placed).toEqual(['other'])
  })

  it('that leave or cannot carry it out give their actors back', async () => {
    const there = await hub()
    const first = node(there)
    there.nodes.place(order('a'))
    await expect.poll(() => first.placed).toEqual(['a'])
    first.membership.failed('a', { code: 'module/missing', message: 'no such file' })
    await expect.poll(() => there.gone[0]?.[1].message).toMatch(/no such file/)
    there.nodes.place(order('b'))
    await expect.poll(() => first.placed).toEqual(['a', 'b'])
    first.membership.leave()
    await expect.poll(() => there.gone.map(([ticket]) => ticket)).toEqual(['a', 'b'])
  })

  it('join a hub that was started again, and leave when it says that it needs none', async () => {
    const there = await hub()
    const to = { token: there.token, port: there.port }
    const gpu = node(to)
    await expect.poll(() => gpu.states).toEqual(['joined'])
    await there.close()
    const again = await hub()
    to.token = again.token
    to.port = again.port
    await expect.poll(() => gpu.states.at(-1), { timeout: 10_000 }).toBe('joined')
    again.nodes.place(order('a'))
    await expect.poll(() => gpu.placed).toEqual(['a'])
    again.nodes.end(false)
    await gpu.membership.over
  })

  it('are refused by name where the token is wrong', async () => {
    const there = await hub()
    const { membership } = node({ token: newToken(), port: there.port })
    await expect(membership.over).rejects.toMatchObject({ code: 'wire/token' })
  })

  it('are 4096 at most, those included that are away for a moment', () => {
    const timers = manualTimers()
    let sessions = 0
    const nodes = openNodes({
      settings: QUICK,
      timers,
      run: 'r',
      newSession: () => `node-${++sessions}`,
      listener: { admit: () => {}, gone: () => {} },
    })
    const join = (session = '') => {
      const orders: agon.v1.NodeOrder.$Properties[] = []
      const stream = Object.assign(new EventEmitter(), {
        write: (order: agon.v1.NodeOrder.$Properties) => orders.push(order),
        end: () => {},
      })
      nodes.receive(stream as unknown as Parameters<typeof nodes.receive>[0])
      const offer = { versions: [1], places: 1, label: 'gpu', agon: '1', session }
      const report = agon.v1.NodeReport.encode({ offer }).finish()
      stream.emit('data', agon.v1.NodeReport.decode(report))
      return {
        stream,
        answer: () => Object.keys(orders[0])[0],
        code: () => orders[0].refused?.code,
      }
    }
    const all = Array.from({ length: 4096 }, () => join())
    expect(all.filter(({ answer }) => answer() !== 'accepted')).toEqual([])
    expect(join().code()).toBe('wire/overloaded')
    // One whose connection broke keeps its place for as long as it may come back.
    all[0].stream.emit('cancelled')
    expect(join().code()).toBe('wire/overloaded')
    expect(join('node-1').answer()).toBe('accepted')
    all[1].stream.emit('end')
    expect(join().answer()).toBe('accepted')
    expect(join().code()).toBe('wire/overloaded')
    nodes.end(false)
  })
})
