import type { CommandSpec } from '../../command.ts'

export const stressSpec: CommandSpec = {
  name: 'stress',
  about: 'find where a policy fails: a map of diverse levels, each of which can be played again',
  positionals: [
    {
      name: 'policy',
      about:
        'a policy.onnx with its policy.yaml beside it, kserve://host:port/model, the directory of a run, or a language model (openai:MODEL@URL, scripted:FILE, recorded:FILE); or one of the words replay, retest, diff and export',
      required: true,
    },
    {
      name: 'first',
      about:
        'after replay and retest: the directory of a stress test; after diff: the first of two',
      required: false,
    },
    {
      name: 'second',
      about:
        'after replay: the id of an attempt, such as L41; after retest: the policy; after diff: the second directory or file',
      required: false,
    },
  ],
  options: {
    env: {
      value: 'ENV',
      about:
        'a config file, an environment id, a module or host:port; by default the environment in policy.yaml',
    },
    adversary: {
      value: 'ID',
      about:
        'map-elites, madrid, cma-me, targeted, random or plr; by default what the environment says',
    },
    budget: { value: 'N', about: 'attempts of levels in all, default 20000' },
    hours: { value: 'H', about: 'hours of wall clock instead' },
    against: {
      value: 'WHO',
      about:
        'whom it is measured against, joined by commas: bot:0.95, random, a policy.onnx, kserve://…, self@temperature=1.5',
    },
    out: {
      value: 'DIR',
      about: 'the directory of the test; by default runs/stress-<policy>-<time>-<short id>',
    },
    seed: { value: 'S', about: 'seed of the search' },
    workers: { value: 'N', about: 'threads; never changes the result' },
    set: { value: 'KEY=VALUE', about: 'replace one value of the config', many: true },
    slot: { value: 'SLOT', about: 'whose policy, where a run of several students is given' },
    stage: {
      value: 'STAGE',
      about: 'of retest: which search, where the run has stages',
    },
    card: { value: 'FILE', about: 'the card of a graph that has none beside it' },
    map: {
      value: 'NAMES',
      about: 'what a graph calls its inputs and outputs: image=obs,logits=q; with --env',
    },
    top: {
      value: 'N',
      about: 'how many levels are listed, default 10; of retest played, default 50',
    },
    repeats: { value: 'N', about: 'of retest: fresh attempts of each level, default 32' },
    'fail-over': {
      value: 'WHAT=X',
      about:
        'end with exit code 5 where the highest objective (regret=X) or the mean over cells (mean=X) is above X',
    },
    junit: {
      value: 'FILE',
      about: 'write a JUnit test case for each cell, and for each class of weakness',
    },
    on: { value: 'HOST', about: 'where to run: local, the default, or as a job of slurm' },
    domain: {
      value: 'ID',
      about:
        'of a language model: qa (the default), arithmetic, format, over-refusal or robustness',
    },
    seeds: {
      value: 'FILE',
      about: 'prompts to begin with: JSON lines with `prompt`, or a YAML file of promptfoo',
    },
    helper: {
      value: 'MODEL',
      about: 'the language model that rewrites and judges; by default rules do, without a model',
    },
    as: { value: 'FORM', about: 'of export: jsonl (the default), promptfoo or tuning' },
    'dry-run': { about: 'compose and check the run, estimate it, and start nothing' },
  },
  notes: [
    'A stress test is a run: agon resume, watch, stop, levels and report work on its directory.',
    'agon stress replay DIR ID plays an attempt again, bit for bit.',
    'agon stress retest DIR POLICY plays the best levels again with fresh seeds, on the same policy or another.',
    'agon stress diff A B compares two stress tests, or two retests of one archive.',
  ],
  examples: [
    'agon stress runs/maze-accel-1/policy.onnx --budget 4000 --out stress-maze',
    'agon stress policy.onnx --env maze --map image=obs,direction=dir,logits=output',
    'agon stress tizero.onnx --against bot:0.95,beat_bot.onnx,self@temperature=1.5',
    'agon stress policy.onnx --budget 2000 --fail-over regret=0.9 --junit stress.xml',
    'agon stress retest stress-maze runs/maze-accel-2/policy.onnx',
    'agon stress replay stress-maze L41',
  ],
  onlyPrints: (args) => args.flag('dry-run'),
}
