// biome-ignore-all lint/suspicious/noTemplateCurlyInString: lines of bash

import type { SlurmConfig } from '../../run/config/slurm.schema.ts'
import { EXIT } from '../../run/exit-codes.ts'
import type { Allocation, NodeStep } from './allocation.ts'
import { AUTHORITY_FILES } from './authority-files.ts'
import { directives } from './directives.ts'
import { shellWord, shellWords } from './shell.ts'

export interface JobScriptInput {
  readonly name: string
  /** Absolute path of the prepared run directory, which every host sees under this path. */
  readonly run: string
  /** Words of the command line that is Agon: the interpreter and the program. */
  readonly agon: readonly string[]
  /** Whether `<run>/slurm/init.onnx` is there to start from. */
  readonly init: boolean
  readonly slurm: SlurmConfig
  readonly allocation: Allocation
  readonly hub: {
    /** `host:port`. */
    readonly listen: string
    /** What the nodes dial; absent: found out on the hub's host. */
    readonly advertise?: string
    /** Whether an authority is made for each start of the job. */
    readonly authority: boolean
  }
}

/** What announces the end to a shell; of these `--signal` may choose. */
const ANNOUNCEMENTS = 'TERM HUP QUIT USR1 USR2 XCPU'

/** What `agon run` ends with when it stopped with a cut, and when it failed. */
const { stopped: STOPPED, failed: FAILED } = EXIT

/**
 * The batch script of a run: the hub in its shell, one step of nodes per label. It can be submitted again and again; what
 * it does follows from what is on disk.
 */
export function jobScript(input: JobScriptInput): string {
  const { name, run, slurm, allocation } = input
  const log = `${run.replaceAll('%', '%%')}/slurm/job-%j.log`
  const sections = [
    [
      '#!/bin/bash',
      `# The run '${name}' as a Slurm job: sbatch begins it, or goes on from its newest cut.`,
      ...directives({ name, log, slurm, allocation }),
    ],
    // Shell code of a site is seldom written for `set -u`.
    ...(slurm.setup.length === 0 ? [] : [slurm.setup]),
    preamble(input),
    hubAddress(input.hub.advertise),
    ...(input.hub.authority ? [certificates()] : []),
    hub(input),
    ...(allocation.steps.length === 0 ? [] : [nodes(allocation, slurm)]),
    waiting(),
    leaving(),
    ...(slurm.requeue ? [requeueing()] : []),
    ['exit "$code"'],
  ]
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function preamble({ run, agon }: JobScriptInput): string[] {
  return [
    'set -u',
    '# A signal before the limit, a preemption or scancel: the run makes a cut and stops.',
    'hub= warned= signalled=',
    `trap 'warned=1 signalled=1; [ -z "$hub" ] || kill -TERM "$hub" 2>/dev/null' ${ANNOUNCEMENTS}`,
    `run=${shellWord(run)}`,
    `agon=(${shellWords(agon)})`,
    '# A client of Slurm may wait for ever.',
    'slurm() { timeout 20 "$@"; }',
    'say() { echo "$(date +%FT%T) agon: $*"; }',
    'say "job $SLURM_JOB_ID, start $((${SLURM_RESTART_COUNT:-0} + 1)), hub on $(hostname)"',
    '',
    'count_hosts() {',
    `  slurm squeue --noheader --jobs="$SLURM_JOB_ID" --format=%D | awk '{ n += $1 } END { print n + 0 }'`,
    '}',
    'hosts=$(count_hosts)',
    '',
    'forget() { rm -rf -- "$run/slurm/tls" "$run/hub.json" "$run/hub.token"; }',
    'forget # what a killed start left',
    'trap forget EXIT',
  ]
}

/** Names are hints: of those at hand the address that Slurm itself reaches this host by is the best. */
function hubAddress(advertise: string | undefined): string[] {
  if (advertise !== undefined) return [`host=${shellWord(advertise)}`]
  return [
    'host=$(slurm scontrol show node "${SLURMD_NODENAME:-}" | grep -o "NodeAddr=[^ ]*" | head -n 1)',
    'host=${host#NodeAddr=}',
    '[[ $host =~ ^[A-Za-z0-9._:-]+$ ]] || host=$(hostname)',
  ]
}

function certificates(): string[] {
  return [
    '# Certificates of this start alone: the authority forgets its key, and they go with the job.',
    '"${agon[@]}" authority "$run/slurm/tls" --host "$host" || exit 1',
  ]
}

function hub({ run, init, hub }: JobScriptInput): string[] {
  const tls = `${run}/slurm/tls/`
  // Values of --set are YAML, of which JSON is a part.
  const given = JSON.stringify({
    certificate: tls + AUTHORITY_FILES.server,
    key: tls + AUTHORITY_FILES.serverKey,
    authority: tls + AUTHORITY_FILES.authority,
    clientAuthority: tls + AUTHORITY_FILES.authority,
    clientCertificate: tls + AUTHORITY_FILES.client,
    clientKey: tls + AUTHORITY_FILES.clientKey,
  })
  return [
    `options=(--set ${shellWord(`hub.listen=${JSON.stringify(hub.listen)}`)} --set "hub.advertise=\\"$host\\"")`,
    ...(hub.authority ? [`options+=(--set ${shellWord(`hub.tls=${given}`)})`] : []),
    ...(init ? ['options+=(--init "$run/slurm/init.onnx")'] : []),
    '"${agon[@]}" run "$run/slurm/config.yaml" --out "$run" --or-resume "${options[@]}" &',
    'hub=$!',
    'if [ -n "$warned" ]; then # before it could hear',
    '  until [ -e "$run/hub.json" ] || ! kill -0 "$hub" 2>/dev/null; do sleep 0.2; done',
    '  kill -TERM "$hub" 2>/dev/null',
    'fi',
  ]
}

function nodes({ steps, components }: Allocation, slurm: SlurmConfig): string[] {
  const again = slurm.requeue ? 'scontrol requeue' : 'scancel'
  return [
    '# Slurm keeps a job that has lost its first host, and with it the hub and this script, for the hosts that are left.',
    'is_orphan() { # the first host; empty where Slurm ends such a job itself',
    '  local left',
    '  [ -n "$1" ] && left=$(slurm squeue --noheader --jobs="$SLURM_JOB_ID" --format=%N) && [ -n "$left" ] &&',
    '    ! slurm scontrol show hostnames "$left" | grep -qxF -- "$1"',
    '}',
    `# What each task of a step does: a node that ends too early is started again, ${slurm.restarts} times at most.`,
    'keep_node() { # the first host, then the command',
    '  local failures=0 began code ended= first=$1',
    '  shift',
    `  trap 'ended=1' ${ANNOUNCEMENTS} # the node has had it too, and stays until the hub lets it go`,
    '  while :; do',
    '    began=$SECONDS',
    '    "$@" && return 0',
    '    code=$?',
    '    [ -z "$ended" ] || return "$code"',
    '    if is_orphan "$first"; then',
    '      echo "the job has lost $first, where the hub was"',
    `      slurm ${again} "$SLURM_JOB_ID"`,
    '      return "$code"',
    '    fi',
    '    [ $((SECONDS - began)) -lt 600 ] || failures=0',
    '    failures=$((failures + 1))',
    `    [ "$failures" -le ${slurm.restarts} ] || return "$code"`,
    '    echo "the node ended with $code and is started again ($failures)"',
    '    sleep 1',
    '  done',
    '}',
    'until [ -e "$run/hub.json" ] || ! kill -0 "$hub" 2>/dev/null; do sleep 0.2; done',
    ...steps.flatMap((step) => nodeStep(step, components, slurm)),
  ]
}

/** Seconds without a hub after which a node gives up and its task looks whether there still is one. */
const PATIENCE_S = 60

function nodeStep(
  { label, component, count, places }: NodeStep,
  components: Allocation['components'],
  { signalSeconds }: SlurmConfig,
): string[] {
  const { cpus, gpus } = components[component].each
  const srun = [
    ...(components.length === 1 ? [] : [`--het-group=${component}`]),
    `--nodes=${count}`,
    `--ntasks=${count}`,
    `--cpus-per-task=${cpus}`,
    ...(gpus === undefined ? [] : [`--gres=gpu:${gpus}`]),
    '--exact',
    '--no-kill',
    '--kill-on-bad-exit=0',
    '--input=none',
    '--label',
    '--open-mode=append',
  ]
  const node = [
    ...['node', '--label', label, '--places', String(places)],
    ...['--linger', String(signalSeconds), '--patience', String(PATIENCE_S), '--join'],
  ]
  // Of a heterogeneous job Slurm lets nothing go on.
  const first = components.length === 1 ? '"${SLURMD_NODENAME:-}"' : '""'
  return [
    `srun ${shellWords(srun)} --output="\${run//%/%%}/slurm/job-$SLURM_JOB_ID-${label}.log" \\`,
    `  bash -c "$(declare -f slurm is_orphan keep_node); keep_node \\"\\$@\\"" keep_node ${first} "\${agon[@]}" ${shellWords(node)} "$run/hub.json" &`,
  ]
}

function waiting(): string[] {
  return [
    'while :; do # a signal cuts `wait` short',
    '  signalled=',
    '  wait "$hub"',
    '  code=$?',
    '  [ -n "$signalled" ] || break',
    'done',
    '# The shell loses the code of a process that ends as a signal comes (127, or below 0). The run knows its end as well.',
    'if [ "$code" -lt 0 ] || [ "$code" -eq 127 ]; then',
    `  case $(grep -o '"status": "[a-z]*"' "$run/manifest.json") in`,
    `    *finished*) code=${EXIT.ok} ;;`,
    `    *stopped*) code=${STOPPED} ;;`,
    `    *) code=${FAILED} ;;`,
    '  esac',
    'fi',
    'say "the hub ended with $code"',
  ]
}

function leaving(): string[] {
  return [
    '# The hub has let its nodes go; what is still there after ten seconds ends with the job.',
    'for _ in {1..50}; do',
    '  [ -n "$(jobs -r)" ] || break',
    '  sleep 0.2',
    'done',
  ]
}

function requeueing(): string[] {
  return [
    'again=',
    `[ "$code" -ne ${STOPPED} ] || [ -z "$warned" ] || again='told to stop'`,
    `[ "$code" -ne ${FAILED} ] || [ "$(count_hosts)" -ge "$hosts" ] || again='a host was lost'`,
    'if [ -n "$again" ]; then',
    '  # Where Slurm ends the job itself (a preemption, scancel), it decides what comes next.',
    '  state=$(slurm squeue --noheader --jobs="$SLURM_JOB_ID" --format=%T | head -n 1)',
    '  if [ "$state" = RUNNING ]; then',
    '    say "back into the queue: $again"',
    '    forget',
    `    trap - ${ANNOUNCEMENTS}`,
    '    slurm scontrol requeue "$SLURM_JOB_ID" && sleep 600 # Slurm ends this shell',
    '  fi',
    'fi',
  ]
}
