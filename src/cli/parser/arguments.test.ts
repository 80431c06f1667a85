import { describe, expect, it } from 'vitest'
import type { CommandSpec } from '../command.ts'
import { parseArguments } from './arguments.ts'

const spec: CommandSpec = {
  name: 'try',
  about: 'try something',
  positionals: [{ name: 'file', about: 'a file', required: true }],
  options: {
    set: { value: 'K=V', about: 'set', many: true },
    seed: { value: 'S', about: 'seed' },
    'dry-run': { about: 'dry' },
  },
  examples: [],
}
const parse = (...argv: string[]) => parseArguments(spec, argv)

describe('parseArguments', () => {
  it('takes options before, between and behind the positionals', () => {
    const args = parse('--set', 'a.b=c', 'x.yaml', '--set=d=-1', '--dry-run', '--seed', '7')
    expect(args.positionals).toEqual(['x.yaml'])
    expect(args.texts('set')).toEqual(['a.b=c', 'd=-1'])
    expect(args.flag('dry-run')).toBe(true)
    expect(args.flag('json')).toBe(false)
    expect(args.integer('seed', 0)).toBe(7)
  })

  it('takes what follows -- as it is', () => {
    expect(parse('--', '--seed').positionals).toEqual(['--seed'])
  })

  it.each([
    [['x', '--sed', '3'], 'usage/option', /--sed; did you mean --(seed|set)\?/],
    [['x', '--dry-ru'], 'usage/option', /did you mean --dry-run\?/],
    [['x', '-q'], 'usage/option', /there is no option -q/],
    [['x', '--seed'], 'usage/value', /--seed needs a value: --seed S/],
    [['x', '--seed', '--json'], 'usage/value', /--seed needs a value/],
    [['x', '--seed=1', '--seed=2'], 'usage/option', /given twice/],
    [['x', '--dry-run=yes'], 'usage/value', /takes no value/],
    [[], 'usage/argument', /<file> is missing: a file/],
    [['x', 'y'], 'usage/argument', /'y' is one argument too many/],
  ])('refuses %j', (argv, code, message) => {
    expect(() => parse(...argv)).toThrow(expect.objectContaining({ code }))
    expect(() => parse(...argv)).toThrow(message)
  })

  it.each(['x', '1.5', '', '0x10', '-1', '5000000000', 'NaN', '1e3'])(
    'refuses %j as a seed',
    (text) => {
      expect(() => parse('f', `--seed=${text}`).integer('seed', 0, 2 ** 32 - 1)).toThrow(/--seed/)
    },
  )

  it('asks for nothing where help is wanted', () => {
    expect(parse('--help').flag('help')).toBe(true)
    expect(parse('-h').flag('help')).toBe(true)
  })
})
