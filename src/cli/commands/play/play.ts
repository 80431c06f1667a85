import { availableParallelism } from 'node:os'
import { AgonError } from '../../../core/errors.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import type { Arguments, CommandDefinition, CommandSpec } from '../../command.ts'
import { DEVICE_OPTION, deviceOf } from '../../options/device-option.ts'
import { usage } from '../../parser/arguments.ts'
import { onInterrupt } from '../../terminal/interrupts.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import type { PlayRequest } from './play-request.ts'
import { matchTable } from './play-table.ts'
import { playWatch } from './play-watch.ts'
import { type PlayServices, playServices } from './services.ts'

const UINT32 = 2 ** 32 - 1
const SCENARIO = '11_vs_11_stochastic'
const SLOTS = 16

const spec: CommandSpec = {
  name: 'play',
  about: 'play football games between policies, bots and other players',
  positionals: [{ name: 'game', about: 'football', required: true }],
  options: {
    left: { value: 'SEAT', about: 'who plays the left team; default bot' },
    right: { value: 'SEAT', about: 'who plays the right team; default bot' },
    seat: {
      value: 'left.3=SEAT',
      about: 'who plays a single player, instead of the rest of his team',
      many: true,
    },
    scenario: { value: 'NAME', about: `built-in scenario; default ${SCENARIO}` },
    level: { value: 'FILE', about: 'levels of your own in text form, one game after the other' },
    games: { value: 'N', about: 'how many games; default 1' },
    seed: { value: 'S', about: 'number of the first game, which the others follow; default 0' },
    steps: { value: 'N', about: 'cut games after so many steps; default as the level says' },
    replay: {
      value: 'FILE',
      about: 'write a page to look at the games with, or a single game as .json',
    },
    record: {
      value: 'DIR',
      about: 'record every game, eleven a side, as games/eNN.f32.gz and .json',
    },
    weaknesses: {
      value: 'FILE',
      about: 'count the classes of weakness that both teams show, and write every moment as .json',
    },
    slots: {
      value: 'N',
      about: `games played at once; never changes the result; default ${SLOTS}`,
    },
    threads: {
      value: 'N',
      about: 'threads that step games, and that policies share; default one a processor',
    },
    device: {
      ...DEVICE_OPTION,
      about: `where policies run: ${DEVICE_OPTION.about}`,
    },
    'games-device': {
      value: 'DEVICE',
      about: 'where games are stepped, cpu (default) or cuda; never changes the result',
    },
    card: { value: 'FILE', about: 'the card of a kserve:// policy whose server has none' },
    'token-file': { value: 'FILE', about: 'token of a kserve:// server; else AGON_TOKEN' },
    'tls-ca': { value: 'FILE', about: 'authority of a kserve:// server that speaks TLS, PEM' },
  },
  notes: [
    'A SEAT is a policy.onnx with its card, kserve://host:port/model, bot, bot:<difficulty> with a difficulty from 0 to 1, idle or random.',
    'Keepers of TiZero and of GRF MARL are played by the built-in AI.',
    'Ctrl-C ends with the games that have ended.',
  ],
  examples: [
    'agon play football --left tizero.onnx --right bot:0.95 --replay game.html',
    'agon play football --left tizero.onnx --right tizero.onnx --games 50 --record recorded --json',
    'agon play football --left bot:0.95 --right tizero.onnx --level hard.txt --games 50 --weaknesses weaknesses.json',
    'agon play football --left bot --right idle --scenario academy_3_vs_1_with_keeper --games 100',
  ],
  onlyPrints: (args) =>
    ['replay', 'record', 'weaknesses'].every((option) => args.text(option) === undefined),
}

export const playCommand: CommandDefinition<PlayServices> = {
  services: playServices,
  spec,
  async run(args, context) {
    const { terminal, services, interrupts, clock, exit } = context
    const request = requestOf(args)
    let stopped = false
    const release = onInterrupt(interrupts, clock, {
      stop: () => {
        stopped = true
      },
      exit: () => exit(EXIT.interrupted),
    })
    const began = clock.now()
    const watch = playWatch(args.flag('json'), request.games, context)
    try {
      const played = await services.playFootball({
        ...request,
        watch: { ...watch.hears, stopped: () => stopped },
      })
      watch.close()
      const { teams, title, summary, replayed, devices, weaknesses } = played
      const written = {
        ...(replayed === undefined ? {} : { replay: request.replay, replayed }),
        ...(weaknesses === undefined ? {} : { weaknesses }),
      }
      if (args.flag('json'))
        printJson(terminal, { kind: 'match', title, teams, devices, ...summary, ...written })
      else {
        printLines(terminal, matchTable(played, clock.now() - began))
        if (replayed !== undefined) terminal.out(`${request.replay}\n`)
      }
      return stopped ? EXIT.stopped : EXIT.ok
    } finally {
      watch.close()
      release()
    }
  },
}

function requestOf(args: Arguments): Omit<PlayRequest, 'watch'> {
  const [game] = args.positionals
  if (game !== 'football')
    throw new AgonError('usage/argument', `'${game}' cannot be played, football can`, {
      place: 'agon play',
      remedy: 'agon play football',
    })
  const scenario = args.text('scenario')
  const file = args.text('level')
  if (scenario !== undefined && file !== undefined)
    throw usage(spec, 'usage/option', '--scenario and --level exclude each other')
  const steps = args.integer('steps', 1)
  const [replay, record, weaknesses] = ['replay', 'record', 'weaknesses'].map((option) =>
    args.text(option),
  )
  return {
    left: args.text('left') ?? 'bot',
    right: args.text('right') ?? 'bot',
    seats: args.texts('seat'),
    level: file === undefined ? { scenario: scenario ?? SCENARIO } : { file },
    games: args.integer('games', 1, 1_000_000) ?? 1,
    seed: args.integer('seed', 0, UINT32) ?? 0,
    ...(steps === undefined ? {} : { steps }),
    slots: args.integer('slots', 1, 4096) ?? SLOTS,
    threads: args.integer('threads', 1, 256) ?? availableParallelism(),
    ...(replay === undefined ? {} : { replay }),
    ...(record === undefined ? {} : { record }),
    ...(weaknesses === undefined ? {} : { weaknesses }),
    device: deviceOf(args, spec),
    gamesDevice: gamesDeviceOf(args),
    hints: hintsOf(args),
  }
}

function gamesDeviceOf(args: Arguments): PlayRequest['gamesDevice'] {
  const text = args.text('games-device') ?? 'cpu'
  if (text === 'cpu' || text === 'cuda') return text
  throw usage(spec, 'usage/value', `--games-device is cpu or cuda, not '${text}'`)
}

function hintsOf(args: Arguments): PlayRequest['hints'] {
  const options = { tokenFile: 'token-file', authority: 'tls-ca', card: 'card' } as const
  return Object.fromEntries(
    Object.entries(options).flatMap(([hint, option]) => {
      const text = args.text(option)
      return text === undefined ? [] : [[hint, text]]
    }),
  )
}
