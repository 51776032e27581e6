import { beforeAll, describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../workers/whisper/graph/builder.ts';
import { addCausalMask, addPositions, addRange } from '../../../workers/whisper/graph/causal.ts';
import { ElementType } from '../../../workers/whisper/graph/onnx.ts';
import { floats, integers, numbersOf, openSession } from './run.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

describe('tokens after a cache', () => {
  let session: Session;
  beforeAll(async () => {
    const graph = new GraphBuilder('causal');
    const ids = graph.input('ids', ElementType.int64, [1, 'tokens']);
    const past = graph.input('past', ElementType.float32, [1, 1, 'past', 1]);
    const x = graph.input('x', ElementType.float32, [1, 'tokens', 1]);
    const range = addRange(graph, ids, past);
    graph.output(addCausalMask(graph, range), ElementType.float32, ['tokens', 'end']);
    const table = graph.floats('table', [6, 1], Float32Array.of(0, 10, 20, 30, 40, 50));
    graph.output(addPositions(graph, range, x, table), ElementType.float32, [1, 'tokens', 1]);
    session = await openSession(graph.encode());
  });

  const run = async (past: number, tokens: number) => {
    const values = await session.run({
      ids: integers([1, tokens], new Array<number>(tokens).fill(7)),
      past: floats([1, 1, past, 1], new Array<number>(past).fill(0)),
      x: floats([1, tokens, 1], new Array<number>(tokens).fill(1)),
    });
    const mask = numbersOf(values, 'decoder/mask');
    const seen = Array.from({ length: tokens }, (_, row) =>
      Array.from(mask.subarray(row * (past + tokens), (row + 1) * (past + tokens)), (value) => (value === 0 ? 1 : 0)),
    );
    return { seen, placed: [...numbersOf(values, 'decoder/placed')] };
  };

  it('see the cache, themselves and what came before', async () => {
    expect(await run(2, 3)).toEqual({
      seen: [
        [1, 1, 1, 0, 0],
        [1, 1, 1, 1, 0],
        [1, 1, 1, 1, 1],
      ],
      placed: [21, 31, 41],
    });
  });

  it('start at position zero without a cache', async () => {
    expect(await run(0, 2)).toEqual({
      seen: [
        [1, 0],
        [1, 1],
      ],
      placed: [1, 11],
    });
  });

  it('see everything when there is one', async () => {
    expect(await run(5, 1)).toEqual({ seen: [[1, 1, 1, 1, 1, 1]], placed: [51] });
  });
});
