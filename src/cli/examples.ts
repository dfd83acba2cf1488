// One or two examples for the help of each command, at most 80 columns wide.
import type { Command } from 'commander';

const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  doctor: ['farpage doctor', 'farpage doctor --json | jq .uses.run'],
  build: ['npx farpage build'],
  experiment: [
    'farpage experiment --region 1GiB --resident 256MiB --report',
    'farpage experiment --workload zipf --store file:/var/tmp/p.bin --stacks',
  ],
  run: [
    'farpage run --resident 64MiB -- sort -S 1G -o sorted.txt lines.txt',
    'farpage run --store file:/var/tmp/pages.bin --table -- python3 job.py',
  ],
  bench: ['farpage bench swap --quick', 'farpage bench --json results.json'],
  conformance: ['farpage conformance', 'farpage conformance move poison'],
  serve: [
    'farpage serve --socket /run/vm.sock --image /srv/vm.mem --record vm.set',
    'farpage serve --socket /run/vm.sock --image https://host/vm.mem --once',
  ],
  criu: [
    'farpage criu --images /srv/cp -- criu restore -D /srv/cp --lazy-pages -d',
    'farpage criu --images https://cp.example/web/ --work-dir /run/restore --keep',
  ],
  'criu thin': ['farpage criu thin --images /srv/cp --to /srv/thin'],
  'criu upload': ['farpage criu upload --images /srv/cp --to redis://10.0.0.1?prefix=web:'],
  'criu page-server': ['farpage criu page-server --images /srv/cp --listen 10.0.0.1:7200'],
  'migrate send': ['farpage migrate send --memory /proc/4711/fd/12 --to tcp://host:7000'],
  'migrate receive': ['farpage migrate receive --from tcp://0.0.0.0:7000 --socket /run/vm.sock'],
  home: ['farpage home --listen tcp://127.0.0.1:7100', 'farpage home --listen unix:/run/table.sock'],
  join: ['farpage join tcp://10.0.0.5:7100 --name bench --size 8MiB --bench'],
  snapshot: [
    'farpage snapshot --pid 4711 --output monday.img',
    'farpage snapshot --pid 4711 --output tue.img --incremental-from monday.img',
  ],
  'image info': ['farpage image info monday.img'],
  'image verify': ['farpage image verify tuesday.img'],
  'image merge': [
    'farpage image merge tuesday.img --output whole.img',
    'farpage image merge tuesday.img --output flat.img --keep',
  ],
  replay: ['FARPAGE_RECORD=app.rec node app.js; farpage replay app.rec'],
  trace: ['farpage trace app.rec --page 7 --from 1000'],
  dump: ['farpage dump --pid 4711'],
  ls: ['farpage ls', 'farpage ls --json | jq .[].pid'],
  top: ['farpage top', 'farpage top --interval 5 --json'],
};

/** Puts the examples below the help of each command that has some; an error of its words names that help. */
export function addExamples(command: Command, above: readonly string[] = []): void {
  for (const each of command.commands) {
    const names = [...above, each.name()];
    each.showHelpAfterError(`hint: see 'farpage ${names.join(' ')} --help'`);
    const lines = EXAMPLES[names.join(' ')] ?? [];
    if (lines.length > 0) each.addHelpText('after', `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`);
    addExamples(each, names);
  }
}
