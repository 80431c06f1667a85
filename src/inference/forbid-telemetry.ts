/**
 * From 1.29 on the official builds of ONNX Runtime tell their maker what models are run, keep a database in the user's cache for
 * it and start a thread, unless the environment forbids it. Agon forbids it; who wants it sets the variable to 0.
 *
 * The library asks the environment of the process, which threads of Node cannot change: so the main thread says it, where a process
 * begins and before threads are started.
 */
export function forbidTelemetry(variables: NodeJS.ProcessEnv = process.env): void {
  variables.ORT_DISABLE_TELEMETRY ??= '1'
}
