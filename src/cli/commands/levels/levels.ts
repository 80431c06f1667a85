import { EXIT } from '../../../run/exit-codes.ts'
import type { LevelQuery } from '../../../views/levels/index.ts'
import type { Arguments, CommandDefinition, CommandSpec } from '../../command.ts'
import { usage } from '../../parser/arguments.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import { type LevelsServices, levelsServices } from './services.ts'

const SHOWN = 10

const spec: CommandSpec = {
  name: 'levels',
  about: 'which levels an update was trained on or an adversary kept, with lineage and score',
  positionals: [{ name: 'run', about: 'the directory of a run', required: true }],
  options: {
    at: { value: 'N', about: 'at gradient update N, from 1; by default the newest' },
    cycle: { value: 'N', about: 'at cycle N instead: not every cycle takes a gradient' },
    trained: { about: 'those that the update was trained on' },
    attempted: { about: 'those that were attempted in the cycle, trained on or not' },
    top: {
      value: 'NUMBER',
      about:
        'highest first by: regret, score or its name, return, solved, length, episodes, generation, age',
    },
    limit: { value: 'N', about: `how many at most, 0 = all; default ${SHOWN}, of --out all` },
    slot: { value: 'SLOT', about: 'of one student' },
    out: {
      value: 'DIR',
      about: 'write them as files for agon eval --levels and agon play --level',
    },
    csv: { value: 'FILE', about: 'write a line for each' },
  },
  notes: [
    'By default those that the adversary kept after the cycle; of one that keeps none, those that were attempted.',
  ],
  examples: [
    'agon levels runs/maze-accel-1 --top regret',
    'agon levels runs/maze-accel-1 --at 200 --trained',
    'agon levels runs/maze-accel-1 --at 200 --top regret --limit 20 --out hard-levels',
    'agon eval runs/maze-accel-1 --levels hard-levels/levels.txt',
  ],
  onlyPrints: (args) => args.text('out') === undefined && args.text('csv') === undefined,
}

export const levelsCommand: CommandDefinition<LevelsServices> = {
  services: levelsServices,
  spec,
  async run(args, { terminal, services }) {
    const found = await services.levels(args.positionals[0], queryOf(args))
    const folder = args.text('out')
    const csv = args.text('csv')
    const written = folder === undefined ? [] : found.export(folder)
    if (csv !== undefined) {
      found.writeCsv(csv)
      written.push(csv)
    }
    if (args.flag('json')) {
      const [facts, ...levels] = found.json()
      printJson(terminal, { ...facts, ...(written.length === 0 ? {} : { files: written }) })
      for (const level of levels) printJson(terminal, level)
    } else
      printLines(terminal, [
        ...found.lines(terminal.columns()),
        ...(written.length === 0 ? [] : ['']),
        ...written.map((path) => `written  ${path}`),
      ])
    return EXIT.ok
  },
}

/** @throws AgonError `usage/option`, `usage/value` */
function queryOf(args: Arguments): LevelQuery {
  const update = args.integer('at', 1)
  const cycle = args.integer('cycle', 1)
  if (update !== undefined && cycle !== undefined)
    throw usage(spec, 'usage/option', '--at and --cycle exclude each other')
  const views = (['trained', 'attempted'] as const).filter((name) => args.flag(name))
  if (views.length > 1)
    throw usage(spec, 'usage/option', '--trained and --attempted exclude each other')
  const [view] = views
  const slot = args.text('slot')
  const top = args.text('top')
  const limit = args.integer('limit', 0) ?? (args.text('out') === undefined ? SHOWN : 0)
  return {
    ...(update === undefined ? {} : { update }),
    ...(cycle === undefined ? {} : { cycle }),
    ...(view === undefined ? {} : { view }),
    ...(slot === undefined ? {} : { slot }),
    ...(top === undefined ? {} : { top }),
    ...(limit === 0 ? {} : { limit }),
  }
}
