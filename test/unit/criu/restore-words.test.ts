// The bytes that criu restore sends, in whatever pieces they come.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { RestoreWords, type Word } from '../../../src/criu/restore-words.js';
import { PagerError } from '../../../src/errors.js';

const test = suite('the words of criu restore');

const word = (value: number): number[] => [...Buffer.from(Int32Array.of(value).buffer)];
const piece = (bytes: number[], ...descriptors: number[]) => ({ data: Uint8Array.from(bytes), descriptors });
const FINISHED = 0x52535446;
const EXPECTED: Word[] = [
  { kind: 'task', pid: 101, userfaultfd: 7 },
  { kind: 'zombie', pid: 102 },
  { kind: 'task', pid: 103, userfaultfd: 8 },
  { kind: 'end' },
];

test('each word sent apart', () => {
  const words = new RestoreWords();
  const pieces = [word(101), [0], word(-102), word(103), [0], word(FINISHED)];
  const descriptors = [[], [7], [], [], [8], []];
  const found = pieces.flatMap((bytes, i) => words.add(piece(bytes, ...(descriptors[i] ?? []))));
  assert.deepEqual(found, EXPECTED);
  assert.equal(words.open, false);
});

test('joined as the kernel joins them: a descriptor ends what is joined', () => {
  const words = new RestoreWords();
  const found = [
    ...words.add(piece([...word(101), 0], 7)),
    ...words.add(piece([...word(-102), ...word(103), 0], 8)),
    ...words.add(piece(word(FINISHED))),
  ];
  assert.deepEqual(found, EXPECTED);
});

test('byte by byte', () => {
  const words = new RestoreWords();
  const found: Word[] = [];
  for (const byte of word(101)) found.push(...words.add(piece([byte])));
  assert.equal(words.open, true);
  found.push(...words.add(piece([0], 7)));
  assert.deepEqual(found, EXPECTED.slice(0, 1));
});

for (const [what, pieces] of [
  ['zero as a pid', [piece(word(0))]],
  ['a pid above all', [piece(word(2 ** 22 + 1))]],
  ['a task without a descriptor', [piece([...word(101), 0])]],
  ['a zombie with a descriptor', [piece(word(-5), 9)]],
  ['two descriptors for one task', [piece([...word(101), 0], 7, 8)]],
  ['more after the end', [piece(word(FINISHED)), piece(word(101))]],
] as const) {
  test(`refused: ${what}`, () => {
    const words = new RestoreWords();
    assert.throws(
      () => pieces.map((each) => words.add(each)),
      (error: unknown) => error instanceof PagerError && error.code === 'PROTOCOL',
    );
  });
}

test.run();
