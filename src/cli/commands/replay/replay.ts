import { EXIT } from '../../../run/exit-codes.ts'
import type { CommandDefinition } from '../../command.ts'
import { printJson, printWarning } from '../../terminal/terminal.ts'
import { type ReplayServices, replayServices } from './services.ts'

export const replayCommand: CommandDefinition<ReplayServices> = {
  services: replayServices,
  spec: {
    name: 'replay',
    about: 'make a page to look at stored football games with, and print its path',
    positionals: [
      {
        name: 'game',
        about:
          'a replay (.json), a recorded game (.f32.gz with its .json beside it), a folder of `agon play --record`, or a run directory',
        required: true,
        many: true,
      },
    ],
    options: {
      out: { value: 'FILE', about: 'where the page is written; default replay.html' },
    },
    notes: ['With --out game.json one game is written as a replay instead of a page.'],
    examples: [
      'agon replay game.json',
      'agon replay runs/football-1',
      'agon replay recorded',
      'agon replay recorded/games/e00.f32.gz --out e00.html',
    ],
  },
  async run(args, { terminal, services }) {
    const path = args.text('out') ?? 'replay.html'
    const { games, found } = await services.writeStoredReplay(args.positionals, path)
    if (args.flag('json')) printJson(terminal, { kind: 'replay', path, games, found })
    else terminal.out(`${path}\n`)
    if (found > games.length)
      printWarning(terminal, {
        code: 'replay/more',
        message: `a page takes the first ${games.length} of ${found} games`,
        remedy: 'name the games themselves to see others',
      })
    return EXIT.ok
  },
}
