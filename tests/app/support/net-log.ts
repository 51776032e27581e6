import { readFile } from 'node:fs/promises';

/** A request that the browser's network stack has made, for whomever: page, worker, service worker or the browser itself. */
export interface NetworkRequest {
  readonly method: string;
  readonly url: string;
  /** Origin of what asked for it; `null` for the browser itself, its updates and a typed address. */
  readonly initiator: string | null;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

interface NetLog {
  readonly constants: {
    readonly logEventTypes: Readonly<Record<string, number>>;
    readonly timeTickOffset: number | string;
  };
  readonly events: readonly {
    readonly type: number;
    readonly time: string;
    readonly params?: Readonly<Record<string, unknown>>;
  }[];
}

/** For a browser that is to write down all it does on the network into `path`. Whole once it is closed. */
export const netLogArgument = (path: string): string => `--log-net-log=${path}`;

/** Requests by HTTP and WebSocket that left for the network, in their order. What a cache or a service worker answered did not. */
export async function readNetLog(path: string): Promise<NetworkRequest[]> {
  const { constants, events } = JSON.parse(await readFile(path, 'utf8')) as NetLog;
  const started = constants.logEventTypes['URL_REQUEST_START_JOB'];
  if (started === undefined) throw new Error(`${path}: this browser names its events otherwise`);
  return events.flatMap(({ type, time, params }) => {
    const { url, method, initiator } = params ?? {};
    if (type !== started || typeof url !== 'string' || typeof method !== 'string') return [];
    if (typeof initiator !== 'string') throw new Error(`${path}: ${url} was asked for by nobody`);
    const atMs = Number(time) + Number(constants.timeTickOffset);
    return [{ url, method, initiator: initiator === 'not an origin' ? null : initiator, atMs }];
  });
}
