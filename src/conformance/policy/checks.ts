import {
  actionDType,
  actionFault,
  actionWidth,
  allocateActions,
  boundActions,
  describeActions,
} from '../../core/action-space.ts'
import { AgonError } from '../../core/errors.ts'
import type { Tensor } from '../../core/tensor.ts'
import { Mismatch, must, mustEqual, show } from '../../envs/remote/conformance/check.ts'
import { CONTENTS_FIELDS } from '../../inference/kserve-contents.ts'
import { INFERENCE, type kserve } from '../../wire/index.ts'
import {
  type Answer,
  ask,
  describeModel,
  drawnRows,
  type Model,
  requestOf,
  rowOf,
} from './model.ts'

const ROWS = 4
/** Batches of another size may take another kernel: the last bits may differ, and no more. */
const TOLERANCE = 1e-3
const NOBODY = 'no-such-model'

export interface PolicyCheck {
  readonly name: string
  /** @throws Mismatch, or what the server says */
  run(model: Model): Promise<void>
}

export const policyServerChecks: readonly PolicyCheck[] = [
  {
    name: 'server: says that it lives and that it is ready',
    async run({ connection }) {
      const { live } = await connection.unary(INFERENCE.methods.serverLive, {})
      must(live, 'ServerLive', 'live = true', live)
      const { ready } = await connection.unary(INFERENCE.methods.serverReady, {})
      must(ready, 'ServerReady', 'ready = true', ready)
    },
  },
  {
    name: 'model: says that it is ready',
    async run({ connection, name }) {
      const { ready } = await connection.unary(INFERENCE.methods.modelReady, { name })
      must(ready, `ModelReady { name: '${name}' }`, 'ready = true', ready)
    },
  },
  {
    name: 'model: says what its inputs and outputs are, with a first axis of rows',
    async run({ connection, name }) {
      await describeModel(connection, name)
    },
  },
  {
    name: 'model: an unknown one is refused',
    async run({ connection }) {
      const { modelMetadata } = INFERENCE.methods
      await refuses(`ModelMetadata { name: '${NOBODY}' }`, () =>
        connection.unary(modelMetadata, { name: NOBODY }),
      )
    },
  },
  {
    name: 'infer: one row has every output, in its shape, and all numbers are finite',
    async run(model) {
      const answer = await asked(model, 1)
      for (const { name, shape } of model.outputs) {
        const output = answer.get(name)
        const open = shape.map((size, axis) => (size < 0 ? output?.shape[axis + 1] : size))
        mustEqual('ModelInfer of 1 row', [1, ...open], output?.shape ?? null, `'${name}' of shape`)
        const finite = output?.values.every(Number.isFinite) ?? false
        must(finite, 'ModelInfer of 1 row', `finite numbers of '${name}'`, output?.values)
      }
    },
  },
  {
    name: 'infer: actions are among those of the card',
    async run(model) {
      const spec = model.card?.actions
      const values = (await asked(model, ROWS)).get('action')?.values ?? []
      if (spec === undefined) return
      const actions = allocateActions(spec, values.length / actionWidth(spec))
      // Real numbers may lie outside their bounds: whoever acts clips them.
      boundActions(
        spec,
        actionDType(spec) === 'int32' ? Int32Array.from(values) : Float32Array.from(values),
        actions,
      )
      for (let row = 0; row < actions.length / actionWidth(spec); row++) {
        const fault = actionFault(spec, actions, row)
        must(fault === null, `ModelInfer of ${ROWS} rows`, describeActions(spec), fault)
      }
    },
  },
  {
    name: 'infer: the same request gets the same answer',
    async run(model) {
      const [first, second] = [await asked(model, ROWS), await asked(model, ROWS)]
      for (const [name, { values }] of first)
        mustEqual(
          `ModelInfer of ${ROWS} rows, twice`,
          values,
          second.get(name)?.values,
          `'${name}'`,
        )
    },
  },
  {
    name: 'infer: each row of a batch is answered for itself',
    async run(model) {
      const inputs = drawnRows(model, ROWS)
      const sent = `ModelInfer of ${ROWS} different rows`
      const together = await ask(model, requestOf(model, inputs), sent)
      for (let row = 0; row < ROWS; row++) {
        const alone = await ask(model, requestOf(model, rowOf(inputs, row)), sent)
        for (const [name, { values }] of alone) {
          const given = together.get(name)?.values ?? []
          const cut = given.slice(row * values.length, (row + 1) * values.length)
          must(alike(values, cut), sent, `row ${row} of '${name}' as alone: ${show(values)}`, cut)
        }
      }
    },
  },
  {
    name: 'infer: numbers in the message mean the same as raw bytes',
    async run(model) {
      const inputs = drawnRows(model, ROWS)
      const { rawInputContents: _, ...request } = requestOf(model, inputs)
      const typed: kserve.ModelInferRequest.$Properties = {
        ...request,
        inputs: request.inputs?.map((input, i) => ({
          ...input,
          contents: typedContents(inputs[i].value),
        })),
      }
      const sent = `ModelInfer of ${ROWS} rows in typed contents`
      const answer = await ask(model, typed, sent)
      for (const [name, { values }] of await asked(model, ROWS))
        must(
          alike(values, answer.get(name)?.values ?? []),
          sent,
          `'${name}': ${show(values)}`,
          answer.get(name)?.values,
        )
    },
  },
  {
    name: 'infer: gives the outputs that are asked for, and no others',
    async run(model) {
      const [{ name }] = model.outputs
      const sent = `ModelInfer with outputs ['${name}']`
      const request = { ...requestOf(model, drawnRows(model, 1)), outputs: [{ name }] }
      const answer = await ask(model, request, sent)
      mustEqual(sent, [name], [...answer.keys()])
    },
  },
  {
    name: 'infer: an unknown input is refused, and the next request answered',
    async run(model) {
      const request = requestOf(model, drawnRows(model, 1))
      const [first, ...others] = request.inputs ?? []
      const wrong = { ...request, inputs: [{ ...first, name: 'no-such-input' }, ...others] }
      const sent = `ModelInfer with 'no-such-input' in the place of '${first.name}'`
      await refuses(sent, () => ask(model, wrong, sent))
      await asked(model, 1)
    },
  },
  {
    name: 'infer: bytes that do not fit their shape are refused, and the next request answered',
    async run(model) {
      const request = requestOf(model, drawnRows(model, 1))
      const [first, ...others] = request.rawInputContents ?? []
      const sent = 'ModelInfer with one byte too few'
      const wrong = { ...request, rawInputContents: [first.subarray(1), ...others] }
      await refuses(sent, () => ask(model, wrong, sent))
      await asked(model, 1)
    },
  },
]

/** The numbers of a tensor in the field of their type, as the contract has it beside raw bytes. */
const typedContents = ({ dtype, data }: Tensor): kserve.InferTensorContents.$Properties => ({
  [CONTENTS_FIELDS[dtype]]: Array.from(data as ArrayLike<number | bigint>, Number),
})

const asked = (model: Model, rows: number): Promise<Answer> =>
  ask(model, requestOf(model, drawnRows(model, rows)), `ModelInfer of ${rows} rows`)

const alike = (wanted: readonly number[], given: readonly number[]): boolean =>
  wanted.length === given.length &&
  wanted.every((value, i) => Math.abs(value - given[i]) <= TOLERANCE * Math.max(1, Math.abs(value)))

/** Nobody answers, or not in time: that is no refusal. */
const ABSENT = ['wire/unavailable', 'wire/deadline']

async function refuses(sent: string, call: () => Promise<unknown>): Promise<void> {
  let answer: unknown
  try {
    answer = await call()
  } catch (error) {
    if (error instanceof Mismatch) throw error
    if (error instanceof AgonError && !ABSENT.includes(error.code)) return
    throw new Mismatch(sent, 'a status that refuses it', (error as Error).message)
  }
  throw new Mismatch(
    sent,
    'a status that refuses it',
    answer instanceof Map ? 'an answer' : show(answer),
  )
}
