/**
 * The protobuf wire format, as far as ONNX needs it: a codec per scalar type and a combinator for messages.
 *
 * A general library builds its codecs with `new Function`, which the content security policy forbids in every worker; these
 * are plain closures. Bytes are read as views of the input and written by reference, so a model's weights are copied once, at
 * the very end of writing. Unknown fields are skipped when reading and therefore absent when writing.
 */

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;

type WireType = typeof VARINT | typeof FIXED64 | typeof DELIMITED | typeof FIXED32;

export class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#position >= this.#bytes.length;
  }

  /** The next varint as an unsigned number of 64 bits. @throws {RangeError} when the input ends inside it. */
  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#view.getUint8(this.#position++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new RangeError('protobuf: a varint is longer than ten bytes');
  }

  float(): number {
    const value = this.#view.getFloat32(this.#position, true);
    this.#position += 4;
    return value;
  }

  /** A length-delimited field, as a view of the input. @throws {RangeError} when it reaches past the end. */
  delimited(): Uint8Array {
    return this.#take(Number(this.varint()));
  }

  skip(wireType: number): void {
    if (wireType === VARINT) this.varint();
    else if (wireType === DELIMITED) this.delimited();
    else if (wireType === FIXED32) this.#take(4);
    else if (wireType === FIXED64) this.#take(8);
    else throw new RangeError(`protobuf: wire type ${wireType} is not used by ONNX`);
  }

  #take(length: number): Uint8Array {
    const end = this.#position + length;
    if (end > this.#bytes.length) throw new RangeError('protobuf: a field reaches past the end of the message');
    const taken = this.#bytes.subarray(this.#position, end);
    this.#position = end;
    return taken;
  }
}

export class Writer {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  varint(value: bigint): void {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, value);
    for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
    bytes.push(Number(rest));
    this.bytes(Uint8Array.from(bytes));
  }

  float(value: number): void {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.bytes(bytes);
  }

  /** Appends by reference: the caller leaves `bytes` alone until `finish`. */
  bytes(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
  }

  /** Writes what `fill` writes, preceded by its length. */
  delimited(fill: (inner: Writer) => void): void {
    const inner = new Writer();
    fill(inner);
    this.varint(BigInt(inner.#length));
    for (const chunk of inner.#chunks) this.bytes(chunk);
  }

  finish(): Uint8Array {
    const joined = new Uint8Array(this.#length);
    let position = 0;
    for (const chunk of this.#chunks) {
      joined.set(chunk, position);
      position += chunk.length;
    }
    return joined;
  }
}

export interface Codec<T> {
  readonly wireType: WireType;
  read(reader: Reader): T;
  write(writer: Writer, value: T): void;
}

/** 64-bit integers as numbers: ONNX uses them for extents, axes and enumerations, all far below 2^53. */
export const int64: Codec<number> = {
  wireType: VARINT,
  read: (reader) => Number(BigInt.asIntN(64, reader.varint())),
  write: (writer, value) => {
    writer.varint(BigInt(value));
  },
};

export const float: Codec<number> = {
  wireType: FIXED32,
  read: (reader) => reader.float(),
  write: (writer, value) => {
    writer.float(value);
  },
};

export const bytes: Codec<Uint8Array> = {
  wireType: DELIMITED,
  read: (reader) => reader.delimited(),
  write: (writer, value) => {
    writer.varint(BigInt(value.length));
    writer.bytes(value);
  },
};

export const string: Codec<string> = {
  wireType: DELIMITED,
  read: (reader) => new TextDecoder().decode(reader.delimited()),
  write: (writer, value) => {
    bytes.write(writer, new TextEncoder().encode(value));
  },
};

/** One field of a message: its number, its value when absent, how one occurrence changes it, how it is written. */
export interface Field<T> {
  readonly number: number;
  absent(): T;
  read(reader: Reader, wireType: number, before: T): T;
  write(writer: Writer, value: T): void;
}

const writeTag = (writer: Writer, number: number, wireType: WireType): void => {
  writer.varint(BigInt((number << 3) | wireType));
};

export function optional<T>(number: number, codec: Codec<T>): Field<T | undefined> {
  return {
    number,
    absent: () => undefined,
    read: (reader) => codec.read(reader),
    write: (writer, value) => {
      if (value === undefined) return;
      writeTag(writer, number, codec.wireType);
      codec.write(writer, value);
    },
  };
}

/** A field whose absence means `absent`, which is then not written either. */
export function defaulted<T>(number: number, codec: Codec<T>, absent: T): Field<T> {
  const inner = optional(number, codec);
  return {
    number,
    absent: () => absent,
    read: (reader) => codec.read(reader),
    write: (writer, value) => {
      inner.write(writer, value === absent ? undefined : value);
    },
  };
}

/** Zero or more occurrences; numbers may also come packed, and are written packed when `packed` is set. */
export function repeated<T>(number: number, codec: Codec<T>, packed = false): Field<T[]> {
  return {
    number,
    absent: () => [],
    read: (reader, wireType, before) => {
      if (wireType === codec.wireType) before.push(codec.read(reader));
      else for (const inner = new Reader(reader.delimited()); !inner.atEnd;) before.push(codec.read(inner));
      return before;
    },
    write: (writer, values) => {
      if (values.length === 0) return;
      if (packed) {
        writeTag(writer, number, DELIMITED);
        writer.delimited((inner) => {
          for (const value of values) codec.write(inner, value);
        });
        return;
      }
      for (const value of values) {
        writeTag(writer, number, codec.wireType);
        codec.write(writer, value);
      }
    },
  };
}

export type Fields<T> = { readonly [K in keyof T]-?: Field<T[K]> };

/** A message of the given fields, written in their order. `fields` is a function so that messages may contain one another. */
export function message<T extends object>(fields: () => Fields<T>): Codec<T> {
  return {
    wireType: DELIMITED,
    read: (reader) => readMessage(fields(), reader.delimited()),
    write: (writer, value) => {
      writer.delimited((inner) => {
        writeMessage(fields(), inner, value);
      });
    },
  };
}

const keysOf = <T extends object>(fields: Fields<T>): (keyof T)[] => Object.keys(fields) as (keyof T)[];

/** Reads a message that fills all of `source`. @throws {RangeError} when it is not one. */
export function readMessage<T extends object>(fields: Fields<T>, source: Uint8Array): T {
  const value = {} as T;
  const byNumber = new Map<number, keyof T>();
  for (const key of keysOf(fields)) {
    value[key] = fields[key].absent();
    byNumber.set(fields[key].number, key);
  }
  const reader = new Reader(source);
  while (!reader.atEnd) {
    const tag = Number(reader.varint());
    const key = byNumber.get(tag >> 3);
    if (key === undefined) reader.skip(tag & 7);
    else value[key] = fields[key].read(reader, tag & 7, value[key]);
  }
  return value;
}

export function writeMessage<T extends object>(fields: Fields<T>, writer: Writer, value: T): void {
  for (const key of keysOf(fields)) fields[key].write(writer, value[key]);
}
