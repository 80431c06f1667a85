import { type ActionSpec, actionWidth, choiceCounts } from '../../../core/action-space.ts'
import { ENVIRONMENTS } from '../../../wire/index.ts'
import { type Check, must, mustEqual, mustRefuse } from './check.ts'
import { actionBytes, drawnActions, idleActions } from './subject.ts'

const GARBAGE = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x07, 1, 2, 3)

/** Bytes as they are. */
const RAW = {
  encode: (bytes: Uint8Array) => ({ finish: () => Buffer.from(bytes) }),
  decode: (bytes: Uint8Array) => bytes,
}

/** What the last number of an action may not be. */
function wrongNumbers(spec: ActionSpec): number[] {
  if (spec.kind !== 'box') return [-1, choiceCounts(spec).at(-1) ?? 0]
  const [low = 0, high = 0] = [spec.low.at(-1), spec.high.at(-1)]
  // Beyond the largest numbers of single precision lies infinity.
  const past = (bound: number): number => Math.max(1, Math.abs(bound))
  return [
    Number.NaN,
    ...(Number.isFinite(low) ? [low - past(low)] : []),
    ...(Number.isFinite(high) ? [high + past(high)] : []),
  ]
}

export const streamChecks: readonly Check[] = [
  {
    name: 'stream: open comes first, and once; a refusal ends nothing',
    async run(subject) {
      const { environment } = subject
      const { spec } = await subject.description()
      const caller = subject.steps()
      const actions = new Uint8Array(8 * spec.agents * actionWidth(spec.actions))
      await mustRefuse(
        'act before open',
        ['environment/not-open'],
        caller.ask({ act: { actions } }),
      )
      await mustRefuse('an empty request', ['environment/request'], caller.ask({}))
      const none = caller.ask({ open: { environment, slots: 0 } })
      await mustRefuse('open { slots: 0 }', ['environment/slots'], none)
      const { rows } = await caller.ask({ open: { environment, slots: 2 } })
      mustEqual('open { slots: 2 }', 2 * spec.agents, rows, 'rows')
      const again = caller.ask({ open: { environment, slots: 2 } })
      await mustRefuse('open twice', ['environment/not-open'], again)
    },
  },
  {
    name: 'stream: a slot without a level is neither stepped nor saved',
    async run(subject) {
      const { environment } = subject
      const { spec } = await subject.description()
      const caller = subject.steps()
      await caller.ask({ open: { environment, slots: 2 } })
      const actions = new Uint8Array(8 * spec.agents * actionWidth(spec.actions))
      await mustRefuse(
        'act before reset',
        ['environment/not-reset'],
        caller.ask({ act: { actions } }),
      )
      await mustRefuse(
        'save before reset',
        ['environment/not-reset'],
        caller.ask({ save: { slot: 0 } }),
      )
    },
  },
  {
    name: 'stream: a wrong reset changes nothing',
    async run(subject) {
      const [a, b] = await subject.levels(2)
      const play = await subject.play([a, b])
      const before = await play.save(0)
      const reset = (slots: number[], levels: Uint8Array[]) =>
        play.caller.ask({ reset: { slots, levels } })
      const slots = ['environment/slots']
      await mustRefuse('reset { slots: [0, 0] }', slots, reset([0, 0], [b, b]))
      await mustRefuse('reset { slots: [0, 2] } of 2 slots', slots, reset([0, 2], [b, b]))
      await mustRefuse('reset of 2 slots with 1 level', slots, reset([0, 1], [b]))
      const corrupt = reset([0, 1], [b, Uint8Array.of(0xff, 0, 0xff)])
      await mustRefuse(
        'reset with bytes that are no level',
        ['level/corrupt', 'level/invalid'],
        corrupt,
      )
      mustEqual('save before and after refused resets', before, await play.save(0))
    },
  },
  {
    name: 'stream: wrong actions step nothing',
    async run(subject) {
      const { spec } = await subject.description()
      const play = await subject.play(await subject.levels(1))
      const before = await play.save(0)
      const codes = ['environment/actions']
      const bytes = (actions: Uint8Array) => play.caller.ask({ act: { actions } })
      await mustRefuse('act with 3 bytes', codes, bytes(new Uint8Array(3)))
      const more = idleActions(spec.actions, play.rows + 1)
      await mustRefuse('act with a row too many', codes, bytes(actionBytes(more)))
      for (const wrong of wrongNumbers(spec.actions)) {
        const actions = idleActions(spec.actions, play.rows)
        // The last number alone: every one is looked at.
        actions[actions.length - 1] = wrong
        await mustRefuse(`act with ${wrong} as the last number`, codes, bytes(actionBytes(actions)))
      }
      mustEqual('save before and after refused acts', before, await play.save(0))
    },
  },
  {
    name: 'stream: a foreign state is refused',
    async run(subject) {
      const play = await subject.play(await subject.levels(1))
      const before = await play.save(0)
      const load = play.caller.ask({ load: { slot: 0, state: Uint8Array.of(0xff, 0, 0xff) } })
      await mustRefuse('load { state: 0xff00ff }', ['state/corrupt', 'state/foreign'], load)
      mustEqual('save before and after a refused load', before, await play.save(0))
    },
  },
  {
    name: 'stream: requests sent ahead are answered one for one, in order',
    async run(subject) {
      const { spec } = await subject.description()
      const levels = await subject.levels(2)
      const [slow, fast] = [await subject.play(levels), await subject.play(levels)]
      const actions = drawnActions(spec.actions, 24, slow.rows, 'ahead')
      const ahead = await Promise.all(actions.map((row) => fast.act(row)))
      for (const [t, row] of actions.entries())
        mustEqual(`act ${t} of ${actions.length} sent ahead`, await slow.act(row), ahead[t])
    },
  },
  {
    name: 'stream: bytes that are no request end it, and nothing else',
    async run(subject) {
      const { connection, environment } = subject
      const garbled = { ...ENVIRONMENTS.methods.step, request: RAW }
      const stream = connection.bidi(garbled as never) as unknown as NodeJS.ReadWriteStream
      const ended = new Promise<string>((resolve) => {
        stream.on('error', (error) => resolve(error.message))
        stream.on('data', (reply) => resolve(`an answer: ${JSON.stringify(reply)}`))
        stream.on('end', () => resolve('an end without an error'))
      })
      stream.write(GARBAGE as never)
      const received = await ended
      must(
        !/^an (answer|end)/.test(received),
        'bytes that are no StepRequest',
        'the error wire/garbled',
        received,
      )
      await connection.unary(ENVIRONMENTS.methods.describe, { environment })
    },
  },
]

/** Of an environment that has levels alone. */
export const withoutStepsChecks: readonly Check[] = [
  {
    name: 'stream: an environment without steps opens none',
    async run(subject) {
      const open = { environment: subject.environment, slots: 1 }
      await mustRefuse('open { slots: 1 }', ['env/no-steps'], subject.steps().ask({ open }))
    },
  },
]
