import '../core/require-node.ts'

export type { ValueInfo } from './binding.ts'
export { cardSchema } from './card.schema.ts'
export { formatCard, parseCard } from './card.ts'
export type { ActBatch, ActResult, Policy, PolicyCard, PolicyFile } from './contract.ts'
export { prepareCuda } from './cuda/prepare-cuda.ts'
export type { Device, TakenDevice } from './device.ts'
export type { DeviceChoice, DeviceTiming } from './device-choice.ts'
export { describeChoice } from './device-choice.ts'
export type {
  ChatMessage,
  GenerateRequest,
  Generation,
  LanguageModel,
  LanguageModelTraits,
  TokenLogProbs,
  Usage,
} from './language/contract.ts'
export type { LanguageModelFile, ModelCard } from './language/onnx/contract.ts'
export { readModelFolder, writeModelFolder } from './language/onnx/model-folder.ts'
export { type OnnxLanguageModel, openOnnxModel } from './language/onnx/onnx-model.ts'
export {
  characterTokenizer,
  formatTokenizer,
  PLAIN_CHARACTERS,
  type Tokenizer,
} from './language/onnx/tokenizer.ts'
export { barAllNative, barNative, endThread, shareNativeGate } from './native-gate.ts'
export { readModel } from './onnx/read-model.ts'
export { openPolicy, zeroRow, zeroState } from './policy.ts'
export type { PolicyAddress } from './policy-address.ts'
export { isPolicyAddress, parsePolicyAddress } from './policy-address.ts'
export { cardPath, readPolicyFile, writePolicyFile } from './policy-file.ts'
export type { PolicySetting } from './policy-fit.ts'
export { checkGraph, checkSetting } from './policy-fit.ts'
export type { PolicySource, RemotePolicyRef } from './policy-source.ts'
export { isRemote } from './policy-source.ts'
export type { ProviderReport } from './providers.ts'
export { providers } from './providers.ts'
export { randomPolicy } from './random-policy.ts'
export { openSession } from './session.ts'
export type {
  Fetches,
  Session,
  SessionOptions,
} from './session-contract.ts'
