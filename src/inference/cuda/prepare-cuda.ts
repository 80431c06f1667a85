import { shareMachineEnvironment } from './machine-environment.ts'
import { settleTf32 } from './tf32.ts'

/**
 * Readies the process for threads that open sessions on a GPU. Called in the main thread before they start; whoever opens
 * sessions there alone need not.
 * @throws AgonError `onnx/tf32`
 */
export function prepareCuda(options: { readonly tf32?: boolean } = {}): void {
  settleTf32(options.tf32 ?? false)
  shareMachineEnvironment()
}
