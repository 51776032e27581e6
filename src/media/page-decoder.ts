import { transfer } from 'comlink';
import type { PageDecoder } from './protocol.ts';

export const pageDecoder: PageDecoder = {
  async decode(file, sampleRate) {
    // The context's rate is the one that comes out.
    const context = new OfflineAudioContext(1, 1, sampleRate);
    const decoded = await context.decodeAudioData(file);
    const planes = Array.from({ length: decoded.numberOfChannels }, (_, channel) => {
      const plane = new Float32Array(decoded.length);
      decoded.copyFromChannel(plane, channel);
      return plane;
    });
    return transfer(
      planes,
      planes.map(({ buffer }) => buffer),
    );
  },
};
