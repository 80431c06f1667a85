import { parentPort, workerData } from 'node:worker_threads'
import { type WalkerCourse, walkerRate } from './rate.ts'

const { course, seed } = workerData as { readonly course: WalkerCourse; readonly seed: number }
parentPort?.postMessage(walkerRate(course, seed))
