import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ZodType } from 'zod'
import type { AdversaryDefinition } from '../../adversaries/contract.ts'
import { AgonError } from '../../core/errors.ts'
import { builtUrl, loadModule, type ModuleUrl } from '../../core/module.ts'
import type { EnvironmentDefinition } from '../../envs/contract.ts'
import type { StudentDefinition } from '../../learners/contract.ts'
import type { ServiceDefinition } from '../../services/contract.ts'
import { isMapping } from './mapping.ts'
import { hint } from './schema-problems.ts'

/** The kinds of part that a config names. */
export interface Definitions {
  readonly environment: EnvironmentDefinition<unknown, unknown>
  readonly adversary: AdversaryDefinition<unknown>
  readonly student: StudentDefinition<unknown>
  readonly service: ServiceDefinition<unknown>
}
export type PartKind = keyof Definitions

const built = (relative: string): ModuleUrl => builtUrl(import.meta.url, relative)

/** Built-in id → module, by kind. */
export const builtinParts: Readonly<Record<PartKind, Readonly<Record<string, ModuleUrl>>>> = {
  environment: {
    maze: built('../../envs/maze/index.js'),
    racing: built('../../envs/racing/index.js'),
    football: built('../../envs/football/index.js'),
    walker: built('../../envs/walker/index.js'),
    'fruit-choice': built('../../envs/fruit-choice/index.js'),
    'hidden-goal': built('../../envs/hidden-goal/index.js'),
    tmaze: built('../../envs/maze-mixes/tmaze.js'),
    blindfold: built('../../envs/maze-mixes/blindfold.js'),
    lever: built('../../envs/lever/environment.js'),
    prompts: built('../../envs/prompts/environment.js'),
    lessons: built('../../envs/lessons/index.js'),
    remote: built('../../envs/remote/environment.js'),
  },
  adversary: {
    dr: built('../../adversaries/dr.js'),
    plr: built('../../adversaries/plr.js'),
    'robust-plr': built('../../adversaries/robust-plr.js'),
    'parallel-plr': built('../../adversaries/parallel-plr.js'),
    accel: built('../../adversaries/accel.js'),
    'parallel-accel': built('../../adversaries/parallel-accel.js'),
    paired: built('../../adversaries/paired.js'),
    'minimax-adversary': built('../../adversaries/minimax-adversary.js'),
    'population-paired': built('../../adversaries/population-paired.js'),
    repaired: built('../../adversaries/repaired.js'),
    samplr: built('../../adversaries/samplr.js'),
    remidi: built('../../adversaries/remidi.js'),
    'map-elites': built('../../adversaries/map-elites.js'),
    'cma-me': built('../../adversaries/cma-me.js'),
    madrid: built('../../adversaries/madrid.js'),
    targeted: built('../../adversaries/targeted.js'),
    random: built('../../adversaries/random.js'),
    levels: built('../../adversaries/levels.js'),
    rainbow: built('../../adversaries/rainbow.js'),
    external: built('../../adversaries/external.js'),
  },
  student: {
    ppo: built('../../learners/ppo/index.js'),
    frozen: built('../../learners/frozen/index.js'),
    prompted: built('../../learners/prompted/index.js'),
    'causal-lm': built('../../learners/language/index.js'),
    external: built('../../learners/external.js'),
  },
  service: {
    builder: built('../../services/builder/index.js'),
    'language-model': built('../../services/models/language-model.js'),
    match: built('../../services/graders/match.js'),
    'prompt-rules': built('../../services/prompts/index.js'),
    external: built('../../services/external.js'),
  },
}

const isPath = (id: string): boolean => /^(\.{0,2}[\\/]|[A-Za-z]:[\\/])|\.[mc]?[tj]s$/.test(id)

/**
 * The module behind an id: a built-in one, or a path relative to `baseDir`.
 * @throws AgonError `config/part` with the nearest id
 */
export function partModule(kind: PartKind, id: string, baseDir: string): ModuleUrl {
  if (isPath(id)) return pathToFileURL(resolve(baseDir, id)).href
  const modules = builtinParts[kind]
  if (Object.hasOwn(modules, id)) return modules[id]
  const ids = Object.keys(modules)
  throw new AgonError(
    'config/part',
    `there is no ${kind} '${id}'; there are ${ids.join(', ')}, and paths such as ./my-${kind}.ts`,
    {
      fields: { ...hint(id, ids) },
    },
  )
}

/**
 * Where a module is that a run wrote down: the first of the places at which there is a file.
 * @throws AgonError `module/missing`, with the ways to go on
 */
export function foundModule(written: string | readonly string[], baseDir: string): ModuleUrl {
  const urls = [written]
    .flat()
    .map((at) => (at.startsWith('file:') ? at : pathToFileURL(resolve(baseDir, at)).href))
  const found = urls.find((url) => existsSync(fileURLToPath(url)))
  if (found !== undefined) return found
  const places = urls.map((url) => fileURLToPath(url))
  throw new AgonError(
    'module/missing',
    `the module is no longer where this run had it: there is no file ${places.join(', and none at ')}`,
    {
      remedy: `put it back, or write where it is now as \`module\` in ${join(baseDir, 'config.yaml')}, or go on from the config that the run was begun with: agon run CONFIG --out ${baseDir} --or-resume`,
    },
  )
}

const FUNCTIONS: Readonly<Record<PartKind, readonly string[]>> = {
  environment: ['create'],
  adversary: ['tasksPerCycle', 'trainShare', 'create'],
  student: ['taskCount', 'envSteps', 'create'],
  service: ['traits', 'create'],
}

/**
 * Imports a part's definition and checks its shape.
 * @throws AgonError `module/missing`, `module/broken`, or `module/shape` naming the missing export or field
 */
export async function loadDefinition<K extends PartKind>(
  kind: K,
  url: ModuleUrl,
): Promise<Definitions[K]> {
  const exported = await loadModule(url)
  const definition = exported[kind]
  const shape = (message: string): AgonError =>
    new AgonError('module/shape', message, {
      place: url,
      remedy: `export const ${kind} = { id, options, ${FUNCTIONS[kind].join(', ')} }`,
    })
  if (!isMapping(definition)) {
    const names = Object.keys(exported)
    throw shape(
      `the module has no export named '${kind}'; it has ${names.length === 0 ? 'none' : names.slice(0, 12).join(', ')}`,
    )
  }
  if (typeof definition.id !== 'string') throw shape(`'${kind}.id' is not text`)
  if (!isZodSchema(definition.options)) throw shape(`'${kind}.options' is not a zod 4 object`)
  for (const name of FUNCTIONS[kind])
    if (typeof definition[name] !== 'function') throw shape(`'${kind}.${name}' is not a function`)
  return definition as unknown as Definitions[K]
}

const isZodSchema = (value: unknown): value is ZodType =>
  isMapping(value) && typeof value.safeParse === 'function' && isMapping(value._zod)
