/** The ONNX messages that Agon writes; field numbers are those of onnx.proto (IR version 10). */

import { bytesOf, type DType, type Tensor } from '../../../core/tensor.ts'
import type { Shape } from '../dims.ts'
import type { OnnxAttribute } from '../graph.ts'
import { type ProtobufWriter, protobufWriter } from './protobuf.ts'

export const IR_VERSION = 10
export const OPSET = 21

/** TensorProto.DataType. */
export const ONNX_DTYPE: Readonly<Record<DType, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
}

const ATTRIBUTE = { float: 1, int: 2, string: 3, graph: 5, ints: 7 } as const

export interface OnnxNode {
  readonly type: string
  readonly domain: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, OnnxAttribute>>
}

export interface OnnxValue {
  readonly name: string
  readonly dtype: DType
  readonly shape: Shape
}

export interface OnnxGraph {
  readonly name: string
  readonly nodes: readonly OnnxNode[]
  readonly initializers: readonly (readonly [string, Tensor])[]
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
}

function writeAttribute(to: ProtobufWriter, name: string, value: OnnxAttribute): void {
  to.text(1, name)
  if (typeof value === 'number') {
    to.integer(3, value)
    to.integer(20, ATTRIBUTE.int)
  } else if (typeof value === 'string') {
    to.text(4, value)
    to.integer(20, ATTRIBUTE.string)
  } else if ('float' in value) {
    to.float(2, value.float)
    to.integer(20, ATTRIBUTE.float)
  } else if ('graph' in value) {
    to.bytes(6, value.graph)
    to.integer(20, ATTRIBUTE.graph)
  } else {
    for (const item of value) to.integer(8, item)
    to.integer(20, ATTRIBUTE.ints)
  }
}

function writeNode(to: ProtobufWriter, node: OnnxNode): void {
  for (const name of node.inputs) to.text(1, name)
  for (const name of node.outputs) to.text(2, name)
  to.text(4, node.type)
  for (const [name, value] of Object.entries(node.attributes)) {
    to.message(5, (attribute) => writeAttribute(attribute, name, value))
  }
  if (node.domain !== '') to.text(7, node.domain)
}

function writeTensor(to: ProtobufWriter, name: string, tensor: Tensor): void {
  for (const size of tensor.shape) to.integer(1, size)
  to.integer(2, ONNX_DTYPE[tensor.dtype])
  to.text(8, name)
  to.bytes(9, bytesOf(tensor))
}

function writeValue(to: ProtobufWriter, value: OnnxValue): void {
  to.text(1, value.name)
  to.message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.integer(1, ONNX_DTYPE[value.dtype])
      tensor.message(2, (shape) => {
        for (const dim of value.shape) {
          shape.message(1, (entry) => {
            if (typeof dim === 'number') entry.integer(1, dim)
            else entry.text(2, dim)
          })
        }
      })
    }),
  )
}

export function encodeGraph(graph: OnnxGraph): Uint8Array {
  const writer = protobufWriter()
  for (const node of graph.nodes) writer.message(1, (to) => writeNode(to, node))
  writer.text(2, graph.name)
  for (const [name, tensor] of graph.initializers) {
    writer.message(5, (to) => writeTensor(to, name, tensor))
  }
  for (const value of graph.inputs) writer.message(11, (to) => writeValue(to, value))
  for (const value of graph.outputs) writer.message(12, (to) => writeValue(to, value))
  return writer.finish()
}

/** A ModelProto; `domains` are operator sets beside ONNX's own. */
export function encodeModel(graph: OnnxGraph, domains: readonly string[]): Uint8Array {
  const writer = protobufWriter()
  writer.integer(1, IR_VERSION)
  writer.text(2, 'agon')
  writer.bytes(7, encodeGraph(graph))
  writer.message(8, (to) => {
    to.text(1, '')
    to.integer(2, OPSET)
  })
  for (const domain of domains) {
    writer.message(8, (to) => {
      to.text(1, domain)
      to.integer(2, 1)
    })
  }
  return writer.finish()
}
