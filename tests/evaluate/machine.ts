import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';

/** Where and of what a measurement was made; the head of every JSON file. */
export interface Provenance {
  readonly machine: string;
  /** ISO 8601. */
  readonly date: string;
  /** `null` outside a git checkout; ends in `+` when files differ from it. */
  readonly commit: string | null;
}

export function provenance(): Provenance {
  const cores = availableParallelism();
  const memoryGB = Math.round(totalmem() / 2 ** 30);
  return {
    machine: `${cpus()[0]?.model.trim() ?? arch()}, ${cores} cores, ${memoryGB} GB, ${platform()}`,
    date: new Date().toISOString(),
    commit: commit(),
  };
}

export function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 1)}\n`);
}

function commit(): string | null {
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', args, {
        cwd: import.meta.dirname,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    return (
      git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+')
    );
  } catch {
    return null;
  }
}
