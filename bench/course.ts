// What a run of the benchmarks tells while it goes on: how long it will take, where it is, how much is left.
import type { Question } from './harness.js';

/** A quick run's share of a whole one's time. */
const QUICK = 0.35;

function expected(question: Question, quick: boolean): number {
  return question.minutes * 60 * (quick ? QUICK : 1);
}

function minutes(seconds: number): string {
  if (seconds < 60) return 'less than a minute';
  const rounded = Math.round(seconds / 60);
  return `about ${rounded} ${rounded === 1 ? 'minute' : 'minutes'}`;
}

function total(questions: readonly Question[], quick: boolean): number {
  return questions.reduce((sum, question) => sum + expected(question, quick), 0);
}

export class Course {
  #number = 0;
  #begin = 0;
  /** Seconds that the questions before took, and should have taken. */
  #took = 0;
  #should = 0;

  constructor(
    readonly asked: readonly Question[],
    readonly quick: boolean,
    readonly tell: (line: string) => void,
  ) {}

  /** What is about to happen, and what would be shorter. */
  announce(): void {
    const { asked, quick } = this;
    const many = asked.length === 1 ? asked[0]?.name : `${asked.length} questions`;
    const shorter: string[] = [];
    if (!quick) shorter.push(`--quick: ${minutes(total(asked, true))}, not a result to quote`);
    if (asked.length > 1) shorter.push('fewer questions: farpage bench NAME…, and farpage bench --list lists them');
    const hint = shorter.length === 0 ? '' : `; shorter: ${shorter.join('; ')}`;
    this.tell(`${many}, ${minutes(total(asked, quick))} on a quiet machine${hint}`);
  }

  begin(question: Question): void {
    this.#number = this.asked.indexOf(question);
    this.#begin = performance.now();
  }

  end(question: Question): void {
    this.#took += this.#elapsed();
    this.#should += expected(question, this.quick);
  }

  say(question: Question, line: string): void {
    const place = `[${this.#number + 1}/${this.asked.length}]`;
    this.tell(`${place} ${question.name}: ${line} (${minutes(this.#left(question))} left)`);
  }

  #elapsed(): number {
    return (performance.now() - this.#begin) / 1000;
  }

  /** A machine that was slower so far will be so to the end. */
  #left(question: Question): number {
    const pace = this.#should === 0 ? 1 : this.#took / this.#should;
    const here = Math.max(0, expected(question, this.quick) * pace - this.#elapsed());
    return here + total(this.asked.slice(this.#number + 1), this.quick) * pace;
  }
}

/** One line a question, for choosing among them. */
export function formatQuestions(questions: readonly Question[]): string {
  const width = Math.max(...questions.map(({ name }) => name.length));
  const lines = questions.map((question) => {
    const time = `${question.minutes.toFixed(1)} min`.padStart(8);
    return `${question.name.padEnd(width)}  ${time}  ${question.title}`;
  });
  const all = `all: ${minutes(total(questions, false))}; with --quick: ${minutes(total(questions, true))}`;
  return `${[...lines, all].join('\n')}\n`;
}
