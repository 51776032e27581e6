/** What the browser tells of its GPU. */
export interface Gpu {
  /** For people and as a key: vendor, architecture and, where the browser says, more. */
  readonly name: string;
  /** Drawn by the CPU: right, and slower than anything else. */
  readonly software: boolean;
}

/** The GPU that sessions would run on; `null` where there is none for us. */
export async function findGpu(): Promise<Gpu | null> {
  // Absent in browsers without WebGPU, whatever the types say.
  const gpu = (navigator as { readonly gpu?: GPU }).gpu;
  try {
    const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return null;
    const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
    const name = [vendor, architecture, device, description].filter((word) => word !== '').join(' ');
    // Some browsers do not say that it is software, but whose.
    const software = isFallbackAdapter || /swiftshader|llvmpipe|basic render/i.test(name);
    return { name: name === '' ? 'GPU' : name, software };
  } catch {
    return null;
  }
}
