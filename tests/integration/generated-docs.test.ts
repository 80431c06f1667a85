import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { errorCodes } from '../../scripts/docs/error-codes.mjs'
import { parseProto } from '../../scripts/docs/parse-proto.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'agon-generated-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('the pages of errors and of the protocol are what their sources give (npm run docs)', () => {
  const check = ['scripts/docs.mjs', '--check']
  const { status, stderr } = spawnSync(process.execPath, check, { cwd: root, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
})

it('a code is found however it is given, and nothing that only looks like one', () => {
  writeFileSync(
    join(folder, 'some.ts'),
    `
    throw new AgonError('area/thrown', \`\${who(\`a\`)} is \${{ a: '}' }} | gone\`, { remedy: 'look ' + 'again' })
    const record = { code: 'area/record', message: 'no' , remedy: 'wait' }
    if (code === 'area/compared') throw usage(spec, 'area/helper', 'not so')
    const REMEDIES = { 'area/table': 'mend it' }
    // 'area/comment'
    const path = read('other/path')
    `,
  )
  writeFileSync(join(folder, 'some.test.ts'), "new AgonError('area/test', 'x')")
  const found = [...errorCodes(folder)].map(([code, { messages, remedies }]) => [
    code,
    [...messages],
    [...remedies],
  ])
  expect(found).toEqual([
    ['area/helper', ['not so'], []],
    ['area/record', ['no'], ['wait']],
    ['area/table', [], ['mend it']],
    ['area/thrown', ['… is … | gone'], ['look again']],
  ])
})

it('a proto file is read with its comments, nested messages and groups', () => {
  const parts = parseProto(`
// What is asked.
message Ask {
  // Its name.
  string name = 1;
  oneof what {
    uint32 many = 2;  // so many
  }
  message Part {}
}

// Asks.
service Asking {
  rpc Put(stream Ask) returns (Ask.Part);
}
enum Kind {
  KIND_ONE = 0;
}
`)
  expect(parts).toMatchObject([
    {
      kind: 'message',
      name: 'Ask',
      comment: 'What is asked.',
      members: [
        { name: 'name', number: '1', type: 'string', comment: 'Its name.' },
        { name: 'many', type: 'uint32, one of `what`', comment: 'so many' },
      ],
    },
    { kind: 'message', name: 'Ask.Part', members: [] },
    { kind: 'service', members: [{ name: 'Put', request: 'stream Ask', answer: 'Ask.Part' }] },
    { kind: 'enum', members: [{ name: 'KIND_ONE', number: '0' }] },
  ])
})
