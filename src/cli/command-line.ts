// A command that names a mistyped option before the required one that is missing because of it.
import { Command, type Option } from 'commander';

export class CommandLine extends Command {
  /** Commander's own, which its types do not have: ends with an error that suggests a similar option. */
  declare unknownOption: (flag: string) => void;
  #unknown: string[] = [];

  override createCommand(name?: string): Command {
    return new CommandLine(name);
  }

  override parseOptions(words: string[]): ReturnType<Command['parseOptions']> {
    const parsed = super.parseOptions(words);
    this.#unknown = parsed.unknown;
    return parsed;
  }

  /** Called by commander, before it looks at unknown options. */
  missingMandatoryOptionValue({ flags }: Option): void {
    const [first] = this.#unknown;
    if (first !== undefined) this.unknownOption(first);
    this.error(`error: required option '${flags}' not specified`, {
      code: 'commander.missingMandatoryOptionValue',
    });
  }
}
