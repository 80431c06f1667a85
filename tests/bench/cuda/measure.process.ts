import { choiceCounts } from 'agon/core'
import { openPolicy, type Policy } from 'agon/inference'
import { type Batch, type Subject, subjects } from './subjects.ts'

// Process entry: times policies on the CPU and on the first GPU, and says how far their answers are from each other.
// A process of its own for each setting of tf32, which is one for a whole process: `--tf32`.

export interface Comparison {
  readonly policy: string
  readonly rows: number
  /** Milliseconds of a call: one thread, all processors, the GPU. */
  readonly cpu: number
  readonly cpuAll: number
  readonly cuda: number
  /** Part of the rows whose best action is the same. */
  readonly greedy: number
  /** Part of the rows whose action is the same with the same noise. */
  readonly sampled: number
  /** The largest difference of the log-probability of the action that was taken. */
  readonly logProb: number
  /** The same of any action that is allowed, however improbable. */
  readonly anyLogProb: number
}

export interface Opening {
  readonly policy: string
  /** Milliseconds to open a session on the GPU: the first of the process is of the first policy. */
  readonly open: number
}

export const ROWS = [1, 22, 220, 2200, 22_000]
const ENOUGH_MS = 600
const tf32 = process.argv.includes('--tf32')
const threads = Number(process.argv[2])

for (const subject of await subjects()) {
  const began = performance.now()
  const cuda = await openPolicy(subject.file, { device: 'cuda', tf32 })
  const open = performance.now() - began
  process.send?.({ policy: subject.name, open } satisfies Opening)
  const cpu = await openPolicy(subject.file)
  const cpuAll = await openPolicy(subject.file, { threads })
  for (const rows of ROWS)
    process.send?.(await compare(subject, subject.batch(rows), { cpu, cpuAll, cuda }))
  for (const policy of [cuda, cpu, cpuAll]) await policy.release()
}
process.disconnect()

async function compare(
  { name, file }: Subject,
  batch: Batch,
  on: Readonly<Record<'cpu' | 'cpuAll' | 'cuda', Policy>>,
): Promise<Comparison> {
  const [count] = choiceCounts(file.card.actions)
  const [a, b] = [await on.cpu.act(batch), await on.cuda.act(batch)]
  let [greedy, sampled, logProb, anyLogProb] = [0, 0, 0, 0]
  for (let row = 0; row < batch.rows; row++) {
    const [p, q] = [a, b].map(({ logits }) => logProbs(logits, row, count, batch.mask?.data))
    if (best(p) === best(q)) greedy++
    if (a.action[row] === b.action[row]) sampled++
    const taken = a.action[row]
    logProb = Math.max(logProb, Math.abs(p[taken] - q[taken]))
    for (let i = 0; i < count; i++)
      if (p[i] > -1e6) anyLogProb = Math.max(anyLogProb, Math.abs(p[i] - q[i]))
  }
  return {
    policy: name,
    rows: batch.rows,
    cpu: await median(on.cpu, batch),
    cpuAll: await median(on.cpuAll, batch),
    cuda: await median(on.cuda, batch),
    greedy: greedy / batch.rows,
    sampled: sampled / batch.rows,
    logProb,
    anyLogProb,
  }
}

/** Of one row, computed in float64 from what the graph gave. */
function logProbs(
  logits: Float32Array,
  row: number,
  count: number,
  mask: Float32Array | undefined,
): Float64Array {
  const out = Float64Array.from(logits.subarray(row * count, (row + 1) * count))
  if (mask !== undefined)
    for (let i = 0; i < count; i++) if (mask[row * count + i] === 0) out[i] = -1e9
  const most = Math.max(...out)
  const sum = out.reduce((total, x) => total + Math.exp(x - most), 0)
  return out.map((x) => x - most - Math.log(sum))
}

function best(values: Float64Array): number {
  return values.indexOf(Math.max(...values))
}

async function median(policy: Policy, batch: Batch): Promise<number> {
  for (let i = 0; i < 2; i++) await policy.act(batch)
  const times: number[] = []
  for (
    const began = performance.now();
    times.length < 5 || performance.now() - began < ENOUGH_MS;
  ) {
    const start = performance.now()
    await policy.act(batch)
    times.push(performance.now() - start)
    if (times.length === 100) break
  }
  return times.sort((x, y) => x - y)[times.length >> 1]
}
