import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { ENCODERS, encoderCost } from '../bench/encoders.bench.ts'
import { matmulRate } from '../bench/learner.bench.ts'
import { PAGE } from './train.ts'

/** What a frame costs the named encoders, each once. Writes docs/learning/encoders.md. */
const before = await matmulRate()
const costs = []
for (const name of ENCODERS) costs.push({ name, ...(await encoderCost(name)) })
const rate = Math.max(before, await matmulRate())
const [nature] = costs
const rows = costs.map(
  ({ name, act, gradient }) =>
    `| \`${name}\` | ${act.toFixed(0)} | ${gradient.toFixed(0)} | ${(act / nature.act).toFixed(1)} | ${(gradient / nature.gradient).toFixed(1)} |`,
)
const date = new Date().toISOString().slice(0, 10)
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`
writeFileSync(
  join(PAGE, 'encoders.md'),
  `# What a frame costs

Microseconds of ONNX Runtime for a frame of 84 × 84 × 4 bytes by [encoder](../algorithms/ppo.md#images), on one core, with heads of
512 and 256 units behind it: acting on eight frames at a time, and the gradient of an epoch over 256. The best of three.

\`\`\`sh
node build/tests/learning/encoders.js    # the same rows: npm run bench -- learner
\`\`\`

Made by that command: ${date}, ${machine}; ONNX Runtime’s own float32 MatMul of 2048³ made ${rate.toFixed(0)} GFLOP/s on one core in the same run.

| encoder | act, µs | gradient, µs | act, to the first | gradient, to the first |
|---|---|---|---|---|
${rows.join('\n')}
`,
)
console.log(rows.join('\n'))
