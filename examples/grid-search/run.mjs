// The same experiment from a program, with less to do: node run.mjs [folder of the run]
import { run } from 'agon'

const handle = await run(
  {
    name: 'from-code',
    env: './my-env.ts',
    adversary: { id: './my-adversary.ts', edits: 0.8 },
    student: { id: 'ppo', network: { core: 'none', hidden: 32 }, rollout: { envs: 16, steps: 30 } },
    evaluation: { suite: 'beacon/corners', every: 0 },
    budget: { cycles: 5 },
  },
  {
    baseDir: import.meta.dirname,
    ...(process.argv[2] === undefined ? {} : { out: process.argv[2] }),
  },
)
const { status, spent, policies, report, solvedRate } = await handle.result
console.log(JSON.stringify({ status, spent, policies, report, solvedRate }))
