import type { RunConfig, StageConfig } from '../contract.ts'

/** Where a stage keeps its cuts, its measurements and its own copy of its policies, seen from the run directory. */
export const stageFolder = (name: string): string => `stages/${name}`

/** Of a student in the run directory: the run's own (the newest stage's), or the one that a stage has left. */
export const stagePolicyName = (stage: string, slot: string, slots: number): string =>
  slots === 1 ? `policy-${stage}` : `policy-${stage}-${slot}`

/** A config as one stage of it is run. */
export function stageRun({ stages = [], ...config }: RunConfig, index: number): RunConfig {
  const { name: _, from: __, ...own } = stages[index]
  return { ...config, ...own }
}

/** What is run one after the other: the stages, or the config itself where it has none. */
export const partsOf = (config: RunConfig): readonly RunConfig[] =>
  config.stages === undefined ? [config] : config.stages.map((_, i) => stageRun(config, i))

/** The policies that stages which are over have left, by stage, or by stage and slot where it has several. */
export function stagePolicies(
  { stages = [] }: RunConfig,
  file: (name: string) => string,
  exists: (path: string) => boolean,
): Readonly<Record<string, string>> {
  const left = stages.flatMap(({ name, students }) => {
    const slots = Object.keys(students)
    return slots.map((slot) => {
      const what = slots.length === 1 ? name : `${name}/${slot}`
      return [what, file(`${stagePolicyName(name, slot, slots.length)}.onnx`)] as const
    })
  })
  return Object.fromEntries(left.filter(([, path]) => exists(path)))
}

/** Every policy file that a run with stages leaves, without its ending, and whose it is. */
export function stagePolicyFiles(
  stages: readonly Pick<StageConfig, 'name' | 'students'>[],
): readonly { readonly file: string; readonly what: string }[] {
  const own = stages.flatMap(({ name, students }) => {
    const slots = Object.keys(students)
    return slots.map((slot) => ({
      file: stagePolicyName(name, slot, slots.length),
      what: `the policy of ${name}, ${slot},`,
    }))
  })
  const shared = new Set(
    stages.flatMap(({ students }) => {
      const slots = Object.keys(students)
      return slots.length === 1 ? ['policy'] : slots.map((slot) => `policy-${slot}`)
    }),
  )
  return [...own, ...[...shared].map((file) => ({ file, what: 'the newest policy of the run' }))]
}
