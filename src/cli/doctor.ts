// `farpage doctor`: shows what this machine offers, which commands work on it, and what to do about the rest.
import type { Capabilities } from '../index.js';
import { columns, paint, print, printJson } from '../terminal/output.js';
import { formatSize } from '../units.js';
import { tryUses, type Use, type Uses } from './doctor-uses.js';
import { EXIT, type ExitCode } from './exit.js';

/** The kernel that first had each feature of userfaultfd (include/uapi/linux/userfaultfd.h and its history). */
const FEATURES: ReadonlyArray<readonly [name: string, since: string, use: string]> = [
  ['PAGEFAULT_FLAG_WP', '5.7', 'write-protect faults'],
  ['EVENT_FORK', '4.11', 'follow a fork (CAP_SYS_PTRACE)'],
  ['EVENT_REMAP', '4.11', 'follow mremap'],
  ['EVENT_REMOVE', '4.11', 'follow madvise(DONTNEED)'],
  ['MISSING_HUGETLBFS', '4.11', 'huge pages'],
  ['MISSING_SHMEM', '4.11', 'shared memory'],
  ['EVENT_UNMAP', '4.11', 'follow munmap'],
  ['SIGBUS', '4.14', 'a signal in place of a wait'],
  ['THREAD_ID', '4.14', 'who faulted'],
  ['MINOR_HUGETLBFS', '5.13', 'minor faults on huge pages'],
  ['MINOR_SHMEM', '5.14', 'minor faults on shared memory'],
  ['EXACT_ADDRESS', '5.18', 'the address to the byte'],
  ['WP_HUGETLBFS_SHMEM', '5.19', 'write-protect shared memory'],
  ['WP_UNPOPULATED', '6.4', 'write-protect what is absent'],
  ['POISON', '6.6', 'SIGBUS for a page that is lost'],
  ['WP_ASYNC', '6.7', 'dirty pages without a fault'],
  ['MOVE', '6.8', 'eviction without a copy'],
];

const IOCTLS = [
  'REGISTER',
  'UNREGISTER',
  'WAKE',
  'COPY',
  'ZEROPAGE',
  'MOVE',
  'WRITEPROTECT',
  'CONTINUE',
  'POISON',
] as const;

const SMALL_PAGE = 4096;
const LARGE_PAGE = 2 ** 21;

export async function doctor({ json }: { json?: boolean }): Promise<ExitCode> {
  const { probe } = await import('../index.js');
  const capabilities = await probe();
  const uses = await tryUses(capabilities.trap.pages);
  await (json ? printJson({ ...capabilities, uses }) : print(describe(capabilities, uses)));
  // With the engine that serves.
  return uses.code.works ? EXIT.done : EXIT.unable;
}

/** The table for people. */
export function describe(
  { kernel, machine, addon, userfaultfd, trap, core, advice }: Capabilities,
  uses: Uses,
): string {
  const colour = paint();
  const mark = (yes: boolean): string => (yes ? colour('yes', 'green') : colour('no', 'red'));
  // Without a userfaultfd the kernel's features are unknown.
  const listed = (yes: boolean): string => (userfaultfd.via === null ? colour('?', 'yellow') : mark(yes));
  const has = (names: ReadonlyArray<string>, name: string): boolean =>
    names.some((found) => plain(found) === plain(name));
  const signals = userfaultfd.available ? has(userfaultfd.features, 'SIGBUS') : trap.available;
  const inline = core === 'native' && signals;
  const title = (text: string): string => colour(text, 'bold');
  const summary = columns([
    ['kernel', kernel],
    ['machine', machine],
    ['native parts', addon ?? mark(false)],
    ['userfaultfd', mark(userfaultfd.available)],
    ['reached by', via(userfaultfd.via)],
    ['kernel faults', `${mark(userfaultfd.kernelFaults)}  with faults: 'loop' any system call may touch absent pages`],
    [
      'trap',
      `${mark(trap.available)}  without userfaultfd: up to ${trap.pages} scattered pages resident, by ${trap.guardPages ? 'guard pages' : 'mprotect'}`,
    ],
    ['engine', userfaultfd.available ? 'userfaultfd' : trap.available ? 'trap' : 'none'],
    ['faults', `inline ${mark(inline)}  the faulting thread serves itself and wakes no other thread`],
    ['', '            Node.js may read and write absent pages; other system calls on them fail with EFAULT'],
    [
      '',
      `loop ${mark(userfaultfd.available || trap.available)}  a thread of the pager serves; a fault costs two wake-ups`,
    ],
    ['', '            with kernel faults any system call may touch absent pages'],
    ['core', core === 'native' ? 'native  compiled ahead of time, in the addon' : 'v8'],
  ]);
  const features = FEATURES.map(([name, since, use]) => [name, since, listed(has(userfaultfd.features, name)), use]);
  const unlisted = userfaultfd.features.filter(
    (name) =>
      !has(
        FEATURES.map(([known]) => known),
        name,
      ),
  );
  const ioctls = IOCTLS.map((name) => [name, listed(has(userfaultfd.ioctls, name))]);
  const parts = [
    `${title('uses, each tried')}\n${columns(NAMES.flatMap(([key, name]) => rowsOf(name, uses[key], `${mark(true)}${given(key, trap.pages)}`, mark(false))))}`,
    summary,
    `${title('features')}\n${columns([['name', 'since', 'here', 'for'], ...features, ...unlisted.map((name) => [name, '?', mark(true), ''])])}`,
    `${title('ioctls')}\n${columns(ioctls)}`,
  ];
  if (advice.length > 0) parts.push(`${title('advice')}\n${advice.map((line) => `  - ${line}`).join('\n')}`);
  if (NAMES.every(([key]) => uses[key].works)) parts.push(colour('All uses work here.', 'green'));
  return parts.join('\n\n');
}

const NAMES = [
  ['code', 'your own code'],
  ['systemCalls', 'system calls'],
  ['run', 'farpage run'],
  ['serve', 'farpage serve'],
  ['migrate', 'migration'],
  ['trap', 'engine trap'],
] as const;

function rowsOf(name: string, { works, why, hint, ways }: Use, yes: string, no: string): string[][] {
  if (works) return [[name, yes]];
  const rows = [[name, `${no}${why === null ? '' : `  ${why}`}`]];
  if (ways === undefined) return hint === null ? rows : [...rows, ['', `→ ${hint}`]];
  if (ways.note !== null) rows.push(['', `→ ${ways.note}`]);
  return [
    ...rows,
    ['', `→ host     ${ways.host}`],
    ['', `→ Docker   ${ways.docker}`],
    ['', `→ systemd  ${ways.systemd}`],
  ];
}

/** What a use that works gives here. */
function given(key: (typeof NAMES)[number][0], trapPages: number): string {
  if (key === 'systemCalls') return '  Node.js reads and writes absent pages';
  if (key !== 'trap') return '';
  const largest = `${formatSize(trapPages * SMALL_PAGE)} in pages of 4 KiB, ${formatSize(trapPages * LARGE_PAGE)} in pages of 2 MiB`;
  return `  largest limit ${largest} (vm.max_map_count)`;
}

/** The kernel's names with and without their prefixes are the same feature. */
function plain(name: string): string {
  return name.replace(/^_?(UFFD_FEATURE_|UFFDIO_)/, '').toUpperCase();
}

function via(way: 'device' | 'syscall' | null): string {
  if (way === null) return 'nothing: see advice';
  return way === 'device' ? 'the device /dev/userfaultfd' : 'the system call userfaultfd(2)';
}
