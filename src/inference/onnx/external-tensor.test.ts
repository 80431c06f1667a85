import { describe, expect, it } from 'vitest'
import { protobufWriter } from '../../learners/graph/onnx/protobuf.ts'
import { checkWhole, externalTensors, withData } from './external-tensor.ts'
import { fields } from './protobuf-fields.ts'

type Writer = ReturnType<typeof protobufWriter>
const message = (write: (to: Writer) => void): Uint8Array => {
  const writer = protobufWriter()
  write(writer)
  return writer.finish()
}

function tensor(to: Writer, name: string, entries: Readonly<Record<string, string>>): void {
  for (const size of [2, 3]) to.integer(1, size)
  to.integer(2, 1)
  to.text(8, name)
  for (const [key, value] of Object.entries(entries))
    to.message(13, (entry) => {
      entry.text(1, key)
      entry.text(2, value)
    })
  to.integer(14, 1)
}
const PLACE = { location: 'w.bin', offset: '8', length: '24' }

/** Where onnx.proto lets a tensor stand. */
const PLACES: Readonly<Record<string, (to: Writer, put: (to: Writer) => void) => void>> = {
  'an initializer': (to, put) => to.message(7, (graph) => graph.message(5, put)),
  'the values of a sparse initializer': (to, put) =>
    to.message(7, (graph) => graph.message(15, (sparse) => sparse.message(1, put))),
  'an attribute': (to, put) =>
    to.message(7, (graph) =>
      graph.message(1, (node) => node.message(5, (attribute) => attribute.message(5, put))),
    ),
  'a graph inside of a node': (to, put) =>
    to.message(7, (graph) =>
      graph.message(1, (node) =>
        node.message(5, (attribute) => attribute.message(6, (inner) => inner.message(5, put))),
      ),
    ),
  'a function': (to, put) =>
    to.message(25, (made) =>
      made.message(7, (node) => node.message(5, (attribute) => attribute.message(10, put))),
    ),
}

describe('tensors outside of a model', () => {
  it.each(Object.entries(PLACES))('are found and taken in: %s', (_, nest) => {
    const model = message((to) => {
      to.integer(1, 10)
      nest(to, (at) => tensor(at, 'w', PLACE))
      to.text(2, 'someone')
    })
    expect(externalTensors(model)).toEqual([
      { name: 'w', location: 'w.bin', offset: 8, length: 24 },
    ])
    expect(() => checkWhole(model)).toThrow("'w' lies outside")
    const data = Uint8Array.from({ length: 24 }, (_, i) => i)
    const whole = withData(model, [data])
    const inside = message((to) => {
      to.integer(1, 10)
      nest(to, (at) => {
        for (const size of [2, 3]) at.integer(1, size)
        at.integer(2, 1)
        at.text(8, 'w')
        at.bytes(9, data)
      })
      to.text(2, 'someone')
    })
    expect(Buffer.from(whole).toString('hex')).toBe(Buffer.from(inside).toString('hex'))
    expect(externalTensors(whole)).toEqual([])
    checkWhole(whole)
  })

  it('leave a whole model as it is: the same bytes', () => {
    const model = message((to) => to.message(7, (graph) => graph.text(2, 'g')))
    expect(withData(model, [])).toBe(model)
    checkWhole(model)
  })

  it('cannot hide in bits that other readers drop', () => {
    const inner = message((to) => tensor(to, 'w', PLACE))
    // Key 42 (initializer) in five bytes, with bits above the 32nd.
    const hidden = Buffer.concat([Uint8Array.of(0xaa, 0x80, 0x80, 0x80, 0x70, inner.length), inner])
    expect(() => checkWhole(message((to) => to.bytes(7, hidden)))).toThrow('lies outside')
    const far = message((to) => {
      to.text(8, 'w')
      to.integer(14, 2 ** 32 + 1)
    })
    expect(() =>
      checkWhole(message((to) => to.message(7, (graph) => graph.bytes(5, far)))),
    ).toThrow('lies outside')
  })

  it.each([
    ['no entry', {}, 'does not say in which file'],
    ['an offset in another notation', { location: 'w', offset: '0x10' }, 'no count'],
    ['an offset beyond exact numbers', { location: 'w', offset: '9007199254740993' }, 'no count'],
    ['another length', { location: 'w', length: '23' }, 'takes 24 bytes, and is said to have 23'],
  ])('are refused with %s', (_, entries, what) => {
    const model = message((to) =>
      to.message(7, (graph) => graph.message(5, (at) => tensor(at, 'w', entries))),
    )
    expect(() => externalTensors(model)).toThrow(what)
  })
})

describe('fields', () => {
  it('end with the message: cut or endless numbers are no fields', () => {
    for (const bytes of [[0x08], [0x0a, 5, 1], [0x08, ...Array(11).fill(0x80)], [0x0b]])
      expect(() => [...fields(Uint8Array.from(bytes))]).toThrow('not an ONNX model')
  })

  it('nest no deeper than protobuf has it', () => {
    let graph = new Uint8Array(0)
    for (let depth = 0; depth < 200; depth++) {
      const inner = graph
      graph = Uint8Array.from(
        message((to) => to.message(1, (node) => node.message(5, (at) => at.bytes(6, inner)))),
      )
    }
    expect(() => checkWhole(message((to) => to.bytes(7, graph)))).toThrow('deeper than 100')
  })
})
