declare const __VERSION__: string;

export const text = `later ${__VERSION__}`;
