import type { Catalogue } from './command.ts'
import { servedCommand } from './served-command.ts'

/** The commands of `agon`, with the services of the engine. */
export const COMMANDS: Catalogue = {
  init: async () => servedCommand((await import('./commands/init/init.ts')).initCommand),
  run: async () => servedCommand((await import('./commands/run/run.ts')).runCommand),
  resume: async () => servedCommand((await import('./commands/resume/resume.ts')).resumeCommand),
  eval: async () => servedCommand((await import('./commands/eval/eval.ts')).evalCommand),
  import: async () => servedCommand((await import('./commands/import/import.ts')).importCommand),
  serve: async () => servedCommand((await import('./commands/serve/serve.ts')).serveCommand),
  env: async () => servedCommand((await import('./commands/env/env.ts')).envCommand),
  sweep: async () => servedCommand((await import('./commands/sweep/sweep.ts')).sweepCommand),
  report: async () => servedCommand((await import('./commands/report/report.ts')).reportCommand),
  stress: async () => servedCommand((await import('./commands/stress/stress.ts')).stressCommand),
  play: async () => servedCommand((await import('./commands/play/play.ts')).playCommand),
  replay: async () => servedCommand((await import('./commands/replay/replay.ts')).replayCommand),
  levels: async () => servedCommand((await import('./commands/levels/levels.ts')).levelsCommand),
  compare: async () =>
    servedCommand((await import('./commands/compare/compare.ts')).compareCommand),
  ps: async () => servedCommand((await import('./commands/ps/ps.ts')).psCommand),
  watch: async () => servedCommand((await import('./commands/watch/watch.ts')).watchCommand),
  stop: async () => servedCommand((await import('./commands/stop/stop.ts')).stopCommand),
  hub: async () => servedCommand((await import('./commands/hub/hub.ts')).hubCommand),
  launch: async () => servedCommand((await import('./commands/launch/launch.ts')).launchCommand),
  ls: async () => servedCommand((await import('./commands/ls/ls.ts')).lsCommand),
  authority: async () =>
    servedCommand((await import('./commands/authority/authority.ts')).authorityCommand),
  gpu: async () => servedCommand((await import('./commands/gpu/gpu.ts')).gpuCommand),
  doctor: async () => servedCommand((await import('./commands/doctor/doctor.ts')).doctorCommand),
  node: async () => (await import('./commands/node/node.ts')).nodeCommand,
  conformance: async () =>
    servedCommand((await import('./commands/conformance/conformance.ts')).conformanceCommand),
  help: async () => (await import('./commands/help/help.ts')).helpCommand,
}
