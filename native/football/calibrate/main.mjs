// npm run calibrate -- football --traces DIR [--games N] [--policy tizero.onnx] [--seed N] [--lanes N] [--json]
// Replays recorded traces of the reference engine in the simulator and prints the table of what was measured.
// Exit code 0: the table is there, whatever it says; 1: a file or a program was no good; 2: wrong usage.

import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { AgonError, toErrorRecord } from '../../../dist/core/errors.js'
import { visible, visibleJson } from '../../../dist/core/visible.js'
import { calibrate } from './calibrate.mjs'
import { formatRow, summaryOf } from './table.mjs'

const USAGE =
  'usage: npm run calibrate -- football --traces DIR [--games N] [--policy FILE] [--seed N] [--lanes N] [--json]'
const OPTIONS = {
  traces: { type: 'string' },
  games: { type: 'string', default: '50' },
  policy: { type: 'string' },
  seed: { type: 'string', default: '1' },
  lanes: { type: 'string', default: String(availableParallelism()) },
  json: { type: 'boolean', default: false },
}

const usage = (message) => new AgonError('calibrate/usage', message, { remedy: USAGE })

function wholeNumber(values, name, least) {
  const number = Number(values[name])
  if (Number.isSafeInteger(number) && number >= least) return number
  throw usage(`--${name} ${values[name]} is no whole number from ${least} on`)
}

/** What was asked for. TiZero's weights are third parties' and stand where AGON_DATA says, if anywhere. */
function options(argv, env) {
  let parsed
  try {
    parsed = parseArgs({ args: argv, options: OPTIONS, allowPositionals: true })
  } catch (cause) {
    throw usage(cause.message)
  }
  const { values, positionals } = parsed
  if (positionals.length !== 1 || positionals[0] !== 'football')
    throw usage(`there is 'football' to calibrate, not '${positionals.join(' ')}'`)
  if (values.traces === undefined) throw usage('--traces DIR is missing')
  const known =
    env.AGON_DATA === undefined ? undefined : join(env.AGON_DATA, 'tizero', 'tizero.onnx')
  return {
    traces: values.traces,
    games: wholeNumber(values, 'games', 0),
    seed: wholeNumber(values, 'seed', 0),
    lanes: wholeNumber(values, 'lanes', 1),
    policy: values.policy ?? (known !== undefined && existsSync(known) ? known : undefined),
    json: values.json,
  }
}

function complain(error, json) {
  const record = toErrorRecord(error)
  if (json) console.log(visibleJson(JSON.stringify({ error: record })))
  const place = record.place === undefined ? '' : `${record.place}: `
  console.error(visible(`${record.code}: ${place}${record.message}`))
  if (record.remedy !== undefined) console.error(`  → ${visible(record.remedy)}`)
  return record.code === 'calibrate/usage' ? 2 : 1
}

async function main(argv, env) {
  try {
    const asked = options(argv, env)
    const rows = []
    let heading = ''
    for await (const row of calibrate(asked, (line) => console.error(visible(line)))) {
      rows.push(row)
      if (asked.json || row.detail) continue
      const begins = row.experiment !== heading && row.row !== 'all'
      if (begins) console.log(`\n${visible(row.experiment)}`)
      heading = row.experiment
      console.log(visible(formatRow(row)))
    }
    const summary = summaryOf(rows)
    if (asked.json)
      console.log(
        JSON.stringify({ format: 1, games: asked.games, seed: asked.seed, rows, summary }),
      )
    else console.log(`\n${summary.text}`)
    return 0
  } catch (error) {
    return complain(error, argv.includes('--json'))
  }
}

process.exitCode = await main(process.argv.slice(2), process.env)
