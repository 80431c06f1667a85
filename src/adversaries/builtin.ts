import { builtUrl, type ModuleUrl } from '../core/module.ts'

const url = (file: string): ModuleUrl => builtUrl(import.meta.url, `./${file}.js`)

/** The module of each built-in adversary; it exports `adversary`. */
export const builtinAdversaries: Readonly<Record<string, ModuleUrl>> = {
  dr: url('dr'),
  plr: url('plr'),
  'robust-plr': url('robust-plr'),
  'parallel-plr': url('parallel-plr'),
  accel: url('accel'),
  'parallel-accel': url('parallel-accel'),
  paired: url('paired'),
  'minimax-adversary': url('minimax-adversary'),
  'population-paired': url('population-paired'),
  repaired: url('repaired'),
  samplr: url('samplr'),
  remidi: url('remidi'),
  'map-elites': url('map-elites'),
  'cma-me': url('cma-me'),
  madrid: url('madrid'),
  targeted: url('targeted'),
  random: url('random'),
  levels: url('levels'),
  rainbow: url('rainbow'),
}
