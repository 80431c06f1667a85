import '../../core/require-node.ts'

export type { Binding, Dim, Shape } from './dims.ts'
export { evaluate } from './evaluate.ts'
export { gradients } from './gradients.ts'
export type { Array64, Emitter, Graph, Node, NodeRule, Operand, Value, ValueType } from './graph.ts'
export { addNode, createGraph, input } from './graph.ts'
export type { ToOnnxOptions } from './onnx/to-onnx.ts'
export { toOnnx } from './onnx/to-onnx.ts'
export { erf, gelu, relu, sigmoid, softplus, tanh } from './ops/activation.ts'
export { argMax } from './ops/argmax.ts'
export {
  cast,
  equal,
  greaterEqual,
  lessEqual,
  logicalAnd,
  logicalNot,
  where,
} from './ops/compare.ts'
export { constant } from './ops/constant.ts'
export type { Conv2dOptions } from './ops/conv2d.ts'
export { conv2d } from './ops/conv2d.ts'
export { convolution } from './ops/convolution.ts'
export { cumsum } from './ops/cumsum.ts'
export type { DiagonalScanInputs } from './ops/diagonal-scan.ts'
export { diagonalScan } from './ops/diagonal-scan.ts'
export type { Complex } from './ops/diagonal-scan-onnx.ts'
export { add, div, mul, neg, sub } from './ops/elementwise.ts'
export { digamma, logBeta, logGamma } from './ops/gamma.ts'
export { embedding, gather, scatterAdd, takeLast } from './ops/gather.ts'
export type { GruInputs, GruWeights } from './ops/gru.ts'
export { gru, gruStep } from './ops/gru.ts'
export { concat, split } from './ops/join.ts'
export { layerNorm } from './ops/layer-norm.ts'
export type { LstmInputs, LstmWeights } from './ops/lstm.ts'
export { lstm, lstmStep } from './ops/lstm.ts'
export {
  abs,
  clip,
  cos,
  exp,
  floor,
  log,
  maximum,
  minimum,
  sign,
  sin,
  sqrt,
  square,
  stopGradient,
} from './ops/math.ts'
export { dense, gemm, matmul } from './ops/matmul.ts'
export { maxPool } from './ops/max-pool.ts'
export { reduceMean } from './ops/mean.ts'
export { oneHot } from './ops/one-hot.ts'
export { expandTo, reduceSum } from './ops/reduce.ts'
export { reshape } from './ops/reshape.ts'
export type { ScanSpec, ScanStep } from './ops/scan.ts'
export { scan } from './ops/scan.ts'
export { pad, slice } from './ops/slice.ts'
export { logSoftmax, softmax } from './ops/softmax.ts'
export { transpose } from './ops/transpose.ts'
export type { WindowOptions } from './ops/window.ts'
export { zerosLike } from './ops/zeros.ts'
