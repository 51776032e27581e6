import type { ModelId } from '../../recognizer/models.ts';
import { Pace } from './pace.ts';

/** On two cores of an old laptop: who has more is pleasantly surprised. */
const EXPECTED: Readonly<Record<ModelId, number>> = { tiny: 0.2, base: 0.4, small: 1.2 };

const KEY = 'sotto-pace';

/** One pace for each model, remembered in this browser: so the time left is known from the first second of the next file. */
export class Paces {
  readonly #paces = new Map<ModelId, Pace>();

  of(model: ModelId): Pace {
    const known = this.#paces.get(model);
    if (known !== undefined) return known;
    const pace = new Pace(remembered()[model] ?? EXPECTED[model]);
    this.#paces.set(model, pace);
    return pace;
  }

  observe(model: ModelId, sampleCount: number, workMs: number): void {
    const pace = this.of(model);
    pace.observe(sampleCount, workMs);
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...remembered(), [model]: Number(pace.factor.toFixed(3)) }));
    } catch {
      // Nothing is kept here: the next visit measures again.
    }
  }
}

function remembered(): Partial<Record<string, number>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : [];
    const sensible = entries.filter(([, factor]) => typeof factor === 'number' && factor > 0 && factor < 100);
    return Object.fromEntries(sensible);
  } catch {
    return {};
  }
}
