import { slotId } from 'agon/core'
import { environment } from 'agon/envs/maze'
import type { PolicyFile } from 'agon/inference'
import { ppo } from 'agon/learners'
import { openBareSession } from './inference/bare-session.ts'
import { perceptron } from './inference/perceptron.ts'
import { requestOf } from './inference/requests.ts'
import { sizedPolicy } from './inference/sized-policy.ts'
import { type Compared, Stand, type Work } from './inference/stand.ts'
import type { BenchRow } from './row.ts'

/** Rows of a request of a football team's policy: eleven players a side. */
const TEAM_ROWS = 22
const TEAM_CLIENTS = 16
const ROW_BAR = 0.7
const TEAM_BAR = 0.8

/** The default student, not trained: the policy that people serve first. */
async function mazePolicy(): Promise<PolicyFile> {
  const options = environment.options.parse({})
  const student = await ppo.create(ppo.options.parse({}), {
    slot: slotId('agent'),
    seed: 1,
    environment: { module: import.meta.resolve('agon/envs/maze'), options },
    spec: environment.create(options).spec,
    workers: 1,
    training: {},
  })
  try {
    return await student.exportPolicy()
  } finally {
    await student.close()
  }
}

/** Rows per second of one session on one thread of an idle machine, at the number of rows that suits it best. */
async function bestBatchedRate({ onnx }: PolicyFile): Promise<number> {
  const run = await openBareSession(onnx)
  let best = 0
  for (const rows of [22, 44, 88, 176, 256])
    for (let round = 0; round < 3; round++) {
      const start = performance.now()
      let runs = 0
      for (; performance.now() - start < 400; runs++) await run(rows)
      best = Math.max(best, (runs * rows * 1000) / (performance.now() - start))
    }
  return best
}

interface Bars {
  readonly toBare?: number
  readonly toSession?: number
}

function tableRows(
  what: string,
  clients: number,
  { inference, toBare, toSession, cpu, sessionCpu }: Compared,
  bars: Bars,
): BenchRow[] {
  const name = `inference, ${what}, ${clients} client${clients === 1 ? '' : 's'}`
  const ratio = (to: string, value: number, bar: number | undefined): BenchRow => ({
    name: `${name}, to ${to}`,
    unit: '×',
    value,
    ...(bar === undefined ? {} : { bar }),
  })
  return [
    { name, unit: 'requests/s', value: inference.perSecond },
    { name: `${name}, p50`, unit: 'ms', value: inference.p50 },
    { name: `${name}, p99`, unit: 'ms', value: inference.p99 },
    ratio('bare grpc-js', toBare, bars.toBare),
    ratio('bare grpc-js and session', toSession, bars.toSession),
    { name: `${name}, CPU of the server`, unit: 'ms/request', value: cpu },
    { name: `${name}, CPU of those two`, unit: 'ms/request', value: sessionCpu },
  ]
}

/**
 * What serving costs is judged against bare grpc-js with a policy that computes next to nothing, and against a bare session behind
 * bare grpc-js with any. A lone request waits for its own row, so its ceiling stands there instead of a bar.
 */
function rowTable(
  policy: 'a perceptron' | 'the student',
  clients: number,
  compared: Compared,
): BenchRow[] {
  const what = `1 row of ${policy}`
  const judged = policy === 'a perceptron' && clients > 1
  const table = tableRows(what, clients, compared, {
    toSession: ROW_BAR,
    ...(judged ? { toBare: ROW_BAR } : {}),
  })
  if (clients > 1) return table
  return [
    ...table,
    {
      name: `ceiling of ${what}: bare grpc-js and session, to bare grpc-js`,
      unit: '×',
      value: compared.toBare / compared.toSession,
    },
  ]
}

/**
 * Requests per second and latencies of `agon serve`, against bare grpc-js, against bare grpc-js with a bare session behind it,
 * and against the session itself. Clients have a process of their own, on the same cores. The team's requests are
 * measured with their state in the request, where moving 120 kB a request costs more than computing it, and with the state
 * kept by the server.
 */
export async function benchInference(): Promise<BenchRow[]> {
  const policies = { maze: await mazePolicy(), perceptron: perceptron(), team: sizedPolicy() }
  const rowOf = (model: 'maze' | 'perceptron'): Work => ({
    name: `row-${model}`,
    model,
    rows: 1,
    session: 'here',
    request: () => requestOf(model, policies[model], { rows: 1 }),
  })
  const [student, small] = [rowOf('maze'), rowOf('perceptron')]
  const ofTeam = { model: 'team', rows: TEAM_ROWS, session: 'thread' } as const
  const team = (options: { readonly sequence?: string; readonly start?: boolean } = {}) =>
    requestOf('team', policies.team, { rows: TEAM_ROWS, ...options })
  const stateSent: Work = { name: 'sent', ...ofTeam, request: () => team() }
  const stateKept: Work = {
    name: 'kept',
    ...ofTeam,
    request: (index) => team({ sequence: `match-${index}` }),
    opening: (index) => team({ sequence: `match-${index}`, start: true }),
  }
  const sessionRate = await bestBatchedRate(policies.team)
  const rows: BenchRow[] = []
  const stand = new Stand()
  try {
    await stand.begin(policies, [student, small, stateSent, stateKept])
    for (const clients of [1, 8, 64])
      rows.push(
        ...rowTable('a perceptron', clients, await stand.compare(small, clients)),
        ...rowTable('the student', clients, await stand.compare(student, clients)),
      )
    rows.push({ name: 'inference, session at its best batch', unit: 'rows/s', value: sessionRate })
    const sent = await stand.compare(stateSent, TEAM_CLIENTS)
    rows.push(...tableRows(`${TEAM_ROWS} rows, state sent`, TEAM_CLIENTS, sent, {}))
    const kept = await stand.compare(stateKept, TEAM_CLIENTS)
    rows.push(
      ...tableRows(`${TEAM_ROWS} rows, state kept`, TEAM_CLIENTS, kept, { toSession: TEAM_BAR }),
      {
        name: `inference, ${TEAM_ROWS} rows, state kept, to the session`,
        unit: '×',
        value: (kept.inference.perSecond * TEAM_ROWS) / sessionRate,
      },
      {
        name: `ceiling of ${TEAM_ROWS} rows, state kept: bare grpc-js, to the session`,
        unit: '×',
        value: ((kept.inference.perSecond / kept.toBare) * TEAM_ROWS) / sessionRate,
      },
    )
    return rows
  } finally {
    stand.end()
  }
}
