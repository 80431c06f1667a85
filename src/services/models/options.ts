import { z } from 'zod'
import { rules } from '../../inference/language/scripted/rules.schema.ts'

const path = z.string().min(1).max(4096)
const price = (what: string) => z.number().min(0).max(1e9).default(0).describe(what)

const PROVIDERS = ['openai', 'onnx', 'transformers', 'scripted', 'recorded'] as const

const baseUrl = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((text) => !URL.canParse(text) || withoutSecrets(new URL(text)), {
    error: 'has a user, a password or a query in it: a key stands in apiKeyEnv or apiKeyFile',
  })

const withoutSecrets = ({ username, password, search }: URL): boolean =>
  username === '' && password === '' && search === ''

const fields = z.strictObject({
  provider: z
    .enum(PROVIDERS)
    .describe(
      'openai: a server that speaks OpenAI’s chat completions. onnx: a model folder, run here. transformers: a folder as models come on the Hub, run by the package @huggingface/transformers. scripted: rules. recorded: a file of questions and answers.',
    ),
  model: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('As the server calls it; default the name of the service, but needed with openai.'),
  baseUrl: baseUrl
    .optional()
    .describe('openai: the address of the server; default https://api.openai.com/v1.'),
  apiKeyEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'is the name of an environment variable' })
    .max(200)
    .optional()
    .describe(
      'openai: the environment variable that holds the key, where the service runs; default OPENAI_API_KEY for OpenAI’s own address, and no key for any other.',
    ),
  apiKeyFile: path
    .optional()
    .describe('openai: a file with the key, which nobody but its owner can read.'),
  stream: z
    .boolean()
    .optional()
    .describe('openai: whether answers come piece by piece. Default false.'),
  tokenLimit: z
    .enum(['max_tokens', 'max_completion_tokens'])
    .optional()
    .describe('openai: how the server calls the most tokens of an answer. Default max_tokens.'),
  deterministic: z
    .boolean()
    .optional()
    .describe('openai: whether equal questions get equal answers. Default false.'),
  folder: path
    .optional()
    .describe(
      'onnx: the folder with model.onnx, model.yaml and tokenizer.json. transformers: the one with config.json, tokenizer.json and onnx/.',
    ),
  device: z.enum(['cpu', 'cuda']).optional().describe('transformers: where it runs. Default cpu.'),
  dtype: z
    .string()
    .min(1)
    .max(20)
    .optional()
    .describe('transformers: which weights, fp32, q8, q4 …; default the package’s own choice.'),
  rules: rules
    .optional()
    .describe('scripted: what is answered to what; the first rule that fits counts.'),
  script: path.optional().describe('scripted: a YAML file with the rules.'),
  seed: z
    .int()
    .min(0)
    .max(0xffff_ffff)
    .optional()
    .describe('scripted: of the choice among several answers; default that of the service.'),
  recording: path.optional().describe('recorded: the file; from the working directory.'),
  record: path
    .optional()
    .describe('A file to which every question is added with its answer, for `recorded`.'),
  cache: path
    .optional()
    .describe(
      'A folder of answers, over runs: what was answered once is not asked, nor paid for, again.',
    ),
  price: z
    .strictObject({
      input: price('Of a million tokens of questions. Default 0.'),
      output: price('Of a million tokens of answers. Default 0.'),
    })
    .optional()
    .describe('What tokens cost, in the unit of limits.money.'),
})

/** Keys that not every provider has. */
const OWN: Readonly<Record<(typeof PROVIDERS)[number], readonly (keyof ModelOptions)[]>> = {
  openai: ['baseUrl', 'apiKeyEnv', 'apiKeyFile', 'stream', 'tokenLimit', 'deterministic'],
  onnx: ['folder'],
  transformers: ['folder', 'device', 'dtype'],
  scripted: ['rules', 'script', 'seed'],
  recorded: ['recording'],
}

export const modelOptions = fields.superRefine((options, context) => {
  const refuse = (key: string, message: string): void =>
    context.addIssue({ code: 'custom', path: [key], message })
  const { provider } = options
  for (const key of new Set(Object.values(OWN).flat())) {
    if (options[key] === undefined || OWN[provider].includes(key)) continue
    const owners = PROVIDERS.filter((owner) => OWN[owner].includes(key)).join(' and ')
    refuse(key, `is for provider: ${owners}, and this one is ${provider}`)
  }
  if (provider === 'openai' && options.model === undefined)
    refuse('model', 'is needed: how does the server call it?')
  if (options.apiKeyEnv !== undefined && options.apiKeyFile !== undefined)
    refuse('apiKeyFile', 'stands beside apiKeyEnv: name one of them')
  if (provider === 'scripted' && (options.rules === undefined) === (options.script === undefined))
    refuse('rules', 'or `script` is needed, one of them')
  if (OWN[provider].includes('folder') && options.folder === undefined)
    refuse('folder', 'is needed: where is the model?')
  if (provider === 'recorded' && options.recording === undefined)
    refuse('recording', 'is needed: the file with the answers')
})

export type ModelOptions = z.output<typeof fields>
