/** Read by Vite, svelte-check and ESLint alike: every component is written with runes. */
export default { compilerOptions: { runes: true } };
