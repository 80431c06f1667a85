import { agon } from './gen/agon.gen.js'
import { dm_env_rpc } from './gen/dm_env_rpc.gen.js'
import { inference } from './gen/kserve.gen.js'
import { method } from './method.ts'

const v1 = agon.v1

/** `proto/agon/v1/actors.proto`. */
export const ACTORS = {
  name: 'agon.v1.Actors',
  methods: {
    attach: method('/agon.v1.Actors/Attach', 'bidi', v1.Frame, v1.Frame),
    join: method('/agon.v1.Actors/Join', 'bidi', v1.NodeReport, v1.NodeOrder),
  },
} as const

/** `proto/agon/v1/environments.proto`. */
export const ENVIRONMENTS = {
  name: 'agon.v1.Environments',
  methods: {
    describe: method(
      '/agon.v1.Environments/Describe',
      'unary',
      v1.DescribeRequest,
      v1.EnvironmentDescription,
    ),
    step: method('/agon.v1.Environments/Step', 'bidi', v1.StepRequest, v1.StepReply),
    sampleLevels: method(
      '/agon.v1.Environments/SampleLevels',
      'unary',
      v1.SampleLevelsRequest,
      v1.Levels,
    ),
    mutateLevels: method(
      '/agon.v1.Environments/MutateLevels',
      'unary',
      v1.MutateLevelsRequest,
      v1.Levels,
    ),
    describeLevels: method(
      '/agon.v1.Environments/DescribeLevels',
      'unary',
      v1.DescribeLevelsRequest,
      v1.LevelDescriptions,
    ),
    parseLevels: method(
      '/agon.v1.Environments/ParseLevels',
      'unary',
      v1.ParseLevelsRequest,
      v1.Levels,
    ),
    crossLevels: method(
      '/agon.v1.Environments/CrossLevels',
      'unary',
      v1.CrossLevelsRequest,
      v1.Levels,
    ),
    toGenome: method('/agon.v1.Environments/ToGenome', 'unary', v1.ToGenomeRequest, v1.Points),
    fromGenome: method(
      '/agon.v1.Environments/FromGenome',
      'unary',
      v1.FromGenomeRequest,
      v1.Levels,
    ),
    resampleLevels: method(
      '/agon.v1.Environments/ResampleLevels',
      'unary',
      v1.ResampleLevelsRequest,
      v1.Levels,
    ),
    drawStates: method(
      '/agon.v1.Environments/DrawStates',
      'unary',
      v1.DrawStatesRequest,
      v1.Pictures,
    ),
  },
} as const

/** `proto/agon/v1/experiments.proto`. */
export const EXPERIMENTS = {
  name: 'agon.v1.Experiments',
  methods: {
    launch: method('/agon.v1.Experiments/Launch', 'unary', v1.LaunchRequest, v1.Run),
    get: method('/agon.v1.Experiments/Get', 'unary', v1.GetRequest, v1.Run),
    list: method('/agon.v1.Experiments/List', 'unary', v1.ListRequest, v1.Runs),
    watch: method('/agon.v1.Experiments/Watch', 'server-stream', v1.WatchRequest, v1.RunEvent),
    stop: method('/agon.v1.Experiments/Stop', 'unary', v1.StopRequest, v1.Run),
  },
} as const

const kserve = (name: string): string => `/inference.GRPCInferenceService/${name}`

/** `proto/inference/grpc_service.proto`: the Open Inference Protocol (KServe v2). */
export const INFERENCE = {
  name: 'inference.GRPCInferenceService',
  methods: {
    serverLive: method(
      kserve('ServerLive'),
      'unary',
      inference.ServerLiveRequest,
      inference.ServerLiveResponse,
    ),
    serverReady: method(
      kserve('ServerReady'),
      'unary',
      inference.ServerReadyRequest,
      inference.ServerReadyResponse,
    ),
    modelReady: method(
      kserve('ModelReady'),
      'unary',
      inference.ModelReadyRequest,
      inference.ModelReadyResponse,
    ),
    serverMetadata: method(
      kserve('ServerMetadata'),
      'unary',
      inference.ServerMetadataRequest,
      inference.ServerMetadataResponse,
    ),
    modelMetadata: method(
      kserve('ModelMetadata'),
      'unary',
      inference.ModelMetadataRequest,
      inference.ModelMetadataResponse,
    ),
    modelInfer: method(
      kserve('ModelInfer'),
      'unary',
      inference.ModelInferRequest,
      inference.ModelInferResponse,
    ),
  },
} as const

/** `proto/dm_env_rpc/v1/dm_env_rpc.proto`. */
export const DM_ENV_RPC = {
  name: 'dm_env_rpc.v1.Environment',
  methods: {
    process: method(
      '/dm_env_rpc.v1.Environment/Process',
      'bidi',
      dm_env_rpc.v1.EnvironmentRequest,
      dm_env_rpc.v1.EnvironmentResponse,
    ),
  },
} as const
