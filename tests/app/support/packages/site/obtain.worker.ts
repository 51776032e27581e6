import type { PackageId } from '../../../../../src/recognizer/packages/manifest.ts';
import { report } from './report.ts';

addEventListener('message', (event: MessageEvent<{ id: PackageId; names: string[] }>) => {
  const { id, names } = event.data;
  void report(id, names, new AbortController().signal).then((result) => postMessage(result));
});
