import type { Catalogue } from './command.ts'

/** The commands of `agon`. */
export const COMMANDS: Catalogue = {
  run: async () => (await import('./commands/run/run.ts')).runCommand,
  resume: async () => (await import('./commands/resume/resume.ts')).resumeCommand,
  eval: async () => (await import('./commands/eval/eval.ts')).evalCommand,
  import: async () => (await import('./commands/import/import.ts')).importCommand,
  serve: async () => (await import('./commands/serve/serve.ts')).serveCommand,
  env: async () => (await import('./commands/env/env.ts')).envCommand,
  report: async () => (await import('./commands/report/report.ts')).reportCommand,
  play: async () => (await import('./commands/play/play.ts')).playCommand,
  replay: async () => (await import('./commands/replay/replay.ts')).replayCommand,
  compare: async () => (await import('./commands/compare/compare.ts')).compareCommand,
  ps: async () => (await import('./commands/ps/ps.ts')).psCommand,
  watch: async () => (await import('./commands/watch/watch.ts')).watchCommand,
  stop: async () => (await import('./commands/stop/stop.ts')).stopCommand,
  hub: async () => (await import('./commands/hub/hub.ts')).hubCommand,
  launch: async () => (await import('./commands/launch/launch.ts')).launchCommand,
  ls: async () => (await import('./commands/ls/ls.ts')).lsCommand,
  authority: async () => (await import('./options/authority.ts')).authorityCommand,
  gpu: async () => (await import('./commands/gpu/gpu.ts')).gpuCommand,
  doctor: async () => (await import('./commands/doctor/doctor.ts')).doctorCommand,
  node: async () => (await import('./commands/node/node.ts')).nodeCommand,
  conformance: async () =>
    (await import('./commands/conformance/conformance.ts')).conformanceCommand,
  help: async () => (await import('./commands/help/help.ts')).helpCommand,
}
