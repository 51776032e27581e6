import { EXPORT_FORMATS, type ExportFormat } from '../../transcript/formats/formats.ts';
import { shapeFrom, type SubtitleShape } from '../../transcript/formats/shape.ts';

export type SoundFormat = 'wav' | 'opus';
export type SaveFormat = ExportFormat | SoundFormat;
export type SaveGroup = 'text' | 'subtitles' | 'data' | 'sound';

/** As people are offered them. */
export const SAVE_GROUPS: Readonly<Record<SaveGroup, readonly SaveFormat[]>> = {
  text: ['txt', 'md', 'docx'],
  subtitles: ['srt', 'vtt'],
  data: ['json', 'csv'],
  sound: ['wav', 'opus'],
};

const SOUND: readonly SaveFormat[] = SAVE_GROUPS.sound;
export const isSound = (format: SaveFormat): format is SoundFormat => SOUND.includes(format);

const KEY = 'sotto-export';

interface Chosen {
  readonly format: SaveFormat;
  readonly times: boolean;
  readonly shape: SubtitleShape;
}

/** How the person saved last, kept in this browser; where nothing can be kept it lasts as long as the panel. */
export class ExportChoice {
  #chosen = $state.raw<Chosen>(read());

  get format(): SaveFormat {
    return this.#chosen.format;
  }
  set format(format: SaveFormat) {
    this.#set({ ...this.#chosen, format });
  }
  get times(): boolean {
    return this.#chosen.times;
  }
  set times(times: boolean) {
    this.#set({ ...this.#chosen, times });
  }
  get shape(): SubtitleShape {
    return this.#chosen.shape;
  }
  set shape(shape: SubtitleShape) {
    this.#set({ ...this.#chosen, shape });
  }

  #set(chosen: Chosen): void {
    this.#chosen = chosen;
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch {
      // Storage is blocked or full.
    }
  }
}

function read(): Chosen {
  const { format, times, shape } = parse();
  return {
    format: [...EXPORT_FORMATS, ...SAVE_GROUPS.sound].find((known) => known === format) ?? 'txt',
    times: times === true,
    shape: shapeFrom(typeof shape === 'object' && shape !== null ? shape : {}),
  };
}

function parse(): Partial<Record<keyof Chosen, unknown>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
