import { describe, expect, it } from 'vitest'
import { type SlurmConfig, slurm } from '../../run/config/slurm.schema.ts'
import type { RunConfig } from '../../run/contract.ts'
import { allocate } from './allocation.ts'

const parse = (keys: unknown): SlurmConfig => slurm.parse(keys)
const placed = (student: string, evaluator: string, adversary = 'local', slots = ['agent']) =>
  ({
    placement: { student, evaluator, adversary },
    students: Object.fromEntries(slots.map((slot) => [slot, {}])),
  }) as unknown as Pick<RunConfig, 'placement' | 'students'>

describe('what a job asks for', () => {
  it('has a component for each kind of host, the first of which has the hub', () => {
    const config = parse({ nodes: { gpu: { cpus: 8, gpus: 2, memory: '16G' }, cpu: { count: 3 } } })
    expect(allocate(placed('node:gpu', 'node:cpu'), config)).toEqual({
      components: [
        { hosts: 1, each: { cpus: 8, gpus: 2, memory: '16G' } },
        { hosts: 3, each: { cpus: 1 } },
      ],
      steps: [
        { label: 'gpu', component: 0, count: 1, places: 1 },
        { label: 'cpu', component: 1, count: 3, places: 1 },
      ],
    })
  })

  it('joins labels that need the same, and gives each node a place for every actor of its label', () => {
    const config = parse({ nodes: { a: { count: 2, cpus: 4 }, b: { cpus: 4, places: 5 } } })
    const given = placed('node:a', 'node:b', 'node:a', ['left', 'right'])
    expect(allocate(given, config)).toEqual({
      components: [{ hosts: 3, each: { cpus: 4 } }],
      steps: [
        { label: 'a', component: 0, count: 2, places: 3 },
        { label: 'b', component: 0, count: 1, places: 5 },
      ],
    })
  })

  it('gives the hub a host of its own where the config says so, even where another is alike', () => {
    const config = parse({ hub: { cpus: 4 }, nodes: { a: { cpus: 4 } } })
    const { components, steps } = allocate(placed('node:a', 'local'), config)
    expect(components).toEqual([
      { hosts: 1, each: { cpus: 4 } },
      { hosts: 1, each: { cpus: 4 } },
    ])
    expect(steps).toMatchObject([{ label: 'a', component: 1 }])
  })

  it('counts the actors of a label slot by slot', () => {
    const config = parse({ nodes: { node: {}, gpu: { cpus: 8 } } })
    const placement = {
      student: { left: 'node:gpu', right: 'node' },
      evaluator: 'node',
      adversary: 'attach',
    }
    const students = { left: {}, right: {}, third: {} }
    const given = { placement, students } as unknown as Parameters<typeof allocate>[0]
    expect(allocate(given, config).steps).toEqual([
      { label: 'node', component: 0, count: 1, places: 2 },
      { label: 'gpu', component: 1, count: 1, places: 1 },
    ])
  })

  it('asks for nothing that no actor is placed at', () => {
    const config = parse({ nodes: { gpu: { cpus: 8, gpus: 2 } } })
    expect(allocate(placed('local', 'thread'), config)).toEqual({
      components: [{ hosts: 1, each: { cpus: 1 } }],
      steps: [],
    })
  })

  it('refuses a label without resources by name', () => {
    expect(() => allocate(placed('node:gpus', 'local'), parse({ nodes: { gpu: {} } }))).toThrow(
      expect.objectContaining({
        code: 'slurm/label',
        place: 'slurm.nodes.gpus',
        message: expect.stringContaining('did you mean gpu?'),
      }),
    )
    expect(() => allocate(placed('node:constructor', 'local'), parse({}))).toThrow(/is missing/)
  })
})

describe('the slurm section', () => {
  it.each([
    [{ partition: 'a b' }],
    [{ account: "x'y" }],
    [{ constraint: 'a"b' }],
    [{ constraint: 'a\nb' }],
    [{ time: '1 day' }],
    [{ time: 0 }],
    [{ nodes: { 'a b': {} } }],
    [{ nodes: { a: { memory: '4 GB' } } }],
    [{ nodes: { a: { gpus: 'a100' } } }],
    [{ nodes: { a: { count: 0 } } }],
    [{ options: ['nice=1'] }],
    [{ options: ['--nice=1\n#SBATCH --uid=0'] }],
    [{ options: ['--comment="x"'] }],
    [{ options: ['--comment=#x'] }],
    [{ options: ['--output=/tmp/x'] }],
    [{ options: ['--nodes=4'] }],
    [{ options: ['--ntasks-per-core=4'] }],
    [{ options: ['--wrap=id'] }],
    [{ setup: ['module load x\nrm -r y'] }],
    [{ setup: ['a\u2028b'] }],
    [{ setup: ['a\rb'] }],
    [{ nonsense: 1 }],
  ])('refuses %j', (keys) => {
    expect(slurm.safeParse(keys).success).toBe(false)
  })

  it.each([
    [{ time: 90 }],
    [{ time: '12:00:00' }],
    [{ time: '2-12' }],
    [{ constraint: '[rack1*2&rack2*4]' }],
    [{ options: ['--nice=100', '--comment=two words', '--exclusive'] }],
    [{ setup: ['module load nodejs/22; export A="b c"'] }],
    [{ nodes: { gpu: { gpus: 'a100:2', memory: '512' } } }],
  ])('takes %j', (keys) => {
    expect(slurm.safeParse(keys).error).toBeUndefined()
  })
})
