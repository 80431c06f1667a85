import { describe, expect, it } from 'vitest'
import { paint } from '../../views/text/line.ts'
import { lineTerminal } from './line-terminal.ts'
import { printError, printJson, printLines, printStack } from './terminal.ts'

function screen(options: { readonly color?: boolean; readonly shown?: boolean } = {}) {
  const said: string[] = []
  const say = (text: string): void => {
    said.push(text)
  }
  const { color = false, shown = false } = options
  const terminal = lineTerminal({
    out: say,
    err: say,
    shown,
    interactive: true,
    color,
    columns: () => 80,
    settled: async () => true,
  })
  return { terminal, said }
}

describe('lineTerminal', () => {
  it('ends each line once, and shows what a text would end or steer', () => {
    const { terminal, said } = screen()
    terminal.out('one\n')
    terminal.err('two')
    terminal.err('')
    terminal.out('forged\nerror \x1b[31mred\r\n')
    expect(said).toEqual(['one\n', 'two\n', '\n', 'forged\\nerror \\x1b[31mred\\r\n'])
  })

  it('makes colours of its own alone', () => {
    const painted = [paint('red', 'er\x1b[0mror'), ' in \x1b[32mgreen'] as const
    const colored = screen({ color: true })
    colored.terminal.err(painted)
    expect(colored.said).toEqual(['\x1b[31mer\\x1b[0mror\x1b[0m in \\x1b[32mgreen\n'])
    const plain = screen()
    plain.terminal.err(painted)
    expect(plain.said).toEqual(['er\\x1b[0mror in \\x1b[32mgreen\n'])
  })

  it('rewrites the last line with nothing in it that moves the cursor', () => {
    const { terminal, said } = screen()
    terminal.rewrite('10 % \x1b[2A\b')
    expect(said).toEqual(['\r\x1b[K10 % \\x1b[2A\\x08'])
  })

  it('gives documents to programs byte for byte, to people line by line', () => {
    const text = 'a: 1\n\tb: \x1b[31m\n'
    const piped = screen()
    piped.terminal.document(text)
    expect(piped.said.join('')).toBe(text)
    const shown = screen({ shown: true })
    shown.terminal.document(text)
    expect(shown.said.join('')).toBe('a: 1\n\\tb: \\x1b[31m\n')
  })
})

describe('what commands print', () => {
  it('keeps the lines of a list of problems and of a stack, and no others', () => {
    const { terminal, said } = screen()
    const message = '2 problems:\n  a.yaml:1: x\n  a.yaml:2: y\nerror z'
    printError(terminal, { code: 'config/invalid', message })
    expect(said.join('')).toBe(
      'error 2 problems:\n  a.yaml:1: x\n  a.yaml:2: y\\nerror z [config/invalid]\n',
    )
    said.length = 0
    printStack(terminal, 'Error: outer\n    at \x1b[31mf\ncaused by\nError: inner')
    expect(said.join('')).toBe('Error: outer\n    at \\x1b[31mf\ncaused by\nError: inner\n')
  })

  it('is JSON that means the same and steers nothing', () => {
    const { terminal, said } = screen()
    const value = { name: 'a\u202e\x9b\n' }
    printJson(terminal, value)
    expect(said).toEqual(['{"name":"a\\u202e\\u009b\\n"}\n'])
    expect(JSON.parse(said[0])).toEqual(value)
  })

  it('takes lines as they are', () => {
    const { terminal, said } = screen()
    printLines(terminal, ['a', '', 'b'])
    expect(said.join('')).toBe('a\n\nb\n')
  })
})
