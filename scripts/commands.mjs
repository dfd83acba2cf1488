// Writes build/compile_commands.json, from which clangd and clang-tidy learn how each native file is compiled.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configure } from './gyp.mjs';
import { PACKAGE } from './sources.mjs';

const FOLDER = path.join(PACKAGE, 'build/commands');

configure(FOLDER, { gyp: ['-f', 'compile_commands_json'] });
const commands = readFileSync(path.join(FOLDER, 'build/Release/compile_commands.json'), 'utf8');
// The files themselves, in place of the links to them.
writeFileSync(
  path.join(PACKAGE, 'build/compile_commands.json'),
  commands.replaceAll(`${FOLDER}/native`, path.join(PACKAGE, 'native')),
);
