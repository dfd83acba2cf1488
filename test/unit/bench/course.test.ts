// What a run of the benchmarks says before it begins, and while it goes on.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { Course, formatQuestions } from '../../../bench/course.js';
import type { Question } from '../../../bench/harness.js';
import { questions } from '../../../bench/index.js';

const test = suite('the course of a benchmark run');

const asked = (name: string, minutes: number): Question => ({
  name,
  title: `what ${name} asks`,
  target: '',
  minutes,
  run: async () => ({ rows: [], notes: [], runs: {} }),
});

const both = [asked('one', 3), asked('other', 5)];
const [one, other] = both as [Question, Question];

test('it says first how long it takes, and what is shorter', () => {
  const lines: string[] = [];
  new Course(both, false, (line) => lines.push(line)).announce();
  assert.equal(lines.length, 1);
  assert.match(
    lines[0] ?? '',
    /^2 questions, about 8 minutes on a quiet machine; shorter: --quick: about 3 minutes.*--list/,
  );
});

test('a quick run of one question has nothing shorter', () => {
  const lines: string[] = [];
  new Course([one], true, (line) => lines.push(line)).announce();
  assert.deepEqual(lines, ['one, about 1 minute on a quiet machine']);
});

test('each line says which question it is of, and how much is left', () => {
  const lines: string[] = [];
  const course = new Course(both, false, (line) => lines.push(line));
  course.begin(one);
  course.say(one, 'round 1 of 5: a side');
  assert.deepEqual(lines, ['[1/2] one: round 1 of 5: a side (about 8 minutes left)']);
});

test('a machine that was faster so far has less left', () => {
  const lines: string[] = [];
  const course = new Course(both, false, (line) => lines.push(line));
  course.begin(one);
  course.end(one);
  course.begin(other);
  course.say(other, 'round 1 of 5: a side');
  assert.deepEqual(lines, ['[2/2] other: round 1 of 5: a side (less than a minute left)']);
});

test('the list has every question, and the whole takes at most 40 minutes', () => {
  const list = formatQuestions(questions);
  for (const { name, title } of questions)
    assert.match(list, new RegExp(`^${name} +\\d+\\.\\d min  ${title.slice(0, 5)}`, 'm'));
  const minutes = questions.reduce((sum, question) => sum + question.minutes, 0);
  assert.ok(minutes <= 40, `${minutes} minutes`);
});

test.run();
