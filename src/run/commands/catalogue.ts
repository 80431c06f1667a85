import type { Catalogue } from './command.ts'

/** The commands of `agon`. */
export const COMMANDS: Catalogue = {
  run: async () => (await import('./run.ts')).runCommand,
  resume: async () => (await import('./resume.ts')).resumeCommand,
  eval: async () => (await import('./eval.ts')).evalCommand,
  import: async () => (await import('./import.ts')).importCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  env: async () => (await import('./env.ts')).envCommand,
  report: async () => (await import('./report.ts')).reportCommand,
  play: async () => (await import('./play.ts')).playCommand,
  replay: async () => (await import('./replay.ts')).replayCommand,
  compare: async () => (await import('./compare.ts')).compareCommand,
  ps: async () => (await import('./ps.ts')).psCommand,
  watch: async () => (await import('./watch.ts')).watchCommand,
  stop: async () => (await import('./stop.ts')).stopCommand,
  hub: async () => (await import('./hub.ts')).hubCommand,
  launch: async () => (await import('./launch.ts')).launchCommand,
  ls: async () => (await import('./ls.ts')).lsCommand,
  authority: async () => (await import('./authority.ts')).authorityCommand,
  gpu: async () => (await import('./gpu.ts')).gpuCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  node: async () => (await import('./node.ts')).nodeCommand,
  conformance: async () => (await import('./conformance.ts')).conformanceCommand,
  help: async () => (await import('./help.ts')).helpCommand,
}
