/** The messages alone, without gRPC: for what every thread of a run loads. */
export { agon } from './gen/agon.gen.js'
