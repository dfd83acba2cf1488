// `farpage ls`: the processes of this user that have pagers.
import { type Look, lookAtPagers, type SeenProcess } from '../control/pagers.js';
import { say } from '../terminal/messages.js';
import { columns, print, printJson } from '../terminal/output.js';
import { formatSize } from '../units.js';
import { EXIT, type ExitCode } from './exit.js';

const HEAD = ['pid', 'pagers', 'regions', 'resident', 'limit', 'command'];
/** Letters of a command line that a table shows. */
const COMMAND_LENGTH = 60;

export async function lsCommand(json: boolean): Promise<ExitCode> {
  const look = lookAtPagers();
  if (json) await printJson(look.processes.map(documentOf));
  else await print(columns([HEAD, ...look.processes.map(rowOf)], ''));
  sayUnreadable(look);
  return EXIT.done;
}

/** Says how many processes could not be looked at. */
export function sayUnreadable({ unreadable }: Look): void {
  // Root may read all but what the system protects from root as well.
  if (unreadable === 0 || process.geteuid?.() === 0) return;
  const many = unreadable === 1 ? 'one process' : `${unreadable} processes`;
  say(`the memory of ${many} of this user cannot be read: give the command as root to see their pagers, too`);
}

function documentOf({ pid, name, command, pagers, otherBuild }: SeenProcess) {
  return { pid, name, command, otherBuild, pagers: pagers.map(({ pageSize, stats }) => ({ pageSize, stats })) };
}

function rowOf({ pid, command, pagers, otherBuild }: SeenProcess): string[] {
  const shown = command.length > COMMAND_LENGTH ? `${command.slice(0, COMMAND_LENGTH - 1)}…` : command;
  if (pagers.length === 0) return [String(pid), otherBuild ? 'other build' : '0', '', '', '', shown];
  let [regions, resident, limit] = [0, 0, 0];
  for (const { stats, pageSize } of pagers) {
    regions += stats.regions;
    resident += stats.residentPages * pageSize;
    limit += stats.residentLimit ?? Number.POSITIVE_INFINITY;
  }
  const most = Number.isFinite(limit) ? formatSize(limit) : 'none';
  return [String(pid), String(pagers.length), String(regions), formatSize(resident), most, shown];
}
