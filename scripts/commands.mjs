// Writes build/compile_commands.json, from which clangd and clang-tidy learn how each native file is compiled.
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { configure, PACKAGE } from './gyp.mjs';

configure(PACKAGE, '-f', 'compile_commands_json');
copyFileSync(
  path.join(PACKAGE, 'build/Release/compile_commands.json'),
  path.join(PACKAGE, 'build/compile_commands.json'),
);
